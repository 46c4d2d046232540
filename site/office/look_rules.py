"""What is worth a question in the look ledger: rules as data, over the looks of one day.

A rule finds occasions, never people: it scores nobody and orders nobody (domain §7). Its numbers are
the office's own (`office.limits`); 0 switches a rule off. Every rule is a pure function.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.utils.timezone import localtime

from office.limits import limits
from office.models import Look

HOUR = timedelta(hours=1)
_OPENINGS = {Look.Act.OPEN, Look.Act.FILE, Look.Act.DOWNLOAD, Look.Act.PRINT}


#: number of the rules → the setting that gives it
_LIMITS = {
    "many": "look_many",
    "after": "look_after",
    "opens": "office_opens",
    "closes": "office_closes",
    "outside": "look_outside",
    "people": "look_people",
    "people_days": "look_people_days",
    "checks": "look_checks",
}


class Seen(NamedTuple):
    """A look as the rules read it; names are those of `Look`."""

    id: int
    at: datetime
    person_id: int
    kind: str
    object_id: int
    label: str
    act: str
    outside: bool

    @property
    def record(self) -> tuple[str, int]:
        """What was looked at; a search or an export is a thing of its own."""
        return (self.kind, self.object_id) if self.object_id else ("", self.id)


@dataclass(frozen=True)
class Measures:
    """The office's numbers when the rules run. opens, closes: hours of the day, 0–24."""

    many: int
    after: int
    opens: int
    closes: int
    outside: int
    people: int
    people_days: int
    checks: int

    @classmethod
    def in_force(cls) -> "Measures":
        found = limits(*_LIMITS.values())
        return cls(**{name: found[key] for name, key in _LIMITS.items()})


@dataclass(frozen=True)
class Day:
    """The day the looks were made on, and whether people work on it."""

    on: date
    working: bool


@dataclass(frozen=True)
class Found:
    """An occasion: what `LookFinding` keeps of it. record: of a rule that asks by record."""

    rule: str
    key: str
    looks: Sequence[Seen]
    count: int
    told: str
    by_record: bool = False


Asked = Callable[[Sequence[Seen], Day, Measures], list[Found]]


@dataclass(frozen=True)
class Rule:
    """key: as findings keep it; label: for a filter; said: what it looks for, with its numbers.

    numbers: those of `Measures` in `said`, the first one switches it off; find: over one person's looks of a day, oldest first;
    None for the rule that asks by record.
    """

    key: str
    label: str
    said: str
    numbers: tuple[str, ...]
    find: Asked | None

    def in_words(self, measures: Measures) -> str:
        values = [getattr(measures, name) for name in self.numbers]
        if values and not values[0]:
            return "现在没有启用。"
        return self.said.format(*values)


def distinct(looks: Iterable[Seen]) -> int:
    """How many different things were looked at."""
    return len({look.record for look in looks})


def find_many(looks: Sequence[Seen], day: Day, measures: Measures) -> list[Found]:
    """Windows of an hour in which many files were opened; windows do not overlap."""
    if not measures.many:
        return []
    opened = [look for look in looks if look.act in _OPENINGS and look.object_id]
    found, start, end = [], 0, 0
    inside: Counter[tuple[str, int]] = Counter()
    while end < len(opened):
        inside[opened[end].record] += 1
        while opened[end].at - opened[start].at >= HOUR:
            _drop(inside, opened[start].record)
            start += 1
        end += 1
        if len(inside) >= measures.many:
            until = opened[start].at + HOUR
            while end < len(opened) and opened[end].at < until:
                end += 1
            found.append(_burst(opened[start:end], measures.many))
            inside.clear()
            start = end
    return found


def find_checks(looks: Sequence[Seen], day: Day, measures: Measures) -> list[Found]:
    """Windows of an hour in which somebody asked of many arrivals whether they are repeats."""
    if not measures.checks:
        return []
    asked = [look for look in looks if look.act == Look.Act.SEARCH and look.object_id]
    found: list[Found] = []
    while asked:
        hour = [look for look in asked if look.at - asked[0].at < HOUR]
        if (count := distinct(hour)) < measures.checks:
            asked = asked[1:]
            continue
        first, last = hour[0], hour[-1]
        span = f"{localtime(first.at):%H:%M} 至 {localtime(last.at):%H:%M}"
        told = f"一小时内为 {count} 件来件查重复（设定 {measures.checks} 件），{span}"
        found.append(Found("checks", f"checks:{first.person_id}:{first.id}", hour, count, told))
        asked = asked[len(hour) :]
    return found


def _drop(inside: Counter[tuple[str, int]], record: tuple[str, int]) -> None:
    inside[record] -= 1
    if not inside[record]:
        del inside[record]


def _burst(looks: Sequence[Seen], most: int) -> Found:
    first, last, count = looks[0], looks[-1], distinct(looks)
    span = f"{localtime(first.at):%H:%M} 至 {localtime(last.at):%H:%M}"
    told = f"一小时内查看 {count} 件（设定 {most} 件），{span}"
    return Found("many", f"many:{first.person_id}:{first.id}", looks, count, told)


def find_after(looks: Sequence[Seen], day: Day, measures: Measures) -> list[Found]:
    """Looks outside the office's hours, or on a day nobody works."""
    late = [look for look in looks if not (day.working and _in_hours(look.at, measures))]
    count = distinct(late)
    if not measures.after or count < measures.after:
        return []
    hours = f"{measures.opens}:00—{measures.closes}:00"
    when = f"上班时间（{hours}）以外" if day.working else "当天不是工作日，"
    spans = f"{localtime(late[0].at):%H:%M} 至 {localtime(late[-1].at):%H:%M}"
    told = f"{when}查看 {count} 件（设定 {measures.after} 件），{spans}"
    return [Found("after", f"after:{late[0].person_id}:{day.on}", late, count, told)]


def _in_hours(at: datetime, measures: Measures) -> bool:
    return measures.opens <= localtime(at).hour < measures.closes


def find_outside(looks: Sequence[Seen], day: Day, measures: Measures) -> list[Found]:
    """Records opened for no task, in no unit of the person's, with no step that waits for them."""
    beyond = [look for look in looks if look.outside]
    count = distinct(beyond)
    if not measures.outside or count < measures.outside:
        return []
    told = f"一天内查看 {count} 件与本人任务、本单位无关的事项（设定 {measures.outside} 件）"
    return [Found("outside", f"outside:{beyond[0].person_id}:{day.on}", beyond, count, told)]


def find_clear(looks: Sequence[Seen], day: Day, measures: Measures) -> list[Found]:
    """Every time a list in clear was written or fetched."""
    return [
        Found("clear", f"clear:{look.id}", [look], 1, "明文导出文件生成或下载一次，每次都列出")
        for look in looks
        if look.act == Look.Act.CLEAR
    ]


def find_people(looks: Sequence[Seen], day: Day, measures: Measures) -> list[Found]:
    """Records that reach the set number of different people on this day.

    looks: of one or more records over the days before and this one; a record that had as many
    people the day before is not found again.
    """
    if not measures.people:
        return []
    found = []
    for record, seen in by_record(look for look in looks if look.act in _OPENINGS).items():
        before = _people(seen, day.on - timedelta(days=1), measures.people_days)
        upto = _people(seen, day.on, measures.people_days)
        if len(before) < measures.people <= len(upto):
            kept = [look for look in seen if look.person_id in upto]
            told = f"{measures.people_days} 天内有 {len(upto)} 人查看同一件（设定 {measures.people} 人）"
            key = f"people:{record[0]}:{record[1]}:{day.on}"
            found.append(Found("people", key, kept, len(upto), told, by_record=True))
    return found


def _people(looks: Iterable[Seen], last: date, days: int) -> set[int]:
    """Who looked in the `days` days that end with `last`."""
    first = last - timedelta(days=days - 1)
    return {look.person_id for look in looks if first <= localtime(look.at).date() <= last}


def by_record(looks: Iterable[Seen]) -> dict[tuple[str, int], list[Seen]]:
    found: dict[tuple[str, int], list[Seen]] = defaultdict(list)
    for look in looks:
        if look.object_id:
            found[look.record].append(look)
    return found


RULES = (
    Rule(
        "many", "一小时看很多件", "同一人一小时内查看 {0} 件以上。", ("many",), find_many,
    ),
    Rule(
        "checks", "一小时查重复很多次", "同一人一小时内为 {0} 件以上来件查是不是重复。", ("checks",), find_checks,
    ),
    Rule(
        "after", "非上班时间", "同一人一天内在上班时间（{1}:00—{2}:00，工作日以工作日历为准）以外查看 {0} 件以上。",
        ("after", "opens", "closes"), find_after,
    ),
    Rule(
        "outside", "任务以外",
        "同一人一天内查看 {0} 件以上与本人无关的事项：不是承办人，不是本单位牵头或协办，也没有等其办理的环节。",
        ("outside",), find_outside,
    ),
    Rule(
        "people", "多人看同一件", "同一件事项在 {1} 天内有 {0} 人以上查看。",
        ("people", "people_days"), None,
    ),
    Rule("clear", "明文导出", "生成或下载明文导出文件，每次都列出。", (), find_clear),
)  # fmt: skip
BY_KEY = {rule.key: rule for rule in RULES}
HOURLY = ("many", "checks", "clear")  # known as soon as the hour is over
DAILY = ("after", "outside")  # known when the day is over
