"""What joining a repeat and taking it out again brings about (practice §1)."""

from datetime import date
from typing import Any

from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter, MatterLink, Move
from casework.matters.repeats.facts import can_take, join_of
from casework.matters.repeats.linking import (
    carry,
    may_know,
    run_again,
    undo_join,
    why_not_join,
    write_join,
)
from casework.matters.states import Ending

_KINDS = MatterLink.Kind


def _merge(matter: Matter, by: Any, on: date, data: Data) -> str:
    # No number: the other one may be sealed one day, and these words stay.
    return _KINDS(data.get("kind") or _KINDS.REPEAT).label


def _joined(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    kind = data.get("kind") or _KINDS.REPEAT
    write_join(matter, data["to"], kind, str(data["note"]), by=by, on=on)
    carry(matter, on)


def _tell(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on, matter.ending = on, Ending.MERGED
    return ""


def _part(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on, matter.ending, matter.keep_until = None, "", None
    return ""


def _parted(matter: Matter, move: Move, by: Any, on: date, data: Data) -> None:
    if move.source != "merged":  # the petitioner had been told: what ended with that runs on
        run_again(matter, on, move)
    undo_join(matter, str(data["note"]), by=by, on=on)


def _can_join(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str | dict[str, str]:
    to = data["to"]
    to = Matter.objects.select_for_update().filter(pk=to.pk).first() if to else None
    if data.get("kind") and data["kind"] not in _KINDS.values:
        return {"kind": "请选择是同一个人再次反映，还是不同的人反映同一件事。"}
    told = why_not_join(matter, to, by)
    return {"to": told} if told else ""


def _still_joined(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    row = join_of(matter)
    going_on = row is not None and may_know(by, row.to) and (can_take(row.to) or row.to.closed_on)
    if row is None or not going_on or row.to.state == "void":
        return "它并入的那一件现在不能一起办了。请先分出，再按一件新的办理。"
    return ""


def _was_joined(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    if join_of(matter) is None or (matter.closed_on and matter.ending != Ending.MERGED):
        return f"{matter.number} 没有并入别的事项，不用分出。"
    return ""


EFFECTS: dict[str, Effect] = {"merge": _merge, "tell_merged": _tell, "unmerge": _part}
AFTER: dict[str, After] = {"merge": _joined, "unmerge": _parted}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {
    "can_join": _can_join,
    "still_joined": _still_joined,
    "was_joined": _was_joined,
}
