"""What of grants waits for a person on the first page: requests to decide on, halves to take."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from office.appointing import asking

SHOWN = 5


class GrantsPanel(Component):
    """Not there while nothing waits."""

    name = "grants"
    order = 30
    template_name = "office/appointing/panel.html"

    def __init__(self, requests: list[Any], codes: list[Any]) -> None:
        self.requests, self.codes = requests, codes

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"requests": self.requests[:SHOWN], "codes": self.codes[:SHOWN]}


def panels_for(request: HttpRequest) -> list[Component]:
    requests, codes = asking.waiting_for(request.user), []
    if asking.has_part(request.user):
        codes = asking.codes_for(request.user)
    return [GrantsPanel(requests, codes)] if requests or codes else []


class GrantsMenuItem(MenuItem):
    """授权申请, for those whose work it is."""

    def is_shown(self, request: HttpRequest) -> bool:
        return asking.may_look(request.user)
