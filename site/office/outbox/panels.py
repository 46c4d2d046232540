"""The bell where people look: in the header, in the menu, and on the first page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from office.outbox.bell import Ring, count_told, unread

SHOWN = 5


class BellPanel(Component):
    """The newest unread notices; not there while there is none."""

    name = "bell"
    order = 10
    template_name = "office/outbox/panel.html"

    def __init__(self, rings: list[Ring], count: str) -> None:
        self.rings, self.count = rings, count

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        request = (parent_context or {})["request"]
        return {"rings": self.rings, "count": self.count, "request": request}


def panels_for(request: HttpRequest) -> list[Component]:
    rings = unread(request)
    return [BellPanel(rings[:SHOWN], count_told(request))] if rings else []


class BellMenuItem(MenuItem):
    """通知, with the number of unread ones."""

    def render_component(self, request: HttpRequest) -> Any:
        found = super().render_component(request)
        if count := count_told(request):
            found.label = f"{self.label}（{count}）"
        return found
