"""Bodies without an account: police station, court, district bureaus; and letters upward (practice §1).

A street gives a district bureau no orders: it asks (协办函), or lays the matter before the district's
petition office (提请协调、呈报). The letter goes out on paper or by the network, its answer is entered
with the scan. Sending a redacted link that expires is not part of it.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters import documents
from casework.matters.cooperation.standing import (
    ASK,
    FRESH,
    of_lead,
    of_office,
    require,
    require_words,
)
from casework.matters.models import Document, Matter, MatterFile, OutsideLetter
from casework.matters.moving import as_of, locked, log_move
from office.clock import today
from office.history import because

KIND, STAGE = OutsideLetter.Kind, OutsideLetter.Stage
_PAPERS = {KIND.SUPPORT: Document.Kind.COOPERATION}
#: letters upward are the petition office's
_UPWARD = (KIND.COORDINATE, KIND.REPORT)


@dataclass(frozen=True)
class Wish:
    """A letter as it is to go out: to whom, what is asked, by which way, from when to when."""

    kind: str
    body_name: str
    what: str
    way: str
    sent_on: date
    due_on: date


def may_send(user: Any, matter: Matter) -> bool:
    """The lead's officer or head, or the head of the petition office, while the matter is open."""
    return not matter.sealed and matter.is_open and _sends(user, matter)


def may_send_up(user: Any, matter: Matter) -> bool:
    """Letters to the district go out by the petition office alone."""
    return not matter.sealed and matter.is_open and of_office(user, ASK)


def _sends(user: Any, matter: Matter) -> bool:
    return of_lead(user, matter, ASK) or of_office(user, ASK)


def may_enter(user: Any, letter: OutsideLetter) -> bool:
    return letter.waits and _sends(user, letter.matter)


def send(matter: Matter, wish: Wish, *, by: Any) -> OutsideLetter:
    """Record a letter that went out, with its document.

    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        up = wish.kind in _UPWARD
        require(of_office(by, ASK) if up else _sends(by, matter), matter, by)
        if not matter.is_open:
            raise ValidationError(f"{matter.number} 已经办结，不再发函。")
        _check(matter, wish)
        letter = OutsideLetter(
            matter=matter, kind=wish.kind, body_name=wish.body_name.strip(), way=wish.way,
            sent_on=wish.sent_on, due_on=wish.due_on, sent_by=by,
        )  # fmt: skip
        letter.put("what", wish.what.strip())
        summary = f"{letter.get_kind_display()}，{letter.body_name}，{wish.due_on:%m-%d} 前答复"
        letter.move = log_move(
            matter, "send_outside", by=by, on=wish.sent_on, source=matter.state, summary=summary,
            verb=ASK,
        )  # fmt: skip
        with because("致函外单位", **as_of(by, ASK)):
            letter.save()
            documents.leave(
                matter, _PAPERS.get(KIND(wish.kind), Document.Kind.REPORT_UP), letter.move,
                on=wish.sent_on, by=by, to_name=letter.body_name,
                summary=f"{wish.what.strip()}\n请在 {wish.due_on:%Y-%m-%d} 前函复。",
            )  # fmt: skip
    return letter


def _check(matter: Matter, wish: Wish) -> None:
    gaps = {}
    if wish.kind not in KIND.values:
        gaps["kind"] = "请选择是哪一种。"
    if wish.way not in OutsideLetter.Way.values:
        gaps["way"] = "请选择怎么送的。"
    if not wish.body_name.strip():
        gaps["body_name"] = "请写明发给哪个单位，例如：云湖派出所。"
    if not wish.what.strip():
        gaps["what"] = "请写明请它办什么，例如：核查 10 月 8 日的出警记录。"
    if wish.sent_on > today():
        gaps["sent_on"] = "日期不能晚于今天。"
    if wish.sent_on < matter.received_on:
        gaps["sent_on"] = f"日期不能早于收到日期 {matter.received_on:%Y-%m-%d}。"
    if wish.due_on < wish.sent_on:
        gaps["due_on"] = "答复期限不能早于发出日期。"
    if gaps:
        raise ValidationError(gaps)


def enter_answer(
    letter: OutsideLetter, *, on: date, text: str, paper: MatterFile | None, by: Any
) -> None:
    """Enter what the body answered, with its scan where there is one. Raises as `send` does."""
    with transaction.atomic():
        letter = _taken(letter, by)
        require_words(
            answer=(text, "请写明复函说了什么；没有复函、只有电话的，写明谁在电话里怎么说。")
        )
        if on > today():
            raise ValidationError({"on": "日期不能晚于今天。"})
        if on < letter.sent_on:
            raise ValidationError({"on": f"日期不能早于发出日期 {letter.sent_on:%Y-%m-%d}。"})
        if paper is not None and (paper.matter_id != letter.matter_id or paper.withdrawn):
            raise ValidationError({"upload": "复函扫描件要传在这件事项里。"})
        letter.put("answer", text.strip())
        letter.answered_on, letter.answered_by, letter.paper = on, by, paper
        _settle(letter, STAGE.ANSWERED, by, "收到复函")
        _log(letter, "answer_outside", by, on, f"{letter.body_name}已复")


def withdraw(letter: OutsideLetter, *, reason: str, by: Any) -> None:
    """The letter is not waited for any more."""
    with transaction.atomic():
        letter = _taken(letter, by)
        require_words(reason=(reason, "请写明为什么不再等答复，例如：发错了单位。"))
        letter.put("reason", reason.strip())
        _settle(letter, STAGE.WITHDRAWN, by, "撤回函件")
        _log(letter, "drop_outside", by, today(), f"不再等{letter.body_name}答复")


def _taken(letter: OutsideLetter, by: Any) -> OutsideLetter:
    matter = locked(letter.matter, by)
    row = OutsideLetter.objects.select_for_update().get(pk=letter.pk, matter=matter)
    row.matter = matter
    require(_sends(by, matter), matter, by)
    if not row.waits:
        raise ValidationError(f"这封函{row.get_stage_display()}。{FRESH}")
    return row


def _settle(letter: OutsideLetter, stage: str, by: Any, why: str) -> None:
    letter.stage = stage
    with because(why, **as_of(by, ASK)):
        letter.save()


def _log(letter: OutsideLetter, name: str, by: Any, on: date, summary: str) -> None:
    matter = letter.matter
    log_move(matter, name, by=by, on=on, source=matter.state, summary=summary, verb=ASK)
