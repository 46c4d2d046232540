"""Counting working days: weekends, holidays, make-up days, and years nobody has published yet."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from office.workdays import (
    add_workdays,
    is_provisional,
    is_workday,
    next_workday,
    words_left,
    workdays_between,
)

EXAMPLES = settings(deadline=None, database=None, derandomize=True)
#: 2026: New Year 1–3 January, make-up on Sunday the 4th; the Spring Festival 15–23 February with
#: make-up on Saturdays the 14th and 28th
HOLIDAYS = {
    **{date(2026, 1, day): False for day in (1, 2, 3)},
    date(2026, 1, 4): True,
    **{date(2026, 2, day): False for day in range(15, 24)},
    date(2026, 2, 14): True,
    date(2026, 2, 28): True,
}
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))
TABLES = st.dictionaries(st.dates(date(2024, 1, 1), date(2026, 12, 31)), st.booleans(), max_size=80)
NEAR = st.dates(date(2024, 1, 1), date(2026, 12, 31))


def test_a_weekend_is_no_working_day_unless_it_makes_up_for_one():
    assert [is_workday(date(2026, 1, day), HOLIDAYS) for day in range(1, 8)] == [
        False, False, False, True, True, True, True,
    ]  # fmt: skip
    assert is_workday(date(2026, 2, 14), HOLIDAYS)
    assert not is_workday(date(2026, 2, 14), {})


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 20), 1, date(2026, 11, 23)),  # Friday: the start is not counted
        (date(2026, 11, 21), 1, date(2026, 11, 23)),
        (date(2025, 12, 31), 1, date(2026, 1, 4)),  # over the turn of the year to a make-up Sunday
        (date(2025, 12, 30), 3, date(2026, 1, 5)),
        (date(2026, 2, 13), 1, date(2026, 2, 14)),
        (date(2026, 2, 14), 5, date(2026, 2, 28)),
        (date(2026, 2, 13), 0, date(2026, 2, 13)),
        (date(2024, 2, 28), 2, date(2024, 3, 1)),  # a leap day is a day
    ],
)
def test_the_last_day_falls_where_the_calendar_says(start, count, end):
    assert add_workdays(start, count, HOLIDAYS) == end


def test_a_negative_count_is_refused():
    with pytest.raises(ValueError, match="negative"):
        add_workdays(date(2026, 1, 1), -1, {})


def test_days_between_are_counted_without_the_first_and_with_the_last():
    assert workdays_between(date(2026, 11, 20), date(2026, 11, 23), {}) == 1
    assert workdays_between(date(2026, 11, 23), date(2026, 11, 20), {}) == -1
    assert workdays_between(date(2026, 2, 13), date(2026, 2, 28), HOLIDAYS) == 6


@EXAMPLES
@given(NEAR, st.integers(0, 60), TABLES)
def test_adding_and_counting_agree(start, count, table):
    assert workdays_between(start, add_workdays(start, count, table), table) == count


@EXAMPLES
@given(NEAR, st.integers(1, 40), TABLES)
def test_the_last_day_is_a_working_day_and_the_first_on_which_it_is_reached(start, count, table):
    end = add_workdays(start, count, table)
    assert is_workday(end, table)
    assert workdays_between(start, end - timedelta(days=1), table) == count - 1


@EXAMPLES
@given(NEAR, st.integers(0, 40), st.integers(0, 40), TABLES)
def test_more_days_never_end_earlier_and_a_later_start_never_ends_earlier(start, few, more, table):
    assert add_workdays(start, few, table) <= add_workdays(start, few + more, table)
    later = start + timedelta(days=more)
    assert add_workdays(start, few, table) <= add_workdays(later, few, table)


@EXAMPLES
@given(NEAR, NEAR, NEAR, TABLES)
def test_counting_in_two_pieces_is_counting_in_one(one, two, three, table):
    first, middle, last = sorted([one, two, three])
    whole = workdays_between(first, last, table)
    assert whole == workdays_between(first, middle, table) + workdays_between(middle, last, table)
    assert workdays_between(last, first, table) == -whole


@EXAMPLES
@given(DAYS, TABLES)
def test_the_next_working_day_is_the_day_itself_or_the_first_after_it(day, table):
    found = next_workday(day, table)
    assert is_workday(found, table)
    assert not any(is_workday(day + timedelta(days=n), table) for n in range((found - day).days))


@pytest.mark.parametrize(
    ("start", "end", "provisional"),
    [
        (date(2026, 11, 20), date(2026, 12, 31), False),
        (date(2026, 11, 20), date(2027, 1, 1), True),
        (date(2025, 12, 31), date(2026, 1, 4), False),
        (date(2024, 12, 31), date(2026, 1, 1), True),
    ],
)
def test_a_date_is_provisional_when_a_year_on_the_way_is_not_published(start, end, provisional):
    assert is_provisional(start, end, {2025, 2026}) is provisional


def test_a_year_nobody_published_counts_monday_to_friday():
    assert add_workdays(date(2027, 9, 30), 5, HOLIDAYS) == date(2027, 10, 7)


def test_what_is_left_is_told_in_words():
    due = date(2026, 11, 25)
    assert words_left(due, date(2026, 10, 9)) == "还有 47 天"
    assert words_left(due, due) == "今天到期"
    assert words_left(due, date(2026, 11, 28)) == "超期 3 天"
