"""The work calendar of the database as the table that `office.workdays` wants."""

from datetime import date
from typing import Any

import chinese_calendar
from django.db import transaction

from office import registries
from office.bulk import insert_tracked
from office.history import acting
from office.models import CalendarDay, CalendarYear
from office.registries import CalendarChanges, Shift


def exceptions(start: date, end: date) -> dict[date, bool]:
    """Exceptions to Monday–Friday between two dates, both included."""
    rows = CalendarDay.objects.filter(day__range=(start, end)).values_list("day", "working")
    return dict(rows)


def known_years() -> set[int]:
    return set(CalendarYear.objects.values_list("year", flat=True))


def real(changes: CalendarChanges) -> CalendarChanges:
    """Those of the changes that make a working day of a day off, or the other way round."""
    now = dict(CalendarDay.objects.filter(day__in=list(changes)).values_list("day", "working"))

    def works(day: date, working: bool | None) -> bool:
        return day.weekday() < 5 if working is None else working

    return {
        day: working
        for day, working in changes.items()
        if works(day, working) != works(day, now.get(day))
    }


def shift_of(user: Any, changes: CalendarChanges) -> Shift:
    """What limits a change of the calendar would move, in all rooms, as this person may see them."""
    found = [ask(user, changes) for ask in registries.calendar_previews] if changes else []
    return Shift(
        [pair for one in found for pair in one.counts], [r for one in found for r in one.rows]
    )


def tell_of(user: Any, changes: CalendarChanges, reason: str) -> None:
    """Tell the rooms of a change; call in the transaction that saves it."""
    for tell in registries.calendar_changed if changes else []:
        tell(user, changes, reason)


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
        why = f"按国务院办公厅通知写入{year}年节假日"
        with transaction.atomic(), acting(None, why):
            tell_of(None, real({day: days[day] for day in days if day.year == year}), why)
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
