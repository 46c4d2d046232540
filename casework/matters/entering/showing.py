"""What the record shows of the entry side: the statutory path it follows, the papers that went out."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.entering.reporting import may_publish, may_report_up
from casework.matters.models import Document, Matter, StatutoryPath
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


@dataclass(frozen=True)
class Papers:
    """文书 of a matter. report_url: where to report it upward, "" for whoever may not."""

    rows: list[Paper] = field(default_factory=list)
    report_url: str = ""


def papers_section(user: Any, matter: Matter, opened: Collection[str]) -> Papers | None:
    """The documents of a matter, the newest first."""
    found = []
    rows = matter.documents.select_related("prepared_by", "signed_by", "paper").order_by("-pk")
    for row in rows:
        row.matter = matter
        url = ""
        if may_publish(user, matter, row):
            url = reverse("matters:publishable", args=[matter.pk, row.pk])
        found.append(Paper(row, shown(row, "summary", TEXTS in opened), url))
    up = reverse("matters:report_up", args=[matter.pk]) if may_report_up(user, matter) else ""
    return Papers(found, up) if found or up else None
