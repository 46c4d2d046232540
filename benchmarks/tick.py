"""The clock's pass over all open matters: seconds, the ratio to a bare SELECT, and peak memory.

goal: 100,000 open matters in <= 60 s on SQLite, memory that does not grow with their number.
"""

import resource
import time
from collections.abc import Callable
from datetime import date, timedelta

from django.db import connection, transaction

from benchmarks.seeding import BATCH, person, seed
from casework.matters.models import Clock, Matter
from casework.matters.states import State
from casework.matters.ticking.passing import NAME
from casework.matters.ticking.passing import run as pass_over
from office import triggers
from office.bulk import insert_tracked, update_tracked
from office.clock import now, today
from office.history import acting
from office.models import Delivery, Notice, Tick, TickMark, Unit

#: (kind, days) of the limits that run in each matter
_LIMITS = (("handle", 60), ("assignment", 30), ("sender", 10))
_GAP = "after a gap"
_SPREAD = 70  # the matters were accepted over so many days: some are late, some have just begun


def run(rows: int) -> dict[str, float]:
    """Seconds of a first pass, of one that tells all of it one by one (after a long gap), of one where
    nothing is new, and of the next day's.
    """
    officer = seed(rows)
    with acting(officer, "期限提醒的试样"):
        _open_all()
    _forget()
    number = Clock.objects.filter(status=Clock.Status.RUNNING).count()
    print(f"{rows} open matters, {number} running limits ({connection.vendor})")
    _bare_select()
    bare = min(_spent(_bare_select) for _ in range(3))
    before, found = _peak(), {}
    for name, day in (
        ("first pass", today()),
        (_GAP, today()),
        ("nothing new", today()),
        ("next day", today() + timedelta(days=1)),
    ):
        if name == _GAP:
            _forget()
            Tick.objects.create(name=NAME, done_at=now())
        marks, words = TickMark.objects.count(), Delivery.objects.count()
        found[name] = _spent(lambda day=day: pass_over(day))
        marks, words = TickMark.objects.count() - marks, Delivery.objects.count() - words
        print(
            f"{name:<20}{found[name]:8.2f} s  {found[name] / bare:6.1f} x bare SELECT, "
            f"{marks} marks, {words} words to people"
        )
    peak = _peak()
    print(f"bare SELECT         {bare:8.2f} s")
    print(
        f"peak of the process {peak:8.1f} MB, {peak - before:.1f} MB more than before (goal 60 s)"
    )
    return found | {"peak memory": peak}


def _spent(act: Callable[[], object]) -> float:
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def _peak() -> float:
    """The most memory this process ever held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**10


def _bare_select() -> None:
    """What a pass has to know of the same limits, read and thrown away."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, start_on, due_on, matter_id FROM matters_clock WHERE status = 'running'"
        )
        while cursor.fetchmany(BATCH):
            pass


def _forget() -> None:
    """A copy that was measured before is as on its first day."""
    with connection.cursor() as cursor:
        for model in (TickMark, Notice):
            for statement in triggers.drop_statements(model):
                cursor.execute(statement)
        for model in (TickMark, Tick, Delivery, Notice):
            cursor.execute(f"DELETE FROM {model._meta.db_table}")
    triggers.install()


def _open_all() -> None:
    """Every matter of the seed is open and runs by its limits; made once a database."""
    if Clock.objects.exists():
        return
    for unit in Unit.objects.filter(pk__in=Matter.objects.values("lead_unit")):
        person(f"head_{unit.pk}", "unit_head", unit)
    person("office", "office_head", Unit.objects.get(kind="street"))
    last = 0
    while True:
        some = Matter.objects.filter(pk__gt=last).order_by("pk")
        facts = list(some.values_list("pk", "version")[:BATCH])
        if not facts:
            break
        last = facts[-1][0]
        with transaction.atomic():
            new = [(pk, version, State.HANDLING, _due(pk, 10), "sender") for pk, version in facts]
            update_tracked(Matter, ["state", "due_on", "due_kind"], new)
            insert_tracked([clock for pk, _ in facts for clock in _clocks(pk)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _clocks(matter: int) -> list[Clock]:
    return [
        Clock(matter_id=matter, kind=kind, start_on=_due(matter, 0), due_on=_due(matter, days))
        for kind, days in _LIMITS
    ]


def _due(matter: int, days: int) -> date:
    return today() + timedelta(days=days - matter % _SPREAD)
