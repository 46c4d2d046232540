"""A ledger too long for one bite is recognised by its first rows and read part by part."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from office.sheets.reading import Limits, SheetError, read_book, read_parts

ROWS = [["编号", "登记日期", "证件号"], *([n, date(2026, 3, 1), "甲"] for n in range(2, 1701))]


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
def test_a_long_ledger_comes_in_parts_that_make_up_the_whole(
    xlsx: Callable[..., bytes], engine: str
) -> None:
    data = xlsx([*ROWS, [1701, None, 350102199001011230]])
    whole = read_book(data, "a.xlsx", engine=engine).sheets[0]

    parts = list(read_parts(data, "a.xlsx", sheet="台账", width=5, engine=engine))

    assert len(parts) > 2
    numbered = [pair for part in parts for pair in part.numbered()]
    assert numbered == [(n, (*row, "", "")) for n, row in whole.numbered()]
    assert {part.height for part in parts} == {1701}
    (problem,) = [found for part in parts for found in part.problems]
    assert (problem.address, problem.why) == ("C1701", whole.problems[0].why)


def test_reading_goes_on_behind_the_rows_that_are_done(xlsx: Callable[..., bytes]) -> None:
    parts = read_parts(xlsx(ROWS), "a.xlsx", sheet="台账", first=1695)

    assert [number for part in parts for number, _ in part.numbered()] == list(range(1695, 1701))


def test_the_first_rows_are_enough_to_recognise_a_long_ledger(xlsx: Callable[..., bytes]) -> None:
    (sheet,) = read_book(xlsx(ROWS), "a.xlsx", most_rows=50).sheets

    assert (len(sheet.rows), sheet.height) == (50, 1700)


def test_a_long_text_table_comes_in_parts_too() -> None:
    data = ("编号,内容\n" + "1,漏水\n" * 1200).encode("gb18030")

    parts = list(read_parts(data, "十月.csv", sheet="十月"))

    assert sum(len(part.rows) for part in parts) == 1201
    assert parts[0].rows[:2] == [("编号", "内容"), ("1", "漏水")]
    assert parts[0].height >= 1201


def test_who_stops_reading_leaves_no_process_behind(xlsx: Callable[..., bytes]) -> None:
    parts = read_parts(xlsx(ROWS), "a.xlsx", sheet="台账")
    next(parts)
    parts.close()  # would wait for ever for a child that is not ended


def test_a_long_ledger_that_cannot_be_read_is_refused_in_words(xlsx: Callable[..., bytes]) -> None:
    with pytest.raises(SheetError, match="时间太长"):
        list(read_parts(xlsx(ROWS), "a.xlsx", sheet="台账", limits=Limits(seconds=0)))
    with pytest.raises(SheetError, match="太大"):
        list(read_parts(xlsx(ROWS), "a.xlsx", sheet="台账", limits=Limits(cells=3000)))


def test_a_workbook_the_first_reader_gives_up_is_read_by_the_second(
    real: Callable[[str], Path],
) -> None:
    path = real("excel_hostile/poi__xlsx-corrupted.xlsx")
    whole = read_book(path).sheets[0]

    rows = [row for part in read_parts(path, sheet=whole.name) for row in part.rows]

    assert rows == whole.rows
