"""What a review by a superior brings about (art. 35–36)."""

from casework.matters.effects.shape import After, Effect, Gate, Turn

EFFECTS: dict[str, Effect] = {}
AFTER: dict[str, After] = {}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {}
