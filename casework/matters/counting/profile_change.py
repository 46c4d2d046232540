"""Open matters counted by another profile: what would change, then as added lines of the ledger.

Days that were used stay used: each clock counts from the day it always counted from, extensions and
days left out stay. A day that another office, a promise or an order set stays where it was set.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from casework.matters.clocks import KINDS, Limit, Sum, leading
from casework.matters.counting.ledger import lead, restart
from casework.matters.counting.replay import total
from casework.matters.models import Clock, Matter, RuleProfile
from casework.matters.moving import locked
from casework.matters.profiles import limits_of
from casework.matters.recording import as_of, log_move
from office.calendar import exceptions
from office.clock import today
from office.history import because
from office.workdays import Exceptions

VERB = "matters.approve_profile"
MOVE = "change_profile"


@dataclass(frozen=True)
class Turned:
    """A running limit of a matter that another profile moves, from one last day to another."""

    label: str
    old: date
    new: date


@dataclass(frozen=True)
class Preview:
    """What becomes of a matter. due_on: the date its list would go by; turned: what moves."""

    matter: Matter
    due_on: date | None
    turned: tuple[Turned, ...]

    @property
    def moves(self) -> bool:
        return self.due_on != self.matter.due_on or bool(self.turned)


def open_elsewhere(user: Any, profile: RuleProfile) -> QuerySet:
    """The open matters this person sees that are counted by another profile, the earliest due first."""
    rows = Matter.objects.visible_to(user).open().filter(sealed=False)
    return rows.exclude(profile=profile).order_by("due_on", "pk")


def preview(matters: Iterable[Matter], profile: RuleProfile) -> list[Preview]:
    """What the profile would make of these matters; three queries however many they are."""
    found = list(matters)
    clocks = list(
        Clock.objects.filter(matter__in=found, status=Clock.Status.RUNNING)
        .order_by("due_on", "pk")
        .prefetch_related("lines")
    )
    limits = limits_of(profile)
    sums = {clock.pk: _new_sum(clock, limits) for clock in clocks}
    held = [one for one in sums.values() if one is not None and one.bound]
    calendar: Exceptions = {}
    if held:
        calendar = exceptions(min(one.start for one in held), max(one.reach for one in held))
    by_matter: dict[int, list[Clock]] = {}
    for clock in clocks:
        by_matter.setdefault(clock.matter_id, []).append(clock)
    return [_preview(matter, by_matter.get(matter.pk, []), sums, calendar) for matter in found]


def _preview(
    matter: Matter, clocks: list[Clock], sums: Mapping[int, Sum | None], calendar: Exceptions
) -> Preview:
    days = {}
    for clock in clocks:
        found = sums[clock.pk]
        days[clock.pk] = clock.due_on if found is None else found.last_day(calendar)
    first = leading((days[clock.pk], clock.kind) for clock in clocks)
    turned = tuple(
        Turned(str(KINDS[clock.kind]), clock.due_on, days[clock.pk])
        for clock in clocks
        if days[clock.pk] != clock.due_on
    )
    return Preview(matter, first[0] if first else None, turned)


def _new_sum(clock: Clock, limits: Mapping[str, Limit]) -> Sum | None:
    """The sum of a clock by other limits; None for one that stays as it is."""
    limit = limits.get(clock.kind)
    if clock.subject or limit is None:
        return None
    old = total(clock.kind, clock.lines.all())
    if old.fixed is not None or (old.days, old.unit) == (limit.days, limit.unit):
        return None
    return replace(old, days=limit.days, unit=limit.unit)


def apply(matter_ids: Iterable[int], profile: RuleProfile, by: Any) -> int:
    """Pin these matters to the profile and count their running clocks anew; returns how many.

    Each matter is a short piece of work of its own. One that was hidden, ended or pinned meanwhile
    is passed over.
    """
    wanted = list(matter_ids)
    rows = open_elsewhere(by, profile).filter(pk__in=wanted)
    return sum(_apply(matter, profile, by) for matter in rows)


def _apply(matter: Matter, profile: RuleProfile, by: Any) -> int:
    with transaction.atomic():
        matter = locked(matter, by)
        if not matter.is_open or matter.profile_id == profile.pk:
            return 0
        old, limits = matter.profile, limits_of(profile)
        running = matter.clocks.filter(status=Clock.Status.RUNNING).prefetch_related("lines")
        turning = [clock for clock in running if _new_sum(clock, limits) is not None]
        matter.profile = profile
        row = log_move(
            matter, MOVE, by=by, on=today(), source=matter.state,
            summary=f"{old} → {profile}", verb=VERB,
        )  # fmt: skip
        with because("改按另一规则方案", **as_of(by, VERB)):
            for clock in turning:
                restart(matter, [clock.kind], clock.start_on, today(), move=row)
            lead(matter)
            matter.save()
    return 1
