"""An office exports a ledger: what a clerk sees in the sheet, on paper and in the cells."""

import csv
import json
import tracemalloc
import zipfile
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO, RawIOBase
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import load_workbook as calamine

from office.sheets.official import Column, Head, write_csv, write_xlsx
from office.sheets.reading import read_book
from office.sheets.xmltext import CUT

COLUMNS = (
    Column("number", "信访编号", 18),
    Column("on", "登记日期", 12, "day"),
    Column("at", "登记时间", 20, "moment"),
    Column("people", "人数", 8, "number"),
    Column("claim", "诉求摘要", 40, wrap=True),
)
HEAD = Head("云湖街道2026年信访台账", "云湖街道办事处", "张三", "李四", date(2026, 5, 6))
ONE = ("YH-2026-00001", date(2026, 3, 2), datetime(2026, 3, 2, 1, 30, tzinfo=UTC), 3, "楼上漏水")
TYPED_IN = [
    "=1+1", "+1", "-1", "@SUM(A1)", "#REF!", "#N/A", '=HYPERLINK("http://a","b")', "\t=1", "==", "=",
    "http://a.example/?a=1&b=2", "mailto:a@b.example", "TRUE", "是", "1e5", "0012", "1/2", "2026-03-02",
    "110101199003071234", "<b>&amp;</b>", '"引号"', "'=1+1", "  两边有空格  ", "一\n二", "]]>", "𠮷😀",
    "{=1}", "[1]Sheet!A1", "%0A", "&#10;", "\u202e倒", "长" * 300,
]  # fmt: skip


@pytest.fixture
def written() -> Callable[..., bytes]:
    """An exported .xlsx as bytes."""

    def write(rows: Sequence[Sequence[Any]], columns: Any = COLUMNS, head: Head = HEAD) -> bytes:
        out = BytesIO()
        assert write_xlsx(out, head, columns, rows) == len(rows)
        return out.getvalue()

    return write


@pytest.fixture
def texts(written: Callable[..., bytes]) -> Callable[[Sequence[str]], bytes]:
    """An exported .xlsx of one column of texts."""
    return lambda found: written([[text] for text in found], [Column("a", "内容", 30)])


def below(data: bytes, head: Head = HEAD) -> list[tuple[Any, ...]]:
    """The cells below the header as openpyxl sees them."""
    sheet = load_workbook(BytesIO(data)).worksheets[0]
    return list(sheet.iter_rows(min_row=len(head.rows) + 2))


def test_a_clerk_finds_title_line_and_header_above_the_rows(
    written: Callable[..., bytes], reopened: Callable[[bytes], Any]
) -> None:
    sheet = reopened(written([ONE], head=Head(**vars(HEAD) | {"conditions": "状态：办理中"})))

    assert sheet.title == "云湖街道2026年信访台账"
    assert sheet["A1"].value == "云湖街道2026年信访台账"
    assert sheet["A1"].alignment.horizontal == "center"
    assert sheet["A2"].value.split() == [
        "填报单位：云湖街道办事处", "填报人：张三", "审核人：李四", "日期：2026年5月6日",
    ]  # fmt: skip
    assert sheet["A3"].value == "筛选条件：状态：办理中"
    assert [cell.value for cell in sheet[4]] == [column.title for column in COLUMNS]
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:E1", "A2:E2", "A3:E3"}
    assert sheet.freeze_panes == "A5"
    assert round(sheet.column_dimensions["E"].width) == 41
    assert sheet["E5"].alignment.wrap_text
    assert sheet["A5"].border.left.style == "thin"


def test_what_is_not_known_yet_stays_open_for_the_pen(written: Callable[..., bytes]) -> None:
    line = calamine(BytesIO(written([], head=Head("台账")))).get_sheet_by_index(0).to_python()[1][0]

    assert [part for part in line.split("　") if part] == [
        "填报单位：",
        "填报人：",
        "审核人：",
        "日期：",
    ]


def test_paper_is_a4_across_with_the_header_on_every_page(
    written: Callable[..., bytes], reopened: Callable[[bytes], Any]
) -> None:
    sheet = reopened(written([ONE]))

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
    assert sheet.oddFooter.left.text == "云湖街道办事处"


def test_a_clerk_can_read_a_ledger_of_many_columns_on_paper(
    written: Callable[..., bytes], reopened: Callable[[bytes], Any]
) -> None:
    columns = [Column(f"c{n}", f"第{n}列", 12) for n in range(42)]
    sheet = reopened(written([["字"] * 42], columns))

    assert sheet.page_setup.fitToWidth == 3
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$3:$3", "$A:$B")
    # The title and the line to sign stand on the first of the three pages, whole.
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:N1", "A2:N2"}


def test_who_took_the_file_stands_on_every_printed_page(
    written: Callable[..., bytes], reopened: Callable[[bytes], Any]
) -> None:
    mark = "含个人信息　张三&李四　2026-05-06 10:12 导出"
    sheet = reopened(written([ONE], head=Head("台账", watermark=mark)))
    long = reopened(written([ONE], head=Head("台账", watermark="&长" * 300)))

    assert sheet["A2"].value == mark
    shown = mark.replace("&", "&&")
    assert sheet.oddHeader.center.text == sheet.oddFooter.left.text == shown
    assert len(f"&C{long.oddHeader.center.text}") <= 255
    assert len(f"&L{long.oddFooter.left.text}&C{long.oddFooter.center.text}") <= 255


def test_days_and_moments_are_true_dates_and_numbers_of_records_are_text(
    written: Callable[..., bytes],
) -> None:
    [cells] = below(written([ONE]))

    assert [cell.value for cell in cells] == [
        "YH-2026-00001", datetime.fromisoformat("2026-03-02"), datetime.fromisoformat("2026-03-02 09:30"), 3, "楼上漏水",
    ]  # fmt: skip
    assert [cell.number_format for cell in cells] == [
        "@", "yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss", "General", "@",
    ]  # fmt: skip
    assert [cell.data_type for cell in cells] == ["s", "d", "d", "n", "s"]


def test_a_value_of_another_kind_is_written_as_what_it_is(written: Callable[..., bytes]) -> None:
    rows: list[Sequence[Any]] = [
        (12, "昨天", None, "约三人", True),
        (110101199003071234, datetime(2026, 3, 1, 17, tzinfo=UTC), date(2026, 3, 2), 10**15, 1.5),
        (
            Decimal("1.50"),
            date(1899, 1, 1),
            datetime.fromisoformat("1850-01-01 08:00"),
            Decimal("2.50"),
            False,
        ),
        ("", None, "", float("nan"), None),
    ]

    found = [[cell.value for cell in cells] for cells in below(written(rows))]

    assert found == [
        ["12", "昨天", None, "约三人", "是"],
        [
            "110101199003071234",
            datetime.fromisoformat("2026-03-02"),
            datetime.fromisoformat("2026-03-02"),
            "1000000000000000",
            "1.5",
        ],
        ["1.50", "1899-01-01", "1850-01-01 08:00:00", 2.5, "否"],
        [None, None, None, "nan", None],
    ]


def test_nothing_a_person_typed_becomes_a_formula_or_changes(
    texts: Callable[[Sequence[str]], bytes],
) -> None:
    data = texts(TYPED_IN)

    assert [cells[0].value for cells in below(data)] == TYPED_IN
    assert {cells[0].data_type for cells in below(data)} == {"s"}
    seen = calamine(BytesIO(data)).get_sheet_by_index(0).to_python()[3:]
    assert [row[0] for row in seen] == TYPED_IN
    assert b"<f>" not in zipfile.ZipFile(BytesIO(data)).read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize("name", ["csv_formula_injection.csv", "blns.json"])
def test_published_attacks_come_out_as_the_text_they_were(
    name: str, real: Callable[[str], Path], texts: Callable[[Sequence[str]], bytes]
) -> None:
    text = real(f"vectors/{name}").read_text("utf-8-sig")
    attacks = (
        json.loads(text)
        if name.endswith("json")
        else [cell for row in csv.reader(text.splitlines()) for cell in row]
    )
    attacks = [attack for attack in attacks if _without_controls(attack)]
    data = texts(attacks)

    cells = [row[0] for row in below(data)]
    seen = [row[0] for row in calamine(BytesIO(data)).get_sheet_by_index(0).to_python()[3:]]

    kept = [_without_controls(attack) for attack in attacks]
    assert [cell.value for cell in cells] == kept
    assert {cell.data_type for cell in cells} == {"s"}
    assert seen == kept


def _without_controls(text: str) -> str:
    return "".join(c for c in text if (c >= " " or c in "\t\n") and c not in "\ufffe\uffff")


def test_what_a_cell_cannot_hold_is_left_out_and_said(
    texts: Callable[[Sequence[str]], bytes],
) -> None:
    rows = [
        "一\x00二\x0b三\ud800四\uffff",
        "上\r\n下\r尾",
        "长" * 40_000,
        "😀" * 20_000,
        "长" * 32_767,
    ]

    found = [cells[0].value for cells in below(texts(rows))]

    assert found[:2] == ["一二三四", "上\n下\n尾"]
    assert found[2] == "长" * (32_767 - len(CUT)) + CUT
    assert found[3].endswith(CUT)
    assert len(found[3].encode("utf-16-le")) // 2 <= 32_767
    assert found[4] == rows[4]


def test_a_text_like_an_escape_of_excel_is_read_as_it_stands(
    texts: Callable[[Sequence[str]], bytes],
) -> None:
    rows = ["_x0041_", "a_x000D_b", "_x12_", "a_b", "_x005F_x0041_"]

    seen = calamine(BytesIO(texts(rows))).get_sheet_by_index(0).to_python()[3:]

    assert [row[0] for row in seen] == rows


def test_the_same_text_is_the_same_cell_alone_and_in_a_crowd(
    texts: Callable[[Sequence[str]], bytes],
) -> None:
    """A column without anything odd is written on a shorter way."""
    plain = [f"第{n}号" for n in range(450)]
    odd = [*plain[:300], " & ", *plain[301:]]

    assert [c[0].value for c in below(texts(plain))] == plain
    assert [c[0].value for c in below(texts(odd))] == odd
    assert len({c[0].style_id for c in below(texts(odd))}) == 1


def test_a_row_is_as_high_as_its_longest_text(
    written: Callable[..., bytes], reopened: Callable[[bytes], Any]
) -> None:
    sheet = reopened(written([ONE, (*ONE[:4], "楼上漏水，两户互不认账。" * 10)]))

    assert sheet.row_dimensions[4].height is None
    assert sheet.row_dimensions[5].height >= 7 * 15


def test_an_empty_list_is_a_sheet_with_its_header(
    written: Callable[..., bytes], reopened: Callable[[bytes], Any]
) -> None:
    sheet = reopened(written([]))

    assert sheet.max_row == 3
    assert sheet["A3"].value == "信访编号"


def test_the_same_list_gives_the_same_file(written: Callable[..., bytes]) -> None:
    assert written([ONE]) == written([ONE])


def test_a_row_that_does_not_fit_its_columns_is_refused(written: Callable[..., bytes]) -> None:
    with pytest.raises(ValueError, match="zip"):
        written([ONE[:4]])
    with pytest.raises(ValueError, match="zip"):
        written([ONE, ONE[:4]])


def test_a_title_excel_refuses_as_a_name_still_stands_above(
    written: Callable[..., bytes], reopened: Callable[[bytes], Any]
) -> None:
    title = "'2026/1—2026/6 [社区]台账：" + "长" * 40

    sheet = reopened(written([ONE], head=Head(title)))

    assert sheet["A1"].value == title
    assert len(sheet.title) == 31 - 1
    assert not set(sheet.title) & set("[]:*?/\\'")


def test_more_rows_than_a_sheet_holds_go_on_in_the_next_with_the_same_head() -> None:
    out, told = BytesIO(), []
    rows = ([f"{number}"] for number in range(1_048_576))

    count = write_xlsx(out, Head("台账"), [Column("a", "编号", 9)], rows, tick=told.append)

    assert count == 1_048_576
    assert told[0] == 1_000
    assert told[-1] == 1_048_000
    out.seek(0)
    book = calamine(out)
    assert book.sheet_names == ["台账", "台账（2）"]
    second = book.get_sheet_by_name("台账（2）").to_python()
    assert [row[0] for row in second] == [
        "台账",
        second[1][0],
        "编号",
        "1048573",
        "1048574",
        "1048575",
    ]
    assert "'台账（2）'!$3:$3" in zipfile.ZipFile(out).read("xl/workbook.xml").decode()


def test_progress_is_told_every_thousand_rows() -> None:
    told: list[int] = []

    write_xlsx(BytesIO(), HEAD, COLUMNS, [ONE] * 2_500, tick=told.append)
    write_csv(BytesIO(), HEAD, COLUMNS, [ONE] * 2_500, tick=told.append)

    assert told == [1_000, 2_000, 1_000, 2_000]


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_a_hundred_thousand_rows_need_no_more_memory_than_a_few(
    write: Callable[..., int], tmp_path: Path
) -> None:
    def rows() -> Iterator[Sequence[Any]]:
        for number in range(100_000):
            yield (f"YH-{number:06}", None, None, number, f"第{number}件：楼上漏水，互不认账。")

    with (tmp_path / "large").open("wb") as file:
        tracemalloc.start()
        count = write(file, HEAD, COLUMNS, rows())
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()

    assert count == 100_000
    assert (tmp_path / "large").stat().st_size > 1_000_000
    assert peak < 10 * 1024 * 1024


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_a_file_can_be_enciphered_while_it_is_written(write: Callable[..., int]) -> None:
    """The target takes bytes in order and cannot go back."""

    class Pipe(RawIOBase):
        def __init__(self) -> None:
            self.taken: list[bytes] = []

        def writable(self) -> bool:
            return True

        def write(self, data: Any) -> int:
            self.taken.append(bytes(data))
            return len(data)

    pipe, name = Pipe(), f"a.{write.__name__.removeprefix('write_')}"

    write(pipe, HEAD, COLUMNS, [ONE] * 300)

    read = read_book(b"".join(pipe.taken), name).sheets[0].rows
    assert read[-1] == read[-300]
    assert read[-1][0] == "YH-2026-00001"


# .csv


def test_a_csv_opens_in_excel_with_its_chinese_and_runs_nothing() -> None:
    out = BytesIO()
    rows = [ONE, ("=1+1", None, None, -5, "-5"), ("'=1", None, "", -1.5, "一\r\n二,三")]

    assert write_csv(out, HEAD, COLUMNS, rows) == 3

    assert out.getvalue().decode() == (
        "\ufeff信访编号,登记日期,登记时间,人数,诉求摘要\r\n"
        "YH-2026-00001,2026-03-02,2026-03-02 09:30:00,3,楼上漏水\r\n"
        "'=1+1,,,-5,'-5\r\n"
        "''=1,,,-1.5,\"一\n二,三\"\r\n"
    )


def test_what_was_guarded_comes_back_as_it_was(tmp_path: Path) -> None:
    texts = [text for text in TYPED_IN if text == text.strip()]
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        write_csv(
            file, HEAD, [Column("a", "内容", 9), Column("b", "号", 9)], [(t, "1") for t in texts]
        )

    assert [row[0] for row in read_book(path).sheets[0].rows[1:]] == texts
