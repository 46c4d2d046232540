"""An office downloads an empty ledger, fills it in Excel or WPS, and brings it to the import."""

from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from office.sheets.columns import Field, propose
from office.sheets.official import Head, TemplateColumn, write_template
from office.sheets.reading import read_book
from office.sheets.records import data_rows, passed_over
from office.sheets.templates import EXAMPLE

COMMUNITIES = tuple(f'第{n}社区，又称"{n}村,新"' for n in range(1, 61))
COLUMNS = (
    TemplateColumn("n", "序号", 6, "number"),
    TemplateColumn("who", "信访人", 10, note="匿名的写“匿名”。", required=True, example="张某某"),
    TemplateColumn(
        "id", "证件号码", 22, note="没有的可以留空。" * 60, example="110101199003071234"
    ),
    TemplateColumn("on", "登记日期", 12, "day", required=True, example="2026-03-02"),
    TemplateColumn("at", "来访时间", 20, "moment"),
    TemplateColumn("way", "信访形式", 10, choices=("来信", "来访", "网上"), note="选一种。"),
    TemplateColumn("where", "社区", 14, choices=COMMUNITIES),
    TemplateColumn("claim", "诉求摘要", 40, wrap=True),
)


@pytest.fixture
def template() -> bytes:
    out = BytesIO()
    write_template(out, Head("云湖街道2026年信访台账", "云湖街道办事处"), COLUMNS)
    return out.getvalue()


@pytest.fixture
def book(template: bytes) -> Any:
    return load_workbook(BytesIO(template))


@pytest.fixture
def rules(book: Any) -> dict[str, Any]:
    """Letter of a column → what Excel offers and checks there."""
    found = book.worksheets[0].data_validations.dataValidation
    return {str(rule.sqref)[0]: rule for rule in found}


def test_a_clerk_sees_which_columns_must_be_filled(book: Any) -> None:
    sheet = book.worksheets[0]

    assert [cell.value for cell in sheet[3]] == [
        "序号", "信访人*", "证件号码", "登记日期*", "来访时间", "信访形式", "社区", "诉求摘要",
    ]  # fmt: skip
    assert sheet["B3"].font.color.rgb != (sheet["C3"].font.color and sheet["C3"].font.color.rgb)
    assert sheet.freeze_panes == "A4"


def test_the_example_is_marked_in_its_first_cell(book: Any) -> None:
    sheet = book.worksheets[0]

    assert [cell.value for cell in sheet[4]] == [
        EXAMPLE, "张某某", "110101199003071234", "2026-03-02", None, None, None, None,
    ]  # fmt: skip
    assert sheet["B4"].font.i
    assert sheet.max_row == 4


def test_an_id_number_typed_into_any_row_stays_whole(book: Any) -> None:
    widths = book.worksheets[0].column_dimensions

    assert widths["C"].number_format == widths["H"].number_format == "@"
    assert widths["D"].number_format == "yyyy-mm-dd"
    assert widths["E"].number_format == "yyyy-mm-dd hh:mm:ss"


def test_a_column_of_choices_offers_them_all_however_long_the_list(
    book: Any, rules: dict[str, Any]
) -> None:
    offered = book["选项"]

    assert offered.sheet_state == "hidden"
    assert rules["F"].formula1 == "'选项'!$F$1:$F$3"
    assert [row[0].value for row in offered["F1:F3"]] == ["来信", "来访", "网上"]
    assert rules["G"].formula1 == "'选项'!$G$1:$G$60"
    assert tuple(row[0].value for row in offered["G1:G60"]) == COMMUNITIES
    assert rules["G"].type == "list"
    assert rules["G"].error == "请从下拉列表中选择一项。"
    assert str(rules["G"].sqref) == "G5:G1048576"


def test_a_date_that_is_none_is_refused_in_words(rules: dict[str, Any]) -> None:
    assert (rules["D"].type, rules["D"].showErrorMessage) == ("date", True)
    assert rules["D"].error == "请填写日期，例如 2026-03-02。"
    assert rules["E"].type == "date"
    assert rules["A"].type == "decimal"


def test_a_note_stands_beside_the_cell_and_whole_in_the_explanations(
    book: Any, rules: dict[str, Any]
) -> None:
    assert (rules["B"].promptTitle, rules["B"].prompt) == ("信访人", "匿名的写“匿名”。")
    assert len(rules["C"].prompt) == 255
    assert "H" not in rules
    said = {row[0].value: [c.value for c in row[1:]] for row in book["填表说明"].iter_rows()}
    assert said["信访人"] == ["必填", "文字", "匿名的写“匿名”。\n例如：张某某"]
    assert said["证件号码"][2].startswith("没有的可以留空。" * 60)
    assert said["信访形式"][1] == "从下拉列表选择：来信、来访、网上"
    assert said["社区"][1].endswith("等 60 项")


def test_a_ledger_without_choices_has_no_hidden_sheet() -> None:
    out = BytesIO()
    write_template(out, Head("台账"), COLUMNS[:2])

    assert load_workbook(out).sheetnames == ["台账", "填表说明"]


def test_what_was_filled_in_is_recognised_by_its_headings(template: bytes) -> None:
    book = load_workbook(BytesIO(template))
    book.worksheets[0].append([1, "李某某", "110101199003071234"])
    out = BytesIO()
    book.save(out)
    fields = [Field(name=column.key, label=column.title) for column in COLUMNS]

    read = read_book(out.getvalue(), "台账.xlsx")
    mapping = propose(read.filled[0], fields)

    assert [sheet.name for sheet in read.filled] == ["云湖街道2026年信访台账", "填表说明"]
    assert (mapping.header_row, mapping.first_row) == (3, 4)
    assert [column.field for column in mapping.columns] == [column.key for column in COLUMNS]
    assert [row[:3] for _, row in data_rows(read.filled[0], mapping)] == [
        (1, "李某某", "110101199003071234")
    ]
    assert [problem.row for problem in passed_over(read.filled[0], mapping)] == [4]
