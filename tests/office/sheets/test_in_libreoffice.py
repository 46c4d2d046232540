"""The same sheets in a real spreadsheet program: it opens them, runs nothing, prints them rightly."""

import csv
import shutil
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from office.sheets.official import (
    Column,
    Head,
    TemplateColumn,
    write_csv,
    write_template,
    write_xlsx,
)

ATTACKS = ["=1+1", "+1+1", "-1+1", "@SUM(1,1)", "=cmd|'/C calc'!A0", "0012", "110101199003071234"]
MARK = "含个人信息　张三　2026-05-06 10:12 导出"
COLUMNS = (
    Column("n", "序号", 6, "number"),
    Column("on", "登记日期", 12, "day"),
    Column("text", "内容", 60, wrap=True),
)


@pytest.fixture
def converted(tmp_path: Path) -> Callable[[Path, str], Path]:
    """A file as LibreOffice writes it anew in another format; skips where it is not installed."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if not program:
        pytest.skip("LibreOffice is not installed")

    def convert(path: Path, kind: str) -> Path:
        home = f"-env:UserInstallation=file://{tmp_path}/home"
        command = [program, home, "--headless", "--convert-to", kind, "--outdir", str(tmp_path / "to"), str(path)]  # fmt: skip
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return tmp_path / "to" / f"{path.stem}.{kind.split(':')[0]}"

    return convert


def test_an_attack_opened_in_libreoffice_is_still_only_text(
    converted: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        rows = [(n, date(2026, 3, 2), text) for n, text in enumerate(ATTACKS, 1)]
        write_xlsx(file, Head("台账"), COLUMNS, rows)

    # Comma, quotes, UTF-8, from the first line, cells as shown: what the program itself sees.
    out = converted(path, "csv:Text - txt - csv (StarCalc):44,34,76,1")

    seen = list(csv.reader(out.read_text("utf-8-sig").splitlines()))[3:]
    assert seen == [[str(n), "2026-03-02", text] for n, text in enumerate(ATTACKS, 1)]


def test_a_guarded_csv_opened_in_libreoffice_computes_nothing(
    converted: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        write_csv(file, Head("台账"), COLUMNS, [(1, None, text) for text in ATTACKS[:5]])

    out = converted(path, "fods")

    assert "table:formula" not in out.read_text()


def test_every_printed_page_has_its_header_its_number_and_who_took_it(
    converted: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "a.xlsx"
    with path.open("wb") as file:
        rows = [(n, date(2026, 3, 2), "楼上漏水，两户互不认账。" * 8) for n in range(1, 61)]
        write_xlsx(file, Head("云湖台账", watermark=MARK), COLUMNS, rows)

    pdf = converted(path, "pdf")
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], capture_output=True, check=True
    ).stdout
    pages = [page for page in text.decode().split("\f") if page.strip()]

    assert len(pages) > 2
    assert "云湖台账" in pages[0]
    for number, page in enumerate(pages, 1):
        assert "登记日期" in page
        assert f"第{number}页共{len(pages)}页" in "".join(page.split())
        assert page.count("张三") == (3 if number == 1 else 2)


def test_an_empty_ledger_opens_with_its_drop_downs(
    converted: Callable[[Path, str], Path], tmp_path: Path
) -> None:
    path = tmp_path / "a.xlsx"
    columns = [
        TemplateColumn("n", "序号", 6, "number"),
        TemplateColumn("c", "社区", 14, choices=("青檀社区", "柳湾社区"), note="选一个。"),
    ]
    with path.open("wb") as file:
        write_template(file, Head("台账"), columns)

    out = converted(path, "fods").read_text()

    assert "cell-content-is-in-list" in out
    assert "柳湾社区" in out
    assert "选一个。" in out
