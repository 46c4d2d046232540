"""What registration, acceptance and the ways out before it bring about (art. 22–24, 31)."""

from datetime import date
from typing import Any

from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.models import Matter
from casework.matters.states import Klass


def _accept(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.klass = data["klass"]
    matter.path = data["path"] if matter.klass == Klass.CLAIM else ""
    if data.get("category"):
        matter.category = data["category"]
    matter.accepted_on = on
    path = f"，{matter.get_path_display()}" if matter.path else ""
    return f"{matter.get_klass_display()}{path}"


EFFECTS: dict[str, Effect] = {"accept": _accept}
AFTER: dict[str, After] = {}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {}
