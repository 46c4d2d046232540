"""Letters made the way staff make them, and a reader of the files that come out."""

from io import BytesIO
from typing import Any

from docx import Document as WordFile

from casework.matters.letters import correcting, opening, reading, signing
from casework.matters.models import Document, IssuingBody, Letter, Matter
from office.history import acting

_BODIES = (
    ("云湖街道办事处", "云街信", "云湖街道办事处印章"),
    ("中共云湖街道工作委员会", "云工委信", "中共云湖街道工作委员会印章"),
)


def bodies(cast: Any) -> list[IssuingBody]:
    """The two nameplates of the invented street, made once."""
    found = list(IssuingBody.objects.order_by("pk"))
    if found:
        return found
    with acting(cast.officehead):
        for name, code, seal in _BODIES:
            row = IssuingBody(
                name=name, code=code, seal=seal, superior="云湖区人民政府", phone="0000-8800110"
            )
            row.save()
            found.append(row)
    return found


def document(matter: Matter, kind: str) -> Document:
    row = matter.documents.filter(kind=kind).latest("pk")
    row.matter = Matter.objects.get(pk=matter.pk)
    return row


def drafted(matter: Matter, kind: str, by: Any, **more: Any) -> Letter:
    """The draft of the newest document of a kind, under the first nameplate."""
    row, body = document(matter, kind), more.pop("body", None) or IssuingBody.objects.first()
    with acting(by):
        opening.open_record(by, row.matter, "拟制文书")
        return signing.prepare(row, body, by=by, **more)


def issued(letter: Letter, by: Any, **more: Any) -> Letter:
    """Signed, numbered and frozen by a person who looked at it."""
    with acting(by):
        opening.open_record(by, letter.matter, "签发文书")
        return signing.freeze(letter, by=by, **more)


def corrected(letter: Letter, by: Any, reason: str = "日期写错。", **more: Any) -> Letter:
    with acting(by):
        opening.open_record(by, letter.matter, "更正文书")
        return correcting.correct(letter, by=by, reason=reason, **more)


def file_of(letter: Letter, by: Any) -> bytes:
    """The .docx as this person gets it, after a look."""
    with acting(by):
        opening.open_letter(by, letter, "核对")
        return reading.bytes_of(letter)


def words(data: bytes) -> str:
    """Everything a .docx says, a paragraph a line."""
    word = WordFile(BytesIO(data))
    found = [one.text for one in word.paragraphs]
    found += [cell.text for table in word.tables for row in table.rows for cell in row.cells]
    return "\n".join(found)


def wording(letter: Letter, by: Any) -> str:
    return words(file_of(letter, by))
