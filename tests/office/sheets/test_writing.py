"""A registrar gets her sheet back with the errors beside the rows, mends it and brings it again."""

import csv
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from office.sheets.problems import Problem, cell_address
from office.sheets.reading import Book, Sheet, read_book
from office.sheets.writing import error_copy
from office.sheets.xmltext import CUT

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "#REF!", '=HYPERLINK("x")', "\t=1", "==", "="]


@pytest.mark.parametrize(
    ("column", "address"), [(1, "A17"), (26, "Z17"), (27, "AA17"), (703, "AAA17")]
)
def test_a_cell_is_named_as_in_excel(column: int, address: str) -> None:
    assert cell_address(17, column) == address


def test_a_problem_says_where_and_why() -> None:
    problem = Problem(17, 3, "登记日期", "昨天", "日期看不懂。")

    assert str(problem) == "C17（登记日期）：日期看不懂。"


def test_a_registrar_finds_her_rows_where_they_were_with_the_errors_at_the_end(
    sheet: Callable[..., Sheet], reopened: Callable[[bytes], Any]
) -> None:
    ledger = sheet([["台账"], ["姓名", "登记日期"], ["甲", "昨天"], ["乙", date(2026, 3, 2)]])
    problems = [
        Problem(3, 2, "登记日期", "昨天", "日期看不懂。"),
        Problem(3, 1, "姓名", "甲", "姓名太短。"),
    ]

    copy = reopened(error_copy(Book("a.xlsx", (ledger,)), "台账", problems, header_row=2))

    assert [[cell.value for cell in row] for row in copy.iter_rows()] == [
        ["台账", None, None],
        ["姓名", "登记日期", "错误"],
        ["甲", "昨天", "B3（登记日期）：日期看不懂。\nA3（姓名）：姓名太短。"],
        ["乙", copy["B4"].value, None],
    ]
    assert copy["B4"].value.date() == date(2026, 3, 2)
    assert copy["B4"].is_date
    assert copy["B3"].fill.fgColor.rgb != copy["A4"].fill.fgColor.rgb
    assert copy.freeze_panes == "A3"


def test_nothing_in_the_copy_becomes_a_formula(
    sheet: Callable[..., Sheet], reopened: Callable[[bytes], Any], real: Callable[[str], Path]
) -> None:
    ledger = sheet([["内容"], *[[text] for text in DANGEROUS]])
    problems = [Problem(2, 1, "内容", "=1+1", "=不行")]

    copy = reopened(error_copy(Book("a", (ledger,)), ledger, problems))

    assert [copy.cell(at, 1).value for at in range(2, 11)] == DANGEROUS
    assert {cell.data_type for row in copy.iter_rows() for cell in row if cell.value} == {"s"}
    assert {copy.cell(at, 1).number_format for at in range(2, 11)} == {"@"}


@pytest.mark.parametrize("name", ["csv_formula_injection.csv", "blns.json"])
def test_published_attacks_come_out_as_the_text_they_were(
    name: str, real: Callable[[str], Path], sheet: Callable[..., Sheet], reopened: Callable[[bytes], Any]
) -> None:  # fmt: skip
    text = real(f"vectors/{name}").read_text("utf-8-sig")
    rows = (
        [[line] for line in json.loads(text) if line]
        if name.endswith("json")
        else [row for row in csv.reader(text.splitlines()) if row]
    )

    copy = reopened(error_copy(Book("a", (sheet(rows),)), "台账", [], header_row=0))

    kinds = {cell.data_type for row in copy.iter_rows() for cell in row if cell.value is not None}
    assert kinds == {"s"}


def test_long_numbers_control_characters_and_giant_texts_survive_the_way_out_and_in(
    sheet: Callable[..., Sheet],
) -> None:
    rows = [
        ["号码", "文字", "数"],
        [350102199001011230, "一\x07二\uffff", float("nan")],
        [1, "长" * 40000, 0.5],
    ]

    again = read_book(error_copy(Book("a", (sheet(rows),)), "台账", []), "b.xlsx").sheets[0]

    assert again.rows[1][:3] == ("350102199001011230", "一二", "nan")
    assert again.rows[2][:3] == (1, "长" * (32767 - len(CUT)) + CUT, 0.5)
    assert again.problems == ()


def test_a_copy_brought_again_gets_one_column_of_errors_not_two(
    sheet: Callable[..., Sheet],
) -> None:
    ledger = sheet([["姓名", "日期"], ["甲", "昨天"]])
    wrong = [Problem(2, 2, "日期", "昨天", "看不懂。")]
    first = read_book(error_copy(Book("a", (ledger,)), "台账", wrong), "b.xlsx")

    second = read_book(error_copy(first, "台账", []), "c.xlsx").sheets[0]

    assert first.sheets[0].rows[0] == ("姓名", "日期", "错误")
    assert second.rows == [("姓名", "日期", "错误"), ("甲", "昨天", "")]


def test_a_sheet_whose_name_excel_refuses_is_still_written() -> None:
    odd = Sheet("a/b:[" + "长" * 40, [("编号",), (1,)])

    assert read_book(error_copy(Book("x", (odd,)), odd, []), "x.xlsx").sheets[0].rows[1] == (1, "")
