"""Which rows below the header are records, and which are totals, notes or the header once more."""

import re
from collections.abc import Collection, Iterator, Sequence

from office.sheets.cells import blank, fold, text
from office.sheets.columns import Mapping
from office.sheets.problems import Problem
from office.sheets.reading import Row, Sheet, Value
from office.sheets.templates import EXAMPLE

TOTALS = frozenset({"合计", "总计", "总合计", "小计", "共计", "累计"})
LONGEST_TOTAL = 10
FOOTER = re.compile(r"(?:备?注|说明|填[报表]人|审核人?|制表人?|单位负责人)\s*[:：]")


def data_rows(sheet: Sheet, mapping: Mapping) -> Iterator[tuple[int, Row]]:
    """Rows that hold a record, with their Excel numbers; what stands beside the table is none."""
    judge = Judge(mapping)
    for number, row in sheet.numbered(mapping.first_row):
        if judge(row)[0] == RECORD:
            yield number, row


def passed_over(sheet: Sheet, mapping: Mapping) -> list[Problem]:
    """Rows that are not blank and yet no records: totals, notes below, the header once more."""
    judge, found = Judge(mapping), []
    for number, row in sheet.numbered(mapping.first_row):
        why, at = judge(row)
        if why not in (RECORD, BLANK):
            found.append(Problem(number, at + 1, "", text(row[at]), why))
    return found


RECORD, BLANK = "", "blank"


class Judge:
    """Tells of a row why it is no record: (`RECORD`, `BLANK` or a sentence, place of its first cell)."""

    def __init__(self, mapping: Mapping):
        self.headings = {fold(column.heading) for column in mapping.columns}
        self.own = [column.index - 1 for column in mapping.columns] if mapping.beside else None

    def __call__(self, row: Row) -> tuple[str, int]:
        places = range(len(row)) if self.own is None else self.own
        for at in places:
            if row[at] != "" and not blank(row[at]):
                break
        else:
            return BLANK, 0
        own = row[at:] if self.own is None else [row[one] for one in places if one >= at]
        return _why(own, self.headings), at


def _why(cells: Sequence[Value], headings: Collection[str]) -> str:
    """Why a row is no record, from its first filled cell on; `RECORD` when it is one."""
    cell = cells[0]
    if not isinstance(cell, str):
        return ZEROS if cell == 0 and all(_zero_or_blank(one) for one in cells) else RECORD
    if cell.strip() == EXAMPLE:
        return "这是空白模板里的示例行，没有导入。"
    if len(cell) <= LONGEST_TOTAL and fold(cell) in TOTALS:
        return "这是合计行，没有导入。"
    filled = [found for found in cells if found != ""]
    if FOOTER.match(text(cell)) and len(filled) == 1:
        return "这是表下的说明，没有导入。"
    if fold(cell) in headings and _repeats(filled, headings):
        return "这一行重复了标题，没有导入。"
    return RECORD


ZEROS = "这一行只有 0，没有导入。"


def _zero_or_blank(cell: Value) -> bool:
    return blank(cell) if isinstance(cell, str) else cell == 0


def _repeats(filled: Sequence[Value], headings: Collection[str]) -> bool:
    """Whether the cells of a row are headings, all of them and more than one."""
    return len(filled) > 1 and all(fold(cell) in headings for cell in filled)
