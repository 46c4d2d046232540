"""Kinds of open work that lie in one person's hands: what they are and how they change hands.

A part of the room adds its kind to `KINDS`. Nothing is handed over behind a rule's back: a kind says
for each piece why it cannot go, and writes it the way its own part does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from casework.matters.cooperation.support import put_person, why_not_named
from casework.matters.models import Approval, FollowUp, Matter, SupportTask
from casework.matters.moving import unfit_officer
from casework.matters.outcomes.following import people_for
from casework.matters.recording import as_of, log_move
from office.clock import today
from office.history import because
from office.models import User

VERB = "matters.hand_over_work"
_GONE = "已经不在移交人手上。"


@dataclass(frozen=True)
class Hands:
    """From whom to whom, by whose decision, on which list."""

    giver: User
    taker: User
    by: Any
    number: str = ""


@dataclass(frozen=True)
class Kind:
    """label: what it is called; holder: the column that says in whose hands it is; rows: () -> all of
    it that is open, rows with a `matter` or matters themselves; why_not: (row, matter, hands) -> why
    it stays, "" when it can go; give: (row, matter, hands) writes it, in a transaction that has the
    matter locked.
    """

    label: str
    holder: str
    rows: Callable[[], QuerySet]
    why_not: Callable[[Any, Matter, Hands], str]
    give: Callable[[Any, Matter, Hands], None]


def _matters() -> QuerySet:
    return Matter.objects.filter(officer__isnull=False, sealed=False).open()


def _tasks() -> QuerySet:
    return SupportTask.objects.filter(stage=SupportTask.Stage.ASKED, matter__sealed=False)


def _why_not_matter(row: Matter, matter: Matter, hands: Hands) -> str:
    if matter.officer_id != hands.giver.pk or not matter.is_open:
        return _GONE
    if matter.lead_unit is None:
        return "还没有承办单位。"
    return unfit_officer(matter, hands.taker, matter.lead_unit)


def _give_matter(row: Matter, matter: Matter, hands: Hands) -> None:
    matter.officer = hands.taker
    log_move(
        matter, "hand_work", by=hands.by, on=today(), source=matter.state, verb=VERB,
        summary=f"{hands.giver} → {hands.taker}，交接单 {hands.number}",
    )  # fmt: skip
    with because(f"工作交接 {hands.number}", **as_of(hands.by, VERB)):
        matter.save()


def _why_not_task(row: SupportTask, matter: Matter, hands: Hands) -> str:
    if row.person_id != hands.giver.pk or not row.waits:
        return _GONE
    return why_not_named(row, hands.taker)


def _give_task(row: SupportTask, matter: Matter, hands: Hands) -> None:
    put_person(row, hands.taker, by=hands.by, verb=VERB)


def _calls() -> QuerySet:
    return FollowUp.objects.filter(result="", matter__sealed=False)


def _why_not_call(row: FollowUp, matter: Matter, hands: Hands) -> str:
    if row.result or row.assigned_to_id != hands.giver.pk:
        return _GONE
    fits = hands.taker.pk in {user.pk for user in people_for(row)}
    return "" if fits else f"{hands.taker}不能回访这一件，请承办单位另行安排。"


def _give_call(row: FollowUp, matter: Matter, hands: Hands) -> None:
    row.assigned_to = hands.taker
    log_move(
        matter, "hand_work", by=hands.by, on=today(), source=matter.state, verb=VERB,
        summary=f"{row.get_kind_display()}：{hands.giver} → {hands.taker}，交接单 {hands.number}",
    )  # fmt: skip
    with because(f"工作交接 {hands.number}", **as_of(hands.by, VERB)):
        row.save()


def _requests() -> QuerySet:
    return Approval.objects.filter(decision="", matter__sealed=False)


def _why_not_request(row: Approval, matter: Matter, hands: Hands) -> str:
    """Who asked stays who asked: no colleague may decide what they themselves took over."""
    return f"“{row.get_act_display()}”的申请仍记在{hands.giver}名下，由审批人照常审批。"


def _never(row: Any, matter: Matter, hands: Hands) -> None:
    raise ValidationError("这一项不能移交。")


#: key → kind, in the order in which a list shows them
KINDS: dict[str, Kind] = {
    "matter": Kind("承办的事项", "officer", _matters, _why_not_matter, _give_matter),
    "task": Kind("协办任务", "person", _tasks, _why_not_task, _give_task),
    "call": Kind("回访", "assigned_to", _calls, _why_not_call, _give_call),
    "request": Kind("等审批的申请", "asked_by", _requests, _why_not_request, _never),
}
