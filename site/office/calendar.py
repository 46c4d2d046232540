"""The work calendar of the database as the table that `office.workdays` wants."""

from datetime import date

import chinese_calendar
from django.db import transaction

from office.bulk import insert_tracked
from office.history import acting
from office.models import CalendarDay, CalendarYear


def exceptions(start: date, end: date) -> dict[date, bool]:
    """Exceptions to Monday–Friday between two dates, both included."""
    rows = CalendarDay.objects.filter(day__range=(start, end)).values_list("day", "working")
    return dict(rows)


def known_years() -> set[int]:
    return set(CalendarYear.objects.values_list("year", flat=True))


def fill_from_library() -> int:
    """Add the years `chinesecalendar` knows and the office has not entered; returns how many.

    A year the office has entered is never touched: the office's table is the one that counts.
    """
    have, added = known_years(), 0
    days = {**dict.fromkeys(chinese_calendar.holidays, False)}
    days |= dict.fromkeys(chinese_calendar.workdays, True)
    names = {**chinese_calendar.holidays, **chinese_calendar.workdays}
    for year in sorted({day.year for day in days} - have):
        # All of a year or nothing: a year that is known counts as complete.
        with transaction.atomic(), acting(None, f"按国务院办公厅通知写入{year}年节假日"):
            CalendarYear(year=year, source=f"国务院办公厅关于{year}年节假日安排的通知").save()
            insert_tracked(
                [
                    CalendarDay(day=day, working=days[day], name=_chinese(names[day]))
                    for day in sorted(day for day in days if day.year == year)
                ]
            )
        added += 1
    return added


_NAMES = {
    "New Year's Day": "元旦",
    "Spring Festival": "春节",
    "Tomb-sweeping Day": "清明节",
    "Labour Day": "劳动节",
    "Dragon Boat Festival": "端午节",
    "National Day": "国庆节",
    "Mid-autumn Festival": "中秋节",
    "Anti-Fascist 70th Day": "抗战胜利日",
}


def _chinese(name: str) -> str:
    return _NAMES.get(name, name)
