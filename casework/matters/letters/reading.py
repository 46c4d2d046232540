"""A letter as bytes: the frozen file, checked against its hash, or the draft as it would be."""

import hashlib
from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.letters import editions
from casework.matters.letters.blocks import Piece, pieces_of
from casework.matters.letters.rendering import asked, filled
from casework.matters.letters.standing import why_not_used
from casework.matters.letters.wording import form_of, opens, words_of
from casework.matters.models import IssuingBody, Letter, Matter
from office import private_files
from office.vault import VaultError

#: (title, why it must not be used or "", its pieces): what a print view shows of one letter
Sheet = tuple[str, str, list[Piece]]


def bytes_of(letter: Letter) -> bytes:
    """The .docx of a letter, for a person who has looked. Raises ValidationError (Chinese) when the
    frozen file is gone, was altered, or a draft cannot be made.
    """
    if letter.file is None:
        template = editions.in_force(letter.document.kind)
        return filled(bytes(template.content), words_of(letter))
    try:
        data = private_files.load(letter.file.path, letter.matter.data_key)
    except (FileNotFoundError, VaultError) as error:
        raise ValidationError("文书打不开：存放处没有它，或密钥不符。请告诉系统管理员。") from error
    if hashlib.sha256(data).hexdigest() != letter.file.sha256:
        raise ValidationError(
            "文书和签发时的校验值不一致，可能被改动过，不能使用。请告诉系统管理员。"
        )
    return data


def sheet_of(letter: Letter) -> Sheet:
    return name_of(letter), why_not_used(letter), pieces_of(bytes_of(letter))


def name_of(letter: Letter) -> str:
    """What a letter is called on a page: its kind and number, nobody's name."""
    return f"{letter.document.get_kind_display()} {letter.document.number or '草稿'}".strip()


def opened_by_form(kind: str) -> list[str]:
    """What of the record the form in force prints, of `opening.BOTH`: a blank prints nothing of it."""
    return opens(asked(bytes(editions.in_force(kind).content)))


def form_bytes(kind: str, matter: Matter, body: IssuingBody) -> bytes:
    """A paper form filled from the record, for a person who has looked at what it prints."""
    template = bytes(editions.in_force(kind).content)
    return filled(template, form_of(kind, matter, body, asked(template)))


def letters_of(matter: Matter, **conditions: Any) -> list[Letter]:
    """The letters of a matter in the order of their documents."""
    rows = matter.letters.filter(**conditions).select_related(
        "document__move",
        "document__approval",
        "body",
        "file",
        "corrects__document",
        "signed_by",
        "signature",
        "corrected_by__document",
    )
    found = list(rows.order_by("document"))
    for row in found:
        row.matter = row.document.matter = matter
        if row.file is not None:
            row.file.matter = matter
    return found
