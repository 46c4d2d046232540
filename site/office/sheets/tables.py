"""Which columns of a sheet are one table, and which stand beside it as another one.

Pure; rows and columns are 1-based as in Excel. A span is (first, last) column.
"""

from collections.abc import Iterable
from dataclasses import replace

from office.sheets.book import Row, Sheet, Value
from office.sheets.texts import blank, fold

Span = tuple[int, int]
# A part of the same table may have so many tenths of its rows where the rest of the table is blank.
ALONE = 1


def spans(sheet: Sheet) -> list[Span]:
    """Runs of columns that hold anything, between columns that are blank from top to bottom.

    A blank column under a merged heading or cell is no gap.
    """
    filled = [any(not _empty(row[at]) for row in sheet.rows) for at in range(sheet.width)]
    for left, right in _bridges(sheet):
        filled[left - 1 : min(right, sheet.width)] = [True] * (min(right, sheet.width) - left + 1)
    found: list[Span] = []
    for column, holds in enumerate(filled, 1):
        if holds and found and found[-1][1] == column - 1:
            found[-1] = (found[-1][0], column)
        elif holds:
            found.append((column, column))
    return found


def _bridges(sheet: Sheet) -> Iterable[Span]:
    """Columns joined by a merged cell that is not a title alone in its row."""
    for top, left, _, right in sheet.merged:
        if right > left and top <= len(sheet.rows):
            others = (cell for at, cell in enumerate(sheet.rows[top - 1], 1) if at != left)
            if not all(map(_empty, others)):
                yield left, right


def window(sheet: Sheet, span: Span, most_rows: int) -> Sheet:
    """The first rows of some columns as a sheet of its own."""
    left, right = span
    merged = tuple(
        (top, start - left + 1, bottom, end - left + 1)
        for top, start, bottom, end in sheet.merged
        if left <= start and end <= right
    )
    rows = [row[left - 1 : right] for row in sheet.rows[:most_rows]]
    return replace(sheet, rows=rows, merged=merged)


def beside(sheet: Sheet, main: Span, others: Iterable[Span], top: int, bottom: int) -> list[Span]:
    """Those of the `others` that are tables of their own beside `main`, headed in `top` to `bottom`."""
    return [span for span in others if not _belongs(sheet, main, span, top, bottom)]


def _belongs(sheet: Sheet, main: Span, other: Span, top: int, bottom: int) -> bool:
    """Whether columns behind a gap are part of the table: headed in the same rows, filled in the same.

    A list beside a ledger repeats its headings, has them elsewhere, or goes on where the ledger ends.
    """
    if bottom:
        rows = sheet.rows[top - 1 : bottom]
        headings = {fold(cell) for row in rows for cell in row[main[0] - 1 : main[1]]}
        own = {fold(_first(row[at] for row in rows)) for at in range(other[0] - 1, other[1])} - {""}
        if not own or own <= headings:
            return False
    filled = alone = 0
    for row in sheet.rows[bottom:]:
        if _holds(row, other):
            filled += 1
            alone += not _holds(row, main)
    return alone * 10 <= filled * ALONE


def _first(cells: Iterable[Value]) -> Value:
    """The first cell that holds anything."""
    return next((cell for cell in cells if not _empty(cell)), "")


def _holds(row: Row, span: Span) -> bool:
    return any(not _empty(cell) for cell in row[span[0] - 1 : span[1]])


def _empty(cell: Value) -> bool:
    return cell == "" or blank(cell)
