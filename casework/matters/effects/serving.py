"""Serving an answer, and what it promised (art. 32, 35; practice §1, §5)."""

from datetime import date
from typing import Any

from casework.matters.counting.ledger import meet, start
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule, accepted_clock
from casework.matters.models import Document, Matter, Move, Opinion, Promise
from casework.matters.opinions import (
    contested,
    open_promises,
    performance_of,
    promised,
    served,
    unserved,
    window,
)
from casework.matters.profiles import setting_of
from casework.matters.recording import as_of
from casework.matters.sealed.keys import key_for
from casework.matters.serving import ways
from casework.matters.states import Ending, Path, State
from office.history import because

#: kinds of papers that are answers: served by the move, which turns the clocks
ANSWERS = ("opinion", "reply")
#: what is done once the petitioner holds the answer
OWED_UNTIL_ANSWERED = ("handle", "fast", "duty", "accompany", "suggestion", "sender", "assignment")
_PERFORMING = "《信访工作条例》第三十二条（处理意见中的承诺）"


def answer_of(matter: Matter) -> Document | None:
    """The paper that is served: the newest one; a correction counts once it is signed."""
    rows = matter.documents.filter(kind__in=ANSWERS)
    drafts = rows.filter(letter__stage="draft", letter__corrects__isnull=False)
    return rows.exclude(pk__in=drafts.values("pk")).order_by("-pk").first()


def _serve(matter: Matter, by: Any, on: date, data: Data) -> str:
    opinion = unserved(matter)
    row = ways.write(matter, by, on, data, document=answer_of(matter), opinion=opinion)
    where = _where_served(matter, on, data)
    opinion.answered_on = matter.answered_on = on
    if where == State.CLOSED:
        matter.closed_on = on
        matter.ending = Ending.OPINION if opinion.formal else Ending.REPLY
    with because("送达", **as_of(by, ways.VERB)):
        opinion.save()
    return row.get_way_display()


def _try(matter: Matter, by: Any, on: date, data: Data) -> str:
    row = ways.write(
        matter, by, on, data, document=answer_of(matter), opinion=unserved(matter), failed=True
    )
    return f"{row.get_way_display()}，未送达"


def _after_serving(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """What was owed is done on the day of service, or of dispatch where a profile says so."""
    day = on
    if setting_of(matter.profile, "clock_stop") == "dispatched" and data.get("sent_on"):
        day = data["sent_on"]
    for kind in OWED_UNTIL_ANSWERED:
        meet(matter, kind, day, move=row)
    opinion = served(matter)
    make_promises(matter, opinion, promised(opinion), row, on)


def make_promises(
    matter: Matter, opinion: Opinion, rows: list[dict[str, Any]], move: Move, on: date
) -> None:
    """Write down what was promised; each has its own day, and its own clock."""
    for one in rows:
        promise = Promise(
            pk=key_for(matter.sealed), matter=matter, opinion=opinion, round=matter.round,
            unit=one["unit"], due_on=one["due_on"],
        )  # fmt: skip
        promise.put("what", one["what"].strip())
        promise.save()
        start(
            matter, "performance", on, move=move, subject=performance_of(promise),
            due_on=max(one["due_on"], on), article=_PERFORMING,
        )  # fmt: skip


def _where_served(matter: Matter, on: date, data: Data) -> State:
    """What was promised is to be kept; an answer nobody above can review has ended the matter."""
    opinion = unserved(matter) or served(matter)
    if (opinion and promised(opinion)) or open_promises(matter):
        return State.PERFORMING
    return State.ANSWERED if matter.path == Path.PETITION else State.CLOSED


def _stays(matter: Matter, on: date, data: Data) -> State:
    return State(matter.state)


def _keep(matter: Matter, by: Any, on: date, data: Data) -> str:
    promise = data["promise"]
    promise.kept_on, promise.proof, promise.kept_by = on, data["proof"], by
    promise.broken_on = None
    with because("兑现承诺", **as_of(by, "matters.answer_matter")):
        promise.save()
    left = len(open_promises(matter))
    late = f"，迟 {(on - promise.due_on).days} 天" if on > promise.due_on else ""
    return f"{promise.unit}{late}，{f'还有 {left} 项' if left else '全部兑现'}"


def _where_kept(matter: Matter, on: date, data: Data) -> State:
    """Still something to keep; else the petitioner's window, or, where none runs, the end.

    A review, or a new round, goes on whatever is kept meanwhile.
    """
    if matter.state != State.PERFORMING:
        return State(matter.state)
    if open_promises(matter):
        return State.PERFORMING
    return State.ANSWERED if window(matter) is not None else State.CLOSED


def _after_keeping(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    meet(matter, "performance", on, move=row, subject=performance_of(data["promise"]))
    if matter.state != State.CLOSED:
        return
    matter.closed_on = on
    reviewed = matter.superior_reviews.filter(
        level="final", decision__in=("upheld", "changed")
    ).exists()
    matter.ending = Ending.FINAL if reviewed else Ending.REPLY


def _broken(matter: Matter, by: Any, on: date, data: Data) -> str:
    """The petitioner says it was not kept: nobody has to permit that work goes on (practice §1)."""
    rows = [data["promise"]] if data.get("promise") else contested(matter, on)
    for promise in rows:
        promise.broken_on, promise.dropped = on, promise.kept_on is None
        with because("承诺未兑现", **as_of(by, "matters.record_wish")):
            promise.save()
    return begin_round(matter)


def begin_round(matter: Matter) -> str:
    """The matter is handled anew: what was answered no longer ends it."""
    matter.round += 1
    matter.answered_on, matter.closed_on, matter.ending = None, None, ""
    matter.fast = False  # what did not end it the simple way goes the whole way
    return f"第 {matter.round} 轮办理"


def owed_anew(matter: Matter) -> str:
    """Which limit a new round has: the street's own duty has its own, wherever else it may be led."""
    kind = accepted_clock(matter.klass, matter.path, matter.fast)
    return "duty" if kind == "accompany" and matter.paths.filter(own_duty=True).exists() else kind


def _after_breaking(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """The other promises stay, each with its day; what was broken is for the new round to answer."""
    start(matter, owed_anew(matter), on, move=row)
    still_owed(matter, row, on)


def still_owed(matter: Matter, move: Move, on: date) -> None:
    """What was promised before goes on, each by its own day, also one that is over."""
    for promise in open_promises(matter):
        start(
            matter, "performance", min(on, promise.due_on), move=move,
            subject=performance_of(promise), due_on=promise.due_on, article=_PERFORMING,
        )  # fmt: skip


def _service_is_proved(
    matter: Matter, rule: Rule, on: date, data: Data, by: Any
) -> dict[str, str] | str:
    """Nothing is served before it was there, nor without what its way asks for (`serving.ways`)."""
    answer = unserved(matter)
    if answer is None:
        return "没有等着送达的答复，请刷新页面核对。"
    made, told = (answer.signed_on, "签发") if answer.formal else (answer.drafted_on, "作出答复的")
    if made is not None and on < made:
        return {"on": f"送达不能早于{told}日期 {made:%Y-%m-%d}。"}
    sent = data.get("sent_on")
    if sent is not None and not (made or sent) <= sent <= on:
        return {"sent_on": "发出日期要在作出答复之后、收到之前。"}
    tried = matter.services.filter(failed=True, opinion=answer).exists()
    if gaps := ways.unproved(matter, data, by=by, on=on, tried=tried):
        return gaps
    for one in promised(answer):
        if one["due_on"] < on:
            back = "请领导退回修改" if answer.formal else "请先“收回修改”"
            return (
                f"里面有一项承诺是 {one['due_on']:%Y-%m-%d}，已经过了送达日期。"
                f"{back}，重新约定日期。"
            )
    return {}


def _try_is_told(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> dict[str, str]:
    return ways.untold(matter, data, on=on)


def _answer_is_served(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """No answer is closed that the petitioner does not hold. Where nobody above can review it, a
    try in vain is enough; a window begins with a service alone, by notice if by nothing else.
    """
    answer = unserved(matter) if matter.state == State.SIGNED else None
    if answer is None:
        return ""
    if answer.formal or matter.path == Path.PETITION:
        return (
            "答复还没有送达，不能办结：请先“送达”，复查期从送达之日起算。"
            "送不到的，记下“未送达”，再留置送达或公告送达。"
        )
    if matter.services.filter(failed=True, opinion=answer).exists():
        return ""
    return "答复还没有送达，不能办结：请先“送达”；送过、送不到的，记下“未送达”。"


def _promise_is_open(
    matter: Matter, rule: Rule, on: date, data: Data, by: Any
) -> dict[str, str] | str:
    promise, proof = data["promise"], data["proof"]
    if promise.matter_id != matter.pk or not promise.is_open:
        return {"promise": "这一项已经登记过，请刷新页面。"}
    if proof.matter_id != matter.pk or proof.withdrawn:
        return {"proof": "请上传这件事项里能证明已经兑现的材料。"}
    return {}


def _promise_is_due(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Before its day nothing is broken yet; afterwards the petitioner needs nobody's leave."""
    rows = contested(matter, on)
    chosen = data.get("promise")
    if rows and (chosen is None or chosen in rows):
        return ""
    first = matter.promises.filter(dropped=False).order_by("due_on").first()
    if first is None:
        return "这件事项没有记过承诺。要求重新处理的，按复查或恢复办理。"
    return f"承诺的日期是 {first.due_on:%Y-%m-%d}，过了这一天还没有兑现的，才能恢复办理。"


EFFECTS: dict[str, Effect] = {
    "serve": _serve,
    "try_serve": _try,
    "keep_promise": _keep,
    "broken": _broken,
}
AFTER: dict[str, After] = {
    "serve": _after_serving,
    "keep_promise": _after_keeping,
    "broken": _after_breaking,
}
TURNS: dict[str, Turn] = {
    "serve": _where_served,
    "try_serve": _stays,
    "keep_promise": _where_kept,
}
GATES: dict[str, Gate] = {
    "service_is_proved": _service_is_proved,
    "try_is_told": _try_is_told,
    "answer_is_served": _answer_is_served,
    "promise_is_open": _promise_is_open,
    "promise_is_due": _promise_is_due,
}
