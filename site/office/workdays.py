"""Working days as pure functions over a table of exceptions (domain §0.7).

`exceptions` maps a date to True (a make-up working day) or False (a public holiday); every other
day follows Monday–Friday. The starting day is never counted (民法典 arts 201, 203, by analogy).
"""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

Exceptions = Mapping[date, bool]
ONE = timedelta(days=1)


def is_workday(day: date, exceptions: Exceptions) -> bool:
    return exceptions.get(day, day.weekday() < 5)


def add_workdays(start: date, count: int, exceptions: Exceptions) -> date:
    """The day on which the `count`-th working day after `start` falls (count >= 0)."""
    if count < 0:
        raise ValueError("count must not be negative")
    day = start
    while count:
        day += ONE
        count -= is_workday(day, exceptions)
    return day


def workdays_between(start: date, end: date, exceptions: Exceptions) -> int:
    """Working days after `start` up to and including `end`; negative when `end` lies before."""
    if end < start:
        return -workdays_between(end, start, exceptions)
    return sum(
        is_workday(start + timedelta(days=n), exceptions) for n in range(1, (end - start).days + 1)
    )


def next_workday(day: date, exceptions: Exceptions) -> date:
    """`day` itself when people work on it, else the first working day after it."""
    while not is_workday(day, exceptions):
        day += ONE
    return day


def is_provisional(start: date, end: date, known_years: Collection[int]) -> bool:
    """True (暂定) when a year between the two dates has no published holidays yet."""
    return any(year not in known_years for year in range(start.year, end.year + 1))


def words_left(due: date, on: date) -> str:
    """还有 47 天, 今天到期, 超期 3 天."""
    left = (due - on).days
    if left > 0:
        return f"还有 {left} 天"
    return "今天到期" if left == 0 else f"超期 {-left} 天"
