"""A record as one reader may see it: masked, or opened where a look has been written."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.paginator import Paginator
from django.utils.timezone import localdate

from casework.matters.models import Matter, MatterFile, Move
from casework.matters.opening import PEOPLE, TEXTS
from casework.matters.states import UNDER_SEAL, State
from casework.matters.table import LABELS
from office.attachments import KINDS
from office.audit import rows_of
from office.history_view import PER_PAGE, Entry
from office.models import Change
from office.vault import VaultRecord

_PERSON = ("name", "phone", "id_number", "address", "contact_note")


def shown(record: VaultRecord, field: str, opened: bool) -> str:
    """The text of a vault field when it is open, its mask when not."""
    return record.text(field) if opened else record.masked(field)


@dataclass(frozen=True)
class PersonLines:
    """A petitioner: heading (信访人, 共同信访人) and (label, text) of what is known of them."""

    heading: str
    lines: list[tuple[str, str]]


def people(matter: Matter, opened: Collection[str]) -> list[PersonLines]:
    """The petitioners, main ones first."""
    found = []
    for row in sorted(matter.petitioners.all(), key=lambda row: (not row.main, row.pk)):
        row.matter = matter  # the key is at hand already
        lines = [
            (str(row._meta.get_field(name).verbose_name), text)
            for name in _PERSON
            if (text := shown(row, name, PEOPLE in opened))
        ]
        anonymous = "（匿名）" if row.kind == "anonymous" else ""
        found.append(PersonLines(("信访人" if row.main else "共同信访人") + anonymous, lines))
    return found


@dataclass(frozen=True)
class Happening:
    """One row of the timeline."""

    at: datetime
    on: date
    label: str
    who: str
    post: str
    summary: str
    note: str
    masked: str

    @property
    def backdated(self) -> bool:
        """Whether it was entered on another day than the one it happened on."""
        return localdate(self.at) != self.on


def moves_of(matter: Matter) -> list[Move]:
    """All moves, oldest first, with people and posts; none of what was done under a former seal."""
    rows = matter.moves.select_related("actor", "post__unit").order_by("id")
    return list(rows if matter.sealed else rows.exclude(target__in=UNDER_SEAL))


def timeline(matter: Matter, moves: Iterable[Move], opened: Collection[str]) -> list[Happening]:
    """What happened, newest first; notes are open together with the claim."""
    found = []
    for move in moves:
        move.matter = matter
        texts = TEXTS in opened
        found.append(
            Happening(
                at=move.at,
                on=move.on,
                label=LABELS.get(move.name, move.name),
                who=str(move.actor or "系统"),
                post=str(move.post) if move.post else "",
                summary=move.summary,
                note=move.text("note") if texts else "",
                masked="" if texts else move.masked("note"),
            )
        )
    return found[::-1]


def last_days(moves: Iterable[Move]) -> dict[str, date]:
    """The day each kind of move last happened."""
    return {move.name: move.on for move in moves}


def answers(matter: Matter, opened: Collection[str]) -> list[tuple[Any, str]]:
    """(opinion, its text or mask) of every answer given, newest first; none before it is served."""
    found = []
    given = matter.opinions.exclude(answered_on=None)
    for opinion in given.select_related("author").order_by("-id"):
        opinion.matter = matter
        found.append((opinion, shown(opinion, "body", TEXTS in opened)))
    return found


def extra_lines(matter: Matter, opened: Collection[str]) -> list[tuple[str, str]]:
    """Values a ledger or a sheet had beside ours: (heading, value); only the mask when not opened."""
    if not matter.extra:
        return []
    if TEXTS not in opened:
        return [("其他登记内容", matter.masked("extra"))]
    text = matter.text("extra")
    try:
        table = json.loads(text)
    except ValueError:
        return [("其他登记内容", text)]
    pairs = table.items() if isinstance(table, dict) else table
    return [(str(heading), str(value)) for heading, value in pairs if value not in ("", None)]


@dataclass(frozen=True)
class FileLine:
    """A file of the record: its name stays masked until people's data are open to the reader."""

    pk: int
    name: str
    kind: str
    size: int
    added: str
    withdrawn: bool


def files_of(matter: Matter, opened: Collection[str]) -> list[FileLine]:
    """The files, oldest first, withdrawn ones included and marked."""
    return [
        file_line(matter, file, opened)
        for file in matter.files.select_related("added_by").order_by("id")
    ]


def file_line(matter: Matter, file: MatterFile, opened: Collection[str]) -> FileLine:
    """One file as a reader may see it."""
    file.matter = matter
    kind = KINDS.get(file.kind, ("文件", False))[0]
    name = file.text("name") if TEXTS in opened else f"{kind}（第 {file.pk} 号材料）"
    added = f"{file.added_by or '系统'} {localdate(file.added_at):%Y-%m-%d}"
    return FileLine(file.pk, name, kind, file.size, added, file.withdrawn)


def why_no_change(matter: Matter) -> str:
    """Why the facts of a matter are fixed; "" while they may be corrected."""
    if matter.sealed:
        return "密件不登记内容，没有可以修改的登记信息。"
    if matter.state in (State.CLOSED, State.ARCHIVED, State.VOID):
        return (
            f"{matter.number} {matter.get_state_display()}，登记信息不再修改。"
            "确有错误的，请向信访办主任说明，在办理经过里注明。"
        )
    return ""


def changes_of(matter: Matter, reader: Any, page: int) -> tuple[list[Entry], Any]:
    """One page of all changes of a record and of what belongs to it, and the paginator's page.

    What changed under a former seal is left to the audit page.
    """
    rows = Change.objects.filter(
        root_kind=matter._meta.label_lower, root_id=matter.pk, sealed=False
    )
    shown = Paginator(rows.order_by("-pk").values_list("pk", flat=True), PER_PAGE).get_page(page)
    own = str(matter._meta.verbose_name)
    return [
        Entry(
            at=row.at,
            who=f"{row.who}（{row.post}）" if row.post else row.who,
            action=row.action if row.kind == own else f"{row.kind}：{row.action}",
            reason=row.reason,
            fields=row.fields,
        )
        for row in rows_of(list(shown), reader)
    ], shown
