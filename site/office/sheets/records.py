"""Which rows below the header are records, and which are totals, notes or the header once more."""

import re
from collections.abc import Collection, Iterator

from office.sheets.cells import blank, fold, text
from office.sheets.columns import Mapping
from office.sheets.problems import Problem
from office.sheets.reading import Row, Sheet, Value

TOTALS = frozenset({"合计", "总计", "总合计", "小计", "共计", "累计"})
LONGEST_TOTAL = 10
FOOTER = re.compile(r"(?:备?注|说明|填[报表]人|审核人?|制表人?|单位负责人)\s*[:：]")


def data_rows(sheet: Sheet, mapping: Mapping) -> Iterator[tuple[int, Row]]:
    """Rows that hold a record, with their Excel numbers."""
    headings = _headings(mapping)
    for number, row in sheet.numbered(mapping.first_row):
        if (first := _first_filled(row)) >= 0 and not _why(row, first, headings):
            yield number, row


def passed_over(sheet: Sheet, mapping: Mapping) -> list[Problem]:
    """Rows that are not blank and yet no records: totals, notes below, the header once more."""
    headings = _headings(mapping)
    found = []
    for number, row in sheet.numbered(mapping.first_row):
        if (first := _first_filled(row)) >= 0 and (why := _why(row, first, headings)):
            found.append(Problem(number, first + 1, "", text(row[first]), why))
    return found


def _headings(mapping: Mapping) -> set[str]:
    return {fold(column.heading) for column in mapping.columns}


def _first_filled(row: Row) -> int:
    """Position (from 0) of the first cell that is not blank, -1 in a blank row."""
    return next((at for at, cell in enumerate(row) if cell != "" and not blank(cell)), -1)


def _why(row: Row, first: int, headings: Collection[str]) -> str:
    """Why a row is no record; "" when it is one."""
    cell = row[first]
    if not isinstance(cell, str):
        return ""
    if len(cell) <= LONGEST_TOTAL and fold(cell) in TOTALS:
        return "这是合计行，没有导入。"
    filled = [found for found in row[first:] if found != ""]
    if FOOTER.match(text(cell)) and len(filled) == 1:
        return "这是表下的说明，没有导入。"
    if fold(cell) in headings and _repeats(filled, headings):
        return "这一行重复了标题，没有导入。"
    return ""


def _repeats(filled: list[Value], headings: Collection[str]) -> bool:
    """Whether the cells of a row are headings, all of them and more than one."""
    return len(filled) > 1 and all(fold(cell) in headings for cell in filled)
