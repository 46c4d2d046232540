"""What waits for whom on the admin's first page: a few rows a panel, the rest behind a link."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from casework.matters.approvals import ACT, DECIDE, DECIDE_SEALED
from casework.matters.forms.filters import end_of_week
from casework.matters.models import Approval, Conflict, Matter
from casework.matters.shell import spare_menu
from casework.matters.states import State
from office.clock import today
from office.posts import posts_of, unit_ids
from office.roles import Reach
from office.separation import not_own

SHOWN = 5
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


@dataclass(frozen=True)
class Queue:
    """One panel of a role. narrow: its rows among those a person may see, in the order given."""

    name: str
    title: str
    query: str
    empty: str
    narrow: Callable[[QuerySet, Any], QuerySet]
    order: tuple[str, ...] = ("due_on", "id")
    quiet: bool = False  # no panel at all while nothing waits in it


def _mine(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(officer=user).open()


def _unassigned(rows: QuerySet, user: Any) -> QuerySet:
    units = unit_ids(user, Reach.UNIT)
    return rows.filter(lead_unit__in=units, officer=None, state=State.HANDLING)


def _units_open(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(lead_unit__in=unit_ids(user, Reach.UNIT), officer__isnull=False).open()


def _in_state(state: State) -> Callable[[QuerySet, Any], QuerySet]:
    return lambda rows, user: rows.filter(state=state)


def _overdue(rows: QuerySet, user: Any) -> QuerySet:
    return rows.overdue(today())


def _this_week(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(due_on__range=(today(), end_of_week(today())))


def _incomplete(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(complete=False, registered_by=user, sealed=False).open()


def _sealed_entries(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(registered_by=user, state=State.SEALED)


def _just_registered(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(registered_by=user)


def _recusals(rows: QuerySet, user: Any) -> QuerySet:
    """Matters with a recusal that others said of others: this person may decide it."""
    waiting = Conflict.objects.filter(not_own(user), not_own(user, "user"), decision="")
    return rows.filter(sealed=False, pk__in=waiting.values("matter"))


_NEWEST = ("-number",)
_OVERDUE = Queue("overdue", "超期", "?tab=overdue", "没有超期的事项。", _overdue)
_RECUSALS = Queue(
    "recusals",
    "待决定的回避",
    "?tab=open&recusal=on",
    "没有等着决定的回避。",
    _recusals,
    quiet=True,
)
_WEEK = Queue("week", "本周到期", "?tab=week", "本周没有到期的事项。", _this_week)

#: role → its panels, in their order on the page
QUEUES: dict[str, tuple[Queue, ...]] = {
    "registrar": (
        Queue("incomplete", "待补全", "?tab=open&incomplete=on", "没有要补全的登记。", _incomplete),
        Queue(
            "entered_sealed", "待交保管人", "?tab=open&state=sealed",
            "没有要交给保管人的密件。", _sealed_entries, ("due_on", "number"), quiet=True,
        ),
        Queue(
            "arrived", "收到未受理", "?tab=open&state=registered",
            "没有等着受理的事项。", _in_state(State.REGISTERED),
        ),
        Queue(
            "entered", "刚登记的", "?tab=all",
            "您还没有登记过。来了人，点“登记来件”。", _just_registered, _NEWEST,
        ),
    ),
    "officer": (
        Queue("mine", "我的在办", "?tab=open", "手上没有在办的事项。", _mine),
    ),
    "unit_head": (
        Queue(
            "unnamed", "本单位待指定承办人", "?tab=open&state=handling",
            "交办来的都指定了承办人。", _unassigned,
        ),
        Queue("unit", "本单位在办", "?tab=open", "本单位没有在办的事项。", _units_open),
    ),
    "office_head": (
        _RECUSALS,
        Queue(
            "accept", "待受理", "?tab=open&state=registered",
            "没有等着受理的事项。", _in_state(State.REGISTERED),
        ),
        Queue(
            "assign", "待交办", "?tab=open&state=accepted",
            "受理的都交办了。", _in_state(State.ACCEPTED),
        ),
        _OVERDUE,
        _WEEK,
    ),
    "leader": (_RECUSALS, _OVERDUE, _WEEK),
    "custodian": (
        Queue(
            "sealed", "密件待转交", "?tab=open&state=sealed",
            "没有等着转交的密件。", _in_state(State.SEALED), ("due_on", "number"),
        ),
    ),
}  # fmt: skip


_AUDIT = "每次登记、修改和办理都逐条记着，从新到旧。谁看过个人信息在“查看记录”里。"


def panels_for(request: HttpRequest) -> list[Any]:
    """The panels of a person's posts: two queries for all queues, one for requests that wait."""
    user = request.user
    spare_menu(user)
    held = {post.role for post in posts_of(user)}
    queues = {queue.name: queue for role in QUEUES if role in held for queue in QUEUES[role]}
    found: list[Panel] = []
    if any(user.has_perm(verb) for verb in DECIDE.values()):
        found.append(_requests(user))
    for queue, matters in _first_of_each(list(queues.values()), user):
        if queue.quiet and not matters:
            continue
        url = reverse(LIST) + queue.query
        found.append(Panel(queue.name, queue.title, url, queue.empty, matters))
    if "auditor" in held:
        found.append(Panel("changes", "变更审计", reverse("office_audit"), _AUDIT))
    return [Queues(found)] if found else []


def _first_of_each(queues: Sequence[Queue], user: Any) -> list[tuple[Queue, list[Matter]]]:
    """The first rows of every queue: one query for all keys, one for all rows."""
    parts: list[str] = []
    params: list[Any] = []
    for n, queue in enumerate(queues):
        rows = queue.narrow(Matter.objects.visible_to(user), user).order_by(*queue.order)
        try:
            keyed = rows.annotate(found=F("pk")).values_list("found")[: SHOWN + 1]
            sql, given = keyed.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {n} AS queue, found FROM ({sql}) part{n}")
        params += given
    keys: list[tuple[int, int]] = []
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), params)
            keys = cursor.fetchall()
    wanted = ("number", "title", "state", "sealed", "due_on")
    rows = Matter.objects.only(*wanted).in_bulk({pk for _, pk in keys})
    return [
        (queue, _in_order([rows[pk] for m, pk in keys if m == n], queue.order))
        for n, queue in enumerate(queues)
    ]


def _in_order(matters: list[Matter], order: tuple[str, ...]) -> list[Matter]:
    """Matters sorted by an order of plain names, all of them ascending or all descending."""
    names = [name.lstrip("-") for name in order]
    return sorted(
        matters,
        key=lambda row: [getattr(row, name) for name in names],
        reverse=order[0].startswith("-"),
    )


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
        return {"panels": self.panels, "may_add": user.has_perm("matters.add_matter")}


def _requests(user: Any) -> Panel:
    """Requests that this person may decide; their own are others' to decide."""
    acts = [act for act in ACT if user.has_perm(DECIDE[act])]
    sealed = [act for act in ACT if user.has_perm(DECIDE_SEALED[act])]
    theirs = Q(matter__sealed=False, act__in=acts) | Q(matter__sealed=True, act__in=sealed)
    rows = (
        Approval.objects.filter(theirs, decision="")
        .filter(not_own(user))
        .filter(matter__in=Matter.objects.visible_to(user).values("pk"))
        .select_related("matter", "asked_by")
        .order_by("id")[: SHOWN + 1]
    )
    return Panel("requests", "等您审批", "", "没有等您审批的申请。", requests=list(rows))
