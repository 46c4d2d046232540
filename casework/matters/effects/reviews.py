"""What a review by a superior brings about (art. 35–36).

A changed decision is a decision of the superior: it takes the place of the street's opinion, and the
petitioner may have it reviewed once more. So it waits in the same state as an upheld one; what
it orders the street to do is kept as promises. A request that is not taken up leaves everything where
it was. A final decision that leaves promises open ends only
once they are kept.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from casework.matters.counting.ledger import exclude, resume, start
from casework.matters.effects.drafting import wrong_promises
from casework.matters.effects.endings import ending_of
from casework.matters.effects.serving import begin_round, make_promises, still_owed
from casework.matters.effects.shape import After, Data, Effect, Gate, Turn
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter, Move, SuperiorReview
from casework.matters.opinions import last_window, open_promises, open_review, served
from casework.matters.recording import as_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import Ending, Outcome, Path, State
from office.history import because

_VERB = "matters.record_review"
LEVEL, DECISION = SuperiorReview.Level, SuperiorReview.Decision
_ORDERED = "《信访工作条例》第三十五、三十六条（上级责令的日期）"


def _ask(level: str) -> Effect:
    def effect(matter: Matter, by: Any, on: date, data: Data) -> str:
        last = last_window(matter)
        late = last is not None and on > last.due_on
        row = SuperiorReview(
            pk=key_for(matter.sealed), matter=matter, round=matter.round, level=level,
            body=data["body_name"].strip(), asked_on=on, late=late,
        )  # fmt: skip
        with because(f"登记{row.get_level_display()}申请", **as_of(by, _VERB)):
            row.save()
        matter.closed_on, matter.ending = None, ""  # what had been closed is contested
        matter.retention, matter.keep_until = "", None
        return f"向{row.body}{'，已过期限，由上级决定是否受理' if late else ''}"

    return effect


def _decided(level: str, decision: str) -> Effect:
    def effect(matter: Matter, by: Any, on: date, data: Data) -> str:
        row = open_review(matter, level)
        row.decision, row.decided_on, row.served_on = decision, on, data.get("served_on")
        row.until, row.paper = data.get("until"), data["paper"]
        row.put("order", str(data.get("order") or "").strip())
        with because(f"登记{row.get_level_display()}决定", **as_of(by, _VERB)):
            row.save()
        told = f"{row.body}{row.get_decision_display()}"
        if decision == DECISION.REVOKED:
            return f"{told}，{_taken_up_again(matter, by)}"
        if decision == DECISION.DECLINED:
            _end_again(matter, on, _where_declined(matter, on, data))
        else:
            _end_when_final(matter, level, on, data)
        return told

    return effect


def _taken_up_again(matter: Matter, by: Any) -> str:
    """What was answered is no longer in force, nor what it promised."""
    with because("撤销后重新处理", **as_of(by, _VERB)):
        for opinion in matter.opinions.filter(round=matter.round, dropped=False):
            opinion.dropped = True
            opinion.save()
        for promise in open_promises(matter):
            if promise.round != matter.round:
                continue  # of an answer nobody revoked
            promise.dropped = True
            promise.save()
    return begin_round(matter)


def _asked(matter: Matter) -> Move:
    """The move by which the review that waits, or waited last, was asked for."""
    row = matter.moves.filter(name__in=("ask_review", "ask_final")).order_by("-pk").first()
    if row is None:
        raise RuntimeError(f"nobody asked for a review of {matter.number}")
    return row


def _where_declined(matter: Matter, on: date, data: Data) -> State:
    """Where it stood before the request; of an archived one the file has come out."""
    before = State(_asked(matter).source)
    if before == State.PERFORMING and not open_promises(matter):
        return State.ANSWERED
    return State.CLOSED if before == State.ARCHIVED else before


def _end_again(matter: Matter, on: date, state: State) -> None:
    if state == State.CLOSED:
        matter.closed_on, matter.ending = on, ending_of(matter)


def _after_declining(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """The window the request had ended runs on; one that was over stays over."""
    if matter.state != State.CLOSED:
        resume(matter, _asked(matter), on, move=row)


def _end_when_final(matter: Matter, level: str, on: date, data: Data) -> None:
    if level == LEVEL.FINAL and _where_final(matter, on, data) == State.CLOSED:
        matter.closed_on, matter.ending = on, Ending.FINAL


def _where_final(matter: Matter, on: date, data: Data) -> State:
    promises = open_promises(matter) or data.get("promises")
    return State.PERFORMING if promises else State.CLOSED


def _after_revoking(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    """A new round, by the day the order names, else by the sixty days."""
    start(
        matter, "handle", on, move=row, due_on=data.get("until"),
        article=_ORDERED if data.get("until") else "",
    )  # fmt: skip
    still_owed(matter, row, on)


def _after_review(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    start(matter, "final_ask", data["served_on"], move=row)
    _ordered(matter, row, on, data)


def _ordered(matter: Matter, row: Move, on: date, data: Data) -> None:
    make_promises(matter, served(matter), list(data.get("promises") or ()), row, on)


def _after_final(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    _ordered(matter, row, on, data)


def _hearing(matter: Matter, by: Any, on: date, data: Data) -> str:
    return f"{data['from_on']:%Y-%m-%d} 至 {data['to_on']:%Y-%m-%d}"


def _after_hearing(matter: Matter, row: Move, by: Any, on: date, data: Data) -> None:
    exclude(matter, "final_decide", data["from_on"], data["to_on"], on, move=row)


def _stays(matter: Matter, on: date, data: Data) -> State:
    return State(matter.state)


def _was_an_opinion(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """Only an opinion of the petition procedure can be reviewed (art. 35), and no earlier than served."""
    if matter.path != Path.PETITION or served(matter) is None:
        return "只有信访程序的处理意见可以申请复查（《信访工作条例》第三十五条）。"
    if served(matter).outcome == Outcome.MEDIATED:
        return "这件是调解、和解办结的，没有处理意见可以复查。对协议有争议的，可以另行登记。"
    if open_window_missing(matter):
        return "这一轮已经复查、复核过，不能再申请复查。"
    return ""


def open_window_missing(matter: Matter) -> bool:
    """Whether this round has been reviewed already: then the window of its opinion is gone."""
    return _reviews(matter).exists()


def _reviews(matter: Matter) -> QuerySet:
    """The reviews of this round that a superior took up, or has still to answer."""
    rows = matter.superior_reviews.filter(round=matter.round)
    return rows.exclude(decision=DECISION.DECLINED)


def _was_reviewed(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> str:
    """The last level looks at what the one before it decided, once (art. 36)."""
    rows = _reviews(matter)
    if not rows.filter(level=LEVEL.REVIEW).exclude(decision="").exists():
        return "还没有复查过，请登记复查申请（《信访工作条例》第三十五条）。"
    if rows.filter(level=LEVEL.FINAL).exists():
        return "这一轮已经复核过，三级终结，不能再申请。"
    return ""


def _decision_is_proved(
    matter: Matter, rule: Rule, on: date, data: Data, by: Any
) -> dict[str, str] | str:
    level = LEVEL.FINAL if rule.name.startswith("final") else LEVEL.REVIEW
    row, paper, day = open_review(matter, level), data["paper"], data.get("served_on")
    if row is None:
        return "没有等着决定的复查、复核申请，请刷新页面核对。"
    if paper.matter_id != matter.pk or paper.withdrawn:
        return {"paper": "请上传复查（复核）意见书的扫描件。"}
    if on < row.asked_on:
        return {"on": f"决定日期不能早于收到申请的日期 {row.asked_on:%Y-%m-%d}。"}
    if day is not None and day < on:
        return {"served_on": "送达信访人的日期不能早于决定日期。"}
    until = data.get("until")
    if until is not None and until < on:
        return {"until": "责令办结的日期不能早于决定日期。"}
    return {}


def _order_is_whole(matter: Matter, rule: Rule, on: date, data: Data, by: Any) -> dict[str, str]:
    return wrong_promises(list(data.get("promises") or ()), on)


_OUTCOMES: tuple[tuple[str, str, str], ...] = (
    ("review_upheld", LEVEL.REVIEW, DECISION.UPHELD),
    ("review_changed", LEVEL.REVIEW, DECISION.CHANGED),
    ("review_declined", LEVEL.REVIEW, DECISION.DECLINED),
    ("final_declined", LEVEL.FINAL, DECISION.DECLINED),
    ("review_revoked", LEVEL.REVIEW, DECISION.REVOKED),
    ("final_upheld", LEVEL.FINAL, DECISION.UPHELD),
    ("final_changed", LEVEL.FINAL, DECISION.CHANGED),
    ("final_revoked", LEVEL.FINAL, DECISION.REVOKED),
)

EFFECTS: dict[str, Effect] = {
    "ask_review": _ask(LEVEL.REVIEW),
    "ask_final": _ask(LEVEL.FINAL),
    "final_hearing": _hearing,
    **{name: _decided(level, decision) for name, level, decision in _OUTCOMES},
}
AFTER: dict[str, After] = {
    "review_upheld": _after_review,
    "review_changed": _after_review,
    "review_revoked": _after_revoking,
    "final_hearing": _after_hearing,
    "final_changed": _after_final,
    "review_declined": _after_declining,
    "final_declined": _after_declining,
    "final_revoked": _after_revoking,
}
TURNS: dict[str, Turn] = {
    "final_hearing": _stays,
    "review_declined": _where_declined,
    "final_declined": _where_declined,
    "final_upheld": _where_final,
    "final_changed": _where_final,
}
GATES: dict[str, Gate] = {
    "was_an_opinion": _was_an_opinion,
    "was_reviewed": _was_reviewed,
    "decision_is_proved": _decision_is_proved,
    "order_is_whole": _order_is_whole,
}
