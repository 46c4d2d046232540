"""What a button does, told before it is pressed: article, document, clocks; and why one is missing.

All of it is read from the row of the table and the limits of the profile: a row that joins the
table explains itself.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from casework.matters.clocks import KINDS, Limit
from casework.matters.doing import GATES
from casework.matters.lifecycle import Rule, clock_of
from casework.matters.models import Document, Matter
from office.clock import today

#: words by which a row that tells of its clocks itself is known
_OF_CLOCKS = ("期限", "计算", "期间", " 日")
_UNITS = {"day": "日", "workday": "个工作日", "person": "人"}


@dataclass(frozen=True)
class Told:
    """A button explained. lines: short sentences; article: where it is said."""

    lines: tuple[str, ...]
    article: str

    @property
    def short(self) -> str:
        """All of it on one line."""
        return "。".join(filter(None, (*self.lines, self.article and f"依据{self.article}")))


def told_of(rule: Rule, matter: Matter, limits: Mapping[str, Limit]) -> Told:
    """What pressing the button of `rule` would do to this matter."""
    said = rule.told.rstrip("。")
    lines = [said] if said else []
    document = Document.Kind(rule.document).label if rule.document else ""
    if document and document not in said:
        lines.append(f"形成{document}")
    if not any(word in said for word in _OF_CLOCKS):  # the row tells it better than a list does
        lines += _clocks(rule, matter, limits)
    if rule.second:
        lines.append("由另一位有权限的同事审批后才生效")
    return Told(tuple(lines), rule.article)


def _clocks(rule: Rule, matter: Matter, limits: Mapping[str, Limit]) -> list[str]:
    found = []
    starts = [limit_told(kind, matter, limits) for kind in rule.starts if clock_of(kind, matter)]
    if starts:
        found.append(f"开始计算：{'、'.join(starts)}")
    ends = [KINDS[kind].label for kind in rule.ends if kind in KINDS and KINDS[kind].leads]
    if "*" in rule.ends:
        found.append("正在计算的期限到此为止")
    elif ends:
        found.append(f"到此为止：{'、'.join(ends)}")
    if rule.drops:
        all_of_them = "*" in rule.drops
        names = "、".join(KINDS[kind].label for kind in rule.drops if kind in KINDS)
        found.append("正在计算的期限不再算" if all_of_them else f"不再计算：{names}")
    return found


def limit_told(kind: str, matter: Matter, limits: Mapping[str, Limit]) -> str:
    """作出处理意见 60 日; what acceptance starts depends on the class that is chosen."""
    if kind == "by_class" and not matter.klass:
        return "所选途径的办理期限"
    kind = clock_of(kind, matter)
    limit = limits.get(kind)
    label = KINDS[kind].label if kind in KINDS else kind
    return f"{label} {limit.days} {_UNITS[limit.unit]}" if limit else label


@dataclass(frozen=True)
class Closed:
    """An act that is not offered now, and what would have to happen first."""

    label: str
    why: str


def hindered(user: Any, matter: Matter, rule: Rule) -> str:
    """Why a row that fits the state cannot be carried out today whatever is typed; "" when it can.

    What a gate says of single fields belongs to the form and is left to it.
    """
    for name in rule.gates:
        try:
            said = GATES[name](matter, rule, today(), {}, user)
        except KeyError:  # it judges what the form brings
            continue
        if isinstance(said, str) and said:
            return said
    return ""
