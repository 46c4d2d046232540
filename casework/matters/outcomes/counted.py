"""办结, 化解 and 阶段性缓和 side by side, each counted by its own day and never by another's (domain §0.8).

No rate is made of them here, and nothing is counted by officer (practice §5).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from casework.matters.models import Easing, FollowUp, Matter, Resolution
from casework.matters.outcomes.confirming import month_of, next_month
from casework.matters.states import State


@dataclass(frozen=True)
class Counted:
    """One month of the unsealed matters a person sees.

    closed: ended in it; settled_too: of these, those that are settled by now; settled: settlements of
    that month, whenever the matter ended; eased: calmer for now since that month and still so;
    kept, broken: what calls of that month heard.
    """

    first: date
    closed: int
    settled_too: int
    settled: int
    eased: int
    kept: int
    broken: int


def months(user: Any, on: date, count: int = 6) -> list[Counted]:
    """The last months, newest first."""
    found, first = [], month_of(on)
    for _ in range(count):
        found.append(_counted(user, first))
        first = month_of(first - timedelta(days=1))
    return found


def _counted(user: Any, first: date) -> Counted:
    seen = Matter.objects.visible_to(user).filter(sealed=False)
    matters, span = seen.values("pk"), (first, next_month(first) - timedelta(days=1))
    ended = seen.filter(state__in=(State.CLOSED, State.ARCHIVED), closed_on__range=span)
    standing = Resolution.objects.filter(taken_back_on=None, matter__in=matters)
    calls = FollowUp.objects.filter(done_on__range=span, matter__in=matters)
    return Counted(
        first,
        ended.count(),
        ended.filter(pk__in=standing.values("matter")).count(),
        standing.filter(settled_on__range=span).count(),
        Easing.objects.filter(on__range=span, ended_on=None, matter__in=matters).count(),
        calls.filter(result=FollowUp.Result.KEEPS).count(),
        calls.filter(result=FollowUp.Result.BROKEN).count(),
    )
