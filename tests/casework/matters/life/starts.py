"""Where a move needs a matter of its own to lead where it should: who it is about, what was promised."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from typing import Any

from casework.matters.models import Matter
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


def _closed_by_opinion(cast: Any, street: Any) -> Matter:
    """Nobody asked for a review in time."""
    matter = _with_four_parts(opinions.answered)(cast, street)
    with opinions.later(40):
        return go("close", cast, matter, data_of("close", cast, street, matter))


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
    ("answer", "handling", "closed"): Start(
        lambda cast, street: opinions.handled(cast, street, klass="A", path="")
    ),
    ("answer", "handling", "answered"): Start(
        _fast_handled, _given(outcome="support", body="已补发，到账短信已核对。")
    ),
    ("answer", "handling", "performing"): Start(
        _duty,
        lambda cast, street, matter: {
            "outcome": "support", "body": "责令限期清理。", **_promised(cast, street, matter),
        },
    ),
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
    ("ask_review", "closed", "reviewing"): Start(_closed_by_opinion, days=41),
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
