"""A registrar uploads whatever she was sent; she sees what it is, or reads one plain sentence."""

import re
from collections.abc import Iterator

import pytest

from casework.matters.ledgers import background
from casework.matters.models import ImportJob, Matter
from office.sheets.book import SENTENCES
from office.sheets.problems import column_letter
from tests.casework.matters.counter import text
from tests.english import english_left
from tests.office.sheets.odd_files import FOLDERS, OUTCOMES, Outcome

from .conftest import NOON, REAL, workbook
from .test_pages import page_of, press, upload

pytestmark = pytest.mark.usefixtures("rules")


@pytest.mark.parametrize("name", OUTCOMES)
def test_whatever_a_registrar_was_sent_comes_to_a_right_page_or_a_plain_sentence(name, cast, login):
    path = REAL.parent / name
    if not path.exists():
        pytest.skip(f"odd file {name} is not beside this repository")
    client, wanted = login(cast.registrar), OUTCOMES[name]

    page = upload(client, path.read_bytes(), path.name)
    if ImportJob.objects.filter(state=ImportJob.State.READING).exists():
        assert "正在读取" in text(page)
        assert background.work(NOON, lambda: False)
        page = page_of(client)

    assert page.status_code == 200
    assert not Matter.objects.exists()
    shown = text(page)
    opened = page.context.get("ledger")
    assert english_left(shown, words_of(opened) if opened else ()) == []
    if wanted.kind == "sentence":
        assert SENTENCES[wanted.code] in shown
        assert opened is None
    else:
        assert "这个文件读不了" not in shown
        assert found(opened, wanted) == wanted
        for said in wanted.said:
            assert said in shown


def words_of(ledger) -> list[str]:
    """What its page shows as it is in the file: names of sheets, headings, letters of columns."""
    named = [sheet.name for sheet in ledger.book.sheets]
    named += [column_letter(column) for column in range(1, ledger.sheet.width + 1)]
    named += [column.heading for column in ledger.mapping.columns]
    return re.findall(r"[A-Za-z][A-Za-z'’-]*", " ".join(named))


def found(ledger, wanted: Outcome) -> Outcome:
    """What the page found, in the words of the table; what the table does not hold is taken from it."""
    header, rows, taken = ledger.mapping.header_row, ledger.count(), len(ledger.mapping.columns)
    kind = "ledger" if not ledger.missing else "table" if wanted.kind == "table" else "loose"
    if kind == "loose":
        header, rows, taken = wanted.header, wanted.rows, wanted.columns
    return Outcome(kind, ledger.sheet.name, header, rows, taken, said=wanted.said)


def test_no_odd_file_is_left_out_of_the_table():
    lying = {folder: set(names_in(folder)) for folder in FOLDERS}
    if not any(lying.values()):
        pytest.skip("the odd files are not beside this repository")

    assert lying == {folder: set(files) for folder, files in FOLDERS.items()}


def names_in(folder: str) -> Iterator[str]:
    return (path.name for path in (REAL.parent / folder).glob("*"))


def test_a_registrar_reads_which_numbers_have_lost_their_last_digits(cast, login):
    headings = ["编号", "登记日期", "标题", "证件号码", "联系电话", "银行卡"]
    long = 3501021990010112
    rows = [
        [long, "2026-03-02", "路灯不亮", "", "", ""],
        ["2", "2026-03-02", "井盖松动", long * 100 + 30, "", ""],
        ["3", "2026-03-02", "噪声扰民", "", long, ""],
        ["4", "2026-03-02", "停水", "", "", long],
    ]

    page = upload(login(cast.registrar), workbook(rows, headings))

    problems = [*page.context["problems"], *page.context["different"]]
    assert [problem.address for problem in problems] == ["A2", "D3", "E4"]
    assert len(page.context["different"]) == 2  # a letter is not lost for a wrong digit
    assert all("已把后几位改成了 0 或近似数" in problem.why for problem in problems)
    shown = text(page)
    assert "照原件重新填写号码" in shown
    assert "F 列有超过 15 位的号码" in shown
    assert page.context["trial"].counts == {"added": 3, "updated": 0, "skipped": 0, "failed": 1}


@pytest.mark.parametrize("year", ["", "2026"])
def test_days_without_a_year_are_asked_for_before_they_come_in(year, cast, login):
    client = login(cast.registrar)
    rows = [["1", "6.30", "路灯不亮"], ["2", "6月3日", "井盖松动"]]

    page = upload(client, workbook(rows, ["编号", "登记日期", "标题"]))
    assert "有的日期没有写年份" in text(page)
    if year:
        page = press(client, "choose", year_2=year)

    counts = page.context["trial"].counts
    assert (counts["added"], counts["failed"]) == ((2, 0) if year else (0, 2))
    assert ("有的日期没有写年份" in text(page)) is not bool(year)
