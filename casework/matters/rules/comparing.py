"""A profile in words, and two of them side by side: what differs is said, not only coloured."""

from dataclasses import dataclass
from typing import Any

from casework.matters.models import RuleProfile
from casework.matters.models.profiles import Certainty, RuleLimit
from casework.matters.rules.tables import PARTS, Part, Rows, rows_of
from casework.matters.rules.vocabulary import SETTINGS
from casework.matters.states import State
from office.roles import BY_KEY

SAME = "相同"
#: a second person's "yes" and "no" as a table shows them
_YES, _NO = "须第二人审批", "一人办理"


@dataclass(frozen=True)
class Said:
    """One value as it is shown: in words, with its article and how sure it is."""

    value: str
    article: str
    certainty: str

    @property
    def doubtful(self) -> bool:
        return self.certainty == Certainty.UNVERIFIED

    @property
    def certainty_label(self) -> str:
        return Certainty(self.certainty).label


@dataclass(frozen=True)
class Line:
    """A value of one profile. key: None-able in a comparison where one side is silent."""

    key: str
    label: str
    said: Said | None


@dataclass(frozen=True)
class Pair:
    """The same value in two profiles, and in words how they differ; SAME when they do not."""

    key: str
    label: str
    left: Said | None
    right: Said | None

    @property
    def how(self) -> str:
        if self.left is None or self.right is None:
            return "只有右边有" if self.left is None else "只有左边有"
        if self.left.value != self.right.value:
            return "内容不同"
        if self.left.article != self.right.article:
            return "仅依据不同"
        return SAME if self.left == self.right else "仅核对情况不同"

    @property
    def differs(self) -> bool:
        return self.how != SAME


def in_words(part: Part, row: dict[str, Any]) -> str:
    """The value of a row as an officer reads it."""
    if part.name == "limits":
        unit = RuleLimit.Unit(row["unit"])
        return f"{row['days']} {'个' if unit == RuleLimit.Unit.WORKDAY else ''}{unit.label}"
    if part.name == "fields":
        return f"从“{State(row['state']).label}”起{'必填' if row['must'] else '建议填'}"
    if part.name == "acts":
        words = [_YES if row["second"] else _NO, f"由{BY_KEY[row['decider']].label}决定"]
        return "，".join([*words, "先法制审核"] if row["legal"] else words)
    if part.name == "settings":
        return dict(SETTINGS[row["key"]].choices).get(row["value"], row["value"])
    return str(row["text"])


def _said(part: Part, rows: Rows) -> dict[str, Said]:
    return {
        row[part.key]: Said(in_words(part, row), row["article"], row["certainty"])
        for row in rows[part.name]
    }


def lines_of(profile: RuleProfile) -> list[tuple[Part, list[Line]]]:
    """Everything a profile can say, part by part; `said` is None where it is silent."""
    rows = rows_of(profile)
    return [
        (part, [Line(key, label, _said(part, rows).get(key)) for key, label in part.labels.items()])
        for part in PARTS.values()
    ]


def compare(left: RuleProfile, right: RuleProfile) -> list[tuple[Part, list[Pair]]]:
    """Two profiles value by value; what neither of them says is left out."""
    mine, theirs = rows_of(left), rows_of(right)
    found = []
    for part in PARTS.values():
        one, other = _said(part, mine), _said(part, theirs)
        pairs = [
            Pair(key, label, one.get(key), other.get(key))
            for key, label in part.labels.items()
            if key in one or key in other
        ]
        found.append((part, pairs))
    return found


def differing(pairs: list[tuple[Part, list[Pair]]]) -> list[tuple[Part, list[Pair]]]:
    """The parts and pairs that differ alone."""
    found = [(part, [pair for pair in rows if pair.differs]) for part, rows in pairs]
    return [(part, rows) for part, rows in found if rows]
