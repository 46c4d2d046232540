"""The office's calendar: filled from the notices, corrected by the office, never overwritten."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from casework.matters.clocks import Limit, deadline
from office.calendar import exceptions, fill_from_library, known_years
from office.history import acting
from office.models import CalendarDay, CalendarYear, Change
from office.workdays import is_provisional, is_workday


@pytest.fixture
def filled(db):
    fill_from_library()


def test_the_published_holidays_and_make_up_days_are_there(filled):
    table = exceptions(date(2025, 1, 1), date(2025, 12, 31))

    assert known_years() >= {2024, 2025, 2026}
    assert not is_workday(date(2025, 10, 1), table)
    assert not is_workday(date(2025, 1, 28), table)
    assert is_workday(date(2025, 1, 26), table)  # a Sunday before the Spring Festival
    assert CalendarDay.objects.get(day=date(2025, 10, 1)).name == "国庆节"
    assert not CalendarDay.objects.filter(name__regex="[A-Za-z]").exists()


def test_only_the_days_asked_for_are_read(filled):
    table = exceptions(date(2025, 10, 1), date(2025, 10, 1))
    assert table == {date(2025, 10, 1): False}


def test_filling_again_adds_nothing_and_leaves_the_office_its_corrections(filled):
    day = CalendarDay.objects.get(day=date(2025, 10, 1))
    with acting(None, "按省里通知更正"):
        day.working = True
        day.save()

    assert fill_from_library() == 0
    assert CalendarDay.objects.get(pk=day.pk).working is True


def test_a_year_the_office_entered_itself_is_not_touched(db):
    with acting(None, "自行录入"):
        CalendarYear(year=2025, source="省政府通知").save()
    fill_from_library()

    assert not CalendarDay.objects.filter(day__year=2025).exists()
    assert CalendarYear.objects.get(year=2025).source == "省政府通知"
    assert CalendarDay.objects.filter(day__year=2024).exists()


def test_every_day_filled_in_says_where_it_came_from(filled):
    change = Change.objects.filter(kind="office.calendarday").first()
    assert (change.actor, change.reason[:8]) == (None, "按国务院办公厅通")


def test_a_year_that_could_not_be_filled_whole_does_not_count_as_known(db):
    with acting(None, "误录"):
        CalendarDay(day=date(2026, 10, 1), working=False, name="国庆节").save()
    with pytest.raises(IntegrityError), transaction.atomic():
        fill_from_library()
    assert 2026 not in known_years()


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_filling_that_breaks_off_keeps_whole_years_only():
    with acting(None, "误录"):
        CalendarDay(day=date(2026, 10, 1), working=False, name="国庆节").save()
    with pytest.raises(IntegrityError):
        fill_from_library()

    known = known_years()
    assert 2026 not in known
    assert {day.year for day in CalendarDay.objects.values_list("day", flat=True)} == known | {2026}
    assert CalendarDay.objects.filter(day__year=2026).count() == 1


def test_a_deadline_over_an_unpublished_new_year_is_provisional_and_follows_the_week(filled):
    latest = max(known_years())
    start = date(latest, 12, 29)
    table = exceptions(start, date(latest + 1, 2, 1))
    found = deadline(
        "hand_over", start, {"hand_over": Limit("hand_over", 10, "workday", "")}, table
    )

    assert is_provisional(start, found.due_on, known_years())
    assert found.due_on.year == latest + 1
    assert found.due_on.weekday() < 5
