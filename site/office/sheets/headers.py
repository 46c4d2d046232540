"""Where a sheet's headings are: below titles, over one to four rows, merged or not.

Pure; rows and columns are 1-based as in Excel.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from statistics import median

from office.sheets.book import Row, Sheet, Value
from office.sheets.problems import column_letter
from office.sheets.tables import Span, beside, spans, window
from office.sheets.texts import fold, text

SEARCHED_ROWS = 30
LONGEST_HEADING = 40
MOST_HEADER_ROWS = 4
SEPARATOR = "／"


@dataclass(frozen=True, slots=True)
class Header:
    """Rows `top` to `bottom` hold the headings; both are 0 when the sheet has none.

    `headings`: one for each column from A on, made different from one another: `列C` for a column
    without a heading, `办理情况／答复日期` under a grouping one, `时间（第2个）` for a repetition.
    `parts`: the texts each heading was made of, from the top down; empty without a heading.
    `beside`: (first, last) columns of other tables, to which these headings do not belong.
    """

    top: int
    bottom: int
    headings: tuple[str, ...]
    parts: tuple[tuple[str, ...], ...]
    beside: tuple[Span, ...] = ()


def find_header(sheet: Sheet, known: Collection[str] = ()) -> Header:
    """Find the header of a sheet, of its main table where several stand side by side.

    `known`: folded words that headings are likely to be. The main table is the one with most of
    them, else the first one that has a header.
    """
    tables = spans(sheet)
    if len(tables) < 2:
        return header_at(sheet, *_rows_of_header(sheet, known))
    best, main, rows = (-1, False), tables[0], (0, 0)
    for span in tables:
        part = window(sheet, span, SEARCHED_ROWS + MOST_HEADER_ROWS)
        found = _rows_of_header(part, known)
        merit = (_known_in(part, found, known), found != (0, 0))
        if merit > best:
            best, main, rows = merit, span, found
    return _beside(sheet, header_at(sheet, *rows), main, tables)


def header_named(sheet: Sheet, row: int) -> Header:
    """The header in the row a person named (0: there is none)."""
    header, tables = header_at(sheet, row, row), spans(sheet)
    if len(tables) < 2:
        return header
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else ()
    main = max(tables, key=lambda span: len(_filled(cells[span[0] - 1 : span[1]])))
    return _beside(sheet, header, main, tables)


def _beside(sheet: Sheet, header: Header, main: Span, tables: list[Span]) -> Header:
    """The header with what stands beside its table."""
    others = [span for span in tables if span != main]
    apart = beside(sheet, main, others, header.top, header.bottom)
    return replace(header, beside=tuple(apart))


def _rows_of_header(sheet: Sheet, known: Collection[str]) -> tuple[int, int]:
    """First and last row of the header; both 0 without one."""
    found = _row_of_known_words(sheet, known) or _row_by_shape(sheet)
    return _whole_block(sheet, found) if found else (0, 0)


def _known_in(sheet: Sheet, rows: tuple[int, int], known: Collection[str]) -> int:
    """How many headings in these rows are known words; a single one may be chance and counts not."""
    cells = [cell for row in sheet.rows[rows[0] - 1 : rows[1]] for cell in row] if rows[1] else []
    hits = {word for cell in cells for word in forms((text(cell),)) if word in known}
    return len(hits) if len(hits) > 1 else 0


def header_at(sheet: Sheet, top: int, bottom: int) -> Header:
    """The header made of rows `top` to `bottom`; without any heading when they are 0."""
    parts = _parts(sheet, top, bottom)
    seen: Counter[str] = Counter()
    headings = []
    for column, texts in enumerate(parts, 1):
        heading = SEPARATOR.join(texts) or f"列{column_letter(column)}"
        seen[heading] += 1
        headings.append(f"{heading}（第{seen[heading]}个）" if seen[heading] > 1 else heading)
    return Header(top, bottom, tuple(headings), tuple(parts))


def forms(parts: tuple[str, ...]) -> list[str]:
    """Folded ways to read a heading, the most exact first."""
    if not parts:
        return []
    whole, last = "".join(parts), parts[-1]
    ways = [fold(way, brackets=kept) for kept in (True, False) for way in (whole, last)]
    return list(dict.fromkeys(filter(None, ways)))


def one_line(value: Value) -> str:
    """A heading on one line."""
    return re.sub(r"\s*\n\s*", "", text(value))


def _row_of_known_words(sheet: Sheet, known: Collection[str]) -> int:
    """The row with most known words, if there are two (one in a sheet of one column); else 0."""
    best, most = 0, 1 if sheet.width > 1 else 0
    for number, row in _first_rows(sheet):
        hits = {word for cell in row for word in forms((text(cell),)) if word in known}
        if len(hits) > most:
            best, most = number, len(hits)
    return best


def _row_by_shape(sheet: Sheet) -> int:
    """The first row filled like the rows below it with short, different texts; else 0."""
    filled = {number: _filled(row) for number, row in _first_rows(sheet)}
    for number, cells in filled.items():
        below = [len(found) for at, found in filled.items() if at > number and found]
        if not cells or len(cells) < min(2, sheet.width):
            continue
        if below and len(cells) < median(below) / 2:
            continue  # a title, or a line such as 填报单位：… 日期：…
        if len(cells) * 4 < sheet.width and sheet.width > 4:
            continue
        looks = all(map(_like_heading, cells)) and len(set(map(fold, cells))) * 2 >= len(cells)
        return number if looks else 0
    return 0


def _first_rows(sheet: Sheet) -> list[tuple[int, Row]]:
    return list(enumerate(sheet.rows[:SEARCHED_ROWS], 1))


def _filled(row: Row) -> list[Value]:
    return [cell for cell in row if text(cell)]


def _like_heading(cell: Value) -> bool:
    """Whether a cell could be a heading: a short text that is no number, day or sentence."""
    if not isinstance(cell, str):
        return False
    found = text(cell)
    return len(found) <= LONGEST_HEADING and not re.fullmatch(
        r"[\d\s/:.,\-年月日%]+|.*[。！？]", found
    )


def _whole_block(sheet: Sheet, row: int) -> tuple[int, int]:
    """First and last row of the header of which `row` is one."""
    if sheet.merged:
        return _merged_block(sheet, row)
    if row > 1 and _is_pair(sheet.rows[row - 2], sheet.rows[row - 1]):
        return row - 1, row
    if row < len(sheet.rows) and _is_pair(sheet.rows[row - 1], sheet.rows[row]):
        return row, row + 1
    return row, row


def _merged_block(sheet: Sheet, row: int) -> tuple[int, int]:
    """The rows that the headings merged downwards span at `row`.

    The last one is where most of them end: one that reaches further (into a line of totals) is an
    exception. The first one is where the tallest of those begins.
    """
    spans = [
        (top, bottom)
        for top, _, bottom, _ in sheet.merged
        if top <= row <= bottom and 0 < bottom - top < MOST_HEADER_ROWS
    ]
    if spans:
        ends = Counter(bottom for _, bottom in spans)
        last = max(ends, key=lambda bottom: (ends[bottom], -bottom))
        return min(top for top, bottom in spans if bottom == last), last
    groups = [area for area in sheet.merged if area[0] == area[2] == row and area[3] > area[1]]
    below = sheet.rows[row] if row < len(sheet.rows) else ()
    if groups and _are_subheadings(sheet.rows[row - 1], below, groups):
        return row, row + 1
    return row, row


def _are_subheadings(upper: Row, lower: Row, groups: list[tuple[int, int, int, int]]) -> bool:
    """Whether `lower` names the columns under the grouped headings of `upper`, and no others."""
    under = {column for _, left, _, right in groups for column in range(left, right + 1)}
    named = {column for column, cell in enumerate(lower, 1) if text(cell)}
    return bool(named) and named <= under and all(map(_like_heading, _filled(lower)))


def _is_pair(upper: Row, lower: Row) -> bool:
    """Whether two rows are one header of a sheet that does not tell its merged cells.

    Each then has gaps that the other fills, and the lower one is no data.
    """
    if not _filled(lower) or not all(map(_like_heading, [*_filled(upper), *_filled(lower)])):
        return False
    pairs = [
        (bool(text(above)), bool(text(below))) for above, below in zip(upper, lower, strict=True)
    ]
    alone, gaps = pairs.count((True, False)), pairs.count((False, True))
    return alone > 0 and gaps > 0 and pairs[0] != (False, True) and len(_filled(upper)) > 1


def _parts(sheet: Sheet, top: int, bottom: int) -> list[tuple[str, ...]]:
    """For each column the texts of its heading, a grouping heading repeated over its columns."""
    if not bottom:
        return [()] * sheet.width
    block = [[one_line(cell) for cell in row] for row in sheet.rows[top - 1 : bottom]]
    for depth, row in enumerate(block[:-1]):
        lower = block[depth + 1 :]
        for column in range(1, len(row)):
            own = any(below[column] for below in lower)
            beside = any(below[column - 1] for below in lower)
            if not row[column] and row[column - 1] and own and beside:
                row[column] = row[column - 1]
    return [
        tuple(dict.fromkeys(row[column] for row in block if row[column]))
        for column in range(sheet.width)
    ]
