"""What becomes of a matter decides of what its people hear."""

from datetime import timedelta

import pytest

from casework.matters.counting.ledger import lengthen, start
from casework.matters.models import Clock, Matter
from office.history import acting
from office.models import Change, TickMark
from tests.casework.matters import archive
from tests.casework.matters.counter import record, routed, text
from tests.casework.matters.opinions import making
from tests.casework.matters.repeats.making import again, merged
from tests.casework.matters.repeats.making import told as answered_as_merged
from tests.casework.matters.seals import decided, seal
from tests.casework.matters.ticking.telling import MONDAY, on, passed, told

DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday(rules):
    with on(MONDAY):
        yield


def clock_of(matter, kind):
    return matter.clocks.filter(kind=kind).latest("pk")


def test_a_promise_is_due_on_its_day_and_late_on_the_next(cast, street):
    matter = making.performing(cast, street, days=20)
    promise = clock_of(matter, "performance")
    for days in range(0, 25):
        passed(MONDAY + days * DAY)
    assert told(promise) == ["share:50", "share:80", "left:3", "due", "late"]
    assert told(clock_of(matter, "review_ask")) == []


def test_the_window_of_a_petitioner_lapses_without_being_anybody_s_debt(cast, street):
    matter = making.answered(cast, street)
    window, rating = clock_of(matter, "review_ask"), clock_of(matter, "rating")
    for days in range(0, 40):
        passed(MONDAY + days * DAY)
    assert told(window) == ["lapsed"]
    assert told(rating) == ["lapsed"]


def test_calls_after_the_end_are_told_near_their_day(cast, street):
    matter = archive.closed(cast, street, path="C6")
    call = clock_of(matter, "follow_30")
    for days in range(-4, 3):
        passed(call.due_on + days * DAY)
    assert told(call) == ["left:3", "due", "late"]


def test_the_last_safe_day_of_another_path_is_told_before_it_has_gone(cast, fresh):
    last = MONDAY + 30 * DAY
    matter = routed(fresh, cast.officehead, cast.leader, last_day=last)
    day = clock_of(matter, "path_last_day")
    assert day.due_on == last
    for days in range(0, 40):
        passed(MONDAY + days * DAY)
    assert told(day) == ["share:50", "share:80", "left:3", "lapsed"]


def test_of_a_withdrawn_matter_only_the_end_of_the_days_of_regret_is_told(cast, street):
    matter = making.withdrawn(cast, street)
    passed(MONDAY)
    before = told(matter)
    for days in range(1, 90):
        passed(MONDAY + days * DAY)
    regret = clock_of(matter, "withdrawn")
    assert told(regret) == ["lapsed"]
    assert told(matter) == [*before, "lapsed"]


def test_what_ran_before_a_withdrawal_was_undone_is_told_as_if_it_had_run_on(cast, street):
    matter = making.handled(cast, street)
    sixty = clock_of(matter, "handle")
    half = sixty.start_on + 30 * DAY
    with on(half - 5 * DAY):
        wish = making.paper(matter, cast.registrar, "撤回申请书.txt")
        making.act(matter, "withdraw", cast.registrar, note="已谈妥。", paper=wish)
    passed(half - 4 * DAY)
    passed(half + 2 * DAY)
    assert told(sixty) == []
    with on(half + 3 * DAY):
        making.act(matter, "undo_withdraw", cast.registrar, note="老板又反悔了。")
    passed(half + 3 * DAY)
    sixty.refresh_from_db()
    assert (sixty.status, told(sixty)) == ("running", ["share:50"])
    assert told(clock_of(matter, "withdrawn")) == []


def test_a_merged_arrival_is_owed_its_answer_and_then_nothing(cast, fresh):
    matter = merged(again(cast.registrar), fresh, cast.registrar)
    notice = clock_of(matter, "notice")
    passed(notice.due_on - 3 * DAY)
    assert told(notice) == ["left:3"]
    with on(notice.due_on - 3 * DAY):
        answered_as_merged(matter, cast.officehead)
    passed(notice.due_on + 9 * DAY)
    assert told(notice) == ["left:3"]


def test_of_a_destroyed_matter_nobody_hears_again(cast, street):
    matter = archive.closed(cast, street)
    with acting(cast.officer):
        open_still = start(matter, "path_last_day", MONDAY, due_on=MONDAY + 5000 * DAY)
    with archive.in_2040():
        archive.destroyed(cast, matter)
    passed(MONDAY + 6000 * DAY)
    open_still.refresh_from_db()
    assert open_still.status == Clock.Status.RUNNING
    assert told(open_still) == []


def test_of_a_sealed_letter_its_keepers_read_that_they_were_reminded_and_nobody_else(
    cast, sealed, login
):
    clock = clock_of(sealed, "hand_over")
    before = Change.objects.count()
    passed(clock.due_on + DAY)
    day = clock.due_on + DAY
    with on(day):
        assert f"已提醒：{day:%Y-%m-%d} 超期" in text(login(cast.custodian).get(record(sealed)))
        for person in (cast.officehead, cast.leader, cast.officer, cast.auditor, cast.sysadmin):
            answer = login(person).get(record(sealed))
            assert answer.status_code in (302, 404)
    assert Change.objects.count() == before  # no log tells of it
    assert set(TickMark.objects.values_list("kind", flat=True)) == {"matters.clock"}


def test_what_a_sealing_stopped_is_told_to_nobody_any_more(cast, handled):
    sixty = clock_of(handled, "handle")
    decided(seal(handled, cast.registrar), cast.custodian, True)
    passed(sixty.due_on + DAY)
    assert told(sixty) == []
    matter = Matter.objects.get(pk=handled.pk)
    assert told(clock_of(matter, "hand_over")) == ["late"]


def test_the_officer_reads_on_the_record_of_what_the_clock_reminded(cast, handled, login):
    sixty = clock_of(handled, "handle")
    client = login(cast.officer)
    assert "已提醒" not in text(client.get(record(handled)))
    day = sixty.due_on - 3 * DAY
    passed(day)
    with on(day):
        page = text(client.get(record(handled)))
    assert f"已提醒：{day:%Y-%m-%d} 还剩 3 日" in page
    with on(day), acting(cast.leader):
        lengthen(handled, "handle", 30, day)
        page = text(client.get(record(handled)))
    assert "还剩 3 日" not in page  # that was of the day before
