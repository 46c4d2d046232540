"""A ledger too long for one bite comes batch by batch, with as much patience as its limits allow."""

from collections.abc import Callable
from datetime import date
from itertools import islice

import pytest

from office.sheets.listening import Batch, job, said
from office.sheets.reading import LARGE, LIMITS, Limits, SheetError, read_book

ROWS = [["编号", "登记日期", "证件号"], *([n, date(2026, 3, 1), "甲"] for n in range(2, 1701))]


@pytest.mark.parametrize("engine", ["calamine", "openpyxl"])
def test_a_long_ledger_comes_in_batches_that_make_up_the_whole(
    xlsx: Callable[..., bytes], engine: str
) -> None:
    data = xlsx([*ROWS, [1701, None, 350102199001011230]])
    whole = read_book(data, "a.xlsx", engine=engine).sheets[0]

    about, *batches = said(data, job("a.xlsx", LARGE, engine), LARGE)

    assert isinstance(about, dict)
    assert (about["sheet"], about["height"], whole.height) == ("台账", 1701, 1701)
    assert len(batches) == 4
    assert [
        row for batch in batches if isinstance(batch, Batch) for row in batch.rows
    ] == whole.rows
    assert isinstance(batches[-1], Batch)
    assert batches[-1].rounded == [(200, 2)]


def test_a_long_text_table_says_how_long_it_is_at_most() -> None:
    data = ("编号,内容\n" + "1,漏水\n" * 1200).encode("gb18030")

    assert read_book(data, "十月.csv").sheets[0].height == 1202


def test_who_stops_reading_leaves_no_process_behind(xlsx: Callable[..., bytes]) -> None:
    events = said(xlsx(ROWS), job("a.xlsx", LARGE, None), LARGE)
    assert len(list(islice(events, 2))) == 2
    events.close()  # type: ignore[attr-defined]  # would wait for ever for a child that goes on


@pytest.mark.parametrize(
    ("limits", "why"), [(Limits(seconds=0), "时间太长"), (Limits(cells=3000), "太大")]
)
def test_a_long_ledger_beyond_its_limits_is_refused_in_words(
    xlsx: Callable[..., bytes], limits: Limits, why: str
) -> None:
    with pytest.raises(SheetError, match=why):
        list(said(xlsx(ROWS), job("a.xlsx", limits, None), limits))


def test_the_limits_of_a_page_are_those_that_were_promised() -> None:
    assert (LIMITS.seconds, LIMITS.memory) == (10, 500 * 1024 * 1024)
    assert LARGE.seconds > LIMITS.seconds
    assert LARGE.cells >= 300_000 * 30
