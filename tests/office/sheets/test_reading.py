"""A registrar brings a file; it is read as it stands, or she is told in words what to do."""

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from office.sheets import listening
from office.sheets.reading import Book, Limits, SheetError, read_book
from tests.office.sheets.odd_files import OUTCOMES

ENGINES = ("calamine", "openpyxl")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
REAL = Path(__file__).resolve().parents[3].parent / "shared/data"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_registrar_finds_every_value_of_her_ledger_where_it_was(
    xlsx: Callable[..., bytes], engine: str
) -> None:
    came = datetime.fromisoformat("2026-03-02 14:05:09")
    data = xlsx(
        [
            [],
            [None, "编号", "登记日期", "受理时间", "几点", "人数", "金额", "集体"],
            [None, 12, date(2026, 3, 1), came, time(9, 30), 3.0, 1250.5, True],
            [None, None, None, None, None, None, None, None],
            [None, "  十三\n号 "],
        ]
    )

    book = read_book(data, "台账.xlsx", engine=engine)

    sheet = book.sheet("台账")
    assert book.name == "台账.xlsx"
    assert sheet.rows[2] == ("", 12, date(2026, 3, 1), came, time(9, 30), 3, 1250.5, True)
    assert type(sheet.rows[2][5]) is int
    assert sheet.rows[0] == sheet.rows[3] == ("",) * 8
    assert list(sheet.numbered(5)) == [(5, ("", "  十三\n号 ", *[""] * 6))]
    assert (sheet.width, sheet.visible) == (8, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_an_id_number_typed_as_a_number_is_named_by_its_cell(
    xlsx: Callable[..., bytes], engine: str
) -> None:
    data = xlsx([["姓名", "证件号", "电话"], ["甲", 350102199001011230, 13800000000]])

    (problem,) = read_book(data, "a.xlsx", engine=engine).sheets[0].problems

    assert problem.address == "B2"
    assert "文本" in problem.why
    assert problem.value.startswith("350102199001011")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_registrar_does_not_wait_for_rows_that_are_only_coloured(engine: str) -> None:
    book = Workbook()
    book.active.append(["编号", "内容"])
    book.active.append([1, "路灯不亮"])
    for row in range(3, 3000):
        book.active.cell(row, 1).fill = PatternFill("solid", fgColor="FFFF00")
    book.active.cell(3000, 2, "   ")
    out = BytesIO()
    book.save(out)

    assert read_book(out.getvalue(), "a.xlsx", engine=engine).sheets[0].rows == [
        ("编号", "内容"),
        (1, "路灯不亮"),
    ]


def test_a_registrar_learns_which_sheets_are_hidden_and_where_cells_are_merged() -> None:
    book = Workbook()
    book.active.title = "底表"
    book.active.sheet_state = "hidden"
    book.active.append(["旧"])
    front = book.create_sheet("汇总")
    front.append(["二〇二六年台账"])
    front.merge_cells("A1:C1")
    book.create_sheet("空表")
    book.active = 1
    out = BytesIO()
    book.save(out)

    read = read_book(out.getvalue(), "a.xlsx")

    assert [(s.name, s.visible) for s in read.sheets] == [
        ("底表", False),
        ("汇总", True),
        ("空表", True),
    ]
    assert [s.name for s in read.filled] == ["汇总"]
    assert read.sheet("汇总").merged == ((1, 1, 1, 3),)
    with pytest.raises(KeyError):
        read.sheet("没有")


def archive(*names: str, content: bytes = b"") -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name in names:
            made.writestr(name, content)
    return out.getvalue()


REFUSED = {
    "an office file under password": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "password"),
    "an old workbook under password": (
        OLE + b"\0" * 600 + b"\x09\x08\x04\x00\0\0\0\0\x2f\x00\x06\x00\1\2\3\4\5\6", "password",
    ),
    "an open document under password": (
        archive("META-INF/manifest.xml", "content.xml", content=b"<x:encryption-data/>"), "password",
    ),
    "a letter": (archive("word/document.xml"), "not_a_spreadsheet"),
    "a broken workbook": (archive("xl/workbook.xml"), "damaged"),
    "a broken old workbook": (OLE + b"\0" * 600 + "Workbook".encode("utf-16-le"), "damaged"),
    "an old letter": (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), "not_a_spreadsheet"),
    "half an archive": (archive("xl/workbook.xml")[:40], "damaged"),
    "a photo": (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_a_spreadsheet"),
    "a web page": ("<html><table><tr><td>编号</td></tr></table>".encode(), "web_page"),
    "a note": ("今天三件".encode(), "not_a_spreadsheet"),
    "rubbish": (bytes(range(1, 256)) * 3, "not_a_spreadsheet"),
    "nothing": (b"", "empty"),
}  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("what", REFUSED)
def test_a_registrar_is_told_what_is_wrong_with_a_file_and_what_to_do(
    what: str, engine: str
) -> None:
    data, code = REFUSED[what]
    if engine == "openpyxl" and what == "a broken old workbook":
        code = "needs_xlsx"

    with pytest.raises(SheetError) as caught:
        read_book(data, "十月台账.xls", engine=engine)

    assert caught.value.code == code, caught.value.detail
    assert "请" in str(caught.value)
    assert str(caught.value).endswith("。")


def test_a_file_that_is_gone_or_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"1,2\n" * 100)

    with pytest.raises(SheetError, match="找不到"):
        read_book(tmp_path / "b.csv")
    with pytest.raises(SheetError, match="太大"):
        read_book(tmp_path / "a.csv", limits=Limits(file_bytes=100))


def test_a_table_of_too_many_cells_is_refused(xlsx: Callable[..., bytes]) -> None:
    data = xlsx([[1, 2, 3]] * 2000)

    with pytest.raises(SheetError, match="太大"):
        read_book(data, "a.xlsx", limits=Limits(cells=4000))


@pytest.fixture
def taken_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[bytes], None]:
    """Makes the child say these bytes, as if a file had taken it over."""

    def say(said: bytes) -> None:
        evil = tmp_path / "evil.py"
        evil.write_text(f"import sys; sys.stdin.buffer.read(); sys.stdout.buffer.write({said!r})")
        monkeypatch.setattr(listening, "PARSER", evil)

    return say


@pytest.mark.parametrize("said", [b"1" * 2**21, b'{"rows":1000000000000,"kinds":"","bytes":0}\n'])
def test_a_parser_taken_over_by_a_file_cannot_fill_our_memory(
    said: bytes, taken_over: Callable[[bytes], None]
) -> None:
    taken_over(said)

    with pytest.raises(SheetError):
        read_book(b"1,2", "a.csv")


@pytest.mark.parametrize("cell", ["长" * 100_001, '"长' + "\n短" * 60_000])
def test_a_cell_of_a_whole_book_is_refused_in_words(cell: str) -> None:
    with pytest.raises(SheetError, match="超过 10 万字"):
        read_book(f"编号,内容\n1,{cell}".encode(), "a.csv")


def test_one_long_row_does_not_make_all_the_others_long() -> None:
    data = b"1\n" * 5000 + b"," * 900 + b"1\n"

    with pytest.raises(SheetError, match="太大"):
        read_book(data, "a.csv", limits=Limits(cells=1_000_000))


def test_a_stray_cell_in_the_far_corner_costs_no_memory_of_ours() -> None:
    book = Workbook()
    book.active.append(["编号"])
    book.active.cell(1_048_576, 16_384, ".")
    out = BytesIO()
    book.save(out)

    with pytest.raises(SheetError, match="多余的行列") as caught:
        read_book(out.getvalue(), "a.xlsx")

    assert caught.value.code == "too_large"


def test_a_file_that_takes_too_long_is_given_up(xlsx: Callable[..., bytes]) -> None:
    with pytest.raises(SheetError, match="时间太长"):
        read_book(xlsx([["编号"]]), "a.xlsx", limits=Limits(seconds=0))


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_the_process_that_opens_a_strangers_file_knows_no_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SECRET_KEY", "geheim")
    child = listening.start(listening.job("a.xlsx", Limits(), None))
    try:
        environment = Path(f"/proc/{child.pid}/environ").read_bytes()
    finally:
        child.kill()
        child.communicate()

    assert environment == b""


@pytest.mark.parametrize(
    "said",
    [
        b'{"sheet":"x","visible":true,"merged":[]}\n{"rows":1,"kinds":"!","bytes":1}\nx',
        b'{"sheet":"x","visible":true,"merged":[]}\n{"rows":2,"kinds":"s","bytes":1}\nx',
        b'{"sheet":"x","visible":true,"merged":[]}\n{"rows":1,"kinds":"d","bytes":1}\nx',
        b'{"rows":1,"kinds":"s"}\n',
        b'{"sheet":"x","visible":true,"merged":[]}\n{"rows":1,"kinds":"s","bytes":-1}\nx',
        b'{"sheet":"x"}\n{"end":true}\n',
        b"[1]\n",
        b"cos\nsystem\n",
        b"",
    ],
)
def test_a_parser_taken_over_by_a_file_can_only_be_refused(
    said: bytes, taken_over: Callable[[bytes], None]
) -> None:
    taken_over(said)

    with pytest.raises(SheetError, match="损坏"):
        read_book(b"1,2", "a.csv")


# Real files


@pytest.mark.parametrize("name", OUTCOMES)
def test_no_file_however_odd_brings_the_desk_to_a_stop(
    name: str, real: Callable[[str], Path]
) -> None:
    wanted = OUTCOMES[name]
    try:
        read = read_book(real(name))
        code = "" if read.filled else "empty"
    except SheetError as error:
        read, code = None, error.code

    assert code == wanted.code
    assert not read or all(len(row) == s.width for s in read.sheets for row in s.rows)


@pytest.mark.parametrize(
    ("name", "rows", "width"),
    [
        ("teddy2020_fj2_labelled.xlsx", 548, 6),
        ("teddy2020_fj2_labelled_sample_phantom_rows.xlsx", 495, 6),
        ("teddy2020_fj2_unlabelled.xlsx", 1636, 6),
        ("teddy2020_fj3_hot_topics.xlsx", 2578, 7),
        ("teddy2020_fj4_with_replies.xlsx", 1687, 7),
        ("pingshan_events_2018.csv", 5947, 20),
        ("pingshan_events_2018_gb18030_first1000.csv", 1000, 20),
    ],
)
def test_a_registrar_gets_all_rows_of_last_years_messages(
    name: str, rows: int, width: int, real: Callable[[str], Path]
) -> None:
    (sheet,) = read_book(real(f"petitions/{name}")).filled

    assert (len(sheet.rows) - 1, sheet.width) == (rows, width)
    assert all(type(row[0]) in (int, str) for row in sheet.rows)


def test_both_encodings_of_the_districts_events_read_the_same(real: Callable[[str], Path]) -> None:
    utf8 = read_book(real("petitions/pingshan_events_2018.csv")).sheets[0]
    gb = read_book(real("petitions/pingshan_events_2018_gb18030_first1000.csv")).sheets[0]

    assert gb.rows == utf8.rows[:1001]
    assert utf8.rows[0][0] == "REC_ID"


def test_a_working_ledger_keeps_its_days_filters_and_merged_headings(
    real: Callable[[str], Path],
) -> None:
    book: Book = read_book(real("petitions/fuzhou_12345_river_appeals.xlsx"))

    assert [s.name for s in book.filled] == ["汇总", "鼓楼区", "仓山区", "政府信息"]
    assert [len(s.rows) for s in book.filled] == [900, 57, 744, 25]
    summary = book.sheet("汇总")
    days = [row[summary.rows[0].index("时间")] for row in summary.rows[1:]]
    assert sum(isinstance(day, date) for day in days) == 799
    assert sum(isinstance(day, str) for day in days) == 100
    assert (1, 1, 2, 1) in book.sheet("政府信息").merged


PACKED = [
    name
    for name in OUTCOMES
    if (REAL / name).exists() and (REAL / name).read_bytes().startswith(b"PK")
]
# Files that one engine alone can read: strict OOXML.
CALAMINE_ALONE = {"excel_corpus/poi__SampleSS.strict.xlsx"}


@pytest.mark.parametrize("name", PACKED or ["petitions/teddy2020_fj3_hot_topics.xlsx"])
def test_both_engines_read_the_same_sheets(name: str, real: Callable[[str], Path]) -> None:
    found: dict[str, Any] = {}
    for engine in ENGINES:
        try:
            found[engine] = read_book(real(name), engine=engine).sheets
        except SheetError as error:
            found[engine] = error.code

    if name in CALAMINE_ALONE:
        assert found["openpyxl"] == "damaged"
        found["openpyxl"] = found["calamine"]
    assert _without_heights(found["calamine"]) == _without_heights(found["openpyxl"])


def _without_heights(found: Any) -> Any:
    """What a file claims to hold is each engine's own guess."""
    return found if isinstance(found, str) else [replace(sheet, height=0) for sheet in found]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_quote_in_a_workbook_stays(xlsx: Callable[..., bytes], engine: str) -> None:
    data = xlsx([["编号"], ["'=1+1"]])

    assert read_book(data, "a.xlsx", engine=engine).sheets[0].rows == [("编号",), ("'=1+1",)]
