"""Addresses and menu items of grants, separation, leave, entering and emergencies."""

from typing import Any

from django.urls import include, path, reverse_lazy
from wagtail import hooks

from office.appointing.panels import GrantsMenuItem
from office.duties.views import LeavePage, SeparationView
from office.emergency.opening import CLOSE
from office.emergency.views import EmergenciesPage, EmergencyPage
from office.entering.record import SignInsView, UnlockPage
from office.entering.views import PasswordPage, SessionsPage
from office.menus import VerbMenuItem
from office.viewsets import MENU


@hooks.register("register_admin_urls")
def pages_of_rights() -> list[Any]:
    return [
        path("grants/", include("office.appointing.urls")),
        path("separation/", SeparationView.as_view(), name="office_separation"),
        path("leave/", LeavePage.as_view(), name="office_leave"),
        path("password/", PasswordPage.as_view(), name="office_password"),
        path("sessions/", SessionsPage.as_view(), name="office_sessions"),
        path("unlock/<int:pk>/", UnlockPage.as_view(), name="office_unlock"),
        path("sign-ins/", SignInsView.as_view(), name="office_sign_ins"),
        path("emergencies/", EmergenciesPage.as_view(), name="office_emergencies"),
        path("emergencies/<int:pk>/", EmergencyPage.as_view(), name="office_emergency"),
    ]


@hooks.register(MENU)
def grants_item() -> GrantsMenuItem:
    return GrantsMenuItem(
        "授权申请", reverse_lazy("grants:list"), name="grants", icon_name="key", order=2
    )


@hooks.register(MENU)
def separation_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_separation",
        "职责分离状况",
        reverse_lazy("office_separation"),
        name="separation",
        icon_name="group",
        order=3,
    )


@hooks.register("register_admin_menu_item")
def sign_ins_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_security",
        "登录记录",
        reverse_lazy("office_sign_ins"),
        name="sign-ins",
        icon_name="key",
        order=8030,
    )


@hooks.register("register_admin_menu_item")
def emergencies_item() -> VerbMenuItem:
    return VerbMenuItem(
        CLOSE,
        "应急账号",
        reverse_lazy("office_emergencies"),
        name="emergencies",
        icon_name="warning",
        order=8070,
    )
