"""What the moves of the table do, put together from its parts."""

from casework.matters.effects import (
    endings,
    entry,
    handling,
    opinions,
    repeats,
    reviews,
    sealed,
)
from casework.matters.effects.shape import After, Effect, Gate, Turn

_PARTS = (entry, handling, opinions, reviews, endings, repeats, sealed)

EFFECTS: dict[str, Effect] = {name: does for part in _PARTS for name, does in part.EFFECTS.items()}
AFTER: dict[str, After] = {name: does for part in _PARTS for name, does in part.AFTER.items()}
TURNS: dict[str, Turn] = {name: turn for part in _PARTS for name, turn in part.TURNS.items()}
GATES: dict[str, Gate] = {name: gate for part in _PARTS for name, gate in part.GATES.items()}
