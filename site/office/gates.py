"""Doors of Wagtail that no row guard reaches, closed before Wagtail's own addresses are tried."""

import re
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, re_path
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.bulk_action import index as bulk_index

from office.accounts import own_account
from office.entering.views import ActivatePage, LoginPage, LogoutPage
from office.http import ADMIN
from office.page_log import PageLogView
from office.posts import posts_of
from office.roles import BY_KEY

#: models whose bulk actions are Wagtail's business; all others have none
BULK_OPEN = {("wagtailcore", "page"), ("wagtailimages", "image"), ("wagtaildocs", "document")}

#: addresses of Wagtail that are about pages, pictures, documents and their review
PAGE_DOORS = re.compile(
    r"^/admin/(pages|images|documents|collections|workflows|choose-|api/main|tag-autocomplete"
    r"|block-preview|bulk|reports/(?!site-history))"
)


class PageDoors:
    """Whoever has no post with rights on pages finds none of Wagtail's page addresses.

    Many of them (choosers, the page API, review tasks) ask for nothing but a login. And nobody gets
    a list as a file from Wagtail's own `?export=`: it is neither logged nor guarded against formulas.
    """

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.handler(request)

    def process_view(self, request: HttpRequest, *args: Any) -> None:
        if "export" in request.GET and request.path.startswith(ADMIN):
            raise Http404
        if PAGE_DOORS.match(request.path) and request.user.is_authenticated:
            posts = posts_of(request.user)
            if not any(BY_KEY[post.role].pages for post in posts):
                raise Http404


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
    return PageLogView.as_view(**kwargs)(request)


@require_admin_access
def gone(request: HttpRequest, **kwargs: Any) -> HttpResponse:
    raise Http404


closed_doors = [
    path("account/", require_admin_access(own_account)),
    path("login/", LoginPage.as_view()),
    path("logout/", LogoutPage.as_view()),
    path("activate/", ActivatePage.as_view(), name="office_activate"),
    path("bulk/<str:app_label>/<str:model_name>/<str:action>/", bulk),
    path("reports/site-history/", site_history),
    path("reports/site-history/results/", site_history, {"results_only": True}),
    re_path(r"^snippets/$", gone),
    path("test404/", gone),
    path("failwhale/", gone),
]
