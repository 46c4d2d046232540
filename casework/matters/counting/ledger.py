"""Writing the clock ledger: every limit a row, its sum as lines; inside the mover's transaction."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from casework.matters.clocks import KINDS, OWED, Limit
from casework.matters.models import Clock, ClockLine, Matter, Move
from casework.matters.profiles import deadline_of
from casework.matters.sealed.keys import key_for
from office.clock import now

#: kinds that count from the day of receipt (art. 23)
FROM_RECEIPT = ("notice", "objection", "routing", "hand_over")
_S = Clock.Status
_L = ClockLine.What


def running(matter: Matter) -> list[Clock]:
    """The clocks of a matter that run, the earliest last day first."""
    return list(matter.clocks.filter(status=_S.RUNNING).order_by("due_on", "pk"))


def start(
    matter: Matter,
    kind: str,
    on: date,
    *,
    move: Move | None = None,
    subject: str = "",
    due_on: date | None = None,
    article: str = "",
) -> Clock:
    """Begin a clock of `kind` on a day, by the profile of the matter.

    due_on: a last day that another office, a promise or an order set, instead of the sum; article:
    where that stands. One of the same kind and subject that still runs is dropped first.
    """
    drop(matter, kind, on, move=move, subject=subject)
    limit: Limit | None = None
    if due_on is None:
        found = deadline_of(matter, kind, on)
        due_on, limit = found.due_on, found.limit
    clock = Clock(
        pk=key_for(matter.sealed), matter=matter, kind=kind, subject=subject, round=matter.round,
        start_on=on, due_on=due_on, started_by=move,
    )  # fmt: skip
    clock.save()
    ClockLine(
        pk=key_for(matter.sealed), clock=clock, what=_L.START if limit else _L.FIXED, on=on,
        start_on=on, days=limit.days if limit else 0, unit=limit.unit if limit else "",
        due_on=due_on, article=limit.article if limit else article, move=move, at=now(),
    ).save(force_insert=True)  # fmt: skip
    return clock


def meet(
    matter: Matter, kind: str, on: date, *, move: Move | None = None, subject: str = ""
) -> None:
    """What was owed is done: the clock ends on that day, in time or late."""
    _end(matter.clocks.filter(kind=kind, subject=subject), _S.MET, on, move)


def meet_all(matter: Matter, kinds: Iterable[str], on: date, *, move: Move | None = None) -> None:
    """End as met every running clock of these kinds; "*" stands for all kinds."""
    kinds = list(kinds)
    if kinds:
        rows = matter.clocks.all() if "*" in kinds else matter.clocks.filter(kind__in=kinds)
        _end(rows, _S.MET, on, move)


def drop(
    matter: Matter, kind: str, on: date, *, move: Move | None = None, subject: str = ""
) -> None:
    """The clock no longer counts, without anything having been done."""
    _end(matter.clocks.filter(kind=kind, subject=subject), _S.DROPPED, on, move)


def drop_all(
    matter: Matter, on: date, kinds: Iterable[str] = ("*",), *, move: Move | None = None
) -> None:
    """Let go of the running clocks of these kinds; "*": of all but those that outlive the matter."""
    kinds = list(kinds)
    if "*" in kinds:
        kinds = [kind for kind, of in KINDS.items() if not of.outlives]
    if kinds:
        _end(matter.clocks.filter(kind__in=kinds), _S.DROPPED, on, move)


def restart(
    matter: Matter, kinds: Iterable[str], start_on: date, on: date, *, move: Move | None = None
) -> None:
    """The day from which running clocks of these kinds count was corrected."""
    for clock in matter.clocks.filter(kind__in=list(kinds), status=_S.RUNNING):
        found = deadline_of(matter, clock.kind, start_on)
        clock.start_on, clock.due_on = start_on, found.due_on
        clock.save()
        ClockLine(
            pk=key_for(matter.sealed), clock=clock, what=_L.RESTART, on=on, start_on=start_on,
            days=found.limit.days, unit=found.limit.unit, due_on=found.due_on,
            article=found.limit.article, move=move, at=now(),
        ).save(force_insert=True)  # fmt: skip


def _end(rows: Any, status: str, on: date, move: Move | None) -> None:
    for clock in rows.filter(status=_S.RUNNING):
        clock.status, clock.ended_on, clock.ended_by = status, on, move
        clock.save()


def lead(matter: Matter) -> None:
    """Put the leading limit into the matter (unsaved): the earliest of what the office owes, else
    the earliest that anybody else may use. Nothing for a matter that has ended.
    """
    matter.due_on, matter.due_kind = None, ""
    if not matter.is_open:
        return
    clocks = [clock for clock in running(matter) if KINDS[clock.kind].leads]
    owed = [clock for clock in clocks if KINDS[clock.kind].by == OWED]
    first = next(iter(owed or clocks), None)
    if first is not None:
        matter.due_on, matter.due_kind = first.due_on, first.kind
