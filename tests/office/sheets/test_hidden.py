"""What a ledger keeps from view is read all the same, and the reader says what it was."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from office.sheets.reading import SheetError, read_book

ENGINES = ("calamine", "openpyxl")


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def rewritten(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """A workbook with one part of its package changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, change(content) if name == part else content)
    return out.getvalue()


def ledger_with_hidden_parts() -> Workbook:
    book = Workbook()
    for row in range(1, 21):
        book.active.append([row, f"第{row}件", "旧电话", "备注"])
    for row in (*range(3, 13), 15):
        book.active.row_dimensions[row].hidden = True
    book.active.column_dimensions["C"].hidden = True
    return book


@pytest.mark.parametrize("engine", ENGINES)
def test_hidden_rows_and_columns_of_a_workbook_are_read_and_known(engine: str) -> None:
    (sheet,) = read_book(saved(ledger_with_hidden_parts()), "a.xlsx", engine=engine).sheets

    assert [row[1] for row in sheet.rows] == [f"第{n}件" for n in range(1, 21)]
    assert sheet.hidden_rows == ((3, 12), (15, 15))
    assert sheet.hidden_columns == ((3, 3),)
    assert (sheet.filtered, sheet.hiding_known) == (False, True)


def test_rows_without_numbers_and_tags_with_prefixes_are_counted_right() -> None:
    def plainer(xml: bytes) -> bytes:
        for row in range(1, 21):
            xml = xml.replace(b'<row r="%d"' % row, b"<row").replace(
                b'hidden="1"', b"hidden='true'"
            )
        return xml

    def prefixed(xml: bytes) -> bytes:
        xml = (
            xml.replace(b"</", b"</x:").replace(b"</x:x:", b"</x:").replace(b"xmlns=", b"xmlns:x=")
        )
        for tag in (b"worksheet", b"sheet", b"col", b"row", b"c ", b"c>", b"v>", b"is>", b"t>"):
            xml = xml.replace(b"<" + tag, b"<x:" + tag)
        return xml

    part = "xl/worksheets/sheet1.xml"
    data = saved(ledger_with_hidden_parts())
    for change in (plainer, prefixed):
        (sheet,) = read_book(rewritten(data, part, change), "a.xlsx").sheets
        assert sheet.hidden_rows == ((3, 12), (15, 15)), change


def test_a_filter_is_told_from_rows_hidden_by_hand() -> None:
    book = ledger_with_hidden_parts()
    book.active.auto_filter.ref = "A1:D20"
    assert not read_book(saved(book), "a.xlsx").sheets[0].filtered

    book.active.auto_filter.add_filter_column(0, ["3"])
    assert read_book(saved(book), "a.xlsx").sheets[0].filtered


@pytest.mark.parametrize(
    ("name", "sheet", "rows", "columns", "filtered"),
    [
        ("petitions/fuzhou_12345_river_appeals.xlsx", "鼓楼区", ((24, 57),), (), True),
        ("petitions/fuzhou_12345_river_appeals.xlsx", "汇总", (), ((38, 41),), False),
        ("excel_corpus/sheetjs__AutoFilter.xlsx", "Two Cond", ((2, 13), (18, 22)), (), True),
        ("excel_hostile/calamine__OOM_alloc.xls", "Data", ((1, 9),), ((1, 4),), False),
        ("excel_chinese/活动受益人数统计表_2024.xls", "Sheet1", (), ((36, 37),), False),
        ("excel_chinese/wps_fn.et", "Sheet1", (), (), False),
    ],
)
def test_what_real_workbooks_hide_is_known_in_both_formats(
    name: str, sheet: str, rows: tuple, columns: tuple, filtered: bool, real: Callable[[str], Path]
) -> None:
    found = read_book(real(name)).sheet(sheet)

    assert (found.hidden_rows, found.hidden_columns) == (rows, columns)
    assert (found.filtered, found.hiding_known) == (filtered, True)


def test_a_text_table_hides_nothing_and_an_open_document_does_not_tell() -> None:
    content = (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
        ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
        ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
        '<office:spreadsheet><table:table table:name="台账">'
        '<table:table-row table:number-rows-repeated="2"><table:table-cell/></table:table-row>'
        "<table:table-row><table:table-cell/>"
        '<table:table-cell office:value-type="string"><text:p>编号</text:p></table:table-cell>'
        "</table:table-row></table:table></office:spreadsheet></office:body>"
        "</office:document-content>"
    )
    out = BytesIO()
    with ZipFile(out, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("content.xml", content)
        made.writestr("META-INF/manifest.xml", "<manifest/>")

    (sheet,) = read_book(out.getvalue(), "台账.ods").sheets
    assert sheet.rows == [("", ""), ("", ""), ("", "编号")]
    assert not sheet.hiding_known
    assert read_book("编号,内容\n1,漏水".encode(), "a.csv").sheets[0].hiding_known


def test_a_workbook_that_counts_from_1904_says_so(real: Callable[[str], Path]) -> None:
    for name in ("calamine__date_1904.xlsx", "calamine__date_1904.xls"):
        (sheet,) = read_book(real(f"excel_corpus/{name}")).sheets
        assert sheet.from_1904
        assert (
            sheet.rows[0][0]
            == read_book(real("excel_corpus/calamine__date.xls")).sheets[0].rows[0][0]
        )


def test_a_sheet_whose_cells_are_not_those_that_were_packed_is_refused(
    real: Callable[[str], Path],
) -> None:
    name = "poi__clusterfuzz-testcase-minimized-POIXSSFFuzzer-5937385319563264.xlsx"

    with pytest.raises(SheetError, match="损坏"):
        read_book(real(f"excel_hostile/{name}"))
