"""Doors of Wagtail that no row guard reaches, closed before Wagtail's own addresses are tried."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import index as bulk_index
from wagtail.admin.views.reports.audit_logging import LogEntriesView

from office.accounts import own_account

#: models whose bulk actions are Wagtail's business; all others have none
BULK_OPEN = {("wagtailcore", "page"), ("wagtailimages", "image"), ("wagtaildocs", "document")}


@require_admin_access
def bulk(request: HttpRequest, app_label: str, model_name: str, action: str) -> HttpResponse:
    """Bulk actions for pages, images and documents only: elsewhere they would list every row."""
    if (app_label, model_name) not in BULK_OPEN:
        raise Http404
    return bulk_index(request, app_label, model_name, action)


@require_admin_access
def site_history(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    """Wagtail's log knows pages only (records have `office.Change`); auditors read it."""
    if not request.user.has_perm("office.view_change"):
        raise Http404
    return LogEntriesView.as_view(**kwargs)(request)


@require_admin_access
def gone(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


closed_doors = [
    path("account/", require_admin_access(own_account)),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk),
    path("reports/site-history/", site_history),
    path("reports/site-history/results/", site_history, {"results_only": True}),
    re_path(r"^snippets/$", gone),
]
