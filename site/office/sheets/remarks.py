"""What a person should know of a sheet before she takes it over, in sentences.

What Excel or WPS does not show her (hidden and filtered rows, hidden columns and sheets) is read like
everything else, so it is said.
"""

from collections.abc import Sequence

from office.sheets.columns import Mapping
from office.sheets.problems import column_letter
from office.sheets.reading import Book, Sheet

MOST_NAMED = 5


def notes(sheet: Sheet, mapping: Mapping | None = None) -> list[str]:
    """Sentences about one sheet; with its `mapping` also about tables beside the one taken over."""
    said = []
    if not sheet.visible:
        said.append("这张工作表在表格里是隐藏的，也一并读入。")
    rows = clipped(sheet.hidden_rows, len(sheet.rows))
    if rows:
        said.append(_of_rows(rows, sheet.filtered))
    if columns := clipped(sheet.hidden_columns, sheet.width):
        said.append(f"{_letters(columns)} 列在表格里是隐藏的，也一并读入。")
    if not sheet.hiding_known:
        said.append("这种文件看不出有没有隐藏或筛掉的行列：所有行列都已读入。")
    return said + [_of_table(area) for area in (mapping.beside if mapping else ())]


def notes_of_book(book: Book) -> list[str]:
    """Sentences about the workbook: which of its sheets are hidden and hold something."""
    hidden = [sheet for sheet in book.sheets if sheet.rows and not sheet.visible]
    if not hidden:
        return []
    named = "、".join(f"“{sheet.name}”" for sheet in hidden[:MOST_NAMED])
    more = f"等 {len(hidden)} 张" if len(hidden) > MOST_NAMED else ""
    return [f"工作簿里有隐藏的工作表：{named}{more}，也可以选来导入。"]


def clipped(areas: Sequence[tuple[int, int]], last: int) -> list[tuple[int, int]]:
    """Ranges (1-based, ends included) as far as they lie within 1 to `last`."""
    return [(first, min(end, last)) for first, end in areas if first <= last]


def _of_rows(areas: Sequence[tuple[int, int]], filtered: bool) -> str:
    count = sum(last - first + 1 for first, last in areas)
    named = "、".join(_span(str(first), str(last)) for first, last in areas[:MOST_NAMED])
    more = "等" if len(areas) > MOST_NAMED else ""
    if filtered:
        return f"表格开着筛选，有 {count} 行没有显示（第 {named} 行{more}），也一并读入。"
    return f"第 {named} 行{more}在表格里是隐藏的（共 {count} 行），也一并读入。"


def _letters(areas: Sequence[tuple[int, int]]) -> str:
    spans = [_span(column_letter(first), column_letter(last)) for first, last in areas]
    return "、".join(spans[:MOST_NAMED]) + (" 等" if len(spans) > MOST_NAMED else "")


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _of_table(area: tuple[int, int]) -> str:
    letters = _letters([area])
    return f"{letters} 列是旁边的另一张表，没有读入；要导入它，请单独存成一个文件再上传。"
