"""工作交接 and 常设授权 in the menu."""

from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.matters.delegating import authorising, handing
from office.menus import VerbMenuItem


@hooks.register("register_matters_menu_item")
def work_item() -> MenuItem:
    return VerbMenuItem(
        handing.VERB, "工作交接", reverse("matters:work_lists"), name="work", icon_name="group",
        order=260,
    )  # fmt: skip


class StandingItem(MenuItem):
    """For who gives authorisations and who may have one."""

    def is_shown(self, request: Any) -> bool:
        return any(request.user.has_perm(verb) for verb in (authorising.VERB, "matters.add_matter"))


@hooks.register("register_matters_menu_item")
def standing_item() -> MenuItem:
    return StandingItem(
        "常设授权", reverse("matters:standings"), name="standings", icon_name="clipboard-list",
        order=270,
    )  # fmt: skip
