"""The clocks of many new matters at once: what a ledger brings in runs as if it came to the counter."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from casework.matters.clocks import Limit, written
from casework.matters.counting.ledger import first_sum, kinds_at_receipt
from casework.matters.ledgers.stamping import Stamp
from casework.matters.models import Clock, ClockLine, Matter, Move
from office.bulk import insert_rows, insert_tracked
from office.workdays import Exceptions


@dataclass(frozen=True)
class _Begun:
    """What all clocks of a kind have in common that began on one day under one profile."""

    clock: dict[str, object]
    line: dict[str, object]


def begin_at_receipt(
    matters: Sequence[Matter],
    moves: Sequence[Move],
    limits: Callable[[int], dict[str, Limit]],
    calendar: Exceptions,
    moment: datetime,
) -> None:
    """Start what runs from receipt on for these new matters, each with its first move.

    limits: by the key of a profile; calendar: the days off the rule over all these limits. Call
    inside the transaction that inserted the matters.
    """

    @cache
    def begun(profile: int, channel: str, day: date) -> list[_Begun]:
        return [
            _begun(kind, day, limits(profile)[kind], calendar) for kind in kinds_at_receipt(channel)
        ]

    stamp, line = Stamp(Clock), Stamp(ClockLine, at=moment)
    clocks, lines = [], []
    for matter, move in zip(matters, moves, strict=True):
        for one in begun(matter.profile_id, matter.channel, matter.received_on):
            clock = stamp({"matter": matter, "started_by": move}, **one.clock)
            clocks.append(clock)
            lines.append(line({"clock": clock, "move": move}, **one.line))
    insert_tracked(clocks)
    for row in lines:
        row.clock_id = row.clock.pk
    insert_rows(lines)


def _begun(kind: str, day: date, limit: Limit, calendar: Exceptions) -> _Begun:
    found = first_sum(kind, day, limit)
    due = found.last_day(calendar)
    return _Begun(
        {"kind": kind, "start_on": day, "due_on": due, "by_calendar": found.bound},
        {
            "what": ClockLine.What.START,
            "on": day,
            "start_on": day,
            "days": limit.days,
            "unit": limit.unit,
            "due_on": due,
            "article": limit.article,
            "calendar": written(found.used(calendar)),
        },
    )
