"""A new holiday moves every open limit: seconds, the ratio to a bare UPDATE, and peak memory.

goal: 100,000 open limits in <= 60 s on SQLite, memory that does not grow with their number.
"""

import resource
import time
from datetime import timedelta

from django.db import connection, transaction

from benchmarks.seeding import BATCH, person, seed
from casework.matters.clocks import Limit, written
from casework.matters.counting.ledger import first_sum
from casework.matters.counting.recounting import ask, preview, work
from casework.matters.models import Clock, ClockLine, Matter
from casework.matters.states import State
from office.bulk import insert_rows, insert_tracked, update_tracked
from office.calendar import exceptions
from office.clock import now, today
from office.history import acting
from office.models import CalendarDay, CalendarYear, Unit

_LIMIT = Limit("fast", 10, "workday", "《信访事项简易办理办法》")


def run(rows: int) -> dict[str, float]:
    """Seconds for `rows` limits in working days that all span the new day off."""
    officer = seed(rows)
    with acting(officer, "期限重算的试样"):
        _open_all()
    changes = _next_day_off()
    print(f"{_spanning(changes)} open limits ({connection.vendor})")
    bare = _bare_update()
    reader = _reader()
    began = time.perf_counter()
    shown = preview(reader, changes)
    looked = time.perf_counter() - began
    with transaction.atomic(), acting(officer, "放假"):
        (day,) = changes
        CalendarDay(day=day, working=False, name="临时放假").save()
        ask(officer, changes, "临时放假")
    before = _peak()
    began = time.perf_counter()
    while work(now(), lambda: False):
        pass
    spent = time.perf_counter() - began
    peak = _peak()
    print(f"shown before saving   {looked:8.2f} s  ({shown.total} limits move)")
    print(f"bare UPDATE           {bare:8.2f} s")
    print(f"recounted             {spent:8.2f} s  {spent / bare:6.1f} x bare UPDATE (goal 60 s)")
    print(f"peak of the process   {peak:8.1f} MB, {peak - before:.1f} MB more than before")
    return {"shown": looked, "recounted": spent, "peak memory": peak}


def _peak() -> float:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def _open_all() -> None:
    """Every matter of the seed runs by a limit in working days; made once a database."""
    if Clock.objects.filter(kind="fast").exists():
        return
    day = today() - timedelta(days=3)
    found = first_sum("fast", day, _LIMIT)
    calendar = exceptions(day, found.reach)
    due, used, last = found.last_day(calendar), written(found.used(calendar)), 0
    while True:
        some = Matter.objects.filter(pk__gt=last).order_by("pk")
        facts = list(some.values_list("pk", "version")[:BATCH])
        if not facts:
            return
        last = facts[-1][0]
        with transaction.atomic():
            new = [(pk, version, State.HANDLING, due, "fast") for pk, version in facts]
            update_tracked(Matter, ["state", "due_on", "due_kind"], new)
            clocks = [
                Clock(matter_id=pk, kind="fast", start_on=day, due_on=due, by_calendar=True)
                for pk, _ in facts
            ]
            insert_tracked(clocks)
            insert_rows(
                [
                    ClockLine(
                        clock_id=clock.pk, what="start", on=day, start_on=day, days=_LIMIT.days,
                        unit=_LIMIT.unit, due_on=due, article=_LIMIT.article, calendar=used, at=now(),
                    )
                    for clock in clocks
                ]
            )  # fmt: skip


def _next_day_off() -> dict:
    """A working day all limits still have before them, for one more run on the same database."""
    CalendarYear.objects.get_or_create(year=today().year, defaults={"source": "试样"})
    taken = set(CalendarDay.objects.values_list("day", flat=True))
    day = today() + timedelta(days=1)
    while day in taken or day.weekday() > 4:
        day += timedelta(days=1)
    return {day: False}


def _spanning(changes: dict) -> int:
    return Clock.objects.filter(by_calendar=True, due_on__gte=min(changes)).count()


def _bare_update() -> float:
    """The same rows, one statement, no history; undone again."""
    table = Clock._meta.db_table
    with transaction.atomic(), connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(f"UPDATE {table} SET version = version + 1, due_on = due_on")
        spent = time.perf_counter() - began
        transaction.set_rollback(True)
    return spent


def _reader():
    """An office head, who may see every matter that moves."""
    street = Unit.objects.get(kind="street")
    return person(f"head{now():%H%M%S%f}", "office_head", street)
