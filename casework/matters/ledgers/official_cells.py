"""What stands in each column of the 信访台账: one function a column, over matters read together.

Everything of a few hundred matters is read at once, and only what the shown columns ask for; names
of units, people and categories once an export. Personal data are opened under each matter's key,
masked unless the export is in clear.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from itertools import count, islice
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils.timezone import get_current_timezone

from casework.matters.clocks import Limit, deadline
from casework.matters.lifecycle import accepted_clock
from casework.matters.models import (
    Category,
    ItemLink,
    Opinion,
    Petitioner,
    RuleProfile,
    SupportUnit,
)
from casework.matters.profiles import limits_of
from casework.matters.queries import running
from casework.matters.states import Channel, Klass, Outcome, Path, PersonKind, State
from office.calendar import exceptions
from office.masking import MASKS
from office.models import DataKey, Unit, User
from office.sheets.reading import Value
from office.vault import GONE, Destroyed, cipher_of, decrypt, keys

#: what is read of each matter, as a named tuple
COLUMNS = (
    "pk", "number", "title", "channel", "klass", "path", "state", "source",
    "received_on", "registered_at", "accepted_on", "answered_on", "closed_on", "due_on", "due_kind",
    "people_count", "representatives", "from_ledger", "category_id", "community_id", "grid_id",
    "lead_unit_id", "officer_id", "profile_id", "data_key_id",
)  # fmt: skip
#: and of each in clear: the longest of all texts stays where it is otherwise
IN_CLEAR = (*COLUMNS, "claim")
#: petitioners named in one cell; of more it says how many there are
NAMED = 5
#: 处理结果 in the words of the ledger (domain §8)
OUTCOMES = {
    Outcome.SUPPORT: "支持",
    Outcome.EXPLAIN: "解释",
    Outcome.NOT_SUPPORTED: "不支持",
    Outcome.MEDIATED: "调解",
}
_CHANNELS, _STATES = dict(Channel.choices), dict(State.choices)
_KLASSES, _PATHS = dict(Klass.choices), dict(Path.choices)
_FIRST, _LAST = date(2000, 1, 1), date(2100, 1, 1)  # the whole work calendar


def among(ids: Collection[int]) -> RawSQL:
    """A subquery of these keys in one parameter: a list of hundreds costs more than its rows."""
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [list(ids)])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(list(ids))])


class Book:
    """What an export reads once: names, rules, the running number. clear: nothing is masked."""

    def __init__(self, on: date, *, clear: bool) -> None:
        self.on, self.clear = on, clear
        self.serials = count(1)
        self._due: dict[tuple[int, str, date], date] = {}

    @property
    def columns(self) -> tuple[str, ...]:
        """What is read of each matter."""
        return IN_CLEAR if self.clear else COLUMNS

    @cached_property
    def units(self) -> dict[int, str]:
        return dict(Unit.objects.order_by().values_list("pk", "name"))

    @cached_property
    def people(self) -> dict[int, str]:
        return dict(User.objects.order_by().values_list("pk", "name"))

    @cached_property
    def categories(self) -> dict[int, str]:
        return dict(Category.objects.order_by().values_list("pk", "name"))

    @cached_property
    def limits(self) -> dict[int, Mapping[str, Limit]]:
        profiles = RuleProfile.objects.prefetch_related("limits")
        return {profile.pk: limits_of(profile) for profile in profiles}

    @cached_property
    def calendar(self) -> dict[date, bool]:
        return exceptions(_FIRST, _LAST)

    def due(self, profile: int, kind: str, start: date) -> date:
        """The last day of a limit that began on `start`."""
        known = (profile, kind, start)
        if known not in self._due:
            self._due[known] = deadline(kind, start, self.limits[profile], self.calendar).due_on
        return self._due[known]


@dataclass
class Key:
    """As much of a data key as the vault needs to open it."""

    ref: UUID
    wrapped: bytes
    master: str
    destroyed_at: datetime | None


class Chunk:
    """Some matters and what belongs to them, each kind of record in one query when first asked for."""

    def __init__(self, rows: Sequence[Any], book: Book) -> None:
        self.rows, self.book = rows, book
        self.ids = [row.pk for row in rows]

    @cached_property
    def keys(self) -> dict[int, Key]:
        """Data keys by id, opened: each is unwrapped once."""
        rows = DataKey.objects.filter(pk__in=among({row.data_key_id for row in self.rows}))
        rows = rows.order_by().values_list("pk", "ref", "wrapped", "master", "destroyed_at")
        found, ring = {pk: Key(*facts) for pk, *facts in rows}, keys()
        for key in found.values():
            if key.destroyed_at is None:
                cipher_of(key, ring)
        return found

    @cached_property
    def petitioners(self) -> dict[int, list[tuple[str, bytes, bytes]]]:
        """(kind, name, phone) of the petitioners of each matter, main ones first."""
        rows = Petitioner.objects.filter(matter__in=among(self.ids)).order_by("-main", "pk")
        return _gathered(rows.values_list("matter_id", "kind", "name", "phone"))

    @cached_property
    def supports(self) -> dict[int, list[tuple[int]]]:
        rows = SupportUnit.objects.filter(running(self.book.on), matter__in=among(self.ids))
        found = sorted(rows.order_by().values_list("pk", "matter_id", "unit_id"))
        return _gathered((matter, unit) for _, matter, unit in found)

    @cached_property
    def outcomes(self) -> dict[int, str]:
        """What was last decided of each matter."""
        rows = Opinion.objects.filter(matter__in=among(self.ids)).exclude(outcome="")
        return dict(rows.order_by("pk").values_list("matter_id", "outcome"))

    @cached_property
    def repeated(self) -> set[int]:
        """Matters that came again after they had been opened."""
        rows = ItemLink.objects.filter(matter__in=among(self.ids), kind=ItemLink.Kind.REPEAT)
        return set(rows.order_by().values_list("matter_id", flat=True))

    def text(self, row: Any, label: str, mask: str, blob: bytes) -> str:
        """A vault field as this export may show it; `label`: its place, "matters.matter.claim"."""
        if not blob:
            return ""
        try:
            text = decrypt(self.keys[row.data_key_id], label, blob).decode()
        except Destroyed:
            return GONE
        return text if self.book.clear else MASKS[mask](text)


def _gathered(rows: Iterable[tuple]) -> dict[int, list[tuple]]:
    """Rows by their first value."""
    found: dict[int, list[tuple]] = defaultdict(list)
    for first, *rest in rows:
        found[first].append(rest)
    return found


#: the values of one column for all matters of a chunk
Cells = Callable[[Chunk], Iterable[Value | None]]


def _each(cell: Callable[[Any, Chunk], Value | None]) -> Cells:
    """A column that is worked out matter by matter."""
    return lambda chunk: [cell(row, chunk) for row in chunk.rows]


def _plain(column: str) -> Cells:
    """A column of the table as it is."""
    return lambda chunk: map(attrgetter(column), chunk.rows)


def _named(column: str, names: dict[str, str]) -> Cells:
    """The label of a coded column."""
    return lambda chunk: [names.get(code, "") for code in map(attrgetter(column), chunk.rows)]


def _listed(column: str, register: str) -> Cells:
    """The name behind a foreign key."""

    def cells(chunk: Chunk) -> list[str]:
        names = getattr(chunk.book, register)
        return [names.get(key, "") for key in map(attrgetter(column), chunk.rows)]

    return cells


def _petitioner(row: Any, chunk: Chunk) -> str:
    """Who came: 韦*、李*; of more than a handful also how many they are."""
    known = chunk.petitioners.get(row.pk, ())
    names = [
        chunk.text(row, "matters.petitioner.name", "name", name) or _unnamed(kind)
        for kind, name, _ in known[:NAMED]
    ]
    said = "、".join(filter(None, names))
    return f"{said}等{len(known)}人" if len(known) > NAMED else said


def _unnamed(kind: str) -> str:
    return "匿名" if kind == PersonKind.ANONYMOUS else ""


def _contact(row: Any, chunk: Chunk) -> str:
    """The phone of the first petitioner who left one."""
    for _, _, phone in chunk.petitioners.get(row.pk, ()):
        if phone:
            return chunk.text(row, "matters.petitioner.phone", "phone", phone)
    return ""


def _group(row: Any, chunk: Chunk) -> str:
    """是否集体访: people who came together, as many as the rules of the matter say or more."""
    least = chunk.book.limits[row.profile_id]["group"].days
    return "是" if row.channel == Channel.VISIT and row.people_count >= least else "否"


def _repeated(row: Any, chunk: Chunk) -> str:
    """初次/重复; of what an old ledger brought nobody knows."""
    if row.pk in chunk.repeated:
        return "重复"
    return "" if row.from_ledger else "初次"


def _claim(row: Any, chunk: Chunk) -> str:
    """The claim in an export in clear; else the title, which says the thing and not the person."""
    told = chunk.text(row, "matters.matter.claim", "text", row.claim) if chunk.book.clear else ""
    return told or row.title


def _supports(row: Any, chunk: Chunk) -> str:
    names = chunk.book.units
    return "、".join(names[unit] for (unit,) in chunk.supports.get(row.pk, ()))


def _due(row: Any, chunk: Chunk) -> date | None:
    """办理期限: the last day of the path that was taken, also after it has been kept.

    While it runs it is the day in the record; the windows before and after (告知, 复查) are others.
    """
    if not row.accepted_on or not (row.klass == Klass.SUGGESTION or row.path in _PATHS):
        return None
    kind = accepted_clock(row.klass, row.path)
    if row.due_on and row.due_kind == kind:
        return row.due_on
    return chunk.book.due(row.profile_id, kind, row.accepted_on)


def _registered(chunk: Chunk) -> list[date]:
    zone = get_current_timezone()
    return [row.registered_at.astimezone(zone).date() for row in chunk.rows]


def _outcomes(chunk: Chunk) -> list[str]:
    return [OUTCOMES.get(chunk.outcomes.get(pk, ""), "") for pk in chunk.ids]


#: column of the form → what stands in it; a column that is not here waits for the pen
CELLS: dict[str, Cells] = {
    "serial": lambda chunk: list(islice(chunk.book.serials, len(chunk.rows))),
    "number": _plain("number"),
    "registered_on": _registered,
    "received_on": _plain("received_on"),
    "channel": _named("channel", _CHANNELS),
    "source": _plain("source"),
    "petitioner": _each(_petitioner),
    "contact": _each(_contact),
    "people_count": _plain("people_count"),
    "group": _each(_group),
    "representatives": lambda chunk: [row.representatives or None for row in chunk.rows],
    "repeated": _each(_repeated),
    "place": _listed("community_id", "units"),
    "grid": _listed("grid_id", "units"),
    "category": _listed("category_id", "categories"),
    "purpose": _named("klass", _KLASSES),
    "claim": _each(_claim),
    "path": _named("path", _PATHS),
    "acceptance": lambda chunk: ["受理" if row.accepted_on else "" for row in chunk.rows],
    "accepted_on": _plain("accepted_on"),
    "lead_unit": _listed("lead_unit_id", "units"),
    "support_units": _each(_supports),
    "officer": _listed("officer_id", "people"),
    "due_on": _each(_due),
    "answered_on": _plain("answered_on"),
    "outcome": _outcomes,
    "closed_on": _plain("closed_on"),
    "state": _named("state", _STATES),
}


def rows_of(chunk: Chunk, keys: Sequence[str]) -> list[tuple[Value | None, ...]]:
    """The cells of a chunk's matters under these columns; None where the records know nothing."""
    nothing = [None] * len(chunk.rows)
    columns = [CELLS[key](chunk) if key in CELLS else nothing for key in keys]
    return list(zip(*columns, strict=True))
