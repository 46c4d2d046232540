"""What giving a matter to a unit, to an officer, and back brings about (art. 31)."""

from datetime import date
from typing import Any

from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.models import Matter


def _assign(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.lead_unit, matter.officer = data["lead_unit"], data.get("officer")
    person = f"，承办人 {matter.officer}" if matter.officer else ""
    return f"交{matter.lead_unit}办理{person}"


def _name_officer(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.officer = data["officer"]
    return f"承办人 {matter.officer}"


def _reassign(matter: Matter, by: Any, on: date, data: Data) -> str:
    before = matter.lead_unit
    return f"由{before}改{_assign(matter, by, on, data)}"


def _return(matter: Matter, by: Any, on: date, data: Data) -> str:
    unit, matter.lead_unit, matter.officer = matter.lead_unit, None, None
    return f"{unit}退回，期限不停"


EFFECTS: dict[str, Effect] = {
    "assign": _assign,
    "name_officer": _name_officer,
    "reassign": _reassign,
    "return": _return,
}
AFTER: dict[str, After] = {}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {}
