"""The last day of a clock, counted once more from its lines alone."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from casework.matters.clocks import Sum, read
from casework.matters.models import Clock, ClockLine
from office.workdays import Exceptions

_L = ClockLine.What


@dataclass(frozen=True)
class Step:
    """What the sum was after a line, and the last day by the calendar that line kept."""

    line: ClockLine
    sum: Sum
    calendar: dict[date, bool]

    @property
    def due_on(self) -> date:
        return self.sum.last_day(self.calendar)

    @property
    def unmoved(self) -> date:
        return self.sum.unmoved(self.calendar)


def grown(kind: str, old: Sum | None, line: Any) -> Sum:
    """The sum after one more line (anything with what, start_on, days, unit, due_on).

    Raises ValueError for a line that nothing begins.
    """
    if line.what == _L.START:
        return Sum(kind, line.start_on, line.days, line.unit)
    if line.what == _L.FIXED:
        return Sum(kind, line.start_on, fixed=line.due_on)
    if old is None:
        raise ValueError(f"{kind} has lines but no beginning")
    if line.what == _L.LENGTHEN:
        return replace(old, added=(*old.added, (line.days, line.unit)))
    if line.what == _L.EXCLUDE:
        return replace(old, left_out=old.left_out + line.days)
    if line.what == _L.RESTART and old.fixed is not None:
        return replace(old, start=line.start_on)
    if line.what == _L.RESTART:
        return replace(old, start=line.start_on, days=line.days, unit=line.unit)
    return old  # a recount changes the calendar alone


def total(kind: str, lines: Iterable[Any]) -> Sum:
    """The sum all lines make, in their order. Raises ValueError when there is none."""
    found = None
    for line in lines:
        found = grown(kind, found, line)
    if found is None:
        raise ValueError(f"{kind} has no lines")
    return found


def steps(clock: Clock, lines: Sequence[ClockLine] | None = None) -> list[Step]:
    """The sum line by line; `lines` in their order, else they are read."""
    found: list[Step] = []
    for line in _lines(clock) if lines is None else lines:
        now = grown(clock.kind, found[-1].sum if found else None, line)
        found.append(Step(line, now, read(line.calendar)))
    return found


def _lines(clock: Clock) -> list[ClockLine]:
    return list(clock.lines.order_by("pk"))


def sum_of(clock: Clock) -> Sum:
    """The sum as it stands after the last line."""
    return total(clock.kind, _lines(clock))


def replay(clock: Clock) -> date:
    """The last day by the lines and the calendar days they kept; equals the stored one, always."""
    return steps(clock)[-1].due_on


def recounted(clock: Clock, calendar: Exceptions) -> date:
    """The last day by another calendar (the days off the rule, as far as `sum_of(clock).reach`)."""
    return sum_of(clock).last_day(calendar)
