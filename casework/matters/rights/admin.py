"""Registration only: addresses and menu item of 个人信息请求."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.matters.rights.queries import DECIDE, HANDLE


@hooks.register("register_admin_urls")
def rights_urls() -> list[Any]:
    return [path("rights/", include("casework.matters.rights.urls"))]


class _Rights(MenuItem):
    """Shown to those who handle requests or decide on them."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(HANDLE) or request.user.has_perm(DECIDE)


@hooks.register("register_matters_menu_item")
def rights_item() -> MenuItem:
    return _Rights(
        "个人信息请求", reverse("rights:list"), name="rights", icon_name="user", order=250
    )
