"""集体访 and 约访: who came together and who spoke; a talk offered to whoever writes again on line."""

from dataclasses import dataclass
from datetime import date, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import GroupVisit, Matter, TalkOffer
from casework.matters.moving import locked
from casework.matters.permissions import may
from casework.matters.profiles import limits_of, representative_limit
from casework.matters.recording import as_of, log_move
from casework.matters.repeats.facts import talks_wanted
from casework.matters.states import State
from office.clock import today
from office.history import because

VISIT, TALK = "matters.change_matter", "matters.link_repeat"


@dataclass(frozen=True)
class Visit:
    """What is said of a visit of many; representatives: how many of them spoke."""

    on: date
    began: time
    ended: time | None
    people: int
    representatives: int
    place: str = ""
    note: str = ""


def may_note_visit(user: Any, matter: Matter) -> bool:
    over = matter.sealed or matter.state == State.VOID or matter.destroyed_at is not None
    return not over and may(user, matter, VISIT) and matter.links.exists()


def note_visit(matter: Matter, visit: Visit, *, by: Any) -> GroupVisit:
    """Write down that many came at once. Raises ValidationError (field → sentence) for fewer than
    the profile's number, for too many speakers, for a day to come.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not may_note_visit(by, matter):
            raise PermissionDenied
        _check(matter, visit)
        link = matter.links.select_related("item").order_by("pk").first()
        row = GroupVisit(
            matter=matter, item=link.item, on=visit.on, began=visit.began, ended=visit.ended,
            people=visit.people, representatives=visit.representatives, recorded_by=by,
        )  # fmt: skip
        row.put("place", visit.place.strip())
        row.put("note", visit.note.strip())
        with because("集体访", **as_of(by, VISIT)):
            row.save()
            if visit.people > matter.people_count and matter.is_open:
                matter.people_count = visit.people
                matter.save()
        log_move(
            matter, "group_visit", by=by, on=visit.on, source=matter.state, verb=VISIT,
            summary=f"来了 {visit.people} 人，代表 {visit.representatives} 人",
        )  # fmt: skip
    return row


def _check(matter: Matter, visit: Visit) -> None:
    gaps = {}
    group = limits_of(matter.profile)["group"]
    most = representative_limit(matter.profile, visit.people)
    if visit.people < group.days:
        gaps["people"] = f"{group.days} 人以上才是集体访（{group.article}）；少于的按一般来访登记。"
    if not 1 <= visit.representatives <= most.days:
        gaps["representatives"] = f"由 1 至 {most.days} 名代表来谈（{most.article}）。"
    if visit.on > today():
        gaps["on"] = "日期不能晚于今天。"
    if visit.ended is not None and visit.ended < visit.began:
        gaps["ended"] = "结束时间早于开始时间，请核对。"
    if gaps:
        raise ValidationError(gaps)


def may_offer(user: Any, matter: Matter) -> bool:
    """A talk is offered where something came again on line."""
    return not matter.sealed and talks_wanted(matter) and may(user, matter, TALK)


def offer(
    matter: Matter, *, by: Any, on: date, meet_on: date | None = None, note: str = ""
) -> TalkOffer:
    """Note that a talk was offered, and the day when one was agreed. Whoever declines is noted
    nowhere, and no clock knows of it.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not may(by, matter, TALK):
            raise PermissionDenied
        if not may_offer(by, matter):
            raise ValidationError("只有网上重复反映的事项才在这里约访。")
        if on > today():
            raise ValidationError({"on": "日期不能晚于今天。"})
        if meet_on is not None and meet_on < on:
            raise ValidationError({"meet_on": "约定的日期不能早于提出的日期。"})
        row = TalkOffer(matter=matter, offered_on=on, offered_by=by, meet_on=meet_on)
        row.put("note", note.strip())
        with because("约访", **as_of(by, TALK)):
            row.save()
        log_move(
            matter, "offer_talk", by=by, on=on, source=matter.state, verb=TALK,
            summary=f"约定 {meet_on:%Y-%m-%d}" if meet_on else "",
        )  # fmt: skip
    return row
