"""The queues there are: what waits, for whom, where the list shows the rest.

Each one is cut by an index in the order it is shown in; the few that hang on other tables hold few
rows at a time.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from casework.matters.clocks import KINDS, MAY_ASK
from casework.matters.forms.filters import end_of_week
from casework.matters.legal import is_reviewer
from casework.matters.models import (
    Conflict,
    Danger,
    DutyDispute,
    Opinion,
    Supervision,
    UrgentReport,
)
from casework.matters.permissions import heads_office
from casework.matters.queues import Queue
from casework.matters.states import State
from office.clock import today
from office.posts import unit_ids
from office.roles import Reach
from office.separation import not_own

_WINDOWS = tuple(kind for kind, of in KINDS.items() if of.by == MAY_ASK)
_NEWEST = ("-number",)
_BY_NUMBER = ("due_on", "number")


def _mine(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(officer=user).open()


def _unassigned(rows: QuerySet, user: Any) -> QuerySet:
    units = unit_ids(user, Reach.UNIT)
    return rows.filter(lead_unit__in=units, officer=None, state=State.HANDLING)


def _units_open(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(lead_unit__in=unit_ids(user, Reach.UNIT), officer__isnull=False).open()


def _in_state(state: State) -> Callable[[QuerySet, Any], QuerySet]:
    """One state: two of them in one order would be a scan of everything that is open."""
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


def _window_over(rows: QuerySet, user: Any) -> QuerySet:
    """Answered, and the days in which the petitioner could ask for more are over."""
    states = (State.ANSWERED, State.UPHELD)
    return rows.filter(state__in=states, due_kind__in=_WINDOWS, due_on__lt=today())


def _to_review(rows: QuerySet, user: Any) -> QuerySet:
    """Drafts this person reviews: by law, or as head of the office what no law has to be asked of."""
    drafts = Opinion.objects.filter(formal=True, dropped=False, answered_on=None)
    if is_reviewer(user) != heads_office(user):
        drafts = drafts.filter(legal=is_reviewer(user))
    return rows.filter(state=State.DRAFTED, pk__in=drafts.values("matter"))


def _recusals(rows: QuerySet, user: Any) -> QuerySet:
    """Matters with a recusal that others said of others: this person may decide it."""
    waiting = Conflict.objects.filter(not_own(user), not_own(user, "user"), decision="")
    return rows.filter(sealed=False, pk__in=waiting.values("matter"))


def _disputes(rows: QuerySet, user: Any) -> QuerySet:
    open_ones = DutyDispute.objects.filter(not_own(user), decision="", withdrawn_at=None)
    return rows.filter(sealed=False, pk__in=open_ones.values("matter"))


def _supervised(rows: QuerySet, user: Any) -> QuerySet:
    running = Supervision.objects.filter(stage__in=["asked", "answered"])
    return rows.filter(sealed=False, pk__in=running.values("matter"))


def _in_danger(rows: QuerySet, user: Any) -> QuerySet:
    standing = Danger.objects.filter(ended_at=None, until__gte=today())
    return rows.filter(sealed=False, pk__in=standing.values("matter"))


def _urgent(rows: QuerySet, user: Any) -> QuerySet:
    running = UrgentReport.objects.filter(ended_at=None)
    return rows.filter(sealed=False, pk__in=running.values("matter"))


INCOMPLETE = Queue(
    "incomplete", "待补全", "?tab=open&incomplete=on", "没有要补全的登记。", _incomplete
)
ENTERED_SEALED = Queue(
    "entered_sealed", "待交保管人", "?tab=open&state=sealed", "没有要交给保管人的密件。",
    _sealed_entries, _BY_NUMBER, quiet=True,
)  # fmt: skip
ARRIVED = Queue(
    "arrived", "收到未受理", "?tab=open&state=registered", "没有等着受理的事项。",
    _in_state(State.REGISTERED),
)  # fmt: skip
ENTERED = Queue(
    "entered",
    "刚登记的",
    "?tab=all",
    "您还没有登记过。来了人，点“登记来件”。",
    _just_registered,
    _NEWEST,
)
TO_TELL = Queue(
    "to_tell", "待告知的重复信访", "?tab=open&state=merged", "没有等着告知的重复信访。",
    _in_state(State.MERGED), quiet=True,
)  # fmt: skip
OBJECTED = Queue(
    "objected", "异议待回复", "?tab=open&state=objected", "没有等着回复的异议。",
    _in_state(State.OBJECTED), quiet=True,
)  # fmt: skip
WITHDRAWN = Queue(
    "withdrawn", "信访人撤回的", "?tab=all&state=withdrawn", "没有撤回的事项。",
    lambda rows, user: rows.filter(state=State.WITHDRAWN), _NEWEST, quiet=True,
)  # fmt: skip
MINE = Queue("mine", "我的在办", "?tab=open", "手上没有在办的事项。", _mine)
UNNAMED = Queue(
    "unnamed",
    "本单位待指定承办人",
    "?tab=open&state=handling",
    "交办来的都指定了承办人。",
    _unassigned,
)
UNIT_OPEN = Queue("unit", "本单位在办", "?tab=open", "本单位没有在办的事项。", _units_open)
ACCEPT = Queue(
    "accept", "待受理", "?tab=open&state=registered", "没有等着受理的事项。",
    _in_state(State.REGISTERED),
)  # fmt: skip
ASSIGN = Queue(
    "assign", "待交办", "?tab=open&state=accepted", "受理的都交办了。", _in_state(State.ACCEPTED)
)
TO_REVIEW = Queue(
    "drafted", "待审意见", "?tab=open&state=drafted", "没有等着审核的意见。", _to_review, quiet=True
)  # fmt: skip
TO_SIGN = Queue(
    "reviewed", "待签意见", "?tab=open&state=reviewed", "没有等着签发的意见。",
    _in_state(State.REVIEWED),
)  # fmt: skip
PROMISES = Queue(
    "promises", "承诺到期", "?tab=open&state=performing", "没有正在兑现的承诺。",
    _in_state(State.PERFORMING), quiet=True,
)  # fmt: skip
TO_CLOSE = Queue(
    "to_close", "期满可办结", "?tab=open&state=answered", "没有期满可以办结的事项。", _window_over,
    quiet=True,
)  # fmt: skip
OVERDUE = Queue("overdue", "超期", "?tab=overdue", "没有超期的事项。", _overdue)
WEEK = Queue("week", "本周到期", "?tab=week", "本周没有到期的事项。", _this_week)
RECUSALS = Queue(
    "recusals",
    "待决定的回避",
    "?tab=open&recusal=on",
    "没有等着决定的回避。",
    _recusals,
    quiet=True,
)
DISPUTES = Queue("disputes", "承办争议待裁", "", "没有等着裁定的争议。", _disputes, quiet=True)
SUPERVISED = Queue("supervised", "督办中", "", "没有正在督办的事项。", _supervised, quiet=True)
DANGER = Queue("danger", "眼前危险", "", "没有标注眼前危险的事项。", _in_danger, quiet=True)
URGENT = Queue("urgent", "重大紧急", "", "没有正在处置的重大紧急事项。", _urgent, quiet=True)
SEALED = Queue(
    "sealed", "密件待转交", "?tab=open&state=sealed", "没有等着转交的密件。",
    _in_state(State.SEALED), _BY_NUMBER,
)  # fmt: skip
ROUTED = Queue(
    "routed", "法定途径跟踪中", "?tab=open&state=routed", "没有在跟踪的法定途径。",
    _in_state(State.ROUTED), quiet=True,
)  # fmt: skip
REVIEWED_ABOVE = Queue(
    "review_above", "上级复查中", "?tab=open&state=reviewing", "没有上级在复查的事项。",
    _in_state(State.REVIEWING), quiet=True,
)  # fmt: skip
FINAL_ABOVE = Queue(
    "final_above", "上级复核中", "?tab=open&state=final_review", "没有上级在复核的事项。",
    _in_state(State.FINAL_REVIEW), quiet=True,
)  # fmt: skip
