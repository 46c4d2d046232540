"""A pass tells each thing once, whatever the rhythm in which it is made."""

from contextlib import ExitStack
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from casework.matters.counting.ledger import lengthen, meet, restart, start
from casework.matters.counting.recounting import ask, work
from casework.matters.models import Clock, Matter
from casework.matters.profiles import warn_at
from casework.matters.ticking.marks import marks_of
from casework.matters.ticking.passing import run
from office import clock, registries
from office.calendar import fill_from_library
from office.history import acting
from office.models import CalendarDay, CalendarYear, Tick, TickMark
from office.work import HOLD
from tests.casework.matters.ticking.telling import MONDAY, marks, on, passed, told

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with on(MONDAY):
        yield


@pytest.fixture
def sixty(cast, fresh):
    """Sixty days from Monday."""
    with acting(cast.officer):
        return start(fresh, "handle", MONDAY)


def test_an_officer_is_warned_at_the_marks_of_the_profile_and_then_it_is_late(sixty):
    for days in range(70):
        passed(MONDAY + days * DAY)
    assert told(sixty) == ["share:50", "share:80", "left:3", "late"]
    rows = TickMark.objects.filter(object_id=sixty.pk).order_by("pk")
    assert [(row.on - MONDAY).days for row in rows] == [30, 48, 57, 61]
    assert [row.at.date() for row in rows] == [row.on for row in rows]


def test_a_pass_that_is_made_again_writes_nothing(sixty):
    passed(MONDAY + 30 * DAY)
    assert passed(MONDAY + 30 * DAY) == 0
    assert passed(MONDAY + 31 * DAY) == 0
    assert passed(MONDAY) == 0


def test_after_a_gap_what_was_missed_is_written_and_told_once(sixty):
    passed(MONDAY + 10 * DAY)
    passed(MONDAY + 58 * DAY)
    assert marks(sixty) == ["share:50", "share:80", "left:3"]
    assert told(sixty) == ["left:3"]
    passed(MONDAY + 59 * DAY)
    assert told(sixty) == ["left:3"]


def test_what_is_registered_late_is_told_where_it_stands(cast, fresh):
    passed(MONDAY)
    with acting(cast.officer):
        late = start(fresh, "handle", MONDAY - 50 * DAY)
    passed(MONDAY)
    assert told(late) == ["share:80"]
    assert marks(late) == ["share:50", "share:80"]


def test_of_what_was_done_in_time_nobody_hears_again(cast, sixty, fresh):
    passed(MONDAY + 30 * DAY)
    with acting(cast.officer):
        meet(fresh, "handle", MONDAY + 40 * DAY)
    passed(MONDAY + 70 * DAY)
    assert told(sixty) == ["share:50"]


def test_a_lengthened_limit_is_marked_anew_and_what_lies_behind_is_not_told_again(
    cast, sixty, fresh
):
    for days in (30, 48, 57):
        passed(MONDAY + days * DAY)
    with acting(cast.leader), on(MONDAY + 58 * DAY):
        lengthen(fresh, "handle", 30, MONDAY + 58 * DAY)
    passed(MONDAY + 58 * DAY)
    assert marks(sixty) == ["share:50", "share:80", "left:3", "share:50"]
    assert told(sixty) == ["share:50", "share:80", "left:3"]
    for days in range(59, 100):
        passed(MONDAY + days * DAY)
    assert told(sixty)[3:] == ["share:80", "left:3", "late"]
    new = TickMark.objects.filter(object_id=sixty.pk, last_day=MONDAY + 90 * DAY)
    assert [(row.on - MONDAY).days for row in new.order_by("pk")] == [45, 72, 87, 91]


def test_a_limit_with_less_time_than_was_told_is_told_where_it_stands_now(cast, sixty, fresh):
    for days in (30, 40):
        passed(MONDAY + days * DAY)
    with acting(cast.officer), on(MONDAY + 40 * DAY):
        restart(fresh, ["handle"], MONDAY - 18 * DAY, MONDAY + 40 * DAY)
    passed(MONDAY + 40 * DAY)
    sixty.refresh_from_db()
    assert sixty.due_on == MONDAY + 42 * DAY
    assert told(sixty) == ["share:50", "left:3"]  # that was yesterday, by what is known today


def test_a_limit_that_another_calendar_shortens_may_be_late_at_once(cast, fresh, rules):
    fill_from_library()
    with acting(None, "测试"):
        for year in (2026, 2027):
            if not CalendarYear.objects.filter(year=year).exists():
                CalendarYear(year=year, source="测试").save()
    with acting(cast.officer):
        quick = start(fresh, "fast", MONDAY - 14 * DAY)
    assert quick.due_on == MONDAY
    passed(MONDAY)
    assert told(quick) == ["share:80"]
    saturday = MONDAY - 9 * DAY
    with acting(cast.sysadmin, "调休"):
        CalendarDay(day=saturday, working=True, name="调休").save()
        ask(cast.sysadmin, {saturday: True}, "调休")
    while work(clock.now(), lambda: False):
        pass
    quick.refresh_from_db()
    assert quick.due_on < MONDAY
    passed(MONDAY)
    assert told(quick) == ["share:80", "late"]


@pytest.fixture
def many(cast, fresh):
    """Limits of every sort, of which some are over before the first day and some end far away."""
    with acting(cast.officer):
        for n, kind in enumerate(("handle", "review_ask", "follow_90", "supervision", "eased")):
            start(fresh, kind, MONDAY - 7 * n * DAY, subject=f"one:{n}")
        for n, kind in enumerate(("performance", "path_last_day", "sender", "review_decide")):
            start(fresh, kind, MONDAY, due_on=MONDAY + (3 + 20 * n) * DAY, subject=f"two:{n}")
    return fresh


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(days=st.lists(st.integers(0, 120), min_size=1, max_size=8), repeats=st.integers(1, 2))
def test_whatever_the_rhythm_the_same_is_marked_and_the_most_pressing_told(many, days, repeats):
    warn = warn_at(Matter.objects.get(pk=many.pk).profile)
    last = MONDAY + max(days) * DAY
    clocks = list(Clock.objects.filter(status="running"))
    wanted = {
        one.pk: [
            (mark.what, mark.last_day, mark.on)
            for mark in marks_of(one.kind, one.start_on, one.due_on, warn)
            if mark.on <= last
        ]
        for one in clocks
    }
    with transaction.atomic():
        for day in [*sorted(days), days[0]]:  # the last one asks for a day that is gone
            for _ in range(repeats):
                passed(MONDAY + day * DAY)
        for one in clocks:
            rows = list(TickMark.objects.filter(object_id=one.pk).order_by("pk"))
            found = [(row.what, row.last_day, row.on) for row in rows]
            assert sorted(found) == sorted(wanted[one.pk])
            heard = [row.what for row in rows if row.told]
            assert heard[-1:] == [mark[0] for mark in wanted[one.pk][-1:]]
            assert len(heard) <= len(set(days))
        transaction.set_rollback(True)


def test_a_pass_under_way_lets_no_other_begin(sixty):
    Tick.objects.create(name="tick", held_until=clock.now() + HOLD)
    assert run(MONDAY) is None
    assert not TickMark.objects.exists()
    assert passed(MONDAY + DAY) is not None  # its process died long ago


def test_a_pass_that_was_given_up_for_dead_writes_nothing_more(sixty, monkeypatch):
    def stalled(day, after, most):
        other = Tick.objects.get()
        other.held_until = clock.now() + 2 * HOLD  # another has taken it up meanwhile
        other.save()
        return [(1, MONDAY, MONDAY)]

    monkeypatch.setitem(registries.freshness, "cms.page", stalled)
    assert run(MONDAY + 70 * DAY) is None
    assert not TickMark.objects.filter(kind="cms.page").exists()
    assert Tick.objects.get().done_at is None


def test_a_pass_cut_short_on_another_day_begins_anew(many, monkeypatch):
    monkeypatch.setattr("casework.matters.ticking.passing.BITE", 2)
    last = Clock.objects.order_by("due_on", "pk").last()
    Tick.objects.create(
        name="tick", on=MONDAY, source="matters.clock", after=f"{last.due_on} {last.pk}"
    )
    passed(MONDAY)
    assert not TickMark.objects.exists()  # nothing lies behind the place it had reached
    passed(MONDAY + DAY)
    found = set(TickMark.objects.values_list("object_id", flat=True))
    assert found == {one.pk for one in Clock.objects.all() if marks(one)}
    assert len(found) > 2


def test_of_many_that_end_on_one_day_none_is_passed_over(cast, fresh, monkeypatch):
    monkeypatch.setattr("casework.matters.ticking.passing.BITE", 2)
    with acting(cast.officer):
        for n in range(7):
            start(fresh, "supervision", MONDAY, due_on=MONDAY + DAY, subject=f"one:{n}")
    passed(MONDAY + 2 * DAY)
    late = TickMark.objects.filter(what="late", last_day=MONDAY + DAY)
    assert late.values("object_id").distinct().count() == 7


def test_a_page_whose_review_is_near_is_told_of_once_a_date(db, monkeypatch):
    pages = {7: MONDAY + 10 * DAY, 9: MONDAY + 40 * DAY}

    def near(day, after, most):
        rows = [(pk, review - 14 * DAY, review) for pk, review in sorted(pages.items())]
        return [row for row in rows if row[0] > after and row[1] <= day][:most]

    monkeypatch.setitem(registries.freshness, "cms.page", near)
    passed(MONDAY)
    passed(MONDAY + DAY)
    rows = TickMark.objects.filter(kind="cms.page").order_by("pk")
    facts = rows.values_list("object_id", "what", "told")
    assert list(facts.all()) == [(7, "review", True)]
    pages[7] = MONDAY + 400 * DAY  # reviewed
    passed(MONDAY + 30 * DAY)
    assert list(facts.all()) == [(7, "review", True), (9, "review", True)]
    passed(MONDAY + 390 * DAY)
    assert [row[0] for row in facts.all()] == [7, 9, 7]
    pages[9] = MONDAY + 392 * DAY  # reviewed, but to be looked at again in two days
    passed(MONDAY + 391 * DAY)
    assert list(facts.all())[-1] == (9, "review", True)


def test_where_nothing_is_new_nobody_is_kept_from_writing(sixty):
    passed(MONDAY)
    with CaptureQueriesContext(connection) as seen:
        passed(MONDAY)
    wrote = [query["sql"] for query in seen if query["sql"].startswith(("INSERT", "UPDATE"))]
    assert all("office_tick" in sql for sql in wrote)
    assert len(wrote) == 2  # taken up and put down


def test_a_long_pass_without_news_keeps_its_hold(sixty, monkeypatch):
    monkeypatch.setattr("casework.matters.ticking.passing.BITE", 1)
    far, left = MONDAY + 900 * DAY, []

    def slow(day, after, most):
        late.enter_context(clock.at(clock.now() + timedelta(seconds=50)))
        left.append(Tick.objects.get().held_until - clock.now())
        return [(after + 1, far, far)] if after < 6 else []

    monkeypatch.setitem(registries.freshness, "cms.page", slow)
    with ExitStack() as late:
        assert run(MONDAY) == 0
    assert len(left) == 7
    assert min(left) > timedelta(0)
