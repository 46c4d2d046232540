"""What the kernel registers with Wagtail's admin."""

from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import include, path, reverse_lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from office import home, menus
from office.appointing import registration  # noqa: F401 - pages of rights and of coming in
from office.exporting.panels import MineMenuItem
from office.ledger_forms_views import (
    LedgerFormHistory,
    LedgerFormPage,
    LedgerFormsView,
    LedgerTemplate,
)
from office.limit_views import LimitPage, LimitsPage
from office.look_desk import FindingPage, FindingsView, PersonLooksView, RecordLooksView
from office.menus import VerbMenuItem
from office.outbox import registration as notices  # noqa: F401 - the bell and its pages
from office.retention.list_views import ListPage, ListsPage, PaperPage
from office.retention.lists import VIEW as VIEW_RETENTION
from office.retention.views import ClassesPage, ClassPage
from office.seal_views import SealsPage
from office.tasking.views import TasksPage
from office.views import AuditView, HealthView, HelpView, KeptFormView, LookLedgerView
from office.viewsets import MENU, OrganisationGroup

register_snippet(OrganisationGroup)


@hooks.register("register_admin_urls")
def own_pages() -> list[Any]:
    return [
        path("audit/", AuditView.as_view(), name="office_audit"),
        path("looks/", LookLedgerView.as_view(), name="office_looks"),
        path("looks/audit/", FindingsView.as_view(), name="office_look_findings"),
        path("looks/audit/<int:pk>/", FindingPage.as_view(), name="office_look_finding"),
        path("looks/person/", PersonLooksView.as_view(), name="office_looks_person"),
        path("looks/record/", RecordLooksView.as_view(), name="office_looks_record"),
        path("exports/", include("office.exporting.urls")),
        path("limits/", LimitsPage.as_view(), name="office_limits"),
        path("limits/<slug:key>/", LimitPage.as_view(), name="office_limit"),
        path("seals/", SealsPage.as_view(), name="office_seals"),
        path("retention/", ClassesPage.as_view(), name="office_retention"),
        path("retention/<slug:key>/", ClassPage.as_view(), name="office_retention_class"),
        path("destruction/", ListsPage.as_view(), name="office_destructions"),
        path("destruction/<int:pk>/", ListPage.as_view(), name="office_destruction"),
        path("destruction/<int:pk>/paper/", PaperPage.as_view(), name="office_destruction_paper"),
        path("tasks/", TasksPage.as_view(), name="office_tasks"),
        path("health/", HealthView.as_view(), name="office_health"),
        path("ledger-forms/", LedgerFormsView.as_view(), name="office_ledger_forms"),
        path("ledger-forms/<slug:ledger>/", LedgerFormPage.as_view(), name="office_ledger_form"),
        path(
            "ledger-forms/<slug:ledger>/history/",
            LedgerFormHistory.as_view(),
            name="office_ledger_form_history",
        ),
        path(
            "ledger-forms/<slug:ledger>/template/",
            LedgerTemplate.as_view(),
            name="office_ledger_template",
        ),
        path("help/", HelpView.as_view(), name="office_help"),
        path("again/<uuid:ref>/", KeptFormView.as_view(), name="office_kept_form"),
    ]


@hooks.register("register_admin_menu_item")
def audit_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_change",
        "变更审计",
        reverse_lazy("office_audit"),
        name="audit",
        icon_name="history",
        order=8000,
    )


@hooks.register("register_admin_menu_item")
def looks_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_look",
        "查看记录",
        reverse_lazy("office_looks"),
        name="looks",
        icon_name="view",
        order=8020,
    )


@hooks.register("register_admin_menu_item")
def look_desk_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_look",
        "查看审计",
        reverse_lazy("office_look_findings"),
        name="look-audit",
        icon_name="clipboard-list",
        order=8010,
    )


@hooks.register("register_admin_menu_item")
def page_log_item() -> VerbMenuItem:
    """Wagtail keeps what happens to pages in a log of its own; its reports menu is for editors."""
    return VerbMenuItem(
        "office.view_change",
        "网页操作记录",
        reverse_lazy("wagtailadmin_reports:site_history"),
        name="page-log",
        icon_name="site",
        order=8040,
    )


@hooks.register("register_admin_menu_item")
def exports_item() -> MineMenuItem:
    url = reverse_lazy("exports:mine")
    return MineMenuItem("我的导出", url, name="exports", icon_name="download", order=8100)


@hooks.register("register_admin_menu_item")
def seals_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_seal",
        "封存校验",
        reverse_lazy("office_seals"),
        name="seals",
        icon_name="lock",
        order=8050,
    )


@hooks.register("register_admin_menu_item")
def limits_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_limit",
        "期限与数量",
        reverse_lazy("office_limits"),
        name="limits",
        icon_name="cog",
        order=8200,
    )


@hooks.register("register_admin_menu_item")
def retention_item() -> VerbMenuItem:
    return VerbMenuItem(
        VIEW_RETENTION,
        "保管与销毁",
        reverse_lazy("office_destructions"),
        name="retention",
        icon_name="bin",
        order=8060,
    )


@hooks.register("register_admin_menu_item")
def health_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_health",
        "运行状况",
        reverse_lazy("office_health"),
        name="health",
        icon_name="info-circle",
        order=8300,
    )


@hooks.register("register_admin_menu_item")
def tasks_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_task",
        "后台任务",
        reverse_lazy("office_tasks"),
        name="tasks",
        icon_name="tasks",
        order=8290,
    )


@hooks.register(MENU)
def ledger_forms_item() -> VerbMenuItem:
    return VerbMenuItem(
        "office.view_ledgerform",
        "台账格式",
        reverse_lazy("office_ledger_forms"),
        name="ledger-forms",
        icon_name="table",
        order=900,
    )


@hooks.register("register_admin_menu_item")
def help_item() -> MenuItem:
    url = reverse_lazy("office_help")
    return MenuItem("帮助", url, name="handbook", icon_name="help", order=9900)


@hooks.register("insert_global_admin_css")
def desk_css() -> SafeString:
    return format_html('<link rel="stylesheet" href="{}">', static("office/desk.css"))


@hooks.register("construct_main_menu", order=1000)
def prune_main(request: HttpRequest, items: list[Any]) -> None:
    menus.prune_main(request, items)


@hooks.register("construct_reports_menu")
def prune_reports(request: HttpRequest, items: list[Any]) -> None:
    menus.prune_reports(request, items)


@hooks.register("construct_homepage_panels", order=1000)
def panels(request: HttpRequest, found: list[Any]) -> None:
    home.arrange(request, found)
