"""Leaving a document behind: every paper of the table in `domain.md` §3 as a record.

The printed form comes from it later; what it says lies here from the day of the act.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.models import Approval, Document, Matter, MatterFile, Move
from casework.matters.sealed.keys import key_for
from office.clock import today
from office.models import Unit

#: data of a move that go into its document, when they are given
_TAKEN = ("summary", "basis", "remedy", "to_name", "body_name", "paper", "approval", "signed_by")

#: papers that go elsewhere than to the petitioner
_TO: dict[str, Callable[[Matter], str]] = {
    Document.Kind.ASSIGN_OUT: lambda matter: str(matter.lead_unit or ""),
    Document.Kind.OBJECTION: lambda matter: matter.source,
    Document.Kind.RETURN: lambda matter: str(matter.lead_unit or ""),
}


def _notice(data: Mapping[str, Any]) -> list[str]:
    """What a petitioner must read in a notice of another path (practice §1)."""
    last, aid = data.get("last_day"), data.get("aid")
    return [
        f"时限：{data.get('limit_text', '')}",
        f"最后安全日：{last:%Y-%m-%d}" if last else "",
        "信访不停止这个期限。",
        f"法律援助：{aid}" if aid else "",
    ]


#: what a kind of paper says besides the words of the move
_SAID: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {Document.Kind.PATH_NOTICE: _notice}
#: papers that are made here: the scan that came with the move is a proof, a paper of its own
_WITHOUT_SCAN = (Document.Kind.BARRED, Document.Kind.TOLD)


def issuing_body(on: date | None = None) -> str:
    """The name in which the street writes on a day."""
    street = Unit.objects.at(on or today()).filter(kind=Unit.Kind.STREET).first()
    return street.name if street else ""


def leave(
    matter: Matter,
    kind: str,
    move: Move | None,
    *,
    on: date,
    by: Any,
    summary: str = "",
    basis: str = "",
    remedy: str = "",
    to_name: str = "",
    body_name: str = "",
    paper: MatterFile | None = None,
    approval: Approval | None = None,
    signed_by: Any = None,
) -> Document:
    """Record a document of `kind` (`Document.Kind`), in the caller's transaction.

    on: the day it is dated; by: who prepared it; to_name: "" for the petitioner; body_name: the
    street, unless another body issues it. The caller is inside `because` or a request. Raises
    ValidationError for words that are too long.
    """
    words = {"basis": basis, "remedy": remedy, "to_name": to_name, "body_name": body_name}
    if long := {name: told for name, text in words.items() if (told := _too_long(name, text))}:
        raise ValidationError(long)
    row = Document(
        pk=key_for(matter.sealed), matter=matter, kind=kind, issued_on=on, basis=basis,
        remedy=remedy, to_name=to_name, body_name=body_name or issuing_body(on), move=move,
        prepared_by=by, signed_by=signed_by, paper=paper, approval=approval,
    )  # fmt: skip
    row.put("summary", summary.strip())
    row.save()
    return row


def _too_long(name: str, text: str) -> str:
    most = Document._meta.get_field(name).max_length or 0
    return f"不超过 {most} 个字。" if len(text) > most else ""


def of(matter: Matter, kind: str, data: Mapping[str, Any], words: str = "") -> dict[str, Any]:
    """What a document takes from the data of a move: what was written for it, else the `words` of the
    move and the note; to whom it goes when that is not the petitioner.
    """
    given = {name: data[name] for name in _TAKEN if data.get(name)}
    if kind in _WITHOUT_SCAN:
        given.pop("paper", None)
    if kind == Document.Kind.REPLY and data.get("body"):
        given.setdefault("summary", data["body"])
    told = (words, *_SAID.get(kind, lambda _: [])(data), str(data.get("note") or ""))
    given.setdefault("summary", "\n".join(part for part in told if part.strip()))
    if kind in _TO:
        given.setdefault("to_name", _TO[kind](matter))
    return given
