"""The life of a matter as a table; `moving.move` alone writes a state (domain §3, practice §1).

The rows stand in `transitions/`, by the part of the procedure; this file says what a row is and
what is checked of the data that come with a move.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.matters.states import Klass, Outcome, Path, State


@dataclass(frozen=True)
class Rule:
    """One row of the table: a move from one of `sources` to `target`.

    verb: permission; needs: data the move cannot do without; takes: data it may carry.
    second: decided by a second person through an Approval whose act is the rule's name; `verb` is then
    the right to decide and asks the right to ask for it.
    also: other states its effect may lead to instead of `target`.
    gates: names of checks in `gates.GATES` that must have nothing to say.
    starts, ends, drops: kinds of clocks that begin, are met, or no longer count from the day of the
    move on ("*" all); a move that ends the matter drops whatever still runs. document: kind of the record it leaves ("" none).
    article: where it is said; told: for the person who is to press the button, what it makes and
    which clock starts; seldom: stands under 更多, not among the buttons; fits: of which matters it is
    offered at all (a gate says why where it is not). by_itself: also happens without anybody where the
    rules of a matter say so (`moving.happen`).
    """

    name: str
    label: str
    sources: tuple[State, ...]
    target: State
    verb: str
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    second: bool = False
    asks: str = ""
    also: tuple[State, ...] = ()
    gates: tuple[str, ...] = ()
    starts: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    document: str = ""
    article: str = ""
    told: str = ""
    done: str = ""
    seldom: bool = False
    fits: Callable[[Any], bool] | None = None
    by_itself: bool = False

    @property
    def targets(self) -> tuple[State, ...]:
        return (self.target, *self.also)


#: labels of what `Move` rows may say besides the table: beginnings, corrections, notes
BEGINNINGS = {
    "register": "登记",
    "receive_sealed": "不开封转交登记",
    "enter_sealed": "密件登记（录有内容）",
    "custody": "密件保管交接",
    "note_concerned": "补记涉及人员",
    "list": "列入转交清单",
    "list_void": "转交清单作废",
    "take_over": "台账导入（已办结）",
    "complete": "补全登记",
    "split": "拆分",
    "report_up": "呈报",
    "publishable": "标为可公开",
    "correct_received": "更正收到日期",
    "change_profile": "改按另一规则方案",
    "ask": "申请",
    "decline": "审批不同意",
    "review_request": "法制审核",
    "correct_served": "更正送达日期",
    "attach": "添加材料",
    "take_off": "撤下材料",
    "annotate": "注明更正",
    "keep_sealed": "确认转为密件",
    "recuse": "回避",
    "ask_recusal": "信访人要求回避",
    "officer_out": "承办人回避",
    "confirm_recusal": "决定回避",
    "refuse_recusal": "决定不回避",
    "tell_recusal": "答复回避要求",
    "ask_support": "请求协办",
    "name_support": "指定协办人",
    "answer_support": "答复协办",
    "return_support": "退回协办",
    "drop_support": "撤回协办",
    "end_support": "结束协办",
    "send_outside": "致函外单位",
    "answer_outside": "收到复函",
    "drop_outside": "撤回函件",
    "dispute": "提出承办争议",
    "view_dispute": "对承办争议表态",
    "decide_dispute": "裁定承办争议",
    "drop_dispute": "撤回承办争议",
    "remind": "催办",
    "answer_reminder": "回复催办",
    "supervise": "督办",
    "answer_supervision": "答复督办",
    "accept_supervision": "采信督办答复",
    "resend_supervision": "退回督办答复",
    "drop_supervision": "撤销督办",
    "urgent": "报告重大紧急",
    "urgent_told": "补报",
    "urgent_step": "续报",
    "end_urgent": "重大紧急处置结束",
    "issue_letter": "印发文书",
    "serve_letter": "文书送达",
    "try_letter": "文书未送达",
    "danger": "标注眼前危险",
    "prolong_danger": "延长眼前危险",
    "end_danger": "解除眼前危险",
    "repeat": "认定重复，另行办理",
    "not_repeat": "认定不是重复",
    "no_repeat": "撤销重复的认定",
    "join": "加入联名",
    "choose": "推选代表",
    "group_visit": "集体访",
    "offer_talk": "约访",
    "hand_work": "移交承办",
    "concern": "记为被反映的单位",
    "unconcern": "不再是被反映的单位",
    "four_parts": "三到位一处理",
    "resolve": "记录化解",
    "take_back_resolve": "撤销化解记录",
    "ease": "阶段性缓和",
    "end_easing": "阶段性缓和结束",
    "talk": "讲政策谈话",
    "follow_up": "回访",
    "enter_paper": "录入纸质签批",
    "deny_paper": "纸质签批不属实",
    "settle_paper": "查明纸质签批",
}


def accepted_clock(klass: str, path: str, fast: bool = False) -> str:
    """Which limit acceptance starts. The 60 days are for art. 31(6) alone (domain §0.2).

    fast: simplified handling (简易办理, domain §2.4), which has a limit of its own.
    """
    if fast:
        return "fast"
    if klass == Klass.SUGGESTION:
        return "suggestion"
    return {Path.PETITION: "handle", Path.DUTY: "duty"}.get(Path(path), "accompany")


def clock_of(kind: str, matter: Any) -> str:
    """The kind a row of the table means for this matter; "" when it starts none.

    A review can be asked for in the petition procedure alone (art. 35).
    """
    if kind == "by_class":
        return accepted_clock(matter.klass, matter.path, matter.fast)
    return "" if kind == "review_ask" and matter.path != Path.PETITION else kind


#: data that must be one of a list
CHOICES = {"klass": Klass, "path": Path, "outcome": Outcome}


def missing(rule: Rule, data: Mapping[str, Any]) -> dict[str, str]:
    """What the move cannot do without and was not given: field → Chinese sentence."""
    gaps = {name: "此项必填。" for name in rule.needs if not _given(data.get(name))}
    for name, choices in CHOICES.items():
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
