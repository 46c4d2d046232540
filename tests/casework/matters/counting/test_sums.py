"""Every kind of sum, without a database: plain days, working days of 2026, windows, what is left out."""

from datetime import date, timedelta

import pytest

from casework.matters.clocks import (
    KINDS,
    MAY_ASK,
    NATIONAL,
    Limit,
    Sum,
    deadline,
    leading,
    read,
    written,
)
from casework.matters.counting.strip import draw

LIMITS = {kind: Limit(kind, *values) for kind, values in NATIONAL.items()}
OFF, ON = False, True


def span(start, days, working=OFF):
    return {date.fromisoformat(start) + timedelta(days=n): working for n in range(days)}


#: the notice for 2026, Spring Festival and National Day
YEAR = {
    **span("2026-02-15", 9), date(2026, 2, 14): ON, date(2026, 2, 28): ON,
    **span("2026-10-01", 7), date(2026, 9, 20): ON, date(2026, 10, 10): ON,
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "start", "due"),
    [
        # month ends and a leap day
        ("notice", "2026-01-31", "2026-02-15"),
        ("handle", "2026-01-31", "2026-04-01"),
        ("handle", "2023-12-31", "2024-02-29"),
        ("suggestion", "2026-12-31", "2027-01-30"),
        # five working days over the Spring Festival: 12, 13, the make-up 14, 24, 25
        ("objection", "2026-02-11", "2026-02-25"),
        # begun on a holiday, and on the eve of one
        ("objection", "2026-02-16", "2026-02-28"),
        ("fast", "2026-09-30", "2026-10-20"),
        # an office's last day on a holiday stays: 60 plain days to 2 October
        ("handle", "2026-08-03", "2026-10-02"),
        ("review_decide", "2026-09-05", "2026-10-05"),
        # what the petitioner may ask for ends on the first working day after it
        ("review_ask", "2026-09-05", "2026-10-08"),
        ("final_ask", "2026-09-04", "2026-10-08"),
        # … a make-up Saturday is one
        ("review_ask", "2026-09-10", "2026-10-10"),
        ("rating", "2026-08-21", "2026-09-20"),
        # … and a Saturday without an entry is not
        ("review_ask", "2026-10-15", "2026-11-16"),
    ],
)
def test_a_last_day_is_the_one_a_clerk_would_count(kind, start, due):
    found = deadline(kind, date.fromisoformat(start), LIMITS, YEAR)
    assert found.due_on == date.fromisoformat(due)


def test_a_window_says_which_day_it_would_have_been():
    found = deadline("review_ask", date(2026, 9, 5), LIMITS, YEAR)
    assert (found.unmoved, found.due_on) == (date(2026, 10, 5), date(2026, 10, 8))
    duty = deadline("handle", date(2026, 8, 3), LIMITS, YEAR)
    assert duty.unmoved == duty.due_on


def test_a_year_without_a_calendar_counts_monday_to_friday():
    assert deadline("objection", date(2030, 2, 1), LIMITS, {}).due_on == date(2030, 2, 8)
    assert deadline("review_ask", date(2030, 1, 3), LIMITS, {}).due_on == date(2030, 2, 4)


def test_an_extension_counts_from_the_end_and_a_hearing_is_left_out():
    sixty = Sum("handle", date(2026, 8, 3), 60)
    assert Sum("handle", date(2026, 8, 3), 60, added=((30, "day"),)).last_day(YEAR) == (
        sixty.last_day(YEAR) + timedelta(days=30)
    )
    assert Sum("fast", date(2026, 9, 1), 5, "workday", added=((3, "workday"),)).last_day(
        YEAR
    ) == date(2026, 9, 11)
    assert Sum("final_decide", date(2026, 9, 1), 30, left_out=4).last_day(YEAR) == date(2026, 10, 5)


def test_a_day_that_was_set_stays_on_a_holiday_and_may_be_lengthened():
    order = Sum("path_last_day", date(2026, 9, 1), fixed=date(2026, 10, 3))
    assert (order.last_day(YEAR), order.bound) == (date(2026, 10, 3), False)
    more = Sum("sender", date(2026, 9, 1), fixed=date(2026, 9, 30), added=((2, "day"),))
    assert more.last_day(YEAR) == date(2026, 10, 2)


@pytest.mark.parametrize("kind", sorted(set(KINDS) & set(NATIONAL)))
def test_every_kind_ends_after_it_began_and_only_windows_leave_days_off(kind):
    for n in range(120):
        start = date(2026, 1, 20) + timedelta(days=3 * n)
        limit = LIMITS[kind]
        found = Sum(kind, start, limit.days, limit.unit)
        last = found.last_day(YEAR)
        assert start < last <= found.reach
        assert found.bound == (limit.unit == "workday" or KINDS[kind].by == MAY_ASK)
        if found.bound and limit.days:
            assert YEAR.get(last, last.weekday() < 5)
        # the days a line keeps are enough to come to the same day again
        assert found.last_day(read(written(found.used(YEAR)))) == last


def test_the_calendar_of_a_line_is_written_and_read_again():
    days = {date(2026, 2, 16): OFF, date(2026, 2, 14): ON}
    assert written(days) == "2026-02-14+ 2026-02-16-"
    assert read(written(days)) == days
    assert read("") == {}


def test_the_office_s_own_limit_leads_and_the_sender_s_when_it_is_earlier():
    day = date(2026, 11, 23)
    mine, theirs = (day + timedelta(days=15), "notice"), (day + timedelta(days=3), "sender")
    window = (day, "review_ask")
    assert leading([mine, theirs, window]) == theirs
    assert leading([mine, window, (day, "routing")]) == mine
    assert leading([window]) == window
    assert leading([(day, "rating"), (day, "routing")]) is None


def test_the_row_of_days_says_in_words_and_marks_what_each_day_is():
    found = Sum("objection", date(2026, 2, 11), 5, "workday")
    names = {date(2026, 2, 16): "春节", date(2026, 2, 14): "春节"}
    strip = draw(found, YEAR, names, date(2026, 2, 13))
    by_day = {day.day: day for day in strip.days}

    assert [day.nth for day in strip.days if day.nth] == [1, 2, 3, 4, 5]
    assert (by_day[date(2026, 2, 14)].mark, by_day[date(2026, 2, 14)].nth) == ("班", 3)
    assert (by_day[date(2026, 2, 16)].mark, by_day[date(2026, 2, 16)].nth) == ("假", 0)
    assert by_day[date(2026, 2, 13)].today
    assert strip.days[0].first
    assert strip.days[-1].last
    assert "2月14日 星期六 春节 第 3 天" in [day.told for day in strip.days]
    assert "只数工作日" in strip.summary
    assert "2026-02-14 春节（上班）" in strip.off


def test_a_very_long_row_is_drawn_from_its_end():
    strip = draw(Sum("follow_90", date(2026, 1, 1), 400), {}, {}, date(2026, 1, 1))
    assert strip.cut == 401 - len(strip.days)
    assert strip.days[-1].last
