"""协办与往来 on the admin's first page: what others wait for from this person."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from casework.matters.cooperation.waiting import Group, waiting_for
from office.clock import today

SHOWN = 5


class TogetherPanel(Component):
    """One panel a kind; nothing at all while nothing waits."""

    order = 110
    template_name = "matters/cooperation/panel.html"

    class Media:
        css = {"all": ["matters/matters.css"]}

    def __init__(self, groups: list[Group]) -> None:
        self.groups = groups

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"groups": self.groups, "shown": SHOWN}


def panels_for(request: HttpRequest) -> list[Any]:
    """The panel of this person, when something waits for them."""
    groups = waiting_for(request.user, today(), SHOWN + 1)
    return [TogetherPanel(groups)] if groups else []
