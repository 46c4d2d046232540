"""What of outcomes waits for whom: calls, days on which somebody asks again, papers, alarms."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from casework.matters.desks.duties import MOST, Duty
from casework.matters.models import Easing, FollowUp, PaperSignature
from casework.matters.outcomes import confirming, following
from casework.matters.outcomes.paper import label_of
from casework.matters.outcomes.parts import VERBS
from casework.matters.outcomes.settling import may_settle
from casework.matters.queries import at_visible
from casework.matters.queues import Queue
from casework.matters.states import State
from office.clock import today
from office.posts import has_reach, post_for, unit_ids
from office.roles import Reach

_AHEAD = timedelta(days=14)  # what is owed later is in nobody's way yet


def calls_of(user: Any, on: date) -> list[Duty]:
    """Calls this person may make, from two weeks before their last day."""
    if post_for(user, following.VERB) is None or not _near(user, on):
        return []
    rows = following.waiting_for(user).filter(due_on__lte=on + _AHEAD)[:MOST]
    return [
        Duty(
            what=row.get_kind_display(), number=row.matter.number, title=row.matter.title,
            url=reverse("matters:follow_up", args=[row.matter_id, row.pk]), due=row.due_on,
            kind="回访", anybodys=row.assigned_to_id is None,
        )
        for row in rows
        if following.may_call(user, row)
    ]  # fmt: skip


def _near(user: Any, on: date) -> bool:
    """Whether any call is due that somebody like this person may make; most days most have none."""
    owed = FollowUp.objects.filter(result="", due_on__lte=on + _AHEAD)
    if has_reach(user, Reach.UNIT) and not has_reach(user, Reach.ALL):
        units = unit_ids(user, Reach.UNIT)
        owed = owed.filter(Q(assigned_to=user.pk) | Q(matter__lead_unit__in=units))
    return owed.exists()


def eased_of(user: Any, on: date) -> list[Duty]:
    """Matters that are calmer for now and whose day to ask again has nearly come."""
    if not any(post_for(user, verb) for verb in VERBS):
        return []
    if not Easing.objects.filter(ended_on=None, next_on__lte=on + _AHEAD).exists():
        return []
    rows = Easing.objects.filter(
        at_visible(user), ended_on=None, next_on__lte=on + _AHEAD
    ).prefetch_related("matter__lead_unit", "matter__officer")
    return [
        Duty(
            what="再次联系（阶段性缓和，不是化解）", number=row.matter.number,
            title=row.matter.title, due=row.next_on, kind="缓和",
            url=reverse("matters:end_easing", args=[row.matter_id]),
        )
        for row in rows.order_by("next_on", "pk")[:MOST]
        if may_settle(user, row.matter)
    ]  # fmt: skip


def papers_of(user: Any, on: date) -> list[Duty]:
    """For a leader: what was entered in their name and waits for their word."""
    if post_for(user, confirming.CONFIRM) is None:
        return []
    last = confirming.next_month(confirming.month_of(on)) - timedelta(days=1)
    return [
        Duty(
            what=f"核对纸质签批：{label_of(row.what)}", number=row.matter.number,
            title=row.matter.title, due=last, kind="纸质签批",
            url=reverse("matters:paper", args=[row.matter_id, row.pk]),
        )
        for row in confirming.waiting_for(user)[:MOST]
    ]  # fmt: skip


def alarms_of(user: Any, on: date) -> list[Duty]:
    """For the office head: signatures that leaders say they never gave."""
    if post_for(user, confirming.LOOK_INTO) is None:
        return []
    return [
        Duty(
            what="查明：领导说这份纸质签批不属实", number=row.matter.number,
            title=row.matter.title, due=on, kind="纸质签批",
            url=reverse("matters:paper", args=[row.matter_id, row.pk]),
        )
        for row in confirming.denied(user)[:MOST]
        if confirming.may_settle(user, row)
    ]  # fmt: skip


def _to_call(rows: QuerySet, user: Any) -> QuerySet:
    """Matters whose calls are due: of a registrar the own entries, of the office head all."""
    due = FollowUp.objects.filter(result="", due_on__lte=today() + _AHEAD)
    return rows.filter(sealed=False, state__in=following.AFTER, pk__in=due.values("matter"))


def _to_archive(rows: QuerySet, user: Any) -> QuerySet:
    return rows.filter(sealed=False, state=State.CLOSED)


def _eased_late(rows: QuerySet, user: Any) -> QuerySet:
    late = Easing.objects.filter(ended_on=None, next_on__lt=today())
    return rows.filter(sealed=False, pk__in=late.values("matter"))


def _denied(rows: QuerySet, user: Any) -> QuerySet:
    alarms = PaperSignature.objects.filter(answer="denied", settled_on=None)
    return rows.filter(sealed=False, pk__in=alarms.values("matter"))


def _unconfirmed(rows: QuerySet, user: Any) -> QuerySet:
    open_ones = PaperSignature.objects.filter(answer="", leader=user)
    return rows.filter(sealed=False, pk__in=open_ones.values("matter"))


_OLDEST = ("number",)
TO_CALL = Queue(
    "calls", "该回访的", "", "没有要回访的事项。", _to_call, _OLDEST, quiet=True
)  # fmt: skip
TO_ARCHIVE = Queue(
    "to_archive", "办结待归档", "?tab=all&state=closed", "办结的都归档了。", _to_archive, _OLDEST,
    quiet=True,
)  # fmt: skip
EASED = Queue(
    "eased", "缓和后过期没联系", "", "没有过期的联系日。", _eased_late, _OLDEST, quiet=True
)  # fmt: skip
DENIED = Queue(
    "denied", "纸质签批不属实，待查明", "", "没有要查明的签批。", _denied, _OLDEST, quiet=True
)  # fmt: skip
UNCONFIRMED = Queue(
    "unconfirmed", "待您核对的纸质签批", "", "没有要核对的签批。", _unconfirmed, _OLDEST,
    quiet=True,
)  # fmt: skip


def open_calls(user: Any) -> list[FollowUp]:
    """The page of calls: every one this person may make, the earliest first."""
    rows = following.waiting_for(user)[: MOST * 2]
    return [row for row in rows if following.may_call(user, row)]
