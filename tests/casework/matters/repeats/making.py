"""Matters that belong together, made the way staff make them; what each move of theirs needs."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from casework.matters.models import Matter
from casework.matters.moving import move
from casework.matters.repeats import deciding
from office import search
from office.clock import now, today
from office.history import acting
from tests.casework.matters.counter import arrive

REASON = "同一处房子，同样要求退款。"
#: what each move of `transitions.repeats` needs besides `to`
TOLD = {"summary": "已并到正在办理的那一件。"}


def again(by: Any, **more: Any) -> Matter:
    """The same woman comes again about the same overtime, two days later."""
    return arrive(by, **{"received_on": today() - timedelta(days=1), **more})[1][0]


def merged(matter: Matter, to: Matter, by: Any, kind: str = "repeat") -> Matter:
    with acting(by):
        return deciding.merge(matter, to, kind=kind, reason=REASON, by=by)


def told(matter: Matter, by: Any) -> Matter:
    """Merged before, answered that it is so, closed."""
    with acting(by):
        return move(matter, "tell_merged", by=by, data=TOLD)


def parted(matter: Matter, by: Any) -> Matter:
    with acting(by):
        return move(matter, "unmerge", by=by, data={"note": "说的是另一处房子。"})


def stages(cast: SimpleNamespace) -> dict[str, Matter]:
    """State → a matter in it, of the states only repeats reach; `to` is one that can take others in."""
    to = arrive(cast.registrar)[1][0]
    return {"to": to, "merged": merged(again(cast.registrar), to, cast.registrar)}


def data(cast: SimpleNamespace, to: Matter) -> dict[str, dict[str, Any]]:
    """Move → what it needs, for the test of all pairs."""
    return {
        "merge": {"to": to, "kind": "repeat", "note": REASON},
        "tell_merged": TOLD,
        "unmerge": {"note": "说的是另一处房子。"},
    }


def who(cast: SimpleNamespace) -> dict[str, Any]:
    """Move → somebody whose move it is."""
    return {"merge": cast.officehead, "tell_merged": cast.officehead, "unmerge": cast.officehead}


#: move → those of the cast who may make it where they see the matter
THEIRS = dict.fromkeys(
    ("merge", "tell_merged", "unmerge"), {"registrar", "officehead", "officehead2"}
)
#: (state, move) → new state
WAYS = {
    ("registered", "merge"): "merged",
    ("merged", "tell_merged"): "closed",
    ("merged", "unmerge"): "registered",
}


def indexed() -> None:
    """The search index has caught up with what was written."""
    search.index_changes(now() + timedelta(minutes=5))
