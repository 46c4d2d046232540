"""What the end of a matter and its coming back bring about."""

from datetime import date, timedelta
from typing import Any

from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter
from casework.matters.states import Outcome, Path


def _close(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on = on
    return ""


def _void(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.closed_on = on
    return str(data.get("told") or "")


def _window_is_over(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Why the matter cannot be closed yet: the petitioner may still ask for a review (art. 35).

    Only an opinion of the petition procedure can be reviewed; a settlement (art. 33) leaves nothing.
    """
    if matter.due_kind != "review_ask" or matter.due_on is None:
        return ""
    settled = matter.opinions.order_by("-pk").values_list("outcome", flat=True).first()
    final = matter.path != Path.PETITION or settled == Outcome.MEDIATED
    if on > matter.due_on or final:
        return ""
    first = matter.due_on + timedelta(days=1)
    return (
        f"信访人在 {matter.due_on:%Y-%m-%d} 之前可以申请复查（《信访工作条例》第三十五条），"
        f"{first:%Y-%m-%d} 起才能办结。"
    )


EFFECTS: dict[str, Effect] = {"close": _close, "void": _void}
AFTER: dict[str, After] = {}
TURNS: dict[str, Turn] = {}
GATES: dict[str, Gate] = {"window_is_over": _window_is_over}
