"""Official sheets out: title, 填报 line, header and rows as .xlsx, or rows alone as .csv.

Written row by row, so that memory does not grow with the list. Every text is a string-typed cell
that holds exactly the text; days and moments are true dates; numbers of records are text.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO

from office.sheets.problems import column_letter
from office.sheets.reading import Value
from office.sheets.styles import Style
from office.sheets.workbook import KIND, Page, Sheet, Workbook
from office.sheets.xmltext import Looks, cells, lines, local, plain, text_tail

__all__ = ["KIND", "Column", "Head", "TemplateColumn", "write_csv", "write_xlsx"]

Tick = Callable[[int], None]
TICK_ROWS = 1_000
#: a cell of .csv that begins so gets a `'` in front, which our import takes away again
GUARDED = ("=", "+", "-", "@", "\t", "\r")
KINDS = ("text", "day", "moment", "number")
_NONE = type(None)
_AS_THEY_ARE: dict[str, set[type]] = {
    "text": {str, _NONE},
    "day": {str, _NONE, date},
    "moment": {str, _NONE, datetime},
    "number": {str, _NONE, int, float},
}
BATCH = 200  # rows made at a time; a divisor of TICK_ROWS
LINE, HIGHEST = 15, 409  # points: of a line of text, and what a row may have


@dataclass(frozen=True)
class Column:
    """One column: its key for the caller, its title, its width in characters, what it holds.

    kind: "text" (IDs and numbers of records too), "day", "moment" or "number". A value that is not
    of the kind is written as what it is: a text in a column of days stays that text.
    """

    key: str
    title: str
    width: int
    kind: str = "text"
    wrap: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")


@dataclass(frozen=True)
class TemplateColumn(Column):
    """A column of an empty ledger: drop-down, note, whether it must be filled, an example."""

    choices: tuple[str, ...] = ()
    note: str = ""
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Head:
    """What stands above the header: title, who filled it in and when, filters in words.

    watermark: a line under the title, in the header and footer of every printed page.
    """

    title: str
    unit: str = ""
    by: str = ""
    reviewer: str = ""
    on: date | None = None
    conditions: str = ""
    watermark: str = ""

    @property
    def line(self) -> str:
        """填报单位, 填报人, 审核人 and 日期; what is not known stays open for the pen."""
        on = f"{self.on.year}年{self.on.month}月{self.on.day}日" if self.on else ""
        said = (
            ("填报单位", self.unit),
            ("填报人", self.by),
            ("审核人", self.reviewer),
            ("日期", on),
        )
        return "　　　".join(f"{name}：{value or '　　　　'}" for name, value in said)

    @property
    def rows(self) -> list[tuple[str, Style, int]]:
        """Text, style and size in points of each row above the header."""
        found = [
            (self.title, Style.TITLE, 16),
            (self.watermark, Style.WATERMARK, 11),
            (self.line, Style.LINE, 11),
            (self.conditions and f"筛选条件：{self.conditions}", Style.LINE, 11),
        ]
        return [(plain(text), style, size) for text, style, size in found if text]


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
            values = [fitted(value, column.kind) for value in values]
        made.append(cells(column_letter(at), sheet.rows + 1, values, looks_of(column)))
        if column.wrap:
            high = [max(high[at], lines(value, column.width)) for at, value in enumerate(values)]
    sheet.extend(
        zip(*made, strict=True), [min(n * LINE + 2, HIGHEST) if n > 1 else 0 for n in high]
    )


def page_of(head: Head, columns: Sequence[Column]) -> Page:
    """Paper, frozen rows and widths of a sheet under this head."""
    top = len(head.rows) + 1
    mark = _margin(head.watermark, 100)
    unit = _margin(head.unit, 40)
    return Page(
        widths=[column.width for column in columns],
        frozen=top,
        repeated=top,
        header=mark and f"&C{mark}",
        footer=f"&L{mark or unit}&C第 &P 页 共 &N 页",
    )


def _margin(text: str, most: int) -> str:
    """A text for the page's header: `&` begins a code there, and digits could follow one."""
    return plain(text).replace("\n", " ")[:most].replace("&", "&&")


def write_head(sheet: Sheet, head: Head, columns: Sequence[Column]) -> None:
    """The rows above the values: title, lines, header."""
    whole = sum(column.width for column in columns)
    for text, style, size in head.rows:
        needed = lines(text, max(whole * 11 // size, 1))
        blank = [text_tail("", style)] * (len(columns) - 1)
        sheet.add([text_tail(text, style), *blank], height=needed * (size * 1.25 + 4))
        sheet.merge(len(columns))
    needed = max((lines(c.title, max(c.width - 1, 1)) for c in columns), default=1)
    sheet.add([text_tail(c.title, _header(c)) for c in columns], height=max(needed * LINE + 2, 20))


def _header(column: Column) -> Style:
    return Style.REQUIRED if getattr(column, "required", False) else Style.HEADER


def looks_of(column: Column) -> Looks:
    """Styles of the column's values."""
    if column.wrap:
        return Looks(Style.TEXT_WRAPPED, Style.LONG_WRAPPED)
    return Looks(Style.TEXT, Style.LONG)


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
    out = io.TextIOWrapper(target, "utf-8-sig", newline="", write_through=True)
    try:
        lines = csv.writer(out, lineterminator="\r\n")
        lines.writerow([guarded(column.title) for column in columns])
        kinds = [column.kind for column in columns]
        count = 0
        for count, row in enumerate(rows, 1):
            lines.writerow([_said(value, kind) for value, kind in zip(row, kinds, strict=True)])
            if tick and not count % TICK_ROWS:
                tick(count)
    finally:
        out.detach()
    return count


def guarded(text: str) -> str:
    """A text that no spreadsheet runs: a `'` in front where it begins like a formula."""
    return f"'{text}" if text.startswith(GUARDED) else text


def _said(value: Value | None, kind: str) -> str:
    """A value as text of .csv; numbers and dates plain, so that −5 stays a number."""
    value = fitted(value, kind)
    if value is None:
        return ""
    if isinstance(value, str):
        return guarded(plain(value))
    if isinstance(value, datetime):
        return f"{local(value):%Y-%m-%d %H:%M:%S}"
    return str(value)


def numbered(rows: Iterable[Sequence[Value | None]]) -> Iterator[Sequence[Value | None]]:
    """Rows with 序号 in front, from 1 on."""
    for number, row in enumerate(rows, 1):
        yield (number, *row)
