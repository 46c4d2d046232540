"""Destruction lists on the first page of whoever has the next word on them."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from office.models import DestructionList
from office.retention import lists

SHOWN = 5


class ListsPanel(Component):
    """Lists that wait for this person: `waiting` for their approval, `ready` for them to run."""

    name = "destruction-lists"
    order = 96
    template_name = "office/retention/panel.html"

    def __init__(self, waiting: list[DestructionList], ready: list[DestructionList]) -> None:
        self.waiting, self.ready = waiting, ready

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"waiting": self.waiting, "ready": self.ready}


def panels_for(request: HttpRequest) -> list[Component]:
    """Nothing while no list waits for the person: destroying is done once a year."""
    user = request.user
    states = []
    if user.has_perm(lists.APPROVE):
        states.append(lists.State.PROPOSED)
    if user.has_perm(lists.PROPOSE):
        states.append(lists.State.APPROVED)
    if not states:
        return []
    rows = lists.seen_by(user).filter(state__in=states).order_by("pk")[: SHOWN * 2]
    waiting = [
        row
        for row in rows
        if row.state == lists.State.PROPOSED and not lists.why_not_decide(row, user)
    ]
    ready = [row for row in rows if row.state == lists.State.APPROVED]
    return [ListsPanel(waiting[:SHOWN], ready[:SHOWN])] if waiting or ready else []
