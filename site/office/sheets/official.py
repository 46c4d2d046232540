"""Official sheets out: title, 填报 line, header and rows as .xlsx, or rows alone as .csv.

Written row by row, so that memory does not grow with the list. Every text is a string-typed cell
that holds exactly the text; days and moments are true dates; numbers of records are text.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO

from office.sheets.heading import (
    HIGHEST,
    LINE,
    Column,
    Head,
    TemplateColumn,
    looks_of,
    page_of,
    write_head,
)
from office.sheets.problems import column_letter
from office.sheets.reading import Value
from office.sheets.templates import write_template
from office.sheets.workbook import KIND, Sheet, Workbook
from office.sheets.xmltext import cells, lines, local, plain

__all__ = [
    "KIND",
    "Column",
    "Head",
    "TemplateColumn",
    "write_csv",
    "write_template",
    "write_xlsx",
]

Tick = Callable[[int], None]
TICK_ROWS = 1_000
#: a cell of .csv that begins so gets a `'` in front, which our import takes away again
_FIRST = frozenset("'=+-@\t\r")
GUARDED = re.compile(r"'*[=+\-@\t\r]")
_NONE = type(None)
_AS_THEY_ARE: dict[str, set[type]] = {
    "text": {str, _NONE},
    "day": {str, _NONE, date},
    "moment": {str, _NONE, datetime},
    "number": {str, _NONE, int, float},
}
BATCH = 200  # rows made at a time; a divisor of TICK_ROWS


def write_xlsx(
    target: IO[bytes],
    head: Head,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value | None]],
    *,
    tick: Tick | None = None,
) -> int:
    """Write an .xlsx to `target` and say how many rows it holds (without title and header).

    Each row has a value for each column, in their order; `ValueError` when it has not. More rows
    than a sheet can hold go on in further sheets with the same head. `tick` is told the number of
    rows after every thousand. When anything is raised the file is of no use.
    """
    left, count = iter(rows), 0
    page = page_of(head, columns)
    with Workbook(target) as book:
        waiting = list(islice(left, BATCH))
        while waiting or not count:
            with book.sheet(head.title, page) as sheet:
                write_head(sheet, head, columns)
                while waiting and sheet.room:
                    now, waiting = waiting[: sheet.room], waiting[sheet.room :]
                    write_rows(sheet, columns, now)
                    count += len(now)
                    if tick and not count % TICK_ROWS:
                        tick(count)
                    waiting = waiting or list(islice(left, BATCH))
            if not waiting:
                break
    return count


def write_rows(
    sheet: Sheet, columns: Sequence[Column], rows: Sequence[Sequence[Value | None]]
) -> None:
    """Some rows of values, made column by column: a column is alike, so it is checked at once."""
    made, high = [], [1] * len(rows)
    by_column = list(zip(*rows, strict=True))
    for at, (column, values) in enumerate(zip(columns, by_column, strict=True), 1):
        if not set(map(type, values)) <= _AS_THEY_ARE[column.kind]:
            values = tuple(fitted(value, column.kind) for value in values)
        made.append(cells(column_letter(at), sheet.rows + 1, values, looks_of(column)))
        if column.wrap:
            high = [
                max(tall, lines(value, column.width)) if isinstance(value, str) and value else tall
                for tall, value in zip(high, values, strict=True)
            ]
    sheet.extend(
        zip(*made, strict=True), [min(n * LINE + 2, HIGHEST) if n > 1 else 0 for n in high]
    )


def fitted(value: Value | None, kind: str) -> Value | None:
    """A value as its column means it: a number of a record is text, a moment in a column of days
    is its day."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int | float | Decimal):
        return value if kind == "number" else str(value)
    if isinstance(value, datetime) and kind == "day":
        return local(value).date()
    return value


def write_csv(
    target: IO[bytes],
    head: Head,
    columns: Sequence[Column],
    rows: Iterable[Sequence[Value | None]],
    *,
    tick: Tick | None = None,
) -> int:
    """Write a .csv (UTF-8 with BOM, CRLF, header and rows, nothing above) and count its rows.

    A text that a spreadsheet would take for a formula gets a `'` in front. `head` is not written.
    """
    out = io.TextIOWrapper(target, "utf-8-sig", newline="")
    try:
        lined = csv.writer(out, lineterminator="\r\n")
        lined.writerow([guarded(column.title) for column in columns])
        kinds = [column.kind for column in columns]
        count = 0
        for count, row in enumerate(rows, 1):
            lined.writerow([_said(value, kind) for value, kind in zip(row, kinds, strict=True)])
            if tick and not count % TICK_ROWS:
                tick(count)
    finally:
        out.detach()
    return count


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: a `'` in front where it begins like a formula.

    One that looks guarded gets another, so that taking one away always gives back the text.
    """
    return f"'{text}" if text[:1] in _FIRST and GUARDED.match(text) else text


def _said(value: Value | None, kind: str) -> str:
    """A value as text of .csv; numbers and dates plain, so that −5 stays a number."""
    if isinstance(value, str):
        return guarded(plain(value))
    value = fitted(value, kind)
    if value is None:
        return ""
    if isinstance(value, datetime):
        return local(value).isoformat(" ")
    return str(value)
