"""Registration only: viewset, addresses, menu."""

from typing import Any

from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from casework.matters import leave
from casework.matters.cooperation import admin as cooperation  # noqa: F401 - 协办与往来
from casework.matters.delegating import admin as delegating  # noqa: F401 - 工作交接、常设授权
from casework.matters.desks.page import DeskMenuItem
from casework.matters.entering.late import AUDIT as LATE
from casework.matters.finding import VERB as FIND
from casework.matters.ledgers import admin  # noqa: F401 - registers the pages of 导入台账
from casework.matters.letters import admin as letters  # noqa: F401 - 文书模板
from casework.matters.outcomes import admin as outcomes  # noqa: F401 - 回访、纸质签批
from casework.matters.rights import admin as rights  # noqa: F401 - 个人信息请求
from casework.matters.rules import admin as rules  # noqa: F401 - 规则方案
from casework.matters.sealed.handing import VERB as HAND_OVER
from casework.matters.sealed.keeping import VERB as NAME_CUSTODIAN
from casework.matters.viewsets import MatterGroup
from office.menus import VerbMenuItem

register_snippet(MatterGroup)


@hooks.register("register_admin_urls")
def matter_urls() -> list[Any]:
    return [path("matters/", include("casework.matters.urls"))]


@hooks.register("register_matters_menu_item")
def desk_item() -> MenuItem:
    return DeskMenuItem(
        "我的台面", reverse("matters:desk"), name="desk", icon_name="tasks", order=10
    )


@hooks.register("register_matters_menu_item")
def reception_item() -> MenuItem:
    return VerbMenuItem(
        "matters.add_matter", "登记来件", reverse("wagtailsnippets_matters_matter:add"), name="reception",
        icon_name="plus", order=50,
    )  # fmt: skip


@hooks.register("register_matters_menu_item")
def finding_item() -> MenuItem:
    return VerbMenuItem(
        FIND, "查找", reverse("matters:find"), name="finding", icon_name="search", order=150
    )


class LeavesItem(MenuItem):
    """密件审计, for who asks and for who decides."""

    def is_shown(self, request: Any) -> bool:
        return any(request.user.has_perm(verb) for verb in (leave.ASK, leave.DECIDE))


@hooks.register("register_matters_menu_item")
def leaves_item() -> MenuItem:
    return LeavesItem(
        "密件审计", reverse("matters:leaves"), name="leaves", icon_name="view", order=400
    )


@hooks.register("register_matters_menu_item")
def sealed_item() -> MenuItem:
    return VerbMenuItem(
        HAND_OVER,
        "密件",
        reverse("matters:sealed_desk"),
        name="sealed",
        icon_name="lock",
        order=300,
    )


@hooks.register("register_matters_menu_item")
def custodians_item() -> MenuItem:
    return VerbMenuItem(
        NAME_CUSTODIAN, "密件保管人", reverse("matters:custodians"), name="custodians",
        icon_name="key", order=310,
    )  # fmt: skip


@hooks.register("register_matters_menu_item")
def late_item() -> MenuItem:
    return VerbMenuItem(
        LATE,
        "补登与临期改途径",
        reverse("matters:late"),
        name="late",
        icon_name="history",
        order=420,
    )
