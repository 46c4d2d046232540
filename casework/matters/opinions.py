"""What stands of the opinion of a matter: its draft, who has been what to it, what it promised.

Reads only; what moves do stands in `effects`. Everything here is of the present round: a review
that sends a matter back, or a broken promise, begins the next one.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from casework.matters.clocks import Limit
from casework.matters.models import (
    Approval,
    Clock,
    Hearing,
    Matter,
    Opinion,
    Promise,
    Review,
    Service,
    SuperiorReview,
)
from casework.matters.packing import unpack
from casework.matters.profiles import act_rule, limits_of
from casework.matters.states import Outcome, Path, State
from office.limits import limit
from office.separation import Part

#: windows of the petitioner behind an opinion, and behind a superior's review
WINDOWS = ("review_ask", "final_ask")
_REVIEW = "matters.review_opinion"


def is_formal(matter: Matter) -> bool:
    """Whether the matter is answered by a 信访处理意见书 (art. 31(6)) and by nothing shorter."""
    return matter.path == Path.PETITION and not matter.fast


def current(matter: Matter) -> Opinion | None:
    """The opinion of this round: drafted, signed or served; None while there is none."""
    rows = matter.opinions.filter(round=matter.round, formal=True, dropped=False)
    return _of(matter, rows.select_related("author", "signed_by").order_by("-pk").first())


def unserved(matter: Matter) -> Opinion | None:
    """The answer of this round that the petitioner does not hold yet: a reply, or an opinion."""
    rows = matter.opinions.filter(round=matter.round, dropped=False, answered_on=None)
    return _of(matter, rows.select_related("author", "signed_by").order_by("-pk").first())


def reply_waits(matter: Matter) -> bool:
    """Whether what waits to be served is a reply, which nobody but its author has signed."""
    row = unserved(matter) if matter.state == State.SIGNED else None
    return row is not None and not row.formal


def served(matter: Matter) -> Opinion | None:
    """What the petitioner was answered last, in whatever round."""
    rows = matter.opinions.filter(dropped=False, answered_on__isnull=False)
    return _of(matter, rows.order_by("-pk").first())


def _of(matter: Matter, row: Any) -> Any:
    if row is not None:
        row.matter = matter  # the key is at hand already
    return row


def promised(opinion: Opinion) -> list[dict[str, Any]]:
    """The promises of a draft: what, unit, due_on; rows of their own once it is served."""
    return unpack({}, opinion.unlocked("promised")).get("promises", [])


def parts(opinion: Opinion) -> Mapping[Part, tuple[int, ...]]:
    """Who has been what to a draft, as `office.separation` asks: everybody who ever handed it in."""
    found = {opinion.author_id, *opinion.history.values_list("author_id", flat=True)}
    who = tuple(one for one in found if one)
    return {Part.AUTHOR: who, Part.DRAFTER: who}


def authors(matter: Matter) -> tuple[int, ...]:
    """Whose draft waits at a matter: they neither review nor sign it."""
    draft = current(matter)
    return parts(draft)[Part.AUTHOR] if draft is not None else ()


def needs_legal(matter: Matter, outcome: str, money: bool) -> bool:
    """Whether a legal reviewer has to see the opinion, by the profile of the matter (practice §2)."""
    acts = ["not_support" if outcome == Outcome.NOT_SUPPORTED else "opinion"]
    if matter.people_count >= _group(limits_of(matter.profile)):
        acts.append("group")
    if money:
        acts.append("money")
    return any(act_rule(matter.profile, act).legal for act in acts)


def _group(limits: Mapping[str, Limit]) -> int:
    return limits["group"].days


def request_needs_legal(matter: Matter, act: str) -> bool:
    """Whether what somebody asks for is seen by a legal reviewer before it is decided."""
    try:
        return act_rule(matter.profile, act).legal
    except KeyError:  # a correction of the record, of which no profile speaks
        return False


def legal_review_of(approval: Approval) -> Review | None:
    """The last legal review of a request."""
    return approval.reviews.filter(legal=True).order_by("-pk").first()


def heard(matter: Matter) -> bool:
    """Whether the petitioner was heard in this round."""
    return matter.hearings.filter(round=matter.round, reached=True).exists()


def tries(matter: Matter) -> int:
    """How often somebody tried in vain to reach the petitioner in this round."""
    return Hearing.objects.filter(matter=matter, round=matter.round, reached=False).count()


def tries_needed() -> int:
    return limit("hear_tries")


def open_promises(matter: Matter) -> list[Promise]:
    """What was promised and still has to be kept, the earliest first."""
    rows = matter.promises.filter(kept_on=None, dropped=False).select_related("unit")
    found = list(rows.order_by("due_on", "pk"))
    for row in found:
        row.matter = matter
    return found


def contested(matter: Matter, on: date) -> list[Promise]:
    """Promises whose day is over: the petitioner may say that they were not kept."""
    return [
        _of(matter, row)
        for row in matter.promises.filter(dropped=False, due_on__lt=on, broken_on=None)
    ]


def window(matter: Matter) -> Clock | None:
    """The petitioner's window that runs, or ran out with nobody having asked."""
    rows = matter.clocks.filter(kind__in=WINDOWS, status=Clock.Status.RUNNING)
    return rows.order_by("-pk").first()


def last_window(matter: Matter) -> Clock | None:
    """The petitioner's window of this round, whatever became of it."""
    rows = matter.clocks.filter(kind__in=WINDOWS, round=matter.round)
    return rows.order_by("-pk").first()


def last_service(matter: Matter) -> Service | None:
    """The service of the opinion that was answered last."""
    rows = matter.services.filter(failed=False, round=matter.round, opinion__isnull=False)
    return _of(matter, rows.order_by("-pk").first())


def open_review(matter: Matter, level: str) -> SuperiorReview | None:
    """The review that waits for the superior's decision."""
    rows = matter.superior_reviews.filter(level=level, decision="", round=matter.round)
    return _of(matter, rows.order_by("-pk").first())


def performance_of(promise: Promise) -> str:
    """What the clock of a promise is called among the others of its kind."""
    return f"promise:{promise.pk}"


def promise_of(matter: Matter, subject: str) -> Promise | None:
    """The promise a clock of this subject is of."""
    rows = matter.promises.select_related("unit")
    return next((row for row in rows if performance_of(row) == subject), None)
