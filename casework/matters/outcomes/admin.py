"""回访 and 纸质签批 in the menu."""

from typing import Any

from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.matters.outcomes.confirming import AUDIT, CONFIRM, LOOK_INTO
from casework.matters.outcomes.following import VERB
from office.menus import VerbMenuItem


class PapersItem(MenuItem):
    """For those who see the whole office: who confirms, who looks into denials and who audits."""

    def is_shown(self, request: Any) -> bool:
        return any(request.user.has_perm(verb) for verb in (CONFIRM, LOOK_INTO, AUDIT))


@hooks.register("register_matters_menu_item")
def calls_item() -> MenuItem:
    return VerbMenuItem(
        VERB, "回访", reverse("matters:follow_ups"), name="follow_ups", icon_name="comment",
        order=180,
    )  # fmt: skip


@hooks.register("register_matters_menu_item")
def counted_item() -> MenuItem:
    return PapersItem(
        "办结与化解", reverse("matters:outcomes"), name="outcomes", icon_name="tick", order=370
    )


@hooks.register("register_matters_menu_item")
def papers_item() -> MenuItem:
    return PapersItem(
        "纸质签批", reverse("matters:papers"), name="papers", icon_name="edit", order=380
    )
