"""All addresses. Inside the admin, closed doors come before Wagtail's own."""

from django.conf import settings
from django.conf.urls.static import static
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from office.gates import closed_doors
from office.outbox.receipts import receipt

urlpatterns = [
    path("admin/", include(closed_doors)),
    path("admin/", include(wagtailadmin_urls)),
    path("sms/receipt/", receipt, name="sms_receipt"),
    path("documents/", include(wagtaildocs_urls)),
    *static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT),
    path("", include("cms.urls")),
    path("", include(wagtail_urls)),
]
