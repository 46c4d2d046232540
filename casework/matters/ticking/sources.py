"""What is walked: running limits in the order of their last day, and what other rooms register."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q

from casework.matters.models import Clock, RuleProfile
from casework.matters.profiles import warn_at
from casework.matters.ticking.marks import ENDS, REVIEW, Mark, marks_of
from office import registries
from office.models import TickMark

CLOCKS = "matters.clock"


@dataclass(frozen=True, slots=True)
class Subject:
    """A record and those of its marks whose day has come, the most pressing last."""

    pk: int
    marks: tuple[Mark, ...]


#: (on, the place reached or "", most) → the next subjects and the place after them
Source = Callable[[date, str, int], tuple[list[Subject], str]]


def sources() -> dict[str, Source]:
    """Kind of record → how it is walked, in the order of the walk."""
    return {CLOCKS: clocks} | {kind: _reviews(kind) for kind in registries.freshness}


def clocks(on: date, after: str, most: int) -> tuple[list[Subject], str]:
    """Running limits by last day and key, without those that are over and marked so already.

    Of a destroyed matter nobody is told. Two queries.
    """
    over = TickMark.objects.filter(
        kind=CLOCKS, object_id=OuterRef("pk"), what__in=ENDS, last_day=OuterRef("due_on")
    )
    rows = Clock.objects.filter(
        ~Exists(over), status=Clock.Status.RUNNING, matter__destroyed_at=None
    )
    if after:
        day, key = after.split()
        # The first condition alone is a range of the index; the second only passes over its head.
        rows = rows.filter(Q(due_on__gt=day) | Q(pk__gt=int(key)), due_on__gte=day)
    facts = ("pk", "kind", "start_on", "due_on", "matter__profile_id")
    found = list(rows.order_by("due_on", "pk").values_list(*facts)[:most])
    profiles = RuleProfile.objects.in_bulk({row[-1] for row in found})
    warnings = {pk: warn_at(profile) for pk, profile in profiles.items()}
    subjects = [
        _come(pk, marks_of(kind, start, due, warnings[profile]), on)
        for pk, kind, start, due, profile in found
    ]
    return subjects, f"{found[-1][3]} {found[-1][0]}" if found else after


def _come(pk: int, marks: tuple[Mark, ...], on: date) -> Subject:
    return Subject(pk, tuple(mark for mark in marks if mark.on <= on))


def _reviews(kind: str) -> Source:
    def source(on: date, after: str, most: int) -> tuple[list[Subject], str]:
        rows = registries.freshness[kind](on, int(after or 0), most)
        subjects = [_come(pk, (Mark(REVIEW, since, day),), on) for pk, since, day in rows]
        return subjects, str(rows[-1][0]) if rows else after

    return source
