"""The way of an opinion as a reader of the record sees it: heard, drafted, reviewed, served, kept."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.matters.models import Matter, Opinion, Promise, Service, Settlement, SuperiorReview
from casework.matters.opening import DRAFT, TEXTS
from casework.matters.opinions import promised, unserved
from casework.matters.reading import shown
from office.clock import today

_PARTS = (("claim", "信访诉求"), ("facts", "事实和理由"), ("basis", "依据"), ("body", "处理意见"))


@dataclass(frozen=True)
class Draft:
    """An opinion on its way: (heading, text or mask) of its parts, and what it would promise."""

    row: Opinion
    parts: list[tuple[str, str]]
    promises: list[tuple[str, str, date]]
    reviews: list[tuple[Any, str]]


@dataclass(frozen=True)
class Line:
    """One row of the section: what it is, of which day, by whom; the text when it is open."""

    label: str
    on: date
    who: str
    text: str
    file: int | None = None
    late: bool = False


@dataclass(frozen=True)
class Kept:
    """A promise: what (or its mask), who keeps it, until when, and how that stands."""

    row: Promise
    what: str
    state: str
    late: bool


@dataclass(frozen=True)
class Section:
    """Everything the record says of the way of an opinion."""

    draft: Draft | None
    heard: list[Line]
    services: list[Line]
    promises: list[Kept]
    reviews: list[Line]
    settlements: list[Line]


def draft_of(matter: Matter, opened: Collection[str]) -> Draft | None:
    """The opinion or reply that is not served yet, as this reader sees it."""
    row = unserved(matter)
    if row is None:
        return None
    is_open = bool({DRAFT, TEXTS} & set(opened))
    found = []
    for review in row.reviews.select_related("by").order_by("pk"):
        review.matter = matter
        found.append((review, shown(review, "note", is_open)))
    pledged = promised(row) if is_open else []
    return Draft(
        row,
        [(label, shown(row, name, is_open)) for name, label in _PARTS],
        [(one["what"], str(one["unit"]), one["due_on"]) for one in pledged],
        found,
    )


def section(user: Any, matter: Matter, opened: Collection[str]) -> Section | None:
    """The way of the opinion, None while nothing has happened on it."""
    is_open = TEXTS in opened
    found = Section(
        draft_of(matter, opened),
        _heard(matter, is_open),
        [
            service_line(row, is_open)
            for row in _of(
                matter, matter.services.filter(opinion__isnull=False).select_related("server")
            )
        ],
        [_kept(row, is_open) for row in _of(matter, matter.promises.select_related("unit"))],
        [_review(row, is_open) for row in _of(matter, matter.superior_reviews.all())],
        [_settled(row, is_open) for row in _of(matter, matter.settlements.all())],
    )
    said = (found.draft, found.heard, found.services, found.promises, found.reviews)
    return found if any((*said, found.settlements)) else None


def _of(matter: Matter, rows: Any) -> list[Any]:
    found = list(rows)
    for row in found:
        row.matter = matter  # the key is at hand already
    return found


def _heard(matter: Matter, is_open: bool) -> list[Line]:
    return [
        Line(
            row.get_way_display() if row.reached else f"{row.get_way_display()}，没联系上",
            row.on,
            str(row.by),
            shown(row, "note", is_open),
            row.file_id,
        )  # fmt: skip
        for row in _of(matter, matter.hearings.select_related("by"))
    ]


def service_line(row: Service, is_open: bool) -> Line:
    """A service, or a try of it: when, how, where, by whom."""
    label = f"{row.get_way_display()}，未送达" if row.failed else row.get_way_display()
    if row.time:
        label = f"{row.time:%H:%M}　{label}"
    place = shown(row, "place", is_open)
    told = (f"地点：{place}" if place else "", shown(row, "note", is_open))
    text = "\n".join(filter(None, told))
    return Line(label, row.on, str(row.server), text, row.proof_id)


def _kept(row: Promise, is_open: bool) -> Kept:
    late = row.is_open and row.due_on < today()
    if row.dropped:
        told = "没有兑现" if row.broken_on else "已不再有效"
    elif row.kept_on:
        told = f"{row.kept_on:%Y-%m-%d} 兑现"
    else:
        told = f"已过 {(today() - row.due_on).days} 天，还没有兑现" if late else "还没有兑现"
    if row.broken_on:
        told += f"；{row.broken_on:%Y-%m-%d} 信访人反映未兑现"
    return Kept(row, shown(row, "what", is_open), told, late)


def _review(row: SuperiorReview, is_open: bool) -> Line:
    told = row.get_decision_display() if row.decision else "等待决定"
    label = f"{row.get_level_display()}：{told}（{row.body}）"
    on = row.decided_on or row.asked_on
    return Line(label, on, "", shown(row, "order", is_open), row.paper_id, row.late)


def _settled(row: Settlement, is_open: bool) -> Line:
    told = (
        f"，{row.court} {row.confirmed_on:%Y-%m-%d} 确认"
        if row.confirmed_on
        else f"，{row.confirm_until:%Y-%m-%d} 前可以共同申请司法确认"
    )
    label = f"{row.get_kind_display()}{told}"
    return Line(label, row.agreed_on, "", shown(row, "words", is_open), row.agreement_id)
