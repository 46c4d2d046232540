"""Serving a letter that is no answer waiting to be served: recorded, without moving the matter.

The answer itself is served by the move `serve`, which turns the clocks; acceptances, refusals, notices
and letters of before are served here, by the same rules of ways and proof.
"""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.effects.serving import ANSWERS, answer_of
from casework.matters.letters import signing
from casework.matters.letters.kinds import AMONG_OFFICES, WORDS
from casework.matters.lifecycle import wrong_day
from casework.matters.models import Document, Matter, Service
from casework.matters.moving import taken_up
from casework.matters.recording import log_move
from casework.matters.serving import ways
from casework.matters.states import State
from office.clock import today

#: kinds of letters that go to the petitioner
TO_PEOPLE = frozenset(WORDS) - AMONG_OFFICES


def may_serve(user: Any, document: Document) -> bool:
    """Whoever may prepare a letter to a petitioner records its service."""
    return is_to_petitioner(document) and signing.may_prepare(user, document)


def is_to_petitioner(document: Document) -> bool:
    """Whether the paper is for the petitioner: what goes to an office is not served."""
    return document.kind in TO_PEOPLE and not document.to_name


def why_not(document: Document) -> str:
    """Why no service of this paper is recorded now; "" when it can be."""
    if not is_to_petitioner(document):
        return "这件文书不是发给信访人的，不用登记送达。"
    if document.matter.state == State.VOID:
        return "这件事项已经作废，不再送达文书。"
    if _waits(document):
        return "这是等着送达的答复：请用“送达”登记，期限从那里起算。"
    if why := signing.why_no_letter(document):
        return why
    letter = getattr(document, "letter", None)
    if letter is None or not letter.is_frozen:
        return "先制作、签发这件文书，再登记送达。"
    later = getattr(letter, "corrected_by", None)
    if later is not None and later.is_frozen:
        return f"这件已经由 {later} 更正，请送达更正的那一件。"
    if document.services.filter(failed=False).exists():
        return "这件文书已经登记过送达。日期错了的，申请“更正送达日期”。"
    return ""


def _waits(document: Document) -> bool:
    matter = document.matter
    return (
        matter.state == State.SIGNED
        and document.kind in ANSWERS
        and document.pk == getattr(answer_of(matter), "pk", None)
    )


def record(
    document: Document, *, by: Any, on: date, data: ways.Data, failed: bool = False
) -> Service:
    """Record that a letter was served, or that somebody tried in vain.

    data: as `ways.unproved` (a service) or `ways.untold` (a try) ask for it. Raises ValidationError
    (Chinese, field → sentence), PermissionDenied, Matter.DoesNotExist; then nothing is written.
    """
    with transaction.atomic():
        matter = taken_up(document.matter, by)
        document = _fresh(document, matter)
        if not may_serve(by, document):
            raise PermissionDenied
        if why := why_not(document):
            raise ValidationError(why)
        signed = [("文书签发日期", document.letter.signed_on)]
        if wrong := wrong_day(on, today(), signed):
            raise ValidationError({"on": wrong})
        tried = document.services.filter(failed=True).exists()
        gaps = (
            ways.untold(matter, data, on=on)
            if failed
            else ways.unproved(matter, data, by=by, on=on, tried=tried)
        )
        if gaps:
            raise ValidationError(gaps)
        row = ways.write(matter, by, on, data, document=document, failed=failed)
        name = "try_letter" if failed else "serve_letter"
        told = f"{document.get_kind_display()} {document.number}，{row.get_way_display()}"
        log_move(
            matter, name, by=by, on=on, source=matter.state, verb=ways.VERB, summary=told
        )  # fmt: skip
    return row


def _fresh(document: Document, matter: Matter) -> Document:
    rows = Document.objects.select_related("move", "approval", "letter__corrected_by__document")
    row = rows.get(pk=document.pk, matter=matter)
    row.matter = matter
    return row
