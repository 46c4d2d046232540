"""Serving an opinion, and what it promised (art. 32, 35; practice §1, §5)."""

from datetime import date
from typing import Any

from casework.matters.counting.ledger import meet, start
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule, accepted_clock
from casework.matters.models import Document, Matter, Move, Opinion, Promise, Service
from casework.matters.opinions import (
    contested,
    current,
    open_promises,
    performance_of,
    promised,
    window,
)
from casework.matters.profiles import setting_of
from casework.matters.recording import as_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import Ending, Path, State
from office.clock import now
from office.history import because
from office.separation import Act, Part, refused

_VERB = "matters.serve_opinion"
WAY = Service.Way
#: what is done once the petitioner holds the answer
OWED_UNTIL_ANSWERED = ("handle", "fast", "duty", "accompany", "suggestion", "sender", "assignment")
_PERFORMING = "《信访工作条例》第三十二条（处理意见中的承诺）"


def _write(matter: Matter, by: Any, on: date, data: Data, failed: bool) -> Service:
    row = Service(
        pk=key_for(matter.sealed), matter=matter, round=matter.round, opinion=current(matter),
        document=_answer(matter),
        way=data["way"], on=on, at=now(), server=by, witness_user=data.get("witness_user"),
        consent=data.get("consent"), proof=data.get("proof"),
        received=bool(data.get("received")), failed=failed,
    )  # fmt: skip
    for name in ("place", "note", "witness"):
        row.put(name, str(data.get(name) or "").strip())
    with because("送达", **as_of(by, _VERB)):
        row.save()
    return row


def _answer(matter: Matter) -> Document | None:
    """The paper that is served: the newest one; a correction counts once it is signed."""
    rows = matter.documents.filter(kind__in=("opinion", "reply"))
    drafts = rows.filter(letter__stage="draft", letter__corrects__isnull=False)
    return rows.exclude(pk__in=drafts.values("pk")).order_by("-pk").first()


def _serve(matter: Matter, by: Any, on: date, data: Data) -> str:
    row, opinion = _write(matter, by, on, data, failed=False), current(matter)
    opinion.answered_on = matter.answered_on = on
    if _where_served(matter, on, data) == State.CLOSED:
        matter.closed_on, matter.ending = on, Ending.OPINION
    with because("送达", **as_of(by, _VERB)):
        opinion.save()
    return row.get_way_display()


def _try(matter: Matter, by: Any, on: date, data: Data) -> str:
    return f"{_write(matter, by, on, data, failed=True).get_way_display()}，未送达"


def _after_serving(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """What was owed is done on the day of service, or of dispatch where a profile says so."""
    day = on
    if setting_of(matter.profile, "clock_stop") == "dispatched" and data.get("sent_on"):
        day = data["sent_on"]
    for kind in OWED_UNTIL_ANSWERED:
        meet(matter, kind, day, move=row)
    opinion = current(matter)
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
    """What was promised is to be kept; an opinion nobody above can review has ended the matter."""
    opinion = current(matter)
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
    """Nothing is served that cannot be shown: which way asks for what (practice §2, §5)."""
    way = data["way"]
    if way not in WAY.values:
        return {"way": "没有这种送达方式，请重新选择。"}
    draft = current(matter)
    if draft is not None and draft.signed_on is not None and on < draft.signed_on:
        return {"on": f"送达不能早于签发日期 {draft.signed_on:%Y-%m-%d}。"}
    for one in promised(draft) if draft is not None else ():
        if one["due_on"] < on:
            return (
                f"意见里有一项承诺是 {one['due_on']:%Y-%m-%d}，已经过了送达日期。"
                "请领导退回修改，重新约定日期。"
            )
    if way == WAY.ELECTRONIC:
        return _electronic(data)
    if data.get("proof") is None:
        return {"proof": "请上传送达凭据：送达回证、邮寄回执或现场照片。没有凭据，复查期无从起算。"}
    if way == WAY.LEFT:
        return _witnessed(data, by)
    if way == WAY.NOTICE:
        return _by_notice(matter, data)
    return {}


def _electronic(data: Data) -> dict[str, str]:
    if data.get("consent") is None:
        return {"consent": "电子送达须有信访人签字的同意书，请上传；没有的，改用别的方式送达。"}
    if not data.get("received"):
        return {"received": "本人确认“已收到”才算送达；没有打开、没有回复的，不算。"}
    return {}


def _witnessed(data: Data, by: Any) -> dict[str, str]:
    other, named = data.get("witness_user"), str(data.get("witness") or "").strip()
    if other is None and not named:
        return {"witness": "留置送达要有见证人：写明见证人，或选一位同事。"}
    if other is not None and (why := refused(Act.WITNESS, other, {Part.SERVER: (by.pk,)})):
        return {"witness_user": why}
    if other is None and named == by.name:
        return {"witness": refused(Act.WITNESS, by, {Part.SERVER: (by.pk,)})}
    return {}


def _by_notice(matter: Matter, data: Data) -> dict[str, str]:
    if not matter.services.filter(failed=True, round=matter.round).exists():
        return {"way": "公告送达前，先用别的方式送过、记下“未送达”。"}
    if not data.get("no_name"):
        return {"no_name": "公告不得出现信访人的姓名，请核对后勾选。"}
    return {}


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
    "promise_is_open": _promise_is_open,
    "promise_is_due": _promise_is_due,
}
