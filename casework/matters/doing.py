"""What the moves of the table do, put together from its parts."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from casework.matters.effects import (
    archiving,
    endings,
    entry,
    handling,
    opinions,
    repeats,
    reviews,
    sealed,
)
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.models import Matter, Move

_PARTS = (entry, handling, opinions, reviews, endings, archiving, repeats, sealed)


def _chained(parts: Iterable[Mapping[str, After]]) -> dict[str, After]:
    """After-effects by move; where several parts have something to do, in the order of the parts."""
    found: dict[str, list[After]] = {}
    for part in parts:
        for name, does in part.items():
            found.setdefault(name, []).append(does)
    return {name: _one_by_one(does) for name, does in found.items()}


def _one_by_one(steps: list[After]) -> After:
    def all_of_them(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
        for step in steps:
            step(matter, row, by, on, data)

    return steps[0] if len(steps) == 1 else all_of_them


EFFECTS: dict[str, Effect] = {name: does for part in _PARTS for name, does in part.EFFECTS.items()}
AFTER: dict[str, After] = _chained(part.AFTER for part in _PARTS)
TURNS: dict[str, Turn] = {name: turn for part in _PARTS for name, turn in part.TURNS.items()}
GATES: dict[str, Gate] = {name: gate for part in _PARTS for name, gate in part.GATES.items()}
