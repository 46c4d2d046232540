"""What archiving brings about, and what the end of a matter or its coming back does to what follows it."""

from datetime import date
from typing import Any

from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter, Move
from casework.matters.outcomes import archiving, evidence, owing
from casework.matters.states import OPEN, UNDER_SEAL, State
from casework.matters.table import RULES

_ENDED = (State.CLOSED, State.ARCHIVED)


def _archive(matter: Matter, by: Any, on: date, data: Data) -> str:
    return archiving.put_away(matter, by=by, on=on, data=data)


def _ended(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """However a matter came to be closed, the calls after it are owed from that day."""
    if matter.state == State.CLOSED:
        owing.begin(matter, row, on)


def _back(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """Worked on again: no calls, and the file comes out of the archive."""
    if matter.state in OPEN and matter.state not in UNDER_SEAL:
        owing.let_go(matter, row, on)
        archiving.take_out(matter, by=by, on=on, note=str(data.get("note") or ""))


def _ready(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    return archiving.why_not_yet(matter)


def _closes(rule: Rule) -> bool:
    return State.CLOSED in rule.targets and State.CLOSED not in rule.sources


def _returns(rule: Rule) -> bool:
    back = any(target in OPEN and target not in UNDER_SEAL for target in rule.targets)
    return back and any(source in _ENDED for source in rule.sources)


EFFECTS: dict[str, Effect] = {"archive": _archive}
AFTER: dict[str, After] = {
    **{rule.name: _ended for rule in RULES if _closes(rule)},
    **{rule.name: _back for rule in RULES if _returns(rule)},
}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {"archive_is_ready": _ready, "four_parts": evidence.gate}
