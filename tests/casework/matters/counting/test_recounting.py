"""The office edits the work calendar: it sees what moves, saves, and the worker moves it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from casework.matters.counting.checking import faults
from casework.matters.counting.ledger import lead, start
from casework.matters.counting.recounting import ask, preview, recount, work
from casework.matters.counting.replay import replay
from casework.matters.models import Clock, Matter, Recount
from office import clock
from office import work as working
from office.calendar import fill_from_library
from office.history import acting
from office.models import CalendarDay, CalendarYear, Change
from tests.casework.matters.counter import arrive, sent, text
from tests.casework.matters.seals import seal

MONDAY = date(2026, 11, 23)
NOON = datetime(2026, 11, 23, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
ADD = "/admin/snippets/office/calendarday/add/"


@pytest.fixture(autouse=True)
def monday():
    with clock.at(NOON):
        yield


@pytest.fixture
def known(rules):
    fill_from_library()
    with acting(None, "测试"):
        for year in (2026, 2027):
            if not CalendarYear.objects.filter(year=year).exists():
                CalendarYear(year=year, source="测试").save()


@pytest.fixture
def forwarded(cast, known):
    """Sent here on Monday: an objection is due by Monday next, working days counted."""
    return arrive(cast.registrar, channel="forwarded", received_on=MONDAY)[1][0]


def holiday(day, by, working=False):
    with acting(by, "放假通知"):
        CalendarDay(day=day, working=working, name="临时放假").save()


def due(matter, kind):
    return matter.clocks.get(kind=kind).due_on


def done():
    """What the worker does until nothing is left."""
    while work(clock.now(), lambda: False):
        pass


def test_before_saving_the_office_sees_which_matters_move_and_nothing_is_written(
    cast, forwarded, login
):
    client = login(cast.sysadmin)
    form = sent(day="2026-11-25", name="临时放假")
    page = text(client.post(ADD, form))

    assert "还没有保存" in page
    assert "对转送件提出异议 1 个" in page
    assert "内部分办 1 个" in page
    assert forwarded.number not in page  # who keeps the calendar reads no matter
    assert "只列数量" in page
    assert not CalendarDay.objects.filter(day=date(2026, 11, 25)).exists()
    assert not Recount.objects.exists()


def test_it_is_saved_on_the_second_step_and_the_worker_moves_the_limits(cast, forwarded, login):
    client = login(cast.sysadmin)
    form = sent(day="2026-11-25", name="临时放假")
    shown = client.post(ADD, form)
    answer = client.post(ADD, form | {"moves_seen": shown.context["mark"]})
    assert answer.status_code == 302
    assert due(forwarded, "objection") == MONDAY + timedelta(days=7)  # not in the request

    done()

    moved = forwarded.clocks.get(kind="objection")
    assert moved.due_on == MONDAY + timedelta(days=8)
    assert replay(moved) == moved.due_on
    line = moved.lines.order_by("pk").last()
    assert (line.what, "2026-11-25-" in line.calendar) == ("recount", True)
    assert "临时放假" in moved.history.first().history_change_reason
    assert moved.history.first().history_user == cast.sysadmin
    assert due(forwarded, "notice") == MONDAY + timedelta(days=15)  # plain days run on
    assert faults(Matter.objects.get(pk=forwarded.pk)) == []
    assert Recount.objects.get().clocks == 2


def test_going_back_keeps_what_was_typed_and_writes_nothing(cast, forwarded, login):
    client = login(cast.sysadmin)
    page = text(client.post(ADD, sent(day="2026-11-25", name="临时放假", moves_again="1")))
    assert "临时放假" in page
    assert "还没有保存" not in page
    assert not CalendarDay.objects.filter(day=date(2026, 11, 25)).exists()


def test_what_moves_is_shown_again_when_another_matter_came_in_meanwhile(cast, forwarded, login):
    client = login(cast.sysadmin)
    form = sent(day="2026-11-25", name="临时放假")
    mark = client.post(ADD, form).context["mark"]
    arrive(cast.registrar, channel="forwarded", received_on=MONDAY)
    again = text(client.post(ADD, form | {"moves_seen": mark}))
    assert "对转送件提出异议 2 个" in again
    assert not CalendarDay.objects.filter(day=date(2026, 11, 25)).exists()


def test_a_change_that_moves_nothing_is_saved_at_once(cast, known, login):
    answer = login(cast.sysadmin).post(ADD, sent(day="2026-11-28", working="on", name="调休"))
    assert answer.status_code == 302
    assert not Recount.objects.exists()


def test_whoever_may_see_the_matters_reads_their_numbers_and_a_sealed_one_is_counted_nowhere(
    cast, forwarded
):
    hidden = arrive(cast.registrar, channel="forwarded", received_on=MONDAY)[1][0]
    seal(hidden, cast.registrar)
    changes = {date(2026, 11, 25): False}

    for person in (cast.officehead, cast.sysadmin, cast.custodian):
        found = preview(person, changes)
        assert dict(found.counts) == {"对转送件提出异议": 1, "内部分办": 1}
    rows = preview(cast.officehead, changes).rows
    assert {(row[0], row[2]) for row in rows} == {(forwarded.number, "信访办公室")}
    assert (MONDAY + timedelta(days=7), MONDAY + timedelta(days=8)) in {row[4:] for row in rows}
    assert preview(cast.sysadmin, changes).rows == []


def test_a_sealed_limit_moves_all_the_same_and_its_log_stays_under_seal(cast, forwarded):
    seal(forwarded, cast.registrar)
    hand_over = Clock.objects.get(matter=forwarded, kind="hand_over")
    before = hand_over.due_on
    holiday(date(2026, 11, 25), cast.sysadmin)
    with acting(cast.sysadmin):
        ask(cast.sysadmin, {date(2026, 11, 25): False}, "放假")
    done()
    hand_over.refresh_from_db()
    assert hand_over.due_on > before
    assert Change.objects.filter(root_id=forwarded.pk).latest("pk").sealed
    assert faults(Matter.objects.get(pk=forwarded.pk)) == []


def test_a_resident_s_window_leaves_a_day_that_becomes_a_holiday(cast, fresh, known):
    """30 days from Saturday 10-24 end on Monday 11-23; nobody works on it any more."""
    with acting(cast.registrar):
        window = start(fresh, "review_ask", date(2026, 10, 24))
    assert window.due_on == MONDAY
    holiday(MONDAY, cast.sysadmin)
    ask(cast.sysadmin, {MONDAY: False}, "放假")
    done()
    window.refresh_from_db()
    assert window.due_on == MONDAY + timedelta(days=1)
    assert replay(window) == window.due_on


def test_a_worker_that_is_stopped_or_killed_goes_on_where_it_stood(cast, known, monkeypatch):
    matters = [
        arrive(cast.registrar, channel="forwarded", received_on=MONDAY)[1][0] for _ in range(3)
    ]
    monkeypatch.setattr("casework.matters.counting.recounting.BITE", 2)
    holiday(date(2026, 11, 25), cast.sysadmin)
    ask(cast.sysadmin, {date(2026, 11, 25): False}, "放假")

    looks = iter([False, False, True])
    job = working.claim(Recount.objects.all(), clock.now())
    with acting(cast.sysadmin, "放假"):
        recount(job, lambda: next(looks))
    job.refresh_from_db()
    assert (job.done_at, job.clocks, job.held_until) == (None, 4, None)

    done()

    job.refresh_from_db()
    assert job.done_at is not None
    assert job.clocks == 6
    assert {due(matter, "objection") for matter in matters} == {MONDAY + timedelta(days=8)}
    lines = [clock.lines.count() for clock in Clock.objects.filter(kind="objection")]
    assert lines == [2, 2, 2]  # nothing was counted twice


def test_the_leading_limit_of_a_matter_follows_its_clock(cast, fresh, known):
    with acting(cast.registrar):
        quick = start(fresh, "fast", MONDAY - timedelta(days=12))
        row = Matter.objects.get(pk=fresh.pk)
        lead(row)
        row.save()
    assert (row.due_on, row.due_kind) == (quick.due_on, "fast")
    holiday(MONDAY + timedelta(days=1), cast.sysadmin)
    ask(cast.sysadmin, {MONDAY + timedelta(days=1): False}, "放假")
    done()
    row.refresh_from_db()
    quick.refresh_from_db()
    assert (row.due_on, row.due_kind) == (quick.due_on, "fast")
    assert faults(row) == []
    assert "放假" in row.history.first().history_change_reason


def test_a_year_that_becomes_known_moves_what_was_provisional(cast, rules):
    """Five working days over the Spring Festival, counted Monday to Friday until the year is known."""
    with clock.at(datetime(2026, 2, 12, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
        matter = arrive(cast.registrar, channel="forwarded", received_on=date(2026, 2, 11))[1][0]
        assert due(matter, "objection") == date(2026, 2, 18)
        fill_from_library()
        done()
    # 12, 13, the make-up Saturday 14, then 24 and 25 after the holiday
    assert due(matter, "objection") == date(2026, 2, 25)
    assert faults(Matter.objects.get(pk=matter.pk)) == []
