"""What the child says: lines of JSON, some of which announce a body of so many bytes.

    {"sheet": name, "visible": true, "merged": [[top, left, bottom, right], ...], "height": 900, ...}
    {"rows": 500, "kinds": "sd-*", "bytes": 81234}    then a batch of rows from A1 on, by columns
    {"again": true}: forget the sheets said so far, they come once more
    {"end": true}, or {"error": code, "detail": text} in place of whatever was still to come

A body is UTF-8: the columns that are not empty, with U+001E between them and U+001F between cells.
Kinds of columns: `-` nothing in it; a letter of `TAGGED`: all cells are of that type; `*` mixed: each
cell starts with its own letter, and an empty one is empty. By columns, because splitting a long text
costs next to nothing beside handling each cell. What is said about a sheet is 1-based.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, zip_longest

BATCH = 500
CELL_END, COLUMN_END = "\x1f", "\x1e"
EMPTY, TEXT, MIXED = "-", "s", "*"
ROUNDED_FROM = 10**15
# Three times what Excel lets a cell hold: beyond it somebody packs text to fill memories with.
LONGEST_CELL = 100_000


class Refused(Exception):
    """This file cannot be read; `code` is a key of the parent's table of sentences."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(detail)
        self.code = code


def whole(value: float) -> str:
    """A number as text. Excel keeps fifteen digits: what is longer (`r`) has lost its last ones."""
    if not value.is_integer():
        return f"f{value!r}"
    return f"r{int(value)}" if abs(value) >= ROUNDED_FROM else f"i{int(value)}"


TAGGED = {
    str: lambda value: "s" + value if value else "",
    float: whole,
    int: lambda value: whole(float(value)),
    bool: lambda value: "b1" if value else "b",
    date: lambda value: "d" + value.isoformat(),
    datetime: lambda value: "m" + value.isoformat(),
    time: lambda value: "h" + value.isoformat(),
    timedelta: lambda value: f"x{value.total_seconds()}",
}


def written(column: tuple) -> tuple[str, Iterable[str]]:
    """Kind of a column of a batch and its cells as text."""
    types = set(map(type, column))
    if str in types and max(len(cell) for cell in column if type(cell) is str) > LONGEST_CELL:
        raise Refused("long_cell")
    if types == {str}:
        return (TEXT, column) if any(column) else (EMPTY, ())
    if types == {date}:
        return "d", map(date.isoformat, column)
    if types == {datetime}:
        return "m", map(datetime.isoformat, column)
    if (
        types == {float}
        and all(map(float.is_integer, column))
        and max(map(abs, column)) < ROUNDED_FROM
    ):
        return "i", map(str, map(int, column))
    return MIXED, [TAGGED[type(cell)](cell) for cell in column]


def joined(cells: Iterable[str], rows: int) -> str:
    """Cells as one text; a cell that holds one of our separators loses it."""
    cells = list(cells)
    text = CELL_END.join(cells)
    if COLUMN_END in text or text.count(CELL_END) != rows - 1:
        return CELL_END.join(cell.replace(COLUMN_END, "").replace(CELL_END, "") for cell in cells)
    return text


class Answer:
    """Writes sheet after sheet, and counts cells against the limit."""

    def __init__(self, write: Callable[[bytes], object], most_cells: int):
        self.write = write
        self.most_cells = self.left = most_cells

    def say(self, **line: object) -> None:
        """Write one JSON object as a line."""
        self.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")

    def again(self) -> None:
        """Take back what was said."""
        self.left = self.most_cells
        self.say(again=True)

    def sheet(
        self,
        rows: Iterable[Sequence],
        name: str = "",
        visible: bool = True,
        merged: Sequence = (),
        lead: int = 0,
        height: int = 0,
        **more: object,
    ) -> None:
        """Write one whole sheet; `lead` empty columns are put in front of its rows.

        `height`: how many rows it has, as far as known; `more`: what it hides (`hiding.Hiding`).
        """
        self.say(sheet=name, visible=visible, merged=merged, height=height, **more)
        source = iter(rows)
        while batch := list(islice(source, BATCH)):
            self.batch(batch, lead)

    def batch(self, rows: list[Sequence], lead: int) -> None:
        """Write some rows by columns; stops when the workbook holds too many cells."""
        kinds, parts = [EMPTY] * lead, []
        for column in zip_longest(*rows, fillvalue=""):
            kind, cells = written(column)
            kinds.append(kind)
            if kind != EMPTY:
                parts.append(joined(cells, len(rows)))
        self.left -= len(rows) * max(1, len("".join(kinds).rstrip(EMPTY)))
        if self.left < 0:
            raise Refused("too_large", "too many cells")
        body = COLUMN_END.join(parts).encode("utf-8", "replace")
        self.say(rows=len(rows), kinds="".join(kinds), bytes=len(body))
        self.write(body)
