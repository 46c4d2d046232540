"""What waits for whom on the admin's first page: a few rows a panel, the rest behind a link."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from casework.matters.desks import waiting
from casework.matters.desks.registry import desks_of
from casework.matters.desks.requests import decides_any, requests_for
from casework.matters.models import Approval, Matter
from casework.matters.queues import SHOWN, Queue, first_of_each
from casework.matters.shell import spare_menu
from office.clock import today
from office.posts import posts_of

LIST = "wagtailsnippets_matters_matter:list"


@dataclass
class Panel(Component):
    """A heading, at most `SHOWN` matters, where the rest is, and what an empty panel means.

    url: the list that begins with the same rows.
    """

    name: str
    title: str
    url: str
    empty: str
    matters: list[Matter] = field(default_factory=list)
    requests: list[Approval] = field(default_factory=list)
    template_name = "matters/panels/queue.html"

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        rows = self.matters or self.requests
        return {"panel": self, "more": len(rows) > SHOWN, "shown": SHOWN, "today": today()}


#: role → its panels, in their order on the page
QUEUES: dict[str, tuple[Queue, ...]] = {
    "registrar": (
        waiting.INCOMPLETE, waiting.ENTERED_SEALED, waiting.ARRIVED, waiting.TO_TELL,
        waiting.ENTERED,
    ),
    "officer": (waiting.MINE,),
    "unit_head": (waiting.UNNAMED, waiting.UNIT_OPEN),
    "office_head": (
        waiting.DANGER, waiting.RECUSALS, waiting.ACCEPT, waiting.ASSIGN, waiting.OBJECTED,
        waiting.TO_REVIEW, waiting.OVERDUE, waiting.WEEK,
    ),
    "legal_reviewer": (waiting.TO_REVIEW,),
    "leader": (
        waiting.DANGER, waiting.RECUSALS, waiting.TO_SIGN, waiting.PROMISES, waiting.OVERDUE,
        waiting.WEEK,
    ),
    "custodian": (waiting.SEALED,),
}  # fmt: skip


_AUDIT = "每次登记、修改和办理都逐条记着，从新到旧。谁看过个人信息在“查看记录”里。"


def panels_for(request: HttpRequest) -> list[Any]:
    """The panels of a person's posts: two queries for all queues, one for requests that wait."""
    user = request.user
    spare_menu(user)
    held = {post.role for post in posts_of(user)}
    queues = {queue.name: queue for role in QUEUES if role in held for queue in QUEUES[role]}
    found: list[Panel] = []
    if decides_any(user):
        waits = requests_for(user, SHOWN + 1)
        found.append(Panel("requests", "等您审批", "", "没有等您审批的申请。", requests=waits))
    for head in first_of_each(list(queues.values()), user):
        queue = head.queue
        if queue.quiet and not head.matters:
            continue
        url = reverse(LIST) + queue.query if queue.query else reverse("matters:desk")
        found.append(Panel(queue.name, queue.title, url, queue.empty, head.matters))
    if "auditor" in held:
        found.append(Panel("changes", "变更审计", reverse("office_audit"), _AUDIT))
    return [Queues(found)] if found else []


class Queues(Component):
    """All panels of the room side by side."""

    order = 100
    template_name = "matters/panels/queues.html"

    class Media:
        css = {"all": ["matters/matters.css"]}

    def __init__(self, panels: list[Panel]) -> None:
        self.panels = panels

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        return {
            "panels": self.panels,
            "may_add": user.has_perm("matters.add_matter"),
            "has_desk": bool(desks_of(user)),
        }
