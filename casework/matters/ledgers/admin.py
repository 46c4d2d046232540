"""Registration only: addresses and menu item of 导入台账."""

from typing import Any

from django.http import HttpRequest
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.matters.ledgers.importing import VERB


@hooks.register("register_admin_urls")
def ledger_urls() -> list[Any]:
    return [path("ledgers/", include("casework.matters.ledgers.urls"))]


class _Importing(MenuItem):
    """Shown to those who import."""

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(VERB)


@hooks.register("register_matters_menu_item")
def ledger_item() -> MenuItem:
    return _Importing(
        "导入台账", reverse("ledgers:upload"), name="ledgers", icon_name="table", order=300
    )
