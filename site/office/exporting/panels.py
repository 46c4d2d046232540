"""What of exports waits for a person: on the first page, and as a number beside the menu item."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from office.exporting.requests import waiting_for
from office.exporting.runs import ENDED
from office.models import ExportRun
from office.posts import posts_of
from office.registries import exports
from office.roles import BY_KEY

SHOWN = 5
_MOST = 99  # files that are counted


def verbs_of(user: Any) -> set[str]:
    return {verb for post in posts_of(user) for verb in BY_KEY[post.role].verbs}


def exports_anything(user: Any) -> bool:
    """Whether some list may be exported, asked for or decided on by this person."""
    held = verbs_of(user)
    return any(held & {one.may, one.ask, one.decide} for one in exports.values())


def unseen(request: HttpRequest) -> list[ExportRun]:
    """Files that are ready (or failed) and were not looked at since; read once a request."""
    found = getattr(request, "_unseen_exports", None)
    if found is None:
        rows = ExportRun.objects.filter(person_id=request.user.pk, seen=False, state__in=ENDED)
        found = list(rows.order_by("-pk")[:_MOST])
        request._unseen_exports = found  # type: ignore[attr-defined]
    return found


class ExportsPanel(Component):
    """Files that are ready, and requests to decide on; not there while there is neither."""

    name = "exports"
    order = 90  # before the queues of the rooms: somebody waits for it
    template_name = "office/exports/panel.html"

    def __init__(self, runs: list[Any], requests: list[Any]) -> None:
        self.runs, self.requests = runs, requests

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"runs": _named(self.runs), "requests": _named(self.requests)}


def _named(rows: list[Any]) -> list[tuple[Any, str]]:
    return [
        (row, exports[row.listing].label if row.listing in exports else row.listing) for row in rows
    ]


def panels_for(request: HttpRequest) -> list[Component]:
    user = request.user
    if not exports_anything(user):
        return []
    runs, requests = unseen(request)[:SHOWN], list(waiting_for(user)[:SHOWN])
    return [ExportsPanel(runs, requests)] if runs or requests else []


class MineMenuItem(MenuItem):
    """我的导出, with the number of files that became ready."""

    def is_shown(self, request: HttpRequest) -> bool:
        return exports_anything(request.user)

    def render_component(self, request: HttpRequest) -> Any:
        found = super().render_component(request)
        if count := len(unseen(request)):
            found.label = f"{self.label}（{count}）"
        return found
