"""Which template is in force for a kind: the newest edition, else the one the product brings."""

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet

from casework.matters.letters.checking import check
from casework.matters.letters.kinds import TEMPLATES
from casework.matters.models import LetterTemplate
from office.clock import now

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "letters"
VIEW, CHANGE = "matters.view_lettertemplate", "matters.change_lettertemplate"
SHIPPED = "随产品提供"


@cache
def shipped(kind: str) -> bytes:
    """The template as the product brings it. Raises KeyError for no kind."""
    if kind not in TEMPLATES:
        raise KeyError(kind)
    return (FOLDER / f"{kind}.docx").read_bytes()


def in_force(kind: str) -> LetterTemplate:
    """The template letters of a kind are made from today; the shipped one is not stored until used."""
    found = LetterTemplate.objects.filter(kind=kind).order_by("-edition").first()
    return found or _row(kind, 1, shipped(kind), SHIPPED, None)


def of_kind(kind: str) -> QuerySet[LetterTemplate]:
    """All stored editions of a kind, the newest first, without their files."""
    rows = LetterTemplate.objects.filter(kind=kind).defer("content")
    return rows.select_related("added_by").order_by("-edition")


def newest() -> dict[str, LetterTemplate]:
    """The edition in force of every kind that has a stored one, without the files."""
    rows = LetterTemplate.objects.defer("content").select_related("added_by")
    return {row.kind: row for row in rows.order_by("kind", "edition")}


def stored(kind: str) -> LetterTemplate:
    """`in_force`, as a row that a letter can name; in the caller's transaction."""
    row = in_force(kind)
    if row.pk is None:
        fields = {"content": row.content, "sha256": row.sha256, "why": SHIPPED, "at": now()}
        row, _ = LetterTemplate.objects.get_or_create(kind=kind, edition=1, defaults=fields)
    return row


def add(kind: str, data: bytes, *, why: str, by: Any) -> LetterTemplate:
    """Take in a new edition, in force at once. Raises ValidationError with every fault of the file, or
    without a reason; PermissionDenied; KeyError for no kind.
    """
    if not by.has_perm(CHANGE):
        raise PermissionDenied
    if not why.strip():
        raise ValidationError({"why": "请写明改了什么、为什么，例如：加上新的联系电话。"})
    try:
        check(kind, data)
    except ValidationError as error:
        raise ValidationError({"upload": error.messages}) from error
    with transaction.atomic():
        last = stored(kind)
        if hashlib.sha256(data).hexdigest() == last.sha256:
            raise ValidationError({"upload": "和现在用的模板完全一样，不用再上传。"})
        row = _row(kind, last.edition + 1, data, why.strip()[:200], by)
        row.save(force_insert=True)
    return row


def _row(kind: str, edition: int, data: bytes, why: str, by: Any) -> LetterTemplate:
    return LetterTemplate(
        kind=kind, edition=edition, content=data, sha256=hashlib.sha256(data).hexdigest(), why=why,
        added_by=by, at=now(),
    )  # fmt: skip
