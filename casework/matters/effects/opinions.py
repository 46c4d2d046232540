"""What an answer brings about: an opinion on its way, a direct reply, a settlement (art. 31–34)."""

from datetime import date, timedelta
from typing import Any

from casework.matters import documents
from casework.matters.effects import drafting, serving
from casework.matters.effects.drafting import drop_reply, wrong_promises
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter, Move, Opinion, Settlement
from casework.matters.opinions import is_formal, open_promises, reply_waits
from casework.matters.packing import pack
from casework.matters.profiles import limits_of
from casework.matters.recording import as_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import Ending, Klass, Outcome, Path, State
from office.history import because

_VERB = "matters.answer_matter"
_OF_SUGGESTIONS = (Outcome.ADOPTED, Outcome.PARTLY, Outcome.NOT_ADOPTED)
_OF_CLAIMS = (Outcome.SUPPORT, Outcome.EXPLAIN, Outcome.NOT_SUPPORTED)


def _answer(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The reply waits to be served, and so does what it promises."""
    _, texts = pack({"promises": [dict(one) for one in data.get("promises") or ()]})
    row = _reply(matter, by, on, data["outcome"], data["body"], promised=texts)
    return row.get_outcome_display()


def _reply(
    matter: Matter, by: Any, on: date, outcome: str, body: str, *,
    promised: str = "", answered_on: date | None = None,
) -> Opinion:  # fmt: skip
    row = Opinion(
        pk=key_for(matter.sealed), matter=matter, round=matter.round, outcome=outcome,
        drafted_on=on, answered_on=answered_on, author=by,
    )  # fmt: skip
    row.put("body", body)
    row.put("promised", promised)
    with because("答复", **as_of(by, _VERB)):
        row.save()
    return row


def _recall(matter: Matter, by: Any, on: date, data: Data) -> str:
    """A draft is written on in its row; a reply is written anew."""
    if not reply_waits(matter):
        return ""
    drop_reply(matter, by, _VERB)
    return "收回答复"


def _settle(matter: Matter, by: Any, on: date, data: Data) -> str:
    """Art. 33: an agreement in writing. The court confirms it when both sides ask within 30 days."""
    row = Settlement(
        pk=key_for(matter.sealed), matter=matter, kind=data["kind"], agreed_on=on,
        agreement=data["agreement"], confirm_until=on + timedelta(days=limits_of(matter.profile)["court_confirm"].days),
    )  # fmt: skip
    row.put("words", data["words"].strip())
    with because("调解、和解办结", **as_of(by, _VERB)):
        row.save()
    _reply(matter, by, on, Outcome.MEDIATED, data["words"], answered_on=on)
    with because("以协议代替此前的承诺", **as_of(by, _VERB)):
        for promise in open_promises(matter):
            promise.dropped = True
            promise.save()
    matter.answered_on = matter.closed_on = on
    matter.ending = Ending.SETTLED
    return f"{row.get_kind_display()}，{row.confirm_until:%Y-%m-%d} 前可以共同申请司法确认"


def _after_settling(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    documents.leave(
        matter, "settlement", row, on=on, by=by, summary=data["words"], paper=data["agreement"],
        basis="《信访工作条例》第三十三条",
    )  # fmt: skip


def _confirm(matter: Matter, by: Any, on: date, data: Data) -> str:
    row = matter.settlements.order_by("-pk").first()
    row.court, row.confirmed_on, row.ruling = data["court"].strip(), on, data["ruling"]
    with because("司法确认", **as_of(by, _VERB)):
        row.save()
    return row.court


def _stays(matter: Matter, on: date, data: Data) -> State:
    return State(matter.state)


def _answered_directly(
    matter: Matter, rule: Rule, on: date, data: Data, by: Any
) -> str | dict[str, str]:
    """Which matters are answered by a reply, and with which outcome (art. 29, 31–32)."""
    if is_formal(matter):
        return (
            "信访程序的事项要出具信访处理意见书（《信访工作条例》第三十一、三十二条）："
            "先“听取陈述”，再“起草意见”，审核、签发后“送达”。"
        )
    if matter.klass == Klass.SUGGESTION and data["outcome"] not in _OF_SUGGESTIONS:
        return {"outcome": "对建议的答复是：采纳、部分采纳或不采纳（写明原因）。"}
    if matter.klass != Klass.SUGGESTION and data["outcome"] not in _OF_CLAIMS:
        told = "调解、和解达成协议的，用“调解、和解办结”。" if data["outcome"] == "mediated" else ""
        return {"outcome": f"对诉求的答复是：支持、解释说明或不予支持。{told}"}
    if matter.path not in ("", Path.PETITION) and data["outcome"] == Outcome.NOT_SUPPORTED:
        return {
            "outcome": "不予支持的不能一个人答复：请用“起草意见”，经法制审核、领导签发后送达，"
            "并告诉信访人怎样申请行政复议、提起诉讼。"
        }
    if matter.fast and data["outcome"] == Outcome.NOT_SUPPORTED:
        return {"outcome": "可能不予支持的不适用简易办理：请先“退出简易”，按普通程序出具处理意见。"}
    promises = list(data.get("promises") or ())
    if promises and data["outcome"] not in (Outcome.SUPPORT, Outcome.ADOPTED, Outcome.PARTLY):
        return {"promises": "只有支持、采纳的答复才写承诺，请删去。"}
    return wrong_promises(promises, on)


def _agreed_by_both(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> dict[str, str]:
    agreement = data["agreement"]
    if data["kind"] not in Settlement.Kind.values:
        return {"kind": "没有这种方式，请重新选择。"}
    if agreement.matter_id != matter.pk or agreement.withdrawn:
        return {"agreement": "请上传双方签字的协议书。"}
    return {}


def _not_confirmed_yet(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    row = matter.settlements.order_by("-pk").first()
    if row is None or row.confirmed_on is not None:
        return "没有等着司法确认的协议，请刷新页面核对。"
    return ""


def _is_not_signed(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    if matter.state == State.DRAFTED or reply_waits(matter):
        return ""
    return "领导已经签发，不能自己收回；要改的，请领导“不予签发”，退回修改。"


EFFECTS: dict[str, Effect] = {
    **drafting.EFFECTS,
    **serving.EFFECTS,
    "answer": _answer,
    "recall_draft": _recall,
    "settle": _settle,
    "confirm_court": _confirm,
}
AFTER: dict[str, After] = {
    **drafting.AFTER,
    **serving.AFTER,
    "settle": _after_settling,
}
TURNS: dict[str, Turn] = {
    **drafting.TURNS,
    **serving.TURNS,
    "confirm_court": _stays,
}
GATES: dict[str, Gate] = {
    **drafting.GATES,
    **serving.GATES,
    "is_not_signed": _is_not_signed,
    "answered_directly": _answered_directly,
    "agreed_by_both": _agreed_by_both,
    "not_confirmed_yet": _not_confirmed_yet,
}
