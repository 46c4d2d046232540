"""A sum drawn as a row of days: which are worked, off, made up for, and which of them count."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from casework.matters.clocks import Sum
from office.workdays import Exceptions

_WEEKDAYS = "一二三四五六日"
_MOST = 150  # days: what is longer is drawn from its end
_WORDS = {
    "work": ("", "工作日"),
    "weekend": ("休", "周末"),
    "holiday": ("假", "节假日"),
    "makeup": ("班", "调休上班"),
}


@dataclass(frozen=True)
class Day:
    """A box of the row. kind: work, weekend, holiday, makeup; mark: what stands in it beside the
    number, so that nothing is said by colour alone; month: "11 月" where one begins; nth: as which
    day it counts, 0 when it does not; told: the whole in words.
    """

    day: date
    kind: str
    mark: str
    month: str
    nth: int
    told: str
    first: bool = False
    last: bool = False
    unmoved: bool = False
    today: bool = False
    left_out: bool = False


@dataclass(frozen=True)
class Strip:
    """days: the boxes; summary: the row in words; off: days off the Monday–Friday rule, by name;
    cut: how many days before the first box are not drawn.
    """

    days: list[Day]
    summary: str
    off: list[str]
    cut: int = 0


def draw(
    found: Sum,
    calendar: Exceptions,
    names: Mapping[date, str],
    today: date,
    left_out: Iterable[tuple[date, int]] = (),
) -> Strip:
    """The days from the start of a sum to its last day.

    calendar: the days off the rule between them; names: what these are called; left_out: (first
    day, how many) of each time that does not count.
    """
    last, unmoved = found.last_day(calendar), found.unmoved(calendar)
    out = {day + timedelta(days=n) for day, count in left_out for n in range(count)}
    days, nth = [], 0
    for n in range((last - found.start).days + 1):
        day = found.start + timedelta(days=n)
        kind = _kind(day, calendar)
        working = kind in ("work", "makeup")
        counts = n > 0 and day not in out and (working or found.unit != "workday")
        counts = counts and found.fixed is None and day <= unmoved
        nth += counts
        days.append(
            Day(
                day,
                kind,
                "扣" if day in out else _WORDS[kind][0],
                f"{day.month} 月" if n == 0 or day.day == 1 else "",
                nth if counts else 0,
                _told(day, kind, names.get(day, ""), nth if counts else 0, n == 0, day == last),
                first=n == 0,
                last=day == last,
                unmoved=day == unmoved != last,
                today=day == today,
                left_out=day in out,
            )  # fmt: skip
        )
    shown = days[-_MOST:]
    off = [
        f"{day:%Y-%m-%d} {names.get(day) or _WORDS[_kind(day, calendar)][1]}"
        f"（{'上班' if working else '放假'}）"
        for day, working in sorted(calendar.items())
        if found.start < day <= last
    ]
    return Strip(shown, _summary(days, found), off, len(days) - len(shown))


def _kind(day: date, calendar: Exceptions) -> str:
    if day in calendar:
        return "makeup" if calendar[day] else "holiday"
    return "work" if day.weekday() < 5 else "weekend"


def _told(day: date, kind: str, name: str, nth: int, first: bool, last: bool) -> str:
    words = [
        f"{day.month}月{day.day}日",
        f"星期{_WEEKDAYS[day.weekday()]}",
        name or _WORDS[kind][1],
    ]
    if first:
        words.append("起算日，不计")
    if nth:
        words.append(f"第 {nth} 天")
    if last:
        words.append("最后一天")
    return " ".join(words)


def _summary(days: list[Day], found: Sum) -> str:
    after = Counter(day.kind for day in days[1:])
    parts = [
        f"{_WORDS[kind][1]} {after[kind]} 天"
        for kind in ("work", "makeup", "weekend", "holiday")
        if after[kind]
    ]
    told = (
        f"{days[0].day:%Y-%m-%d} 起算（当日不计），到 {days[-1].day:%Y-%m-%d} 共 {len(days) - 1} 天"
    )
    told += f"：{'，'.join(parts)}。" if parts else "。"
    if any(day.left_out for day in days):
        told += f"其中扣除 {sum(day.left_out for day in days)} 天不计。"
    if found.fixed is None and found.unit == "workday":
        return told + "只数工作日和调休上班日。"
    return told
