"""Rows of ours that come back: recognised by their number, compared, and never written.

What left as an official ledger (masked or in clear) may be brought again: a row that says the same
is passed over, a cell that says something else is named. Personal data are not compared at all: a
ledger of guesses must not tell which of them is right.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from casework.matters.ledgers.official_cells import CELLS, IN_CLEAR, Book, Chunk, rows_of
from casework.matters.models import Matter
from office.ledger_forms import FormColumn, form_of, shipped
from office.masking import MASKS
from office.sheets.cells import fold, text
from office.sheets.problems import Problem
from office.sheets.reading import Value

#: numbers that this system gives: matters, arrivals, and both of sealed ones
_OURS = re.compile(r"(?:XF|MJ|LJ|LM)\d{4}-\d{6}")
UNKNOWN_NUMBER = (
    "这是本系统的编号样式，但没有您可以查看的这件信访事项，这一行没有导入。请核对编号；"
    "新来的件请把编号空着；别的单位编的号，请把这一列改为“没有对应”。"
)
DIFFERENT = "与系统中的记录不同，没有改动：请在记录里更改。"
_LONGEST_CELL = 32_000  # characters: a longer text may have been cut by the sheet

#: column of our form → field of the import; None: the row keeps the cell as it stands
FIELD_OF: dict[str, str | None] = {
    "number": "number",
    "received_on": "received",
    "channel": "channel",
    "petitioner": "person",
    "contact": "phone",
    "people_count": "people_count",
    "place": "community",
    "category": "category",
    "purpose": "klass",
    "claim": "claim",
    "lead_unit": "unit",
    "answered_on": "answered_on",
    "closed_on": "closed_on",
    "state": "status",
    **dict.fromkeys(
        (
            "serial", "registered_on", "source", "group", "representatives", "repeated", "grid",
            "units_concerned", "path", "acceptance", "acceptance_number", "accepted_on",
            "support_units", "officer", "leader", "due_on", "extended_to", "answer_number",
            "service", "served_on", "outcome", "satisfaction", "review", "supervisions", "resolved",
            "visited_on", "file_number", "remark",
        )
    ),
}  # fmt: skip
_KEY_OF = {field: key for key, field in FIELD_OF.items() if field} | {"title": "claim"}
#: never compared: the running number of a sheet, and who came
_APART = {"serial", "number", "petitioner", "contact"}
#: what an export in clear says in other words than a masked one
_OPENED = "claim"
#: how much of a sheet's headings must be ours for it to be our form, and which of them in any case:
#: the ledger of a neighbour has many of the same, but no day of arrival beside the day it was entered
_SHARE, _ALWAYS = 0.8, {"received_on", "category", "claim"}


@dataclass(frozen=True, slots=True)
class Returned:
    """A row with a number of ours: (column, heading, key, cell) of what can be compared."""

    row: int
    number: str
    column: int
    heading: str
    said: tuple[tuple[int, str, str, Value], ...]


def our_number(written: str) -> str:
    """The number as we write it, "" when it is somebody else's."""
    number = written.replace(" ", "").upper()
    return number if _OURS.fullmatch(number) else ""


def form_columns() -> dict[str, FormColumn]:
    """Columns of our form by the folded titles they have or had."""
    columns = [*shipped("matters").columns, *form_of("matters").columns]
    return {fold(column.title): column for column in columns}


def meanings(headings: Sequence[str]) -> dict[str, str | None]:
    """Heading → field for the sheet of our own form, filled in or exported; {} for any other."""
    ours = form_columns()
    found = {h: ours[fold(h)].key for h in headings if fold(h) in ours}
    if len(found) < _SHARE * len(headings) or not set(found.values()) >= _ALWAYS:
        return {}
    return {heading: FIELD_OF.get(key) for heading, key in found.items()}


def left_aside() -> set[str]:
    """Folded titles of our form that mean no field: what is like one of them is no guess either."""
    return {title for title, column in form_columns().items() if FIELD_OF.get(column.key) is None}


def comparable(
    columns: Iterable[tuple[int, str, str | None]],
) -> list[tuple[int, str, str]]:
    """Which columns (index, heading, field) can be compared, with their key of the form."""
    ours = form_columns()
    found = []
    for index, heading, name in columns:
        column = ours.get(fold(heading))
        key = column.key if column else _KEY_OF.get(name or "", "")
        if key in CELLS and key not in _APART:
            found.append((index, heading, key))
    return found


def compare(
    rows: Sequence[Returned], by: Any, on: date
) -> Iterator[tuple[Returned, list[Problem], bool]]:
    """Each row with its cells that differ, and whether its matter was found.

    A matter that `by` may not see, or that is sealed, is answered like one that does not exist.
    """
    seen = Matter.objects.all() if by is None else Matter.objects.visible_to(by)
    numbers = {row.number for row in rows}
    matters = seen.filter(sealed=False, number__in=numbers).order_by("pk")
    found = list(matters.values_list(*IN_CLEAR, named=True))
    masked = _values(found, {key for row in rows for _, _, key, _ in row.said}, on)
    doubtful = {
        row.number
        for row in rows
        if row.number in masked
        for _, _, key, value in row.said
        if key == _OPENED and _differs(value, masked[row.number][key])
    }
    told = [matter for matter in found if matter.number in doubtful]
    clear = _values(told, {_OPENED}, on, clear=True)
    for row in rows:
        if row.number not in masked:
            yield row, [Problem(row.row, row.column, row.heading, "", UNKNOWN_NUMBER)], False
            continue
        known = masked[row.number], clear.get(row.number, {})
        different = [
            Problem(row.row, index, heading, "", DIFFERENT)
            for index, heading, key, value in row.said
            if _differs(value, *(values[key] for values in known if key in values))
        ]
        yield row, different, True


def _values(
    matters: Sequence[Any], keys: Iterable[str], on: date, *, clear: bool = False
) -> dict[str, dict[str, Value | None]]:
    """What the official ledger would say of each matter, by number and key."""
    names = sorted(keys)
    if not names:
        return {matter.number: {} for matter in matters}
    made = rows_of(Chunk(matters, Book(on, clear=clear)), names)
    pairs = zip(matters, made, strict=True)
    return {matter.number: dict(zip(names, values, strict=True)) for matter, values in pairs}


def _differs(cell: Value, *known: Value | None) -> bool:
    """Whether a cell says something else than the record; a blank or masked one says nothing."""
    written = text(cell)
    if not written or "*" in written:
        return False
    values = [text(value) for value in known]
    if any(written == value for value in values):
        return False
    if any(value and written == MASKS["text"](value) for value in values):
        return False
    return not (
        len(written) >= _LONGEST_CELL and any(value.startswith(written) for value in values)
    )
