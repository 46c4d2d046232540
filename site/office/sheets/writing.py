"""Writes a sheet back with its problems beside the rows, to be mended and brought again."""

import io
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import IO

from office.sheets.heading import HIGHEST, LINE
from office.sheets.problems import Problem
from office.sheets.reading import Book, Row, Sheet
from office.sheets.styles import Style
from office.sheets.workbook import Page, Workbook
from office.sheets.workbook import Sheet as Writing
from office.sheets.xmltext import Looks, lines, tail, text_tail

ERRORS = "错误"
ERRORS_WIDTH, WIDTH = 50, 14  # characters
FREE = Looks(
    Style.FREE,
    Style.FREE_LONG,
    Style.FREE_DAY,
    Style.FREE_MOMENT,
    Style.FREE_TIME,
    Style.FREE_DURATION,
    Style.FREE_NUMBER,
)
MARKED = Looks(
    Style.MARKED,
    Style.MARKED_LONG,
    Style.MARKED_DAY,
    Style.MARKED_MOMENT,
    Style.MARKED_TIME,
    Style.MARKED_DURATION,
    Style.MARKED_NUMBER,
)


def error_copy(
    book: Book, sheet: str | Sheet, problems: Iterable[Problem], header_row: int = 1
) -> bytes:
    """The .xlsx that `write_error_copy` writes of a sheet of `book`, as bytes."""
    found = book.sheet(sheet) if isinstance(sheet, str) else sheet
    out = io.BytesIO()
    write_error_copy(out, found.name, found.rows, problems, header_row)
    return out.getvalue()


def write_error_copy(
    target: IO[bytes],
    name: str,
    rows: Iterable[Row],
    problems: Iterable[Problem],
    header_row: int = 1,
) -> None:
    """Write an .xlsx of one sheet: all rows where they were, and a last column 错误.

    Cells with a problem are marked. Text stays text: nothing in the file becomes a formula, and
    numbers of more than fifteen digits are written as text. A column 错误 from an earlier copy is
    written anew. `rows`: equally long, read once, so that they may come from a file; `header_row`:
    last row of the header (0: none), which gets the word 错误.
    """
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    left = iter(rows)
    top = list(islice(left, max(header_row, 1)))
    width = _width(top, header_row)
    page = Page(widths=[WIDTH] * width + [ERRORS_WIDTH], frozen=header_row)
    with Workbook(target) as book, book.sheet(name, page) as sheet:
        for number, row in enumerate(chain(top, left), 1):
            _add(sheet, row[:width], by_row.get(number, ()), number == header_row)


def _width(top: Sequence[Row], header_row: int) -> int:
    """Number of columns, without the last one where that is an earlier 错误."""
    width = len(top[0]) if top else 0
    headed = 0 < header_row <= len(top) and width > 1
    return width - 1 if headed and top[header_row - 1][-1] == ERRORS else width


def _add(sheet: Writing, row: Row, problems: Sequence[Problem], header: bool) -> None:
    """One row of the copy with its errors."""
    wrong = {problem.column for problem in problems}
    tails = [tail(value, MARKED if at in wrong else FREE) for at, value in enumerate(row, 1)]
    if not problems and not header:
        sheet.add(tails)
        return
    said = ERRORS if header else "\n".join(map(str, problems))
    needed = lines(said, ERRORS_WIDTH)
    sheet.add(
        [*tails, text_tail(said, Style.ERROR)],
        height=min(needed * LINE + 2, HIGHEST) if needed > 1 else 0,
    )
