"""What joining a repeat and taking it out again brings about (practice §1)."""

from casework.matters.effects.shape import After, Effect, Gate, Turn

EFFECTS: dict[str, Effect] = {}
AFTER: dict[str, After] = {}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {}
