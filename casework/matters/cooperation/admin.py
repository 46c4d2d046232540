"""Registration only: menu items of 协办与往来, 督办台账, 眼前危险 and 值班表."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from casework.matters.cooperation.standing import ASK, DANGER, NOTE, SUPERVISE, of_office
from casework.matters.permissions import heads_office
from office.posts import post_for


class _For(MenuItem):
    """An item for those of whom `who` says so."""

    def __init__(self, who: Callable[[Any], bool], *args: Any, **kwargs: Any) -> None:
        self.who = who
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return self.who(request.user)


def _together(user: Any) -> bool:
    return bool(post_for(user, NOTE) or post_for(user, ASK))


@hooks.register("register_matters_menu_item")
def together_item() -> MenuItem:
    return _For(
        _together, "协办与往来", reverse("matters:together"), name="together",
        icon_name="comment", order=160,
    )  # fmt: skip


@hooks.register("register_matters_menu_item")
def supervisions_item() -> MenuItem:
    return _For(
        lambda user: of_office(user, SUPERVISE), "督办台账", reverse("matters:supervisions"),
        name="supervisions", icon_name="warning", order=170,
    )  # fmt: skip


@hooks.register("register_matters_menu_item")
def danger_item() -> MenuItem:
    return _For(
        lambda user: post_for(user, DANGER) is not None, "眼前危险", reverse("matters:danger_now"),
        name="danger", icon_name="warning", order=60,
    )  # fmt: skip


@hooks.register("register_matters_menu_item")
def roster_item() -> MenuItem:
    return _For(
        heads_office,
        "值班表",
        reverse("matters:roster"),
        name="roster",
        icon_name="date",
        order=410,
    )
