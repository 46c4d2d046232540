"""An .xlsx in which every cell is text: nothing a person once typed can become a formula."""

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_LONGEST = 32_767  # characters of a cell
_STARTS = ("=", "+", "-", "@", "\t", "\r")
_IN_MEMORY = 4 * 1024 * 1024  # bytes; more goes to a temporary file
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def text_sheet(
    title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[str]], note: str = ""
) -> IO[bytes]:
    """A workbook of one sheet, open for reading from its start.

    columns: heading and width (characters) of each; note: a sentence above the headings.
    """
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    for number, (_, width) in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = "A3" if note else "A2"

    def cell(text: str, bold: bool = False) -> Any:
        clean = ILLEGAL_CHARACTERS_RE.sub("", text)[:_LONGEST]
        if not bold and not clean.startswith(_STARTS):
            return clean or None  # a plain string stays one and costs a tenth of a cell
        found = WriteOnlyCell(sheet, value=clean)
        found.data_type = "s"
        found.quotePrefix = clean.startswith(_STARTS)
        if bold:
            found.font = Font(bold=True)
        return found

    if note:
        sheet.append([cell(note)])
    sheet.append([cell(heading, bold=True) for heading, _ in columns])
    for row in rows:
        sheet.append([cell(text) for text in row])
    # Handed to the response, which closes it.
    target = tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115
    book.save(target)
    target.seek(0)
    return target
