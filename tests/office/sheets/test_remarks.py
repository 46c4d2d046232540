"""What Excel did not show a registrar was read all the same, and she is told so."""

from collections.abc import Callable

from office.sheets.columns import Mapping
from office.sheets.reading import Book, Sheet
from office.sheets.remarks import notes, notes_of_book


def test_a_registrar_is_told_which_rows_and_columns_her_ledger_hides(
    sheet: Callable[..., Sheet],
) -> None:
    ledger = sheet(
        [["编号", "内容", "电话"]] * 15,
        hidden_rows=((3, 12), (15, 40)),
        hidden_columns=((2, 2), (9, 9)),
    )

    assert notes(ledger) == [
        "第 3–12、15 行在表格里是隐藏的（共 11 行），也一并读入。",
        "B 列在表格里是隐藏的，也一并读入。",
    ]


def test_a_registrar_is_told_that_a_filter_was_on(sheet: Callable[..., Sheet]) -> None:
    many = tuple((n, n) for n in range(2, 14, 2))
    ledger = sheet([["编号", "内容"]] * 15, hidden_rows=many, filtered=True)

    assert notes(ledger) == [
        "表格开着筛选，有 6 行没有显示（第 2、4、6、8、10 行等），也一并读入。"
    ]


def test_a_registrar_learns_of_hidden_sheets_and_of_what_a_file_does_not_tell(
    sheet: Callable[..., Sheet],
) -> None:
    plain = sheet([["编号"]])
    hidden = sheet([["编号"]], visible=False, hiding_known=False)

    assert notes(plain) == []
    assert [said[:12] for said in notes(hidden)] == [
        "这张工作表在表格里是隐藏",
        "这种文件看不出有没有隐藏",
    ]
    assert notes_of_book(Book("a", (plain,))) == []
    assert notes_of_book(Book("a", (plain, hidden))) == [
        "工作簿里有隐藏的工作表：“台账”，也可以选来导入。"
    ]


def test_a_registrar_is_told_of_a_table_that_stands_beside_her_ledger(
    sheet: Callable[..., Sheet],
) -> None:
    (said,) = notes(sheet([["编号", "内容"]]), Mapping(1, 2, (), beside=((36, 37),)))

    assert said.startswith("AJ–AK 列是旁边的另一张表，没有读入")
