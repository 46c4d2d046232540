"""催办 and 督办 (art. 40): a nudge with chosen words; a formal pressure with a clock and an answer.

Counted by unit and ground. Nothing of it is ever told of a person or weighs on anybody's rating.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters import documents
from casework.matters.cooperation.standing import (
    ANSWER,
    FRESH,
    SUPERVISE,
    of_lead,
    of_office,
    of_unit,
    require,
    require_words,
    works_in,
)
from casework.matters.counting import ledger
from casework.matters.models import (
    Document,
    Matter,
    MatterFile,
    Move,
    Reminder,
    Supervision,
    SupervisionAnswer,
)
from casework.matters.moving import as_of, locked, log_move
from casework.matters.notifying import requests
from office.clock import now, today
from office.history import because

STAGE, MEASURE = Supervision.Stage, Supervision.Measure
CLOCK = "supervision"
#: the stronger measures follow a weaker one; who may use them (domain §2.6)
STRONGER = (MEASURE.TALK, MEASURE.CIRCULAR)
ARTICLES = {
    MEASURE.LETTER: "《信访工作条例》第四十条",
    MEASURE.TALK: "《信访工作条例》第三十九条",
    MEASURE.CIRCULAR: "《信访工作条例》第三十九条",
}
_OWN = "您所在的单位正在主办这件事项，不能自己督办自己，请由街道领导督办。"
_NO_LEAD = "这件还没有交承办单位，没有可以催办、督办的单位。"


@dataclass(frozen=True)
class Order:
    """What is demanded of the lead unit. due_on: None for the limit of the rules."""

    ground: str
    measure: str
    what: str
    suggestion: str = ""
    due_on: date | None = None
    before: Supervision | None = None


def may_press(user: Any, matter: Matter) -> bool:
    """Office head and leaders, of a matter that a unit leads; never over their own unit."""
    if matter.sealed or matter.lead_unit is None or not of_office(user, SUPERVISE):
        return False
    return not works_in(user, [matter.lead_unit])


def _press(matter: Matter, by: Any) -> Matter:
    matter = locked(matter, by)
    require(of_office(by, SUPERVISE), matter, by)
    if matter.lead_unit is None:
        raise ValidationError(_NO_LEAD)
    if works_in(by, [matter.lead_unit]):
        raise ValidationError(_OWN)
    return matter


def remind(matter: Matter, *, text: str, by: Any) -> Reminder:
    """催办 the lead unit in chosen words. Raises ValidationError, PermissionDenied, DoesNotExist."""
    with transaction.atomic():
        matter = _press(matter, by)
        if not matter.is_open:
            raise ValidationError(f"{matter.number} 已经办结，不用催办。")
        if text not in Reminder.Text.values:
            raise ValidationError({"text_chosen": "请选择催办内容。"})
        row = Reminder(
            matter=matter, unit=matter.lead_unit, text_chosen=text, asked_by=by, asked_at=now()
        )
        with because("催办", **as_of(by, SUPERVISE)):
            row.save()
        _log(matter, "remind", by, SUPERVISE, f"催办{row.unit}：{row.get_text_chosen_display()}")
        requests.tell_pressed(matter, "催办", row.pk, by)
    return row


def may_reply(user: Any, reminder: Reminder) -> bool:
    """The reminded unit, its officer or head, until it replied."""
    matter = reminder.matter
    if reminder.answered_at is not None or reminder.unit_id != matter.lead_unit_id:
        return False
    return of_lead(user, matter, ANSWER)


def reply(reminder: Reminder, *, text: str, by: Any) -> None:
    """知道了, with a word on how it stands or without one."""
    with transaction.atomic():
        matter = locked(reminder.matter, by)
        row = Reminder.objects.select_for_update().get(pk=reminder.pk, matter=matter)
        row.matter = matter
        mine = row.unit_id == matter.lead_unit_id and of_lead(by, matter, ANSWER)
        require(mine, matter, by)
        if row.answered_at is not None:
            raise ValidationError(f"这次催办已经回复过了。{FRESH}")
        if row.read_at is None:
            row.read_by, row.read_at = by, now()
        if text.strip():
            row.put("answer", text.strip())
            row.answered_at = now()
        with because("回复催办", **as_of(by, ANSWER)):
            row.save()
        told = "已回复" if row.answered_at else "已阅知"
        _log(matter, "answer_reminder", by, ANSWER, f"{row.unit}{told}")


def supervise(matter: Matter, order: Order, *, by: Any) -> Supervision:
    """督办 the unit that leads; its answer has a clock of its own.

    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        matter = _press(matter, by)
        _check(matter, order)
        row = Supervision(
            matter=matter, unit=matter.lead_unit, ground=order.ground, measure=order.measure,
            asked_by=by, asked_on=today(), before=order.before,
        )  # fmt: skip
        row.put("what", order.what.strip())
        row.put("suggestion", order.suggestion.strip())
        words = f"{row.get_measure_display()}，{row.unit}，{row.get_ground_display()}"
        move = _log(matter, "supervise", by, SUPERVISE, words)
        with because("督办", **as_of(by, SUPERVISE)):
            row.save()
            _start(row, order.due_on, move)
            documents.leave(
                matter, Document.Kind.SUPERVISION, move, on=today(), by=by, summary=words,
                basis=ARTICLES[MEASURE(order.measure)], to_name=str(row.unit),
            )  # fmt: skip
            _lead(matter)
        requests.tell_pressed(matter, "督办", row.pk, by)
    return row


def _check(matter: Matter, order: Order) -> None:
    gaps = {}
    if order.ground not in Supervision.Ground.values:
        gaps["ground"] = "请选择督办的事由（《信访工作条例》第四十条）。"
    if order.measure not in MEASURE.values:
        gaps["measure"] = "请选择督办的方式。"
    elif order.measure in STRONGER and not matter.supervisions.exclude(stage=STAGE.WITHDRAWN):
        gaps["measure"] = "约谈、通报在督办函之后：这件还没有督办过，请先发督办函。"
    if not order.what.strip():
        gaps["what"] = "请写明要它做到什么、怎么答复。"
    if order.due_on is not None and order.due_on < today():
        gaps["due_on"] = "答复期限不能早于今天。"
    if order.before is not None and order.before.matter_id != matter.pk:
        gaps["measure"] = "此前的督办不是这件事项的。"
    if gaps:
        raise ValidationError(gaps)


def _start(row: Supervision, due_on: date | None, move: Move) -> None:
    article = f"{row.get_measure_display()}写明的期限" if due_on else ""
    ledger.start(
        row.matter, CLOCK, today(), move=move, subject=row.subject, due_on=due_on, article=article
    )


def _lead(matter: Matter) -> None:
    ledger.lead(matter)
    matter.save()


def may_answer(user: Any, row: Supervision) -> bool:
    """The supervised unit alone, while it leads the matter and owes the answer."""
    return row.stage == STAGE.ASKED and _answers(user, row)


def _answers(user: Any, row: Supervision) -> bool:
    if row.unit_id == row.matter.lead_unit_id:
        return of_lead(user, row.matter, ANSWER)
    return of_unit(user, row.unit, ANSWER)


def answer(
    row: Supervision,
    *,
    text: str,
    by: Any,
    adoption: str = "",
    adoption_note: str = "",
    paper: MatterFile | None = None,
) -> SupervisionAnswer:
    """The unit's answer; where something was suggested, whether and how it is adopted, in writing."""
    with transaction.atomic():
        row = _taken(row, by)
        require(_answers(by, row), row.matter, by)
        if row.stage != STAGE.ASKED:
            raise ValidationError(f"已经答复过了，正在等督办人审核。{FRESH}")
        _check_answer(row, text, adoption, adoption_note, paper)
        said = SupervisionAnswer(
            matter=row.matter, supervision=row, adoption=adoption if row.suggestion else "",
            paper=paper, answered_by=by, answered_on=today(),
        )  # fmt: skip
        said.put("body", text.strip())
        said.put("adoption_note", adoption_note.strip() if row.suggestion else "")
        row.stage = STAGE.ANSWERED
        move = _log(row.matter, "answer_supervision", by, ANSWER, f"{row.unit}已答复")
        with because("答复督办", **as_of(by, ANSWER)):
            said.save()
            row.save()
            ledger.meet(row.matter, CLOCK, today(), move=move, subject=row.subject)
            documents.leave(
                row.matter, Document.Kind.SUPERVISION_ANSWER, move, on=today(), by=by,
                summary=f"{row}的答复", paper=paper, body_name=str(row.unit),
            )  # fmt: skip
            _lead(row.matter)
    return said


def _check_answer(
    row: Supervision, text: str, adoption: str, note: str, paper: MatterFile | None
) -> None:
    gaps: dict[str, str] = {}
    if not text.strip():
        gaps["body"] = "请写明督办事项怎么办的、办到哪一步。"
    if row.suggestion and adoption not in SupervisionAnswer.Adoption.values:
        gaps["adoption"] = "督办提了建议，请选择采纳情况（《信访工作条例》第四十条要求书面反馈）。"
    if row.suggestion and not note.strip():
        gaps["adoption_note"] = "请写明怎么采纳的；不采纳的写明理由。"
    if paper is not None and (paper.matter_id != row.matter_id or paper.withdrawn):
        gaps["upload"] = "书面答复要传在这件事项里。"
    if gaps:
        raise ValidationError(gaps)


def may_judge(user: Any, row: Supervision) -> bool:
    """A supervisor who is not of the unit: office head or leader."""
    return row.stage == STAGE.ANSWERED and _judges(user, row)


def _judges(user: Any, row: Supervision) -> bool:
    return of_office(user, SUPERVISE) and not works_in(user, [row.unit])


def judge(
    row: Supervision, *, accept: bool, note: str, by: Any, due_on: date | None = None
) -> None:
    """Accept the answer, or send it back with a reason and a new day."""
    with transaction.atomic():
        row = _taken(row, by)
        require(_judges(by, row), row.matter, by)
        if row.stage != STAGE.ANSWERED:
            raise ValidationError(f"还没有答复，或者已经审核过了。{FRESH}")
        if not accept and not note.strip():
            raise ValidationError({"note": "退回重答的，请写明哪里没有说清、没有办到。"})
        if not accept and due_on is not None and due_on < today():
            raise ValidationError({"due_on": "答复期限不能早于今天。"})
        said = row.answers.select_for_update().order_by("pk").last()
        said.matter = row.matter
        verdicts = SupervisionAnswer.Verdict
        said.verdict = verdicts.ACCEPTED if accept else verdicts.SENT_BACK
        said.verdict_by, said.verdict_at = by, now()
        said.put("verdict_note", note.strip())
        row.stage = STAGE.ACCEPTED if accept else STAGE.ASKED
        row.ended_on = today() if accept else None
        name, told = (
            ("accept_supervision", "采信") if accept else ("resend_supervision", "退回重答")
        )
        move = _log(row.matter, name, by, SUPERVISE, f"{row}：{told}")
        with because(f"督办答复{told}", **as_of(by, SUPERVISE)):
            said.save()
            row.save()
            if not accept:
                _start(row, due_on, move)
                _lead(row.matter)


def may_withdraw(user: Any, row: Supervision) -> bool:
    return row.is_running and _judges(user, row)


def withdraw(row: Supervision, *, reason: str, by: Any) -> None:
    """The supervision ends without an answer: it was a mistake, or another unit leads by now."""
    with transaction.atomic():
        row = _taken(row, by)
        require(_judges(by, row), row.matter, by)
        require_words(reason=(reason, "请写明为什么撤销，例如：事项已改交别的单位。"))
        row.put("reason", reason.strip())
        row.stage, row.ended_on = STAGE.WITHDRAWN, today()
        move = _log(row.matter, "drop_supervision", by, SUPERVISE, f"{row}不再要求答复")
        with because("撤销督办", **as_of(by, SUPERVISE)):
            row.save()
            ledger.drop(row.matter, CLOCK, today(), move=move, subject=row.subject)
            _lead(row.matter)


def _taken(row: Supervision, by: Any) -> Supervision:
    matter = locked(row.matter, by)
    found = Supervision.objects.select_for_update().get(pk=row.pk, matter=matter)
    found.matter = matter
    if not found.is_running:
        raise ValidationError(f"这项督办{found.get_stage_display()}。{FRESH}")
    return found


def _log(matter: Matter, name: str, by: Any, verb: str, summary: str) -> Move:
    return log_move(
        matter, name, by=by, on=today(), source=matter.state, summary=summary, verb=verb
    )
