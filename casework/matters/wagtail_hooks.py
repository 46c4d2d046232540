"""Registration only: viewset, addresses, menu."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from casework.matters.ledgers import admin  # noqa: F401 - registers the pages of 导入台账
from casework.matters.viewsets import MatterGroup

register_snippet(MatterGroup)


@hooks.register("register_admin_urls")
def matter_urls() -> list[Any]:
    return [path("matters/", include("casework.matters.urls"))]


class _Registering(MenuItem):
    """Shown to those who register arrivals."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm("matters.add_matter")


@hooks.register("register_matters_menu_item")
def reception_item() -> MenuItem:
    return _Registering(
        "登记来件", reverse("wagtailsnippets_matters_matter:add"), name="reception",
        icon_name="plus", order=50,
    )  # fmt: skip
