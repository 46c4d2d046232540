"""Addresses and menu items of notices."""

from typing import Any

from django.urls import include, path, reverse_lazy
from wagtail import hooks

from office.menus import VerbMenuItem
from office.outbox.desk import VIEW
from office.outbox.panels import BellMenuItem
from office.outbox.views import VIEW_TEXT


@hooks.register("register_admin_urls")
def pages_of_notices() -> list[Any]:
    return [path("notices/", include("office.outbox.urls"))]


@hooks.register("register_admin_menu_item")
def bell_item() -> BellMenuItem:
    url = reverse_lazy("notices:list")
    return BellMenuItem("通知", url, name="notices", icon_name="mail", order=8090)


@hooks.register("register_admin_menu_item")
def texts_item() -> VerbMenuItem:
    url = reverse_lazy("notices:texts")
    return VerbMenuItem(
        VIEW_TEXT, "通知文字", url, name="notice-texts", icon_name="comment", order=8210
    )


@hooks.register("register_admin_menu_item")
def deliveries_item() -> VerbMenuItem:
    url = reverse_lazy("notices:deliveries")
    return VerbMenuItem(VIEW, "通知发送", url, name="deliveries", icon_name="list-ul", order=8220)
