"""Which acts that need a second person have one, today and on the days to come.

Read from the rows as they stand: posts and their ends, deputies, leaves. Everything is loaded once and
reckoned in memory: a street has some dozens of people.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q

from office.models import Deputy, Leave, Post, User
from office.roles import ROLES
from office.separation import ACTS_OF_TWO

DAYS = 30
_ALSO = {"office.ask_grant": "提出授权"}
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Term:
    """Somebody may act in a role between two days (None: without an end)."""

    user: int
    role: str
    first: date
    last: date | None

    def on(self, day: date) -> bool:
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Away:
    """Somebody is away between two days."""

    user: int
    first: date
    last: date

    def on(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Gap:
    """Days in a row on which an act has fewer than two people because somebody is missing."""

    act: str
    first: date
    last: date
    left: tuple[int, ...]
    missing: tuple[tuple[int, str], ...]  # person and why: 请假 or 岗位到期
    leaders: bool  # whether a leader is there to whom it can go up


def roles_with(verb: str) -> set[str]:
    return {role.key for role in ROLES if verb in role.verbs}


@dataclass(frozen=True)
class Staff:
    """Everybody's terms and absences from a day on, with names."""

    terms: tuple[Term, ...]
    aways: tuple[Away, ...]
    names: Mapping[int, str]

    def holding(self, roles: set[str], day: date) -> set[int]:
        return {term.user for term in self.terms if term.role in roles and term.on(day)}

    def away(self, day: date) -> set[int]:
        return {one.user for one in self.aways if one.on(day)}

    def there(self, verb: str, day: date) -> set[int]:
        """Who can exercise a verb on a day and is not away."""
        return self.holding(roles_with(verb), day) - self.away(day)


def staff(first: date) -> Staff:
    """The rows from `first` on, active accounts alone."""
    going_on = Q(valid_to=None) | Q(valid_to__gte=first)
    posts = Post.objects.filter(going_on, user__is_active=True)
    terms = [
        Term(user, role, start, end)
        for user, role, start, end in posts.values_list("user", "role", "valid_from", "valid_to")
    ]
    acting = Deputy.objects.filter(user__is_active=True, valid_to__gte=first)
    for one in acting.select_related("post"):
        last = min(one.valid_to, one.post.valid_to) if one.post.valid_to else one.valid_to
        start = max(one.valid_from, one.post.valid_from)
        terms.append(Term(one.user_id, one.post.role, start, last))
    leaves = Leave.objects.filter(cancelled=False, valid_to__gte=first)
    aways = [Away(*row) for row in leaves.values_list("person", "valid_from", "valid_to")]
    names = dict(User.objects.values_list("pk", "name"))
    return Staff(tuple(terms), tuple(aways), names)


def gaps(here: Staff, verb: str, first: date, days: int = DAYS) -> Iterator[Gap]:
    """Runs of days with the same people left and the same ones missing; days with two are none."""
    usual = here.holding(roles_with(verb), first)
    run: Gap | None = None
    for number in range(days):
        day = first + number * DAY
        found = _gap(here, verb, day, usual)
        if run and found and _same(run, found):
            run = Gap(verb, run.first, day, run.left, run.missing, run.leaders)
            continue
        if run:
            yield run
        run = found
    if run:
        yield run


def _gap(here: Staff, verb: str, day: date, usual: set[int]) -> Gap | None:
    there, away = here.there(verb, day), here.away(day)
    holding = here.holding(roles_with(verb), day)
    missing = tuple(
        (user, "请假" if user in away else "岗位到期") for user in sorted((usual | holding) - there)
    )
    if len(there) > 1 or (there and not missing):
        return None
    leaders = bool(here.holding({"leader"}, day) - away - there)
    return Gap(verb, day, day, tuple(sorted(there)), missing, leaders)


def _same(one: Gap, other: Gap) -> bool:
    return (one.left, one.missing, one.leaders) == (other.left, other.missing, other.leaders)


def sentence(gap: Gap, here: Staff, label: str) -> str:
    """因甲请假，9月3日至7日“作废审批”无人，将报街道领导。"""
    why = "、".join(f"{here.names[user]}{reason}" for user, reason in gap.missing)
    up = "将报街道领导" if gap.leaders else "将报区级主管部门"
    when = _days(gap.first, gap.last)
    if not gap.left:
        return f"{f'因{why}，' if why else ''}{when}“{label}”无人，{up}。"
    name = here.names[gap.left[0]]
    return f"因{why}，{when}“{label}”只剩{name}一人，{name}自己提出的{up}。"


def _days(first: date, last: date) -> str:
    start = f"{first.month}月{first.day}日"
    if first == last:
        return start
    end = f"{last.day}日" if first.month == last.month else f"{last.month}月{last.day}日"
    return f"{start}至{end}"


def labels() -> dict[str, str]:
    """Verbs of the acts of two persons, with what people call these acts."""
    return {one.verb: one.label for one in ACTS_OF_TWO.values() if one.verb} | _ALSO


def warnings(first: date, days: int = DAYS, person: int | None = None) -> list[str]:
    """All gaps in words, soonest first; `person`: only those in which this person is missing."""
    here, called = staff(first), labels()
    found = [gap for verb in called for gap in gaps(here, verb, first, days)]
    if person is not None:
        found = [gap for gap in found if any(user == person for user, _ in gap.missing)]
    found.sort(key=lambda gap: (gap.first, len(gap.left), called[gap.act]))
    return [sentence(gap, here, called[gap.act]) for gap in found]


def today_table(here: Staff, on: date) -> list[dict[str, Any]]:
    """One row an act: its label, who can do it today, who is away."""
    rows = []
    for verb, label in labels().items():
        there = here.there(verb, on)
        absent = here.holding(roles_with(verb), on) - there
        rows.append(
            {
                "label": label,
                "people": [here.names[user] for user in sorted(there)],
                "away": [here.names[user] for user in sorted(absent)],
            }
        )
    return rows
