"""Writes a sheet back with its problems beside the rows, to be mended and brought again."""

import io
import re
from collections import defaultdict
from collections.abc import Iterable

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from office.sheets.problems import Problem
from office.sheets.reading import ROUNDED_FROM, Book, Row, Sheet, Value

ERRORS = "错误"
LONGEST_TEXT = 32_767  # what one cell of .xlsx can hold
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
# What XML cannot carry; one of them makes the whole file unreadable.
ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
MARKED = PatternFill("solid", fgColor="FFF2CC")
RED = Font(color="C00000")
WRAPPED = Alignment(wrap_text=True, vertical="top")
ERRORS_WIDTH = 50


def error_copy(
    book: Book, sheet: str | Sheet, problems: Iterable[Problem], header_row: int = 1
) -> bytes:
    """An .xlsx with one sheet: all rows of `sheet` where they were, and a last column 错误.

    Cells with a problem are marked. Text stays text: nothing in the file becomes a formula, and
    numbers of more than fifteen digits are written as text. A column 错误 from an earlier copy is
    written anew. `header_row`: last row of the header (0: none), which gets the word 错误.
    """
    found = book.sheet(sheet) if isinstance(sheet, str) else sheet
    by_row: dict[int, list[Problem]] = defaultdict(list)
    for problem in problems:
        by_row[problem.row].append(problem)
    rows, width = _without_errors(found, header_row)
    workbook = Workbook(write_only=True)
    copy = workbook.create_sheet(_title(found.name))
    copy.column_dimensions[get_column_letter(width + 1)].width = ERRORS_WIDTH
    if header_row:
        copy.freeze_panes = f"A{header_row + 1}"
    for number, row in enumerate(rows, 1):
        copy.append(_row(copy, row, width, by_row[number], number == header_row))
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def _without_errors(sheet: Sheet, header_row: int) -> tuple[list[Row], int]:
    """Rows and width of a sheet, without the last column where that is an earlier 错误."""
    headed = 0 < header_row <= len(sheet.rows) and sheet.width > 1
    if headed and sheet.rows[header_row - 1][-1] == ERRORS:
        return [row[:-1] for row in sheet.rows], sheet.width - 1
    return sheet.rows, sheet.width


def _row(
    sheet: Worksheet, row: Row, width: int, problems: list[Problem], header: bool
) -> list[object]:
    """One row of the copy with its errors."""
    cells: list[object] = [_cell(sheet, value) for value in row]
    for problem in problems:
        if 1 <= problem.column <= width:
            marked = _styled(sheet, row[problem.column - 1])
            marked.fill = MARKED
            cells[problem.column - 1] = marked
    if problems or header:
        said = _styled(sheet, ERRORS if header else "\n".join(map(str, problems)))
        said.font, said.alignment = RED, WRAPPED
        cells.append(said)
    return cells


def _cell(sheet: Worksheet, value: Value) -> object:
    """What to append for a value: itself, or a cell of its own where Excel would read it anew."""
    if value == "":
        return None
    if isinstance(value, str):
        plain = not value.startswith((*FORMULA_STARTS, "#")) and len(value) <= LONGEST_TEXT
        if plain and not ILLEGAL.search(value):
            return value
        return _styled(sheet, value)
    return _styled(sheet, value) if _unwritable(value) else value


def _unwritable(value: Value) -> bool:
    """Whether a number would be spoilt as a number: too long for Excel, or none at all."""
    return isinstance(value, int | float) and not -ROUNDED_FROM < value < ROUNDED_FROM


def _styled(sheet: Worksheet, value: Value) -> WriteOnlyCell:
    """A cell that can be styled; text in it is typed as text and stays so when edited."""
    if _unwritable(value):
        value = str(value)
    if not isinstance(value, str) or not value:
        return WriteOnlyCell(sheet, value=None if value == "" else value)
    clean = ILLEGAL.sub("", value)[:LONGEST_TEXT]
    cell = WriteOnlyCell(sheet, value=clean)
    cell.data_type = "s"
    cell.quotePrefix = clean.startswith(FORMULA_STARTS)
    return cell


def _title(name: str) -> str:
    """A sheet name Excel accepts: at most 31 characters, none of `\\\\/*?:[]`."""
    kept = "".join("_" if mark in "\\/*?:[]" else mark for mark in name).strip("'")
    return kept[:31] or "Sheet1"
