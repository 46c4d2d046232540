"""Limits of a matter as sums that can be shown: start, days, article (domain §2.3).

Kinds live here, values in the `RuleProfile` a matter is pinned to. Plain 日 are calendar days,
工作日 follow the work calendar; the starting day is not counted and an office's last day is not
moved off a holiday (domain §2.6, counting).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from office.workdays import Exceptions, add_workdays

#: kind → what the office calls it
KINDS = {
    "notice": "告知受理情况",
    "handle": "作出处理意见",
    "duty": "履行职责或答复",
    "accompany": "跟踪法定途径的进展",
    "review_ask": "信访人可申请复查",
    "suggestion": "答复建议",
    "hand_over": "转交密件",
}

#: kind → (days, unit, article): the national rules, written into the first profile
NATIONAL = {
    "notice": (15, "day", "《信访工作条例》第二十三条"),
    "handle": (60, "day", "《信访工作条例》第三十四条"),
    "duty": (60, "day", "《行政诉讼法》第四十七条（两个月，按 60 日计）"),
    "accompany": (30, "day", "内部时限（《信访工作条例》第三十一条未定天数）"),
    "review_ask": (30, "day", "《信访工作条例》第三十五条"),
    "suggestion": (30, "day", "内部时限（《信访工作条例》第二十九条未定天数）"),
    "representatives": (5, "person", "《信访工作条例》第二十条"),
    "group": (5, "person", "通行口径：五人以上来访为集体访（条例未定人数）"),
    "hand_over": (3, "workday", "内部时限（《信访工作条例》第三十条）"),
}


@dataclass(frozen=True)
class Limit:
    """days: at least 1; unit: "day" (calendar), "workday" or "person"; article: its source."""

    kind: str
    days: int
    unit: str
    article: str


@dataclass(frozen=True)
class Deadline:
    """A computed last day and the sum behind it."""

    kind: str
    start: date
    limit: Limit
    due_on: date

    @property
    def label(self) -> str:
        return KINDS[self.kind]

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
    if limit.unit == "workday":
        due = add_workdays(start, limit.days, exceptions)
    else:
        due = start + timedelta(days=limit.days)
    return Deadline(kind, start, limit, due)
