"""What happens to the limits of a matter: lengthened, left out, corrected, sealed and given back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casework.matters.counting.checking import faults
from casework.matters.counting.ledger import (
    exclude,
    lead,
    leave_fast,
    lengthen,
    lengthened,
    meet,
    restart,
    start,
)
from casework.matters.counting.replay import replay, steps
from casework.matters.models import Clock, ClockLine, Matter
from office import clock
from office.history import acting
from office.models import CalendarDay
from tests.casework.matters.counter import arrive, record, text
from tests.casework.matters.seals import decided, fresh_row, seal

MONDAY = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def monday():
    with clock.at(datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))):
        yield


@pytest.fixture(autouse=True)
def office_acts(cast):
    with acting(cast.officehead):
        yield


def running(matter):
    rows = Clock.objects.filter(matter=matter, status="running")
    return {row.kind: row.due_on for row in rows}


def led(matter):
    """The matter saved under the limit that leads now."""
    row = fresh_row(matter)
    lead(row)
    row.save()
    return row


def test_an_arrival_from_another_office_starts_four_limits_and_the_earlier_leads(cast, rules):
    matter = arrive(
        cast.registrar, channel="hotline", received_on=MONDAY, sender_due=MONDAY + 2 * DAY
    )[1][0]
    assert running(matter) == {
        "notice": MONDAY + 15 * DAY,
        "routing": MONDAY + 7 * DAY,
        "objection": MONDAY + 7 * DAY,
        "sender": MONDAY + 2 * DAY,
    }
    assert (matter.due_kind, matter.due_on) == ("sender", MONDAY + 2 * DAY)
    meet(matter, "sender", MONDAY)
    assert led(matter).due_kind == "notice"
    assert faults(fresh_row(matter)) == []


def test_an_extension_is_a_line_of_its_own_and_the_sum_of_all_is_told(handled):
    found = lengthen(handled, "handle", 20, MONDAY, article="《信访工作条例》第三十四条")
    found = lengthen(handled, "handle", 10, MONDAY)
    assert found.due_on == handled.accepted_on + 90 * DAY
    assert lengthened(found) == 30
    assert [step.line.what for step in steps(found)] == ["start", "lengthen", "lengthen"]
    assert replay(found) == found.due_on
    assert faults(led(handled)) == []


def test_nothing_is_lengthened_that_does_not_run_or_by_nothing(handled):
    with pytest.raises(ValidationError, match="没有正在进行"):
        lengthen(handled, "fast", 5, MONDAY)
    with pytest.raises(ValidationError, match="至少为 1"):
        lengthen(handled, "handle", 0, MONDAY)


def test_hearing_time_is_left_out_of_the_final_review_and_of_nothing_else(handled):
    start(handled, "final_decide", MONDAY)
    found = exclude(handled, "final_decide", MONDAY + 5 * DAY, MONDAY + 7 * DAY, MONDAY)
    assert found.due_on == MONDAY + 33 * DAY
    assert replay(found) == found.due_on
    for kind in ("handle", "review_decide"):
        with pytest.raises(ValidationError, match="只在复核期限里扣除"):
            exclude(handled, kind, MONDAY + DAY, MONDAY + 2 * DAY, MONDAY)
    with pytest.raises(ValidationError, match="已经扣除过"):
        exclude(handled, "final_decide", MONDAY + 7 * DAY, MONDAY + 8 * DAY, MONDAY)
    with pytest.raises(ValidationError, match="先开始后结束"):
        exclude(handled, "final_decide", MONDAY + 9 * DAY, MONDAY + 8 * DAY, MONDAY)


def test_whoever_leaves_the_fast_track_has_the_sixty_days_of_the_first_acceptance(handled):
    row = fresh_row(handled)
    start(row, "fast", row.accepted_on)
    meet(row, "handle", MONDAY)
    leave_fast(row, MONDAY + 8 * DAY)
    assert running(row)["handle"] == row.accepted_on + 60 * DAY
    assert "fast" not in running(row)


def test_a_last_day_before_the_first_is_refused_in_words_and_by_the_database(handled):
    with pytest.raises(ValidationError, match="不能早于起算日"):
        start(handled, "performance", MONDAY, due_on=MONDAY - DAY)
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock(matter=handled, kind="rating", start_on=MONDAY, due_on=MONDAY - DAY).save()


def test_two_limits_of_a_kind_run_side_by_side_only_under_names_of_their_own(handled):
    start(handled, "supervision", MONDAY, subject="supervision:1")
    start(handled, "supervision", MONDAY, subject="supervision:2")
    start(handled, "supervision", MONDAY, subject="supervision:2")  # again: the first gives way
    rows = Clock.objects.filter(matter=handled, kind="supervision")
    assert [row.status for row in rows.order_by("pk")] == ["running", "dropped", "running"]
    with pytest.raises(IntegrityError), transaction.atomic():
        Clock(
            matter=handled, kind="supervision", subject="supervision:2", start_on=MONDAY,
            due_on=MONDAY,
        ).save()  # fmt: skip


def test_a_corrected_day_of_receipt_moves_what_counts_from_it_and_what_was_met(fresh):
    meet(fresh, "routing", MONDAY)
    early = fresh.received_on - 9 * DAY
    restart(fresh, ("notice", "routing"), early, MONDAY)
    notice = Clock.objects.get(matter=fresh, kind="notice")
    routing = Clock.objects.get(matter=fresh, kind="routing")
    assert (notice.start_on, notice.due_on) == (early, early + 15 * DAY)
    assert (routing.status, routing.start_on) == ("met", early)
    assert {replay(notice), replay(routing)} == {notice.due_on, routing.due_on}
    assert notice.lines.count() == 2


def test_a_correction_keeps_what_was_lengthened_and_a_day_that_was_set(handled):
    lengthen(handled, "handle", 5, MONDAY)
    start(handled, "sender", MONDAY, due_on=MONDAY + 3 * DAY)
    restart(handled, ("handle", "sender"), MONDAY - 30 * DAY, MONDAY)
    assert running(handled)["handle"] == MONDAY + 35 * DAY
    assert running(handled)["sender"] == MONDAY + 3 * DAY
    assert faults(led(handled)) == []


def test_the_lines_of_a_limit_are_never_rewritten(handled):
    line = ClockLine.objects.filter(clock__matter=handled).first()
    line.days = 90
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        line.save()


def test_a_line_of_a_sealed_matter_lies_within_the_chain_of_seals(sealed):
    [clock_of] = Clock.objects.filter(matter=sealed)
    assert clock_of.pk < 0
    assert all(line.pk > 0 for line in clock_of.lines.all())


def test_what_ran_before_a_sealing_runs_again_after_it(cast, handled):
    start(handled, "follow_30", MONDAY)
    before = running(handled)
    approval = seal(handled, cast.officer)
    assert set(running(handled)) == {"hand_over"}  # nothing else is owed to anybody
    decided(approval, cast.custodian, False)
    assert running(handled) == before
    assert faults(fresh_row(handled)) == []


def test_a_holiday_made_under_seal_counts_once_the_seal_is_lifted(cast, street, rules):
    matter = arrive(cast.registrar, channel="forwarded", received_on=MONDAY)[1][0]
    approval = seal(matter, cast.registrar)
    with acting(cast.sysadmin, "放假"):
        CalendarDay(day=MONDAY + 2 * DAY, working=False, name="临时").save()
    decided(approval, cast.custodian, False)
    assert running(matter)["objection"] == MONDAY + 8 * DAY
    assert faults(fresh_row(matter)) == []


def test_a_fault_is_found_whichever_it_is(handled):
    row = fresh_row(handled)
    assert faults(row) == []
    lost = fresh_row(handled)
    lost.due_on += DAY
    assert any("leading is" in fault for fault in faults(lost))
    one = Clock.objects.get(matter=handled, kind="handle")
    one.due_on += DAY
    one.save()
    assert any("replayed" in fault for fault in faults(row))
    one.status, one.ended_on = "dropped", MONDAY
    one.save()
    assert any("nothing runs" in fault for fault in faults(row))


def test_an_officer_opens_why_this_day_and_counts_the_days(cast, handled, login):
    one = Clock.objects.get(matter=handled, kind="handle")
    client = login(cast.officer)
    page = text(client.get(record(handled)))
    address = f"/admin/matters/{handled.pk}/clocks/{one.pk}/"
    assert address in page
    assert "全部期限" in page
    page = text(client.get(address))
    for word in (
        "加 60 日（自然日）",
        "第三十四条",
        "遇节假日不顺延",
        "社会事务办 承小办",
        "周末 ",
    ):
        assert word in page
    assert client.get(f"/admin/matters/{handled.pk}/clocks/999999/").status_code == 404
    assert login(cast.other_officer).get(address).status_code == 404


def test_a_limit_of_another_matter_is_not_shown_under_this_one(cast, handled, login):
    other = arrive(cast.registrar)[1][0]
    one = Clock.objects.filter(matter=other).first()
    client = login(cast.officehead)
    assert client.get(f"/admin/matters/{other.pk}/clocks/{one.pk}/").status_code == 200
    assert client.get(f"/admin/matters/{handled.pk}/clocks/{one.pk}/").status_code == 404


def test_a_record_that_was_sealed_once_tells_nothing_of_it_among_its_limits(cast, handled, login):
    decided(seal(handled, cast.officer), cast.custodian, False)
    gone = Clock.objects.get(matter=handled, kind="hand_over")
    client = login(cast.officehead)
    assert "转交密件" not in text(client.get(record(handled)))
    address = f"/admin/matters/{handled.pk}/clocks/{gone.pk}/"
    assert client.get(address).status_code == 404


def test_the_statutory_and_the_sender_s_limit_are_both_shown(cast, rules, login):
    matter = arrive(
        cast.registrar, channel="hotline", received_on=MONDAY, sender_due=MONDAY + 2 * DAY
    )[1][0]
    page = text(login(cast.officehead).get(record(matter)))
    assert "法定期限和来文要求的时限都要守，先到的是“来文要求的时限”" in page
    assert f"{MONDAY + 15 * DAY:%Y-%m-%d}" in page


def test_the_new_limit_of_a_window_shows_the_day_before_it_moved(cast, handled, login):
    window = start(handled, "review_ask", date(2026, 10, 29))  # 30 days end on Saturday 11-28
    assert window.due_on == date(2026, 11, 30)
    page = text(login(cast.officehead).get(f"/admin/matters/{handled.pk}/clocks/{window.pk}/"))
    assert "2026-11-28 是休息日，顺延到下一个工作日" in page
    assert "由信访人" in page


def test_nobody_s_clock_leads_a_matter_that_has_ended(cast, handled):
    row = Matter(state="closed", pk=handled.pk)
    lead(row)
    assert (row.due_on, row.due_kind) == (None, "")
