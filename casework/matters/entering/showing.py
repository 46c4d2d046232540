"""What the record shows of the entry side: the statutory path it follows, the papers that went out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.entering.reporting import may_publish, may_report_up
from casework.matters.letters.signing import may_fill, may_sign, preparable
from casework.matters.letters.standing import why_not_used
from casework.matters.models import Document, Letter, Matter, StatutoryPath
from casework.matters.opening import TEXTS
from casework.matters.reading import shown
from office.clock import today


@dataclass(frozen=True)
class PathLine:
    """One path: where to, by when, with whose help, and what came of it."""

    row: StatutoryPath
    left: int | None
    note: str

    @property
    def is_open(self) -> bool:
        return self.row.ended_on is None


def path_section(user: Any, matter: Matter, opened: Collection[str]) -> list[PathLine] | None:
    """The paths of a matter, the newest first; None when it was led nowhere."""
    found = []
    for row in matter.paths.select_related("evidence").order_by("-pk"):
        row.matter = matter
        left = _left(row, today())
        found.append(PathLine(row, left, shown(row, "result_note", TEXTS in opened)))
    return found or None


def _left(row: StatutoryPath, on: date) -> int | None:
    return (row.last_day - on).days if row.last_day and row.ended_on is None else None


@dataclass(frozen=True)
class Paper:
    """One document as a reader may see it."""

    row: Document
    summary: str
    publish_url: str = ""
    letter: Letter | None = None
    letter_url: str = ""


@dataclass(frozen=True)
class Papers:
    """文书 of a matter. report_url: where to report it upward, print_url: all signed letters in one go,
    forms_url: paper forms filled from the record; each "" for whoever may not.
    """

    rows: list[Paper] = field(default_factory=list)
    report_url: str = ""
    print_url: str = ""
    forms_url: str = ""


def papers_section(user: Any, matter: Matter, opened: Collection[str]) -> Papers | None:
    """The documents of a matter, the newest first, each with the letter made of it."""
    related = (
        "prepared_by", "signed_by", "paper", "move", "approval", "letter__corrects",
        "letter__signature", "letter__corrected_by__document",
    )  # fmt: skip
    rows = list(matter.documents.select_related(*related).order_by("-pk"))
    for row in rows:
        row.matter = matter
    theirs = preparable(user, matter, rows)
    found = []
    for row in rows:
        url = ""
        if may_publish(user, matter, row):
            url = reverse("matters:publishable", args=[matter.pk, row.pk])
        letter, letter_url = getattr(row, "letter", None), ""
        if letter is not None:
            letter.matter, letter.document = matter, row
        if row.pk in theirs or (letter is not None and may_sign(user, letter)):
            letter_url = reverse("matters:letter", args=[matter.pk, row.pk])
        said = shown(row, "summary", TEXTS in opened)
        found.append(Paper(row, said, url, letter, letter_url))
    up = reverse("matters:report_up", args=[matter.pk]) if may_report_up(user, matter) else ""
    holds = any(one.letter and one.letter_url and not why_not_used(one.letter) for one in found)
    prints = reverse("matters:letters_print", args=[matter.pk]) if holds else ""
    forms = reverse("matters:forms", args=[matter.pk]) if may_fill(user, matter) else ""
    return Papers(found, up, prints, forms) if found or up or forms else None
