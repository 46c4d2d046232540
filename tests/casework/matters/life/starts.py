"""Where a move needs a matter of its own to lead where it should: who it is about, what was promised."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from casework.matters.models import Matter
from office.clock import today
from office.history import acting
from office.models import Leave
from tests.casework.matters.counter import assigned
from tests.casework.matters.entering import making as entering
from tests.casework.matters.life.world import STATES, data_of, go
from tests.casework.matters.opinions import making as opinions
from tests.casework.matters.outcomes import making as outcomes

Maker = Callable[[Any, Any], Matter]


@dataclass(frozen=True)
class Start:
    """make: the matter; more: data beside the usual ones; days: how much later the move is made."""

    make: Maker
    more: Callable[[Any, Any, Matter], dict[str, Any]] = lambda cast, street, matter: {}
    days: int = 0

    def when(self) -> AbstractContextManager[Any]:
        return opinions.later(self.days) if self.days else nullcontext()


def _given(**more: Any) -> Callable[[Any, Any, Matter], dict[str, Any]]:
    return lambda cast, street, matter: more


def _fast_handled(cast: Any, street: Any) -> Matter:
    return assigned(entering.fast(cast), cast.officehead, street.social, cast.officer)


def _by(name: str, start: Maker) -> Maker:
    """What the move leaves of a matter."""

    def made(cast: Any, street: Any) -> Matter:
        matter = start(cast, street)
        return go(name, cast, matter, data_of(name, cast, street, matter))

    return made


def _duty(cast: Any, street: Any) -> Matter:
    """The street's own duty, handled by an officer."""
    matter = entering.decided(entering.fresh(cast), "route", cast, cast.officehead2, **OWN_DUTY)
    return assigned(matter, cast.officehead, street.social, cast.officer)


def _replied(cast: Any, street: Any) -> Matter:
    """A suggestion with its reply, which is not served yet."""
    return opinions.replied(cast, opinions.handled(cast, street, klass="A", path=""))


def _two_promises(cast: Any, street: Any) -> Matter:
    promises = [opinions.promise(street), opinions.promise(street, what="补发九月加班费")]
    told = opinions.opinion(street, outcome="support", promises=promises)
    return opinions.answered(cast, street, **told)


def _promised_then(*names: str) -> Maker:
    """A superior looks at an answer whose promise is not kept yet."""

    def made(cast: Any, street: Any) -> Matter:
        matter = opinions.performing(cast, street)
        for name in names:
            matter = go(name, cast, matter, data_of(name, cast, street, matter))
        return matter

    return made


def _ordered_finally(cast: Any, street: Any) -> Matter:
    """The last level told the street what to do."""
    matter = opinions.final_review(cast, street)
    data = opinions.decision(cast, matter, promises=[opinions.promise(street)])
    return go("final_changed", cast, matter, data)


def _promised(cast: Any, street: Any, matter: Matter) -> dict[str, Any]:
    return {"promises": [opinions.promise(street)]}


def _with_four_parts(start: Maker) -> Maker:
    """Closing asks what was done about each of the four parts."""

    def made(cast: Any, street: Any) -> Matter:
        matter = start(cast, street)
        outcomes.four(matter, cast.officer, outcomes.filed(matter, cast.officer))
        return Matter.objects.get(pk=matter.pk)

    return made


def _over(start: Maker, *names: str) -> Maker:
    """Closed forty days later with nobody having asked for a review in time; then some moves more."""

    def made(cast: Any, street: Any) -> Matter:
        matter = _with_four_parts(start)(cast, street)
        with opinions.later(40):
            for name in ("close", *names):
                matter = go(name, cast, matter, data_of(name, cast, street, matter))
        return matter

    return made


def _second_round(*names: str) -> Maker:
    """One promise was broken, another has its day still to come: the matter is handled anew."""

    def made(cast: Any, street: Any) -> Matter:
        promises = [
            opinions.promise(street), opinions.promise(street, 40, "补发九月加班费"),
        ]  # fmt: skip
        told = opinions.opinion(street, outcome="support", promises=promises)
        matter = opinions.answered(cast, street, **told)
        with opinions.later(21):
            first = {"promise": matter.promises.earliest("due_on"), "note": "没有收到。"}
            matter = go("broken", cast, matter, first)
            for name in names:
                matter = go(name, cast, matter, data_of(name, cast, street, matter))
        return matter

    return made


def _no_reviewer(cast: Any, street: Any) -> Matter:
    """An opinion the law has to be asked about, while the one who could is away."""
    matter = opinions.drafted(cast, street, outcome="not_supported")
    with acting(None, "休假"):
        Leave(person=cast.reviewer, valid_from=today(), valid_to=today()).save()
    return matter


def _withdrawn_from(state: str) -> Maker:
    return _by("withdraw", STATES[state])


def _archived(start: Maker) -> Maker:
    return _by("archive", start)


_told = _by("tell", STATES["registered"])
_accepted_then_dead = _by("no_heirs", STATES["accepted"])
OWN_DUTY = {
    "path": "C5", "body": "云湖街道办事处", "limit_text": "两个月内履行", "own_duty": True,
}  # fmt: skip

#: (move, from, to) → where it starts, when the usual matter of that state would lead elsewhere
STARTS: dict[tuple[str, str, str], Start] = {
    ("route", "registered", "accepted"): Start(STATES["registered"], _given(**OWN_DUTY)),
    ("object", "registered", "objected"): Start(lambda cast, street: entering.sent_to_us(cast)),
    ("unclear", "registered", "closed"): Start(
        lambda cast, street: entering.fresh(cast, people=[])
    ),
    ("send_back", "assigned_out", "handling"): Start(STATES["assigned_out"], _given(again=False)),
    ("leave_fast", "accepted", "accepted"): Start(lambda cast, street: entering.fast(cast)),
    ("leave_fast", "handling", "handling"): Start(_fast_handled),
    ("serve", "signed", "performing"): Start(
        lambda cast, street: opinions.signed(cast, street, **opinions.supporting(street))
    ),
    ("serve", "signed", "closed"): Start(
        lambda cast, street: opinions.signed(cast, street, _duty(cast, street), outcome="not_supported")
    ),
    ("answer", "handling", "signed"): Start(
        lambda cast, street: opinions.handled(cast, street, klass="A", path="")
    ),
    ("recall_draft", "signed", "handling"): Start(_replied),
    ("close", "signed", "closed"): Start(_with_four_parts(_by("try_serve", _replied))),
    ("confirm_court", "closed", "closed"): Start(opinions.settled),
    ("keep_promise", "performing", "performing"): Start(_two_promises),
    ("keep_promise", "performing", "closed"): Start(_ordered_finally),
    ("broken", "performing", "handling"): Start(opinions.performing, days=21),
    ("broken", "answered", "handling"): Start(
        _by("keep_promise", opinions.performing), days=21
    ),
    ("final_upheld", "final_review", "performing"): Start(
        _promised_then("ask_review", "review_upheld", "ask_final")
    ),
    ("keep_promise", "reviewing", "reviewing"): Start(_promised_then("ask_review")),
    ("keep_promise", "upheld", "upheld"): Start(_promised_then("ask_review", "review_upheld")),
    ("keep_promise", "final_review", "final_review"): Start(
        _promised_then("ask_review", "review_upheld", "ask_final")
    ),
    ("broken", "upheld", "handling"): Start(
        _promised_then("ask_review", "review_upheld"), days=21
    ),
    ("final_changed", "final_review", "performing"): Start(STATES["final_review"], _promised),
    ("close", "answered", "closed"): Start(_with_four_parts(opinions.answered), days=40),
    ("close", "upheld", "closed"): Start(_with_four_parts(opinions.upheld), days=40),
    ("review_paper", "drafted", "reviewed"): Start(_no_reviewer),
    ("keep_promise", "handling", "handling"): Start(_second_round(), days=22),
    ("keep_promise", "drafted", "drafted"): Start(_second_round("hear", "draft"), days=22),
    ("keep_promise", "reviewed", "reviewed"): Start(
        _second_round("hear", "draft", "review"), days=22
    ),
    ("keep_promise", "signed", "signed"): Start(
        _second_round("hear", "draft", "review", "sign"), days=22
    ),
    ("ask_review", "closed", "reviewing"): Start(_over(opinions.answered), days=41),
    ("ask_review", "archived", "reviewing"): Start(_over(opinions.answered, "archive"), days=41),
    ("ask_final", "closed", "final_review"): Start(_over(opinions.upheld), days=41),
    ("ask_final", "archived", "final_review"): Start(_over(opinions.upheld, "archive"), days=41),
    ("review_declined", "reviewing", "performing"): Start(_promised_then("ask_review")),
    ("review_declined", "reviewing", "closed"): Start(
        _over(opinions.answered, "ask_review"), days=41
    ),
    ("final_declined", "final_review", "closed"): Start(
        _over(opinions.upheld, "ask_final"), days=41
    ),
    ("reopen", "closed", "registered"): Start(_told),
    ("reopen", "closed", "accepted"): Start(_accepted_then_dead),
    ("reopen", "archived", "registered"): Start(_archived(_told)),
    ("reopen", "archived", "accepted"): Start(_archived(_accepted_then_dead)),
    ("unmerge", "closed", "registered"): Start(_by("tell_merged", STATES["merged"])),
    **{
        ("undo_withdraw", "withdrawn", state): Start(_withdrawn_from(state))
        for state in STATES
    },
}  # fmt: skip


def start_of(name: str, source: str, target: str) -> Start:
    """Where a move begins that is to lead from one state to another."""
    return STARTS.get((name, source, target)) or Start(STATES[source])
