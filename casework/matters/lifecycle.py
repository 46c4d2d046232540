"""The life of a matter as a table; `move` alone writes a state (domain §3, practice §1).

A later, fuller machine adds rows here; callers name a move and hand over its data.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.matters.states import UNDER_SEAL, Klass, Outcome, Path, State


@dataclass(frozen=True)
class Rule:
    """One row of the table.

    sources → target: states; verb: permission; needs: data the move cannot do without;
    takes: data it may carry; clock: kind of deadline it starts ("" keeps the running one,
    None ends it); second: decided by a second person through an Approval; waits: kind of the
    running window that must have ended first.
    """

    name: str
    label: str
    sources: tuple[State, ...]
    target: State
    verb: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    clock: str | None = ""
    second: bool = False
    waits: str = ""
    done: str = ""


_R, _A, _H = State.REGISTERED, State.ACCEPTED, State.HANDLING

RULES = [
    Rule(
        "accept", "受理", (_R,), _A, "matters.accept_matter",
        needs=("klass",), takes=("path", "category", "note"), clock="by_class", done="已受理",
    ),
    Rule(
        "assign", "交办", (_A,), _H, "matters.assign_matter",
        needs=("lead_unit",), takes=("officer", "note"), done="已交办",
    ),
    Rule(
        "name_officer", "指定承办人", (_H,), _H, "matters.assign_officer",
        needs=("officer",), takes=("note",), done="已指定承办人",
    ),
    Rule(
        "reassign", "改交", (_H,), _H, "matters.assign_matter",
        needs=("lead_unit", "note"), takes=("officer",), done="已改交",
    ),
    Rule(
        "return", "退回", (_H,), _A, "matters.return_matter",
        needs=("note",), done="已退回信访办",
    ),
    Rule(
        "answer", "答复", (_H,), State.ANSWERED, "matters.answer_matter",
        needs=("outcome", "body"), clock="review_ask", done="已答复",
    ),
    Rule(
        "close", "办结", (State.ANSWERED,), State.CLOSED, "matters.close_matter",
        takes=("note",), clock=None, waits="review_ask", done="已办结",
    ),
    Rule(
        "void", "作废", (_R, _A, _H), State.VOID, "matters.decide_void",
        needs=("note",), clock=None, second=True, done="已作废，编号保留",
    ),
    Rule(
        "hand_over", "转交纪检监察机关", (State.SEALED,), State.HANDED_OVER,
        "matters.hand_over_sealed", needs=("hand_over",), clock=None, done="已转交",
    ),
    Rule(
        "seal", "转为密件", (_R, _A, _H, State.ANSWERED, State.CLOSED, State.VOID), State.SEALED,
        "matters.ask_seal", needs=("note",), clock="hand_over", second=True, done="已转为密件",
    ),
    Rule(
        "unseal", "解除密件", UNDER_SEAL, State.VOID, "matters.unseal", needs=("note",), clock=None,
        second=True, done="已解除密件",
    ),
]  # fmt: skip
BY_NAME = {rule.name: rule for rule in RULES}

#: labels of what `Move` rows may say besides the table: beginnings and corrections
LABELS = {rule.name: rule.label for rule in RULES} | {
    "register": "登记",
    "receive_sealed": "不开封转交登记",
    "enter_sealed": "密件登记（录有内容）",
    "custody": "密件保管交接",
    "note_concerned": "补记涉及人员",
    "list": "列入转交清单",
    "list_void": "转交清单作废",
    "take_over": "台账导入（已办结）",
    "complete": "补全登记",
    "correct_received": "更正收到日期",
    "ask": "申请",
    "refuse": "审批不同意",
    "attach": "添加材料",
    "withdraw": "撤下材料",
    "annotate": "注明更正",
    "keep_sealed": "确认转为密件",
    "recuse": "回避",
    "ask_recusal": "信访人要求回避",
    "officer_out": "承办人回避",
    "confirm_recusal": "决定回避",
    "refuse_recusal": "决定不回避",
    "tell_recusal": "答复回避要求",
    "concern": "记为被反映的单位",
    "unconcern": "不再是被反映的单位",
}


def accepted_clock(klass: str, path: str) -> str:
    """Which limit acceptance starts. The 60 days are for art. 31(6) alone (domain §0.2)."""
    if klass == Klass.SUGGESTION:
        return "suggestion"
    return {Path.PETITION: "handle", Path.DUTY: "duty"}.get(Path(path), "accompany")


#: data that must be one of a list
_CHOICES = {"klass": Klass, "path": Path, "outcome": Outcome}


def missing(rule: Rule, data: Mapping[str, Any]) -> dict[str, str]:
    """What the move cannot do without and was not given: field → Chinese sentence."""
    gaps = {name: "此项必填。" for name in rule.needs if not _given(data.get(name))}
    for name, choices in _CHOICES.items():
        if _given(data.get(name)) and data[name] not in choices.values:
            gaps[name] = "没有这个选项，请重新选择。"
    if rule.name == "accept" and not gaps:
        gaps = _class_gaps(str(data["klass"]), str(data.get("path") or ""))
    return gaps


def _given(value: Any) -> bool:
    return bool(value.strip() if isinstance(value, str) else value)


def _class_gaps(klass: str, path: str) -> dict[str, str]:
    if klass == Klass.REPORT:
        return {"klass": "检举控告类不在这里受理：请按“密件（不开封转交）”登记，转交纪检监察机关。"}
    if klass == Klass.CLAIM and not path:
        return {"path": "申诉求决类须选择法定途径（《信访工作条例》第三十一条）。"}
    if klass == Klass.SUGGESTION and path:
        return {"path": "建议意见类不走法定途径，请留空。"}
    return {}


def wrong_day(on: date, today: date, before: Iterable[tuple[str, date | None]]) -> str:
    """Why `on` cannot be the day of the move; "" when it can. before: (what, day) that came first."""
    if on > today:
        return "日期不能晚于今天。"
    for what, day in before:
        if day is not None and on < day:
            return f"日期不能早于{what} {day:%Y-%m-%d}。"
    return ""
