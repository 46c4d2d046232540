"""The two readers of workbooks: python-calamine, and openpyxl where it is missing or gives up."""

import io
from collections.abc import Callable, Iterable
from datetime import datetime, time

from office.sheets.parsing.answering import LONGEST_CELL, Answer, Refused
from office.sheets.parsing.diagnosis import OLE, diagnosis
from office.sheets.parsing.hiding import UNKNOWN, Hiding
from office.sheets.parsing.hiding_xls import hidden_in_xls
from office.sheets.parsing.hiding_xlsx import hidden_in_xlsx

HEADER_ROWS, MOST_MERGED = 100, 2000
MIDNIGHT = time()
# Formats of days that Chinese Excel knows by number alone [S: ECMA-376 part 1, 18.8.30].
CHINESE_DAYS = (*range(27, 37), *range(50, 59))


def read_with_calamine(data: bytes, answer: Answer, scanned: int) -> None:
    """Read .xlsx, .xls, .xlsb, .ods, .et. `scanned`: bytes to go through for what is hidden."""
    from python_calamine import (  # noqa: PLC0415 - known only once `job["path"]` is in place
        CalamineError,
        SheetTypeEnum,
        SheetVisibleEnum,
        load_workbook,
    )

    try:
        book = load_workbook(io.BytesIO(data))
        found = hidden(data, scanned)
        for number, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_name(about.name)
            hiding = found.get(about.name) or found.get(number) or UNKNOWN
            answer.sheet(
                sheet.iter_rows(),
                about.name,
                about.visible == SheetVisibleEnum.Visible,
                near_top((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
                sheet.start[1] if sheet.start else 0,
                sheet.end[0] + 1 if sheet.end else 0,
                **hiding.said(),
            )
    except CalamineError as error:
        raise Refused(diagnosis(data), str(error)) from error


def hidden(data: bytes, most: int) -> dict[str | int, Hiding]:
    """What the sheets hide, by name (.xlsx) or place in the workbook from 0 on (.xls, .et)."""
    found: dict[str | int, Hiding] = {}
    if most and data.startswith(b"PK"):
        found.update(hidden_in_xlsx(data, most))
    elif most and data.startswith(OLE):
        found.update(enumerate(hidden_in_xls(data)))
    return found


def near_top(areas: Iterable[tuple[int, int, int, int]]) -> list[list[int]]:
    """Merged areas (0-based in, 1-based out) among the rows where a header can be, in order."""
    near = sorted([side + 1 for side in area] for area in areas if area[0] < HEADER_ROWS)
    return near[:MOST_MERGED]


def read_with_openpyxl(data: bytes, answer: Answer, scanned: int) -> None:
    """Read .xlsx where no calamine is installed, or where it gave up: slower, as forgiving."""
    if not data.startswith(b"PK"):
        found = diagnosis(data)
        raise Refused("needs_xlsx" if found == "damaged" else found)
    from openpyxl import load_workbook  # noqa: PLC0415 - known only with `job["path"]`
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415
    from openpyxl.utils.escape import unescape  # noqa: PLC0415

    BUILTIN_FORMATS.update(dict.fromkeys(CHINESE_DAYS, "yyyy-mm-dd hh:mm"))
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        said = hidden_in_xlsx(data, scanned)
        for sheet in book.worksheets:
            hiding = said.get(sheet.title, UNKNOWN)
            height = sheet.max_row or 0
            sheet.reset_dimensions()
            rows = (
                [plain(cell.value, cell.data_type, unescape) for cell in row]
                for row in sheet.iter_rows()
            )
            merged = near_top(hiding.merged)
            visible = sheet.sheet_state == "visible"
            answer.sheet(rows, sheet.title, visible, merged, 0, height, **hiding.said())
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused(diagnosis(data), f"{type(error).__name__}: {error}") from error
    if not book.worksheets:
        raise Refused("damaged", "no sheet that openpyxl knows")


def plain(value: object, kind: str, unescape: Callable[[str], str]) -> object:
    """A cell of openpyxl (`kind`: its data type) as calamine gives it.

    That is: no errors, no whole ints, no midnights, no `_x000D_`.
    """
    if value is None or kind == "e":
        return ""
    if isinstance(value, str):
        if len(value) > LONGEST_CELL:
            raise Refused("long_cell")
        return unescape(value) if "_x" in value else value
    if isinstance(value, datetime) and value.time() == MIDNIGHT:
        return value.date()
    return float(value) if type(value) is int else value
