"""Limits of a matter as sums that can be shown: start, days, article (domain §2.3).

Kinds live here, values in the `RuleProfile` a matter is pinned to. Plain 日 are calendar days,
工作日 follow the work calendar; the starting day is not counted and an office's last day is not
moved off a holiday, while what the petitioner may ask for ends on the next working day (domain
§2.6, counting).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from office.workdays import Exceptions, add_workdays, next_workday

OWED, MAY_ASK, ABOVE = "owed", "may_ask", "above"


@dataclass(frozen=True)
class Kind:
    """A kind of clock. by: whose it is: the office owes, the petitioner may, a superior decides.

    leads: whether it may be the limit a list goes by; outlives: whether it goes on once the matter
    has ended.
    """

    label: str
    by: str = OWED
    leads: bool = True
    outlives: bool = False

    def __str__(self) -> str:
        return self.label


#: every kind of clock there is
KINDS: dict[str, Kind] = {
    "notice": Kind("告知受理情况"),
    "objection": Kind("对转送件提出异议", leads=False),
    "sender": Kind("来文要求的时限"),
    "routing": Kind("内部分办", leads=False),
    "handle": Kind("作出处理意见"),
    "fast": Kind("简易办理答复"),
    "duty": Kind("履行职责或答复"),
    "accompany": Kind("跟踪法定途径的进展"),
    "path_last_day": Kind("法定途径最后安全日", MAY_ASK, leads=False, outlives=True),
    "assignment": Kind("交办的内部期限", leads=False),
    "report_back": Kind("下级报结"),
    "performance": Kind("兑现承诺"),
    "review_ask": Kind("信访人可申请复查", MAY_ASK),
    "review_decide": Kind("上级复查决定", ABOVE),
    "final_ask": Kind("信访人可申请复核", MAY_ASK),
    "final_decide": Kind("上级复核决定", ABOVE),
    "suggestion": Kind("答复建议"),
    "rating": Kind("信访人可评价", MAY_ASK, leads=False, outlives=True),
    "supervision": Kind("答复督办", outlives=True),
    "contact": Kind("首次联系信访人", leads=False),
    "eased": Kind("缓和后再联系", leads=False, outlives=True),
    "follow_30": Kind("办结后 30 日回访", leads=False, outlives=True),
    "follow_90": Kind("办结后 90 日回访", leads=False, outlives=True),
    "withdrawn": Kind("撤回后可反悔", MAY_ASK, leads=False, outlives=True),
    "hand_over": Kind("转交密件"),
}

_ART = "《信访工作条例》第{}条"
_INSIDE = "内部时限"
#: kind → (number, unit, article): the national rules, written into the first profile (domain §2.7)
NATIONAL = {
    "notice": (15, "day", _ART.format("二十三")),
    "objection": (5, "workday", _ART.format("二十三")),
    "routing": (5, "workday", f"{_INSIDE}（受理前 3–5 日内分办）"),
    "handle": (60, "day", _ART.format("三十四")),
    "extension": (30, "day", _ART.format("三十四")),
    "fast": (10, "workday", "《信访事项简易办理办法》（国信办发〔2022〕17号；天数待核）"),
    "duty": (60, "day", "《行政诉讼法》第四十七条（两个月，按 60 日计）"),
    "accompany": (30, "day", f"{_INSIDE}（《信访工作条例》第三十一条未定天数）"),
    "assignment": (30, "day", f"{_INSIDE}（交办给承办单位）"),
    "report_back": (30, "day", f"{_INSIDE}（交办时另定的从其规定）"),
    "review_ask": (30, "day", _ART.format("三十五")),
    "review_decide": (30, "day", _ART.format("三十五")),
    "final_ask": (30, "day", _ART.format("三十六")),
    "final_decide": (30, "day", _ART.format("三十六")),
    "suggestion": (30, "day", f"{_INSIDE}（《信访工作条例》第二十九条未定天数）"),
    "rating": (30, "day", f"{_INSIDE}（评价期限待核）"),
    "supervision": (10, "workday", f"{_INSIDE}（督办时另定的从其规定）"),
    "contact": (3, "workday", f"{_INSIDE}（首次联系）"),
    "eased": (30, "day", f"{_INSIDE}（阶段性缓和须定下次联系日）"),
    "follow_30": (30, "day", f"{_INSIDE}（办结后回访）"),
    "follow_90": (90, "day", f"{_INSIDE}（办结后回访）"),
    "court_confirm": (
        30,
        "day",
        "《民事诉讼法》第二百零五条（调解协议生效之日起三十日内共同申请）",
    ),
    "withdrawn": (15, "day", f"{_INSIDE}（撤回后可以恢复的期间）"),
    "repeat": (90, "day", f"{_INSIDE}（重复信访的查找范围，待核）"),
    "representatives": (5, "person", _ART.format("二十")),
    "group": (5, "person", "通行口径：五人以上来访为集体访（条例未定人数）"),
    "hand_over": (3, "workday", f"{_INSIDE}（《信访工作条例》第三十条）"),
}


@dataclass(frozen=True)
class Limit:
    """days: at least 1; unit: "day" (calendar), "workday" or "person"; article: its source."""

    kind: str
    days: int
    unit: str
    article: str


@dataclass(frozen=True)
class Sum:
    """How the last day of a clock comes about; the calendar is given to its methods.

    start: the day before the first counted one; days, unit: the limit; fixed: a last day that
    somebody set instead; added: (days, unit) of each extension; left_out: calendar days that do not
    count (hearing time). Plain days run on through holidays, an office's last day among them; the
    last day of what the petitioner may ask for moves to the next working day (domain §2.6).
    """

    kind: str
    start: date
    days: int = 0
    unit: str = "day"
    fixed: date | None = None
    added: tuple[tuple[int, str], ...] = ()
    left_out: int = 0

    @property
    def moves(self) -> bool:
        """Whether the last day leaves a day off; a day that was set stays where it was set."""
        return self.fixed is None and KINDS[self.kind].by == MAY_ASK

    @property
    def bound(self) -> bool:
        """Whether the last day depends on the work calendar."""
        units = {unit for _, unit in self.added} | ({self.unit} if self.fixed is None else set())
        return self.moves or "workday" in units

    @property
    def reach(self) -> date:
        """A day the sum cannot go beyond: no month is without working days."""
        days = self.days + self.left_out + sum(days for days, _ in self.added)
        return (self.fixed or self.start) + timedelta(days=2 * days + 31)

    def unmoved(self, exceptions: Exceptions) -> date:
        """The last day before it leaves a day off."""
        day = self.fixed or count_on(self.start, self.days, self.unit, exceptions)
        for days, unit in self.added:
            day = count_on(day, days, unit, exceptions)
        return day + timedelta(days=self.left_out)

    def last_day(self, exceptions: Exceptions) -> date:
        """The last day, by a calendar that reaches to `reach`."""
        day = self.unmoved(exceptions)
        return next_workday(day, exceptions) if self.moves else day

    def used(self, exceptions: Exceptions) -> dict[date, bool]:
        """The days off the Monday–Friday rule that the sum met; {} for a sum of plain days."""
        if not self.bound:
            return {}
        last = self.last_day(exceptions)
        return {day: on for day, on in sorted(exceptions.items()) if self.start < day <= last}


def count_on(start: date, days: int, unit: str, exceptions: Exceptions) -> date:
    """The day on which the `days`-th day after `start` falls."""
    if unit == "workday":
        return add_workdays(start, days, exceptions)
    return start + timedelta(days=days)


def written(calendar: Exceptions) -> str:
    """Days off the rule as a line keeps them: "2026-02-14+ 2026-02-16-", + a working day."""
    return " ".join(f"{day:%Y-%m-%d}{'+' if on else '-'}" for day, on in sorted(calendar.items()))


def read(calendar: str) -> dict[date, bool]:
    """What `written` wrote. Raises ValueError for anything else."""
    return {date.fromisoformat(word[:-1]): word[-1] == "+" for word in calendar.split()}


def leading(clocks: Iterable[tuple[date, str]]) -> tuple[date, str] | None:
    """The limit a list goes by, among (last day, kind) of running clocks: the earliest the office
    owes, else the earliest anybody may use; None without one.
    """
    found = sorted(pair for pair in clocks if KINDS[pair[1]].leads)
    owed = [pair for pair in found if KINDS[pair[1]].by == OWED]
    return next(iter(owed or found), None)


@dataclass(frozen=True)
class Deadline:
    """A computed last day and the sum behind it; unmoved: the day before it left a day off."""

    kind: str
    start: date
    limit: Limit
    due_on: date
    unmoved: date | None = None

    @property
    def label(self) -> str:
        return KINDS[self.kind].label

    @property
    def why(self) -> str:
        """The sum in words: 2026-11-02 起 15 日，《信访工作条例》第二十三条."""
        unit = "日" if self.limit.unit == "day" else "个工作日"
        return f"{self.start:%Y-%m-%d} 起 {self.limit.days} {unit}，{self.limit.article}"


def deadline(
    kind: str, start: date, limits: Mapping[str, Limit], exceptions: Exceptions
) -> Deadline:
    """The last day of a duty that began on `start`. Raises KeyError for a kind without a limit."""
    limit = limits[kind]
    found = Sum(kind, start, limit.days, limit.unit)
    return Deadline(kind, start, limit, found.last_day(exceptions), found.unmoved(exceptions))
