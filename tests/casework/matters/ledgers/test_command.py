"""`manage.py import_matters`: the last line, the sentences, the report, and a run that was killed."""

import os
import signal
import subprocess
import sys
import time
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from openpyxl import load_workbook

from casework.matters.ledgers import jobs
from casework.matters.ledgers.layouts import save_layout
from casework.matters.ledgers.opening import Ledger
from casework.matters.models import ImportJob, Item, ItemLink, LedgerLayout, Matter, Move
from office.history import acting

from .conftest import YESTERDAY, workbook

GOOD = ["1", YESTERDAY, "路灯不亮", "三号楼前"]


@pytest.fixture
def write(tmp_path):
    """Writes a ledger to a file of this name and gives its path."""

    def put(data: bytes, name: str = "区热线.xlsx") -> str:
        path = tmp_path / name
        path.write_bytes(data)
        return str(path)

    return put


def run(*arguments: str) -> str:
    """The command's words. Raises SystemExit when it refuses, with the sentence in its args."""
    out, err = StringIO(), StringIO()
    try:
        call_command("import_matters", *arguments, stdout=out, stderr=err)
    except SystemExit as stop:
        raise SystemExit(stop.code, err.getvalue()) from None
    return out.getvalue()


def refusal(*arguments: str) -> str:
    with pytest.raises(SystemExit) as stop:
        run(*arguments)
    code, words = stop.value.args
    assert code == 1
    return words


def test_the_last_line_counts_every_row(db, write):
    rows = [GOOD, GOOD, ["2", "昨天", "井盖松动"], ["3", YESTERDAY, "噪声"]]
    path = write(workbook(rows))

    words = run(path)
    assert words.splitlines()[-1] == "读取 4 行：新增 2，更新 0，跳过 1，错误 1"
    assert "B4（登记日期）" in words
    assert run(path).splitlines()[-1] == "读取 4 行：新增 0，更新 0，跳过 3，错误 1"
    matter = Matter.objects.order_by("pk").first()
    assert (matter.source, matter.registered_by) == ("未注明来源", None)
    [move] = matter.moves.all()
    assert (move.actor, move.post) == (None, None)


def test_a_dry_run_counts_the_same_and_writes_nothing(db, write):
    path = write(workbook([GOOD, ["2", "昨天", "井盖松动"]]))
    assert run(path, "--dry-run").splitlines()[-1] == "读取 2 行：新增 1，更新 0，跳过 0，错误 1"
    assert not Matter.objects.exists()
    assert not ImportJob.objects.exists()


def test_ledgers_without_a_source_keep_their_numbers_apart_by_file(db, write):
    one = write(workbook([GOOD]), "甲.xlsx")
    other = write(workbook([["1", YESTERDAY, "井盖松动"]]), "乙.xlsx")
    copied = write(workbook([GOOD]), "甲 (1).xlsx")

    assert run(one).splitlines()[-1] == "读取 1 行：新增 1，更新 0，跳过 0，错误 0"
    assert run(other).splitlines()[-1] == "读取 1 行：新增 1，更新 0，跳过 0，错误 0"
    assert run(copied).splitlines()[-1] == "读取 1 行：新增 0，更新 0，跳过 1，错误 0"
    assert run(one, "--source", "区热线").splitlines()[-1].startswith("读取 1 行：新增 1")


def test_the_report_is_the_sheet_with_a_column_of_errors(db, write, tmp_path):
    report = tmp_path / "区热线-错误.xlsx"
    path = write(workbook([GOOD, ["2", "昨天", "井盖松动"]]))
    words = run(path, "--report", str(report))

    sheet = load_workbook(report).active
    assert sheet.cell(1, 10).value == "错误"
    assert sheet.cell(2, 10).value is None
    assert "B3" in sheet.cell(3, 10).value
    assert report.stat().st_mode & 0o077 == 0
    assert words.splitlines()[-1].startswith("读取 2 行")
    sheet.cell(3, 2).value = YESTERDAY
    sheet.parent.save(report)
    assert run(str(report)).splitlines()[-1] == "读取 2 行：新增 1，更新 0，跳过 1，错误 0"


def test_a_kept_layout_names_columns_and_source(cast, write):
    data = workbook([["路灯不亮", YESTERDAY, "急"]], ("甲", "乙", "丙"))
    with acting(cast.registrar):
        job = jobs.create(data, "a.xlsx", by=cast.registrar, source="区信箱")
        job.mapping = {
            "header_row": 1,
            "columns": {"1": ["title", "", "", True], "2": ["received", "", "", True]},
        }
        save_layout(Ledger.open(job), "区信箱月报", by=cast.registrar)

    path = write(data, "十一月.xlsx")
    words = run(path, "--layout", "区信箱月报")
    assert words.splitlines()[-1] == "读取 1 行：新增 1，更新 0，跳过 0，错误 0"
    assert Matter.objects.get().source == "区信箱"
    assert LedgerLayout.objects.get().history.count() == 1
    assert "没有叫“月报”的版式" in refusal(path, "--layout", "月报")


@pytest.mark.parametrize(
    ("name", "data", "sentence"),
    [
        ("空.xlsx", b"", "这个文件是空的"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n" + bytes(64), "这不是表格文件"),
        ("坏.xlsx", workbook([GOOD])[:900], "已损坏"),
        ("网页.xls", b"<html><table></table></html>", "其实是网页"),
        ("无日期.xlsx", workbook([["路灯不亮"]], ("标题",)), "没有认出必需的列：收到日期"),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence(db, write, name, data, sentence):
    assert sentence in refusal(write(data, name))
    assert not ImportJob.objects.exists()


def test_a_missing_file_sheet_or_several_sheets_are_said(db, write, tmp_path):
    assert "找不到这个文件" in refusal(str(tmp_path / "没有.xlsx"))
    path = write(workbook([GOOD]))
    assert "没有叫“汇总”的工作表。这个文件有：台账" in refusal(path, "--sheet", "汇总")
    book = load_workbook(path)
    book.copy_worksheet(book.active).title = "二月"
    book.save(path)
    assert "有几张工作表可以导入：台账、二月" in refusal(path)
    assert run(path, "--sheet", "二月").splitlines()[-1].startswith("读取 1 行：新增 1")


def environment(tmp_path: Path) -> dict[str, str]:
    """What a process needs to work on the database and keys of this test."""
    name = connection.settings_dict["NAME"]
    url = os.environ.get("DATABASE_URL", "")
    address = f"{url.rpartition('/')[0]}/{name}" if url else f"sqlite:///{name}"
    return {
        **os.environ,
        "DATABASE_URL": address,
        "VAR_DIR": str(tmp_path),
        "KEYS_DIR": str(settings.KEYS_DIR),
        "INSECURE_HTTP": "1",
    }


@pytest.mark.flush
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_import_killed_midway_is_run_again_without_doubles_or_gaps(write, tmp_path):
    lines = [f"{n},{date(2024, 1, 1 + n % 28)},第{n}件路灯不亮,三号楼前" for n in range(6000)]
    path = write(("编号,日期,标题,内容\n" + "\n".join(lines)).encode(), "区热线.csv")
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "import_matters", path]
    connection.close()
    process = subprocess.Popen(
        command, env=environment(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    while process.poll() is None and not Matter.objects.exists():
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    process.wait()

    done = Matter.objects.count()
    assert 0 < done < 6000, "killed in the middle"
    job = ImportJob.objects.get()
    assert (job.state, job.added) == ("running", done)
    again = subprocess.run(
        command, env=environment(tmp_path), capture_output=True, text=True, check=True
    )
    last = again.stdout.splitlines()[-1]
    assert last == f"读取 6000 行：新增 {6000 - done}，更新 0，跳过 {done}，错误 0"
    numbers = Matter.objects.order_by("number").values_list("number", flat=True)
    year = numbers[0][2:6]
    assert list(numbers) == [f"XF{year}-{n:06d}" for n in range(1, 6001)]
    assert len(set(Matter.objects.values_list("source_key", flat=True))) == 6000
    for model in (Item, ItemLink, Move):
        assert model.objects.count() == 6000
    assert Matter.history.count() == 6000
