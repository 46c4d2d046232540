"""What is wrong in a frozen letter is put right by another one, which names it; the old one stays."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters import documents
from casework.matters.letters.signing import SERVE, taken
from casework.matters.letters.standing import first_of, is_fixed, path_of, why_no_letter
from casework.matters.models import Document, Letter
from casework.matters.moving import as_of
from office.clock import now, today
from office.history import because


def draft_of(letter: Letter) -> Letter | None:
    """The correction of this letter that is not signed yet, if there is one."""
    row = getattr(letter, "corrected_by", None)
    return None if row is None or row.is_frozen else row


def correct(
    letter: Letter, *, by: Any, reason: str, summary: str = "", last_day: date | None = None
) -> Letter:
    """Draft a letter that puts a frozen one right and names it, or change the draft there is.

    summary: what it says instead, "" for the same words; what a second person decided or the law was
    asked about keeps its own; last_day: of a notice of another path, None for the recorded one. Raises ValidationError (Chinese), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        old = taken(letter.document, by)
        letter = Letter.objects.select_for_update().get(pk=letter.pk)
        letter.matter = letter.document.matter = old.matter
        row = Letter.objects.select_for_update().filter(corrects=letter).first()
        _check(letter, row, old, reason, summary)
        said = (summary or old.unlocked("summary")).strip()
        if last_day is not None:
            said = _with_day(old, said, last_day)
        with because("更正文书", **as_of(by, SERVE)):
            if row is None:
                row = _begin(letter, old, by, said)
            else:
                row.matter = row.document.matter = old.matter
                row.document.put("summary", said)
                row.document.save()
            row.drafted_by, row.drafted_at, row.last_day = by, now(), last_day
            row.put("reason", reason.strip())
            row.save()
    return row


def _with_day(old: Document, said: str, day: date) -> str:
    """The words of a notice of another path with another last day, which they tell too."""
    if old.kind != Document.Kind.PATH_NOTICE:
        raise ValidationError({"last_day": "只有分类处理告知书有最后安全日。"})
    path = path_of(old)
    if path is None or path.last_day is None:
        return said
    return said.replace(f"{path.last_day:%Y-%m-%d}", f"{day:%Y-%m-%d}")


def _begin(letter: Letter, old: Document, by: Any, said: str) -> Letter:
    new = documents.leave(
        old.matter, old.kind, old.move, on=today(), by=by, basis=old.basis, remedy=old.remedy,
        summary=said, to_name=old.to_name, approval=old.approval,
        body_name=letter.body.name,
    )  # fmt: skip
    row = Letter(matter=old.matter, document=new, body=letter.body, corrects=letter)
    row.put("remark", letter.unlocked("remark"))
    return row


def _check(letter: Letter, row: Letter | None, old: Document, reason: str, summary: str) -> None:
    if not letter.is_frozen:
        raise ValidationError("还没有签发的直接改草稿，不用更正。")
    if why := why_no_letter(old):
        raise ValidationError(why)
    if row is not None and row.is_frozen:
        raise ValidationError(f"{letter} 已经有更正的文书了。")
    if not reason.strip():
        raise ValidationError(
            {"reason": "请写明更正什么、为什么，例如：日期写错，应为 11 月 2 日。"}
        )
    first = first_of(letter).document
    first.matter = old.matter
    if summary.strip() and is_fixed(first):
        what = "处理意见" if first.kind == Document.Kind.OPINION else "经审批决定"
        raise ValidationError({"summary": f"{what}的内容不能在更正里改；要改的，按程序重新作出。"})
