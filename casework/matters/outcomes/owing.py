"""Which calls are owed after the end of a matter: 30 and 90 days later (回访).

Their days are clocks, so an office sets them in the rule profile; a matter that is taken up again
owes none.
"""

from datetime import date

from casework.matters.counting.ledger import drop, start
from casework.matters.models import FollowUp, Matter, Move
from casework.matters.profiles import limits_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import Ending, Outcome, Path, State
from office.limits import limit

#: endings after which there is nothing to ask, or nobody
_NOBODY = (
    Ending.UNCLEAR, Ending.NO_HEIRS, Ending.REFUSED, Ending.BARRED, Ending.TOLD, Ending.FORWARDED,
    Ending.MERGED, Ending.WITHDRAWN,
)  # fmt: skip


def owed(matter: Matter) -> bool:
    """Whether calls follow the end of this matter: of the petition procedure, or settled."""
    if matter.state != State.CLOSED or matter.ending in _NOBODY or not limit("follow_up"):
        return False
    if matter.path == Path.PETITION or matter.ending == Ending.SETTLED:
        return True
    outcome = matter.opinions.order_by("-pk").values_list("outcome", flat=True).first()
    return outcome == Outcome.MEDIATED


def begin(matter: Matter, row: Move, on: date) -> None:
    """Owe the calls from the day of closing; inside the mover's transaction."""
    if not owed(matter):
        return
    days = limits_of(matter.profile)
    for kind in FollowUp.Kind.values:
        if kind not in days or matter.follow_ups.filter(kind=kind, result="").exists():
            continue
        clock = start(matter, kind, on, move=row)
        FollowUp(
            pk=key_for(matter.sealed), matter=matter, kind=kind, due_on=clock.due_on
        ).save()  # fmt: skip


def let_go(matter: Matter, row: Move, on: date) -> None:
    """The matter is worked on again: the calls still owed fall away, with their clocks."""
    for waiting in matter.follow_ups.filter(result=""):
        waiting.result, waiting.done_on = FollowUp.Result.DROPPED, on
        waiting.save()
        drop(matter, waiting.kind, on, move=row)
