"""A change of the work calendar: which limits it moves, and moving them batch by batch.

Only running clocks that count working days, or whose last day leaves a day off, can move. Each
batch is one short transaction that also says how far it came: a killed worker loses nothing and
counts nothing twice.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any, NamedTuple

from django.db import transaction
from django.urls import reverse

from casework.matters.clocks import KINDS, leading, read, written
from casework.matters.counting.replay import total
from casework.matters.ledgers.stamping import Stamp
from casework.matters.models import Clock, ClockLine, Matter, Recount
from casework.matters.states import OPEN
from office.bulk import insert_rows, update_tracked
from office.calendar import exceptions
from office.clock import now, today
from office.history import acting
from office.registries import CalendarChanges, Shift
from office.tasking.queue import wanted
from office.work import Overtaken, claim, keep_hold
from office.workdays import Exceptions

NAME, LABEL = "recount", "工作日历改动后重算期限"
BITE = 1000  # clocks in one transaction
_LISTED = 50  # moved matters that are named before a change is saved
_RUNNING = Clock.Status.RUNNING


class _Line(NamedTuple):
    what: str
    start_on: date
    days: int
    unit: str
    due_on: date


@dataclass(frozen=True)
class _Moved:
    """A clock whose last day another calendar moves; used: the days off the rule it then meets."""

    pk: int
    version: int
    matter: int
    kind: str
    start: date
    old: date
    new: date
    used: str


def _touched(days: CalendarChanges | dict[date, bool]) -> Any:
    """Running clocks that count by the calendar and span one of these days."""
    rows = Clock.objects.filter(status=_RUNNING, by_calendar=True)
    return rows.filter(start_on__lt=max(days), due_on__gte=min(days))


def _batches(rows: Any, after: int | None = None) -> Iterator[list[tuple]]:
    """(key, version, matter, kind, last day) of the clocks by key, some at a time."""
    while True:
        some = rows if after is None else rows.filter(pk__gt=after)
        found = list(
            some.order_by("pk").values_list("pk", "version", "matter_id", "kind", "due_on")[:BITE]
        )
        if not found:
            return
        yield found
        after = found[-1][0]


def _counter(calendar: Exceptions) -> Callable[[str, tuple[_Line, ...]], tuple[date, date, str]]:
    """(kind, lines) → first day, last day and days met; the same sum is counted once."""

    @cache
    def count(kind: str, lines: tuple[_Line, ...]) -> tuple[date, date, str]:
        found = total(kind, lines)
        return found.start, found.last_day(calendar), written(found.used(calendar))

    return count


def _moved(rows: list[tuple], count: Any) -> list[_Moved]:
    """Those of the rows whose last day is another one by the counter's calendar."""
    lines: dict[int, list[_Line]] = defaultdict(list)
    told = ClockLine.objects.filter(clock__in=[row[0] for row in rows]).order_by("pk")
    for clock, *line in told.values_list("clock_id", *_Line._fields):
        lines[clock].append(_Line(*line))
    found = []
    for pk, version, matter, kind, old in rows:
        start, new, used = count(kind, tuple(lines[pk]))
        if new != old:
            found.append(_Moved(pk, version, matter, kind, start, old, new, used))
    return found


def _with(changes: CalendarChanges) -> dict[date, bool]:
    """The whole calendar as it would be after these changes."""
    found = exceptions(date.min, date.max) | {
        day: on for day, on in changes.items() if on is not None
    }
    return {day: on for day, on in found.items() if changes.get(day, on) is not None}


def preview(user: Any, changes: CalendarChanges) -> Shift:
    """What a change would move, counted by kind; the first of those this person may see by number.

    Sealed matters are counted nowhere: their limits are recomputed all the same.
    """
    count, counts, rows = _counter(_with(changes)), Counter(), []
    for some in _batches(_touched(changes).filter(matter__sealed=False)):
        moved = _moved(some, count)
        counts.update(one.kind for one in moved)
        if len(rows) < _LISTED and moved:
            rows += _seen(user, moved)
    told = [(KINDS[kind].label, number) for kind, number in counts.most_common()]
    return Shift(told, rows[:_LISTED])


def _seen(user: Any, moved: list[_Moved]) -> list[tuple[str, str, str, str, date, date]]:
    if user is None:
        return []
    visible = Matter.objects.visible_to(user).filter(pk__in={one.matter for one in moved})
    told = {pk: rest for pk, *rest in visible.values_list("pk", "number", "lead_unit__name")}
    return [
        (
            told[one.matter][0],
            reverse("wagtailsnippets_matters_matter:inspect", args=[one.matter]),
            told[one.matter][1] or "信访办公室",
            KINDS[one.kind].label,
            one.old,
            one.new,
        )
        for one in moved
        if one.matter in told
    ]


def ask(user: Any, changes: CalendarChanges, reason: str) -> None:
    """Note that limits are to be recounted, in the transaction that changes the calendar."""
    if _touched(changes).exists():
        days = {day: bool(on) for day, on in changes.items()}
        row = Recount(days=written(days), reason=reason[:200], asked_by=user, asked_at=now())
        row.save()
        wanted(NAME, row.pk)


def work(moment: datetime, stopping: Callable[[], bool]) -> bool:
    """Take up one change of the calendar; whether there was one."""
    job = claim(Recount.objects.filter(done_at=None), moment)
    if job is None:
        return False
    try:
        with acting(job.asked_by, f"工作日历改动：{job.reason}"[:200]):
            recount(job, stopping)
    except Overtaken:
        pass
    return True


def recount(job: Recount, stopping: Callable[[], bool] = lambda: False) -> None:
    """Recount batch by batch from where the job stands, until done or `stopping()`.

    Raises Overtaken when another worker has the job.
    """
    days = read(job.days)
    # Read once: a change that is saved meanwhile brings a job of its own.
    count = _counter(exceptions(date.min, date.max))
    while not stopping():
        with transaction.atomic():
            some = next(_batches(_touched(days), job.cursor), None)
            if some is None:
                keep_hold(job, now(), done_at=now())
                return
            moved = _carry_out(some, count)
            keep_hold(job, now(), cursor=some[-1][0], clocks=job.clocks + moved)
    with suppress(Overtaken):
        keep_hold(job, now())
        _let_go(job)


def _let_go(job: Recount) -> None:
    job.held_until = None
    job.save(update_fields=["held_until"])


def _carry_out(some: list[tuple], count: Any) -> int:
    """Write a batch: clocks, lines, and what their matters go by; how many clocks moved."""
    affected = {one.matter for one in _moved(some, count)}
    if not affected:
        return 0
    # As everybody who moves a matter does: the matter first, then its clocks as they now stand.
    rows = Matter.objects.select_for_update().filter(pk__in=affected).order_by("pk")
    matters = list(rows.values_list("pk", "version", "state", "due_on", "due_kind"))
    here = Clock.objects.filter(pk__in=[row[0] for row in some], status=_RUNNING)
    fresh = list(here.values_list("pk", "version", "matter_id", "kind", "due_on"))
    moved = [one for one in _moved(fresh, count) if one.matter in affected]
    update_tracked(Clock, ["due_on"], [(one.pk, one.version, one.new) for one in moved])
    line = Stamp(ClockLine, what=ClockLine.What.RECOUNT, on=today(), at=now())
    insert_rows(
        [
            line(clock_id=one.pk, start_on=one.start, due_on=one.new, calendar=one.used)
            for one in moved
        ]
    )
    _lead(matters)
    return len(moved)


def _lead(matters: list[tuple]) -> None:
    """Put what leads now into those of the matters where that changed."""
    running = defaultdict(list)
    rows = Clock.objects.filter(matter__in=[row[0] for row in matters], status=_RUNNING)
    for pk, *clock in rows.values_list("matter_id", "due_on", "kind"):
        running[pk].append(tuple(clock))
    changed = []
    for pk, version, state, *old in matters:
        first = leading(running[pk]) if state in OPEN else None
        if first is not None and [*first] != old:
            changed.append((pk, version, *first))
    update_tracked(Matter, ["due_on", "due_kind"], changed)
