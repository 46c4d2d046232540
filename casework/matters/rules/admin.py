"""Registration only: addresses and menu item of 规则方案."""

from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.matters.rules.views.frame import READ
from office.menus import VerbMenuItem


@hooks.register("register_admin_urls")
def rules_urls() -> list[Any]:
    return [path("rules/", include("casework.matters.rules.urls"))]


@hooks.register("register_matters_menu_item")
def rules_item() -> MenuItem:
    return VerbMenuItem(
        READ, "规则方案", reverse("rules:list"), name="rules", icon_name="list-ul", order=450
    )
