"""The command, the worker and the health page: whoever looks after the machine."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from casework.matters.counting.ledger import start
from casework.matters.ticking import health
from casework.matters.ticking.telling import reminders
from office import clock, registries
from office.health import State
from office.history import acting
from office.models import Job, Tick, TickMark
from office.work import run_due
from tests.casework.matters.ticking.telling import MONDAY, on, passed, told

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(rules):
    with on(MONDAY):
        yield


@pytest.fixture
def sixty(cast, fresh):
    with acting(cast.officer):
        return start(fresh, "handle", MONDAY - 30 * DAY)


def tick(*words):
    out = StringIO()
    call_command("tick", *words, stdout=out)
    return out.getvalue()


def test_a_timer_runs_it_each_minute_and_reads_what_it_wrote(sixty):
    first = tick()
    assert "截至 2026-11-23" in first
    assert "新写 0 条" not in first
    assert told(sixty) == ["share:50"]
    assert "新写 0 条" in tick()


def test_in_earnest_nothing_is_told_of_days_that_have_not_come(sixty, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="还没有到那一天"):
        tick("--on", "2026-11-24")
    assert not TickMark.objects.exists()
    tick("--on", "2026-11-22")
    assert not told(sixty)
    tick("--on", "2026-11-23")
    assert told(sixty) == ["share:50"]


def test_in_a_demo_a_day_to_come_can_be_tried_and_what_comes_after_it_is_told_all_the_same(
    sixty, settings
):
    settings.DEMO = True
    tick("--on", "2026-12-11")
    assert told(sixty) == ["share:80"]
    assert reminders([sixty]) == {sixty.pk: "2026-12-11 已过 80%"}
    assert Tick.objects.get().done_on == MONDAY
    passed(MONDAY + 27 * DAY)
    assert told(sixty) == ["share:80", "left:3"]


def test_a_day_nobody_understands_is_refused_in_words(db):
    with pytest.raises(CommandError, match="2026-11-23 的样子"):
        tick("--on", "明天")


def test_the_worker_does_it_each_minute(sixty, monkeypatch):
    jobs = [job for job in registries.jobs if job[0] == "tick"]
    monkeypatch.setattr(registries, "jobs", jobs)
    assert run_due(clock.now()) == ["tick"]
    assert Job.objects.get(name="tick").error == ""
    assert told(sixty) == ["share:50"]
    assert run_due(clock.now() + timedelta(seconds=59)) == []
    assert run_due(clock.now() + timedelta(seconds=60)) == ["tick"]


def test_the_page_of_health_says_when_it_ran_and_warns_after_an_hour(db):
    [line] = health.lines(clock.now())
    assert (line.state, "还没有走完过一遍" in line.text) == (State.WARN, True)
    tick()
    [line] = health.lines(clock.now() + timedelta(minutes=59))
    assert (line.state, "2026-11-23 12:00" in line.text) == (State.OK, True)
    [line] = health.lines(clock.now() + timedelta(minutes=61))
    assert (line.state, "已超过一小时" in line.text) == (State.WARN, True)
    with on(MONDAY, hour=15):
        tick("--on", "2026-11-20")  # says nothing of today
        [line] = health.lines(clock.now())
    assert (line.state, "2026-11-23 12:00" in line.text) == (State.WARN, True)
