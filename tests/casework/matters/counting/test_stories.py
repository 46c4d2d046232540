"""Life stories of matters, made up: whatever happens in whatever order, no clock is wrong.

The moves are taken from the table as it stands and made with the data an office would give; between
them days pass, the day of receipt is corrected and the work calendar changes.
"""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.counting import recounting
from casework.matters.counting.checking import faults
from casework.matters.counting.replay import replay
from casework.matters.models import Approval, Clock, Matter
from casework.matters.states import OPEN
from casework.matters.table import RULES
from office import clock
from office.calendar import real, tell_of
from office.history import acting
from office.models import CalendarDay
from tests.casework.matters.counter import agreed, arrive
from tests.casework.matters.life.world import WHO, data_of, go
from tests.casework.matters.trials import REFUSALS

#: what may happen next: a move, mostly; days passing; a correction; another calendar
HAPPENS = st.sampled_from(("move",) * 6 + ("wait", "correct", "calendar"))
STORY = st.lists(
    st.tuples(HAPPENS, st.integers(0, 97), st.integers(1, 45)), min_size=6, max_size=12
)


def moved(cast, street, matter, at):
    """Make the first move, counted from `at`, that is possible now; the matter as it then stands."""
    rules = [rule for rule in RULES if matter.state in rule.sources and rule.name in WHO]
    for n in range(len(rules)):
        name = rules[(at + n) % len(rules)].name
        try:
            with transaction.atomic():
                return go(name, cast, matter, data_of(name, cast, street, matter)), name
        except (*REFUSALS, AttributeError, RuntimeError):
            continue  # not this one, or not with this matter: nothing of it stays
    return matter, "nothing"


def corrected(cast, matter, days):
    """The day of receipt was another one, as a proof and a second person say."""
    try:
        with transaction.atomic(), acting(cast.registrar):
            paper = attach(matter, SimpleUploadedFile("信封.txt", b"2026"), by=cast.registrar)
            day = matter.received_on - timedelta(days=days % 9 + 1)
            row = ask(
                matter, "received", by=cast.registrar, reason="邮戳", new_date=day, evidence=paper
            )
            with acting(cast.officehead):
                agreed(Approval.objects.get(pk=row.pk), cast.officehead)
    except REFUSALS:
        return


def another_calendar(cast, at):
    """A day near now changes sides, and the worker moves what it moves."""
    day = clock.today() + timedelta(days=at % 20)
    with acting(cast.sysadmin, "放假"), transaction.atomic():
        row = CalendarDay.objects.filter(day=day).first() or CalendarDay(day=day, name="临时")
        row.working = not (row.working if row.pk else day.weekday() < 5)
        tell_of(cast.sysadmin, real({day: row.working}), "放假")
        row.save()
    while recounting.work(clock.now(), lambda: False):
        pass


def wrong_with(matter):
    """What is wrong with the matter and its clocks now; [] for a good one."""
    found = faults(matter)
    found += [] if (matter.due_on is not None) is (matter.state in OPEN) else ["open without a day"]
    running = Clock.objects.filter(matter=matter)
    return found + [f"{one} replays otherwise" for one in running if replay(one) != one.due_on]


@settings(
    max_examples=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(story=STORY, channel=st.sampled_from(["visit", "forwarded", "hotline"]))
def test_whatever_happens_to_a_matter_no_clock_is_negative_double_or_lost(
    cast, street, rules, story, channel
):
    now = clock.now()
    with transaction.atomic():
        matter, told = arrive(cast.registrar, channel=channel)[1][0], []
        for what, at, days in story:
            now += timedelta(days=days if what == "wait" else 0, hours=1)
            with clock.at(now):
                if what == "move":
                    _, what = moved(cast, street, matter, at)
                elif what == "correct":
                    corrected(cast, matter, days)
                elif what == "calendar":
                    another_calendar(cast, at)
                told.append(what)
                matter = Matter.objects.get(pk=matter.pk)
                assert wrong_with(matter) == [], told
        transaction.set_rollback(True)
