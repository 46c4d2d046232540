"""What giving a matter to a unit, to an officer, back, and more time bring about (art. 31, 34)."""

from datetime import date
from typing import Any

from casework.matters.counting.ledger import (
    calendar_for,
    first_sum,
    lengthen,
    lengthened,
    start,
)
from casework.matters.counting.replay import sum_of
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Clock, Matter, Move
from casework.matters.profiles import limits_of
from casework.matters.states import State

_ARTICLE = "《信访工作条例》第三十四条"


def _assign(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.lead_unit, matter.officer = data["lead_unit"], data.get("officer")
    person = f"，承办人 {matter.officer}" if matter.officer else ""
    return f"交{matter.lead_unit}办理{person}"


def _after_assigning(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """The unit has a limit of its own, set by the head or by the profile; it leads nowhere.

    The profile's is no later than what the office itself owes.
    """
    day, article = data.get("sub_limit"), "交办时另定"
    usual = first_sum("assignment", on, limits_of(matter.profile)["assignment"])
    last = usual.last_day(calendar_for(usual))
    if day is None and matter.due_on is not None and on <= matter.due_on < last:
        day, article = matter.due_on, "不晚于这件事项的期限"
    start(matter, "assignment", on, move=row, due_on=day, article=article if day else "")


def _name_officer(matter: Matter, by: Any, on: date, data: Data) -> str:
    matter.officer = data["officer"]
    return f"承办人 {matter.officer}"


def _reassign(matter: Matter, by: Any, on: date, data: Data) -> str:
    before = matter.lead_unit
    return f"由{before}改{_assign(matter, by, on, data)}"


def _return(matter: Matter, by: Any, on: date, data: Data) -> str:
    unit, matter.lead_unit, matter.officer = matter.lead_unit, None, None
    return f"{unit}退回，期限不停"


def _extend(matter: Matter, by: Any, on: date, data: Data) -> str:
    return f"延长 {data['days']} 日{data.get('told') or ''}"


def _after_extending(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    lengthen(matter, "handle", data["days"], on, move=row, article=_ARTICLE)


def _stays(matter: Matter, on: date, data: Data) -> State:
    return State(matter.state)


def _sub_limit_is_ahead(
    matter: Matter, rule: Rule, on: date, data: Data, by: Any
) -> dict[str, str]:
    day = data.get("sub_limit")
    if day is None:
        return {}
    if day < on:
        return {"sub_limit": "内部期限不能早于交办日期。"}
    if matter.due_on and day > matter.due_on:
        return {"sub_limit": f"内部期限不能晚于现在的期限 {matter.due_on:%Y-%m-%d}。"}
    return {}


def extension_left(matter: Matter) -> int:
    """How many days an extension may still add to the running limit: the sum is capped (art. 34)."""
    clock = matter.clocks.filter(kind="handle", status=Clock.Status.RUNNING).first()
    cap = limits_of(matter.profile)["extension"].days
    return 0 if clock is None else cap - lengthened(clock)


def _extension_is_left(
    matter: Matter, rule: Rule, on: date, data: Data, by: Any
) -> dict[str, str] | str:
    clock = matter.clocks.filter(kind="handle", status=Clock.Status.RUNNING).first()
    if clock is None:
        return "只有信访程序的 60 日可以延长（《信访工作条例》第三十四条），这件事项没有这个期限。"
    if on > clock.due_on:
        return f"期限 {clock.due_on:%Y-%m-%d} 已经过了，不能再延长。请尽快答复，并向信访人说明。"
    if sum_of(clock).fixed is not None:
        return (
            f"期限 {clock.due_on:%Y-%m-%d} 是上级责令的日期，街道不能自己延长。"
            "确实办不完的，请向作出决定的机关说明。"
        )
    left, days = extension_left(matter), data["days"]
    if not isinstance(days, int) or days < 1:
        return {"days": "写明延长几日，至少 1 日。"}
    if days > left:
        told = f"还可以延长 {left} 日" if left else "已经用完"
        return {"days": f"延长合计不能超过上限，{told}（{_ARTICLE}）。"}
    return {}


EFFECTS: dict[str, Effect] = {
    "assign": _assign,
    "name_officer": _name_officer,
    "reassign": _reassign,
    "return": _return,
    "extend": _extend,
}
AFTER: dict[str, After] = {
    "assign": _after_assigning,
    "reassign": _after_assigning,
    "extend": _after_extending,
}
TURNS: dict[str, Turn] = {"extend": _stays}
GATES: dict[str, Gate] = {
    "sub_limit_is_ahead": _sub_limit_is_ahead,
    "extension_is_left": _extension_is_left,
}
