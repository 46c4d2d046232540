"""Beside her ledger stand other lists; a registrar takes over the ledger alone and is told of them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from office.sheets.columns import Field, likeliest, propose
from office.sheets.layouts import Layout
from office.sheets.reading import Sheet, read_book
from office.sheets.records import data_rows

FIELDS = (
    Field("number", "信访编号", ("编号",)),
    Field("person", "信访人", ("姓名",)),
    Field("phone", "联系电话", ("电话",), "phone"),
    Field("received_on", "登记日期", ("时间",), "day"),
)
SIDE_LISTS = {
    "repeats headings of the ledger": ["姓名", "电话"],
    "is headed elsewhere": ["", ""],
    "goes on where the ledger ends": ["类别", "说明"],
}


@pytest.mark.parametrize("what", SIDE_LISTS)
def test_a_list_beside_the_ledger_is_not_taken_over(what: str, sheet: Callable[..., Sheet]) -> None:
    heads = SIDE_LISTS[what]
    more = [["", "", "", "", "丙类", "也不导入"]] if "goes on" in what else []
    ledger = sheet(
        [
            ["台账", "", "", "", "参照表"],
            ["姓名", "电话", "时间", "", *heads],
            ["甲", "13800000000", date(2026, 3, 2), "", "甲类", "不导入"],
            ["乙", "13800000001", date(2026, 3, 3), "", "乙类", ""],
            *more,
        ]
    )

    mapping = propose(ledger, FIELDS)

    assert (mapping.header_row, mapping.beside) == (2, ((5, 6),))
    assert [column.index for column in mapping.columns] == [1, 2, 3]
    assert [number for number, _ in data_rows(ledger, mapping)] == [3, 4]
    assert propose(ledger, FIELDS, 2).beside == ((5, 6),)
    assert Layout.load(mapping.layout("一")).match(ledger, FIELDS).beside == ((5, 6),)


def test_the_ledger_is_found_to_the_right_of_another_table(sheet: Callable[..., Sheet]) -> None:
    ledger = sheet(
        [
            ["类别", "件数", "", "编号", "姓名", "电话"],
            ["噪声", 3, "", 1, "甲", "13800000000"],
            ["", "", "", 2, "乙", "13800000001"],
            ["", "", "", 3, "丙", "13800000002"],
            ["漏水", 4, "", "", "", ""],
        ]
    )

    mapping = propose(ledger, FIELDS)

    assert mapping.beside == ((1, 2),)
    assert mapping.by_field().keys() == {"number", "person", "phone"}
    assert [number for number, _ in data_rows(ledger, mapping)] == [2, 3, 4]


def test_an_empty_column_within_a_ledger_parts_nothing(sheet: Callable[..., Sheet]) -> None:
    ledger = sheet(
        [
            ["姓名", "电话", "", "时间", "备注"],
            ["甲", "1", "", "2026-03-02", ""],
            ["乙", "2", "", "", "急"],
        ]
    )
    merged = sheet(
        [["姓名", "", "", "电话"], ["甲", "", "", "1"], ["", "", "", "2"]],
        merged=((1, 1, 1, 3), (2, 1, 2, 3)),
    )

    assert propose(ledger, FIELDS).beside == propose(merged, FIELDS).beside == ()


def test_the_sheet_with_most_of_what_is_needed_is_proposed(sheet: Callable[..., Sheet]) -> None:
    numbers = sheet([["编号", "件数"], [1, 3]])
    other = sheet([["类别", "件数"], ["噪声", 3]])
    ledger = sheet([["编号", "时间", "类别"], [1, date(2026, 3, 2), "噪声"]])

    needed = {"received_on", "number"}
    assert likeliest([other, numbers, ledger, ledger], FIELDS, needed) is ledger
    assert likeliest([other, numbers], FIELDS, {"received_on"}) is other


@pytest.mark.parametrize(
    ("name", "which", "beside", "rows"),
    [
        ("活动受益人数统计表_2024.xls", "Sheet1", ((36, 37),), 27),
        ("海淀政务公开总表_实为xlsx.xls", "分析1", tuple((n, n + 1) for n in (13, 31)), 20),
        ("路基时间台账.xlsx", "喷播植草护坡", ((7, 10), (12, 12), (16, 16)), 59),
    ],
)
def test_side_tables_of_real_chinese_sheets_are_left_out(
    name: str, which: str, beside: tuple, rows: int, real: Callable[[str], Path]
) -> None:
    sheet = read_book(real(f"excel_chinese/{name}")).sheet(which)

    mapping = propose(sheet, FIELDS)

    assert set(beside) <= set(mapping.beside)
    assert sum(1 for _ in data_rows(sheet, mapping)) == rows
