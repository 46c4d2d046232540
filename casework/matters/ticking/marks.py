"""Which marks a limit has and on which day each of them falls; the profile says of what it warns."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from casework.matters.clocks import KINDS, MAY_ASK, OWED

if TYPE_CHECKING:
    from casework.matters.profiles import WarnAt

DUE, LATE, LAPSED, REVIEW = "due", "late", "lapsed", "review"
#: marks after which nothing more comes for the same last day
ENDS = (LATE, LAPSED, REVIEW)
_DAY = timedelta(days=1)
#: somebody is to be called on the day; half of the wait is no news
_CALLS = ("eased", "follow_30", "follow_90")
#: also marked on the last day itself: what is due then happens outside the house
_ON_THE_DAY = (*_CALLS, "performance")
#: a right of ours that is gone when unused, and no debt (art. 23)
_OUR_RIGHT = ("objection",)
#: a window of the petitioner that is worth a warning: petitioning does not stop it (practice §1)
_SAFE_DAY = ("path_last_day",)
#: of marks on one day the later one is the more pressing
_RANK = {"share": 0, "left": 1, DUE: 2, LATE: 3, LAPSED: 3, REVIEW: 3}


@dataclass(frozen=True, slots=True)
class Mark:
    """what: "share:50", "left:3", "due", "late", "lapsed", "review"; on: the first day on which it
    is so; last_day: the last day it speaks of.
    """

    what: str
    on: date
    last_day: date


@lru_cache(maxsize=4096)
def marks_of(kind: str, start: date, due: date, warn: "WarnAt") -> tuple[Mark, ...]:
    """All marks of a limit that counts from `start` to `due`, the most pressing last.

    What the office owes is warned of and then late, what others may ask for lapses, what a superior
    owes is late without a warning. Raises KeyError for a kind there is not.
    """
    by = KINDS[kind].by
    lapses = by == MAY_ASK or kind in _OUR_RIGHT
    found = [Mark(LAPSED if lapses else LATE, due + _DAY, due)]
    if kind in _ON_THE_DAY:
        found.append(Mark(DUE, due, due))
    if by == OWED or kind in _SAFE_DAY:
        shares = () if kind in _CALLS else warn.shares
        found += [mark for mark in _warnings(start, due, shares, warn.days) if mark.on > start]
    return tuple(sorted(found, key=_pressing))


def _warnings(start: date, due: date, shares: tuple[float, ...], left: int) -> list[Mark]:
    """Shares in calendar days, whatever the limit counts in: a share of a wait is felt in days."""
    length = (due - start).days
    percents = [round(100 * share) for share in shares]
    found = [
        Mark(f"share:{share}", start + timedelta(days=-(-length * share // 100)), due)
        for share in percents
    ]
    return found + ([Mark(f"left:{left}", due - timedelta(days=left), due)] if left else [])


def _pressing(mark: Mark) -> tuple[date, int, int]:
    word, _, number = mark.what.partition(":")
    return mark.on, _RANK[word], int(number or 0)


def words(what: str) -> str:
    """A mark as people read it: 已过 50%, 还剩 3 日, 当天到期, 超期, 期满, 该复核了."""
    word, _, number = what.partition(":")
    told = {"share": f"已过 {number}%", "left": f"还剩 {number} 日", DUE: "当天到期"}
    return (told | {LATE: "超期", LAPSED: "期满", REVIEW: "该复核了"})[word]
