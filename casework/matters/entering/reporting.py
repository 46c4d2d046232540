"""呈报 upward and 可公开: records beside the path, which move nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters import documents
from casework.matters.models import Document, Matter
from casework.matters.moving import taken_up
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from casework.matters.states import Klass
from office.clock import today
from office.history import because

_REPORT, _PUBLISH = "matters.accept_matter", "matters.close_matter"
_KIND = Document.Kind


def may_report_up(user: Any, matter: Matter) -> bool:
    """Reporting upward is for the petition office, while the matter is open."""
    return not matter.sealed and matter.is_open and may(user, matter, _REPORT)


def report_up(matter: Matter, *, by: Any, to_name: str, summary: str) -> Document:
    """Record that a matter was reported upward (sideways nobody can be ordered, practice §1)."""
    with transaction.atomic():
        matter = taken_up(matter, by)
        if not may(by, matter, _REPORT):
            raise PermissionDenied
        if not may_report_up(by, matter):
            raise ValidationError(
                f"{matter.number} 现在是“{matter.get_state_display()}”，不用再呈报。"
            )
        gaps = {
            name: "此项必填。"
            for name, text in (("to_name", to_name), ("summary", summary))
            if not text.strip()
        }
        if gaps:
            raise ValidationError(gaps)
        row = log_move(
            matter, "report_up", by=by, on=today(), source=matter.state,
            summary=f"呈报{to_name}"[:200], verb=_REPORT,
        )  # fmt: skip
        with because("呈报", **as_of(by, _REPORT)):
            return documents.leave(
                matter, _KIND.REPORT_UP, row, on=today(), by=by, to_name=to_name.strip(),
                summary=summary, basis="《信访工作条例》第二十四条",
            )  # fmt: skip


def may_publish(user: Any, matter: Matter, row: Document) -> bool:
    """The answer to a suggestion may be marked as one for everybody (art. 29)."""
    told = row.kind in (_KIND.REPLY, _KIND.OPINION) and matter.klass == Klass.SUGGESTION
    return told and not row.publishable and not matter.sealed and may(user, matter, _PUBLISH)


def mark_publishable(matter: Matter, pk: Any, *, by: Any) -> Document:
    """Mark the answer to a suggestion: it may be told to the public, without any person."""
    with transaction.atomic():
        matter = taken_up(matter, by)
        if not may(by, matter, _PUBLISH):
            raise PermissionDenied
        row = matter.documents.select_for_update().get(pk=pk)
        if not may_publish(by, matter, row):
            raise ValidationError("这份文书不能标为可公开，或者已经标过了。")
        log_move(
            matter, "publishable", by=by, on=today(), source=matter.state,
            summary=row.get_kind_display(), verb=_PUBLISH,
        )  # fmt: skip
        row.matter, row.publishable = matter, True
        with because("标为可公开", **as_of(by, _PUBLISH)):
            row.save()
    return row
