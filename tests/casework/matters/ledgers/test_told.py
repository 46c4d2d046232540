"""What the check page tells: what Excel hides, days without a year, spoilt numbers, side tables."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from openpyxl import Workbook, load_workbook

from casework.matters.ledgers import jobs, naming
from casework.matters.models import ImportJob, Matter
from office.history import acting
from office.models import Limit, Look
from tests.casework.matters.counter import text

from .conftest import NOON, YESTERDAY, bring, counts, told, workbook
from .test_pages import PERSON, page_of, press, step, upload

pytestmark = pytest.mark.usefixtures("rules")


def saved(book: Workbook) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_registrar_is_told_of_hidden_and_filtered_rows_and_of_hidden_sheets(cast, login):
    book = load_workbook(BytesIO(workbook([[str(n), YESTERDAY, f"第{n}件"] for n in range(5)])))
    book.active.auto_filter.ref = "A1:I6"
    book.active.auto_filter.add_filter_column(0, ["0", "3", "4"])
    for row in (3, 4):
        book.active.row_dimensions[row].hidden = True
    hidden = book.create_sheet("旧的")
    hidden.append(["登记日期", "标题"])
    hidden.append([YESTERDAY, "井盖松动"])
    hidden.sheet_state = "hidden"
    client = login(cast.registrar)
    page = upload(client, saved(book))

    assert "有 2 行没有显示" in text(page)
    assert "隐藏的工作表：“旧的”" in text(page)
    assert page.context["trial"].rows == 5
    chosen = press(client, "choose", sheet="旧的")
    assert chosen.context["trial"].rows == 1
    assert "这张工作表在表格里是隐藏的" in text(chosen)


def test_a_table_beside_the_ledger_is_left_alone_and_named(cast, login):
    book = load_workbook(BytesIO(workbook([[str(n), YESTERDAY, f"第{n}件"] for n in range(4)])))
    for at, row in enumerate((["社会事务办", 3], ["村镇建设办", 1]), 2):
        for column, value in enumerate(row, 12):
            book.active.cell(at, column).value = value
    page = upload(login(cast.registrar), saved(book))

    assert "旁边的另一张表" in text(page)
    assert page.context["trial"].counts == {"added": 4, "updated": 0, "skipped": 0, "failed": 0}


def test_days_without_a_year_are_asked_for_and_come_in_under_the_year_that_was_said(cast, login):
    client = login(cast.registrar)
    rows = [["1", "6.30", "路灯不亮"], ["2", "11月5日", "井盖松动"], ["3", "2026-01-02", "噪声"]]
    page = upload(client, workbook(rows))
    assert "有的日期没有写年份" in text(page)
    assert "这些日期是哪一年的" in text(page)
    assert page.context["trial"].counts["failed"] == 2

    answered = press(client, "choose", year_2="2025")
    assert answered.context["trial"].counts == {"added": 3, "updated": 0, "skipped": 0, "failed": 0}
    assert "有的日期没有写年份" not in text(answered)
    assert page_of(client).context["choices"]["year_2"].value() == 2025
    press(client, "commit")
    step(client)
    days = Matter.objects.order_by("pk").values_list("received_on", flat=True)
    assert list(days) == [date(2025, 6, 30), date(2025, 11, 5), date(2026, 1, 2)]


def test_a_year_that_nobody_lived_in_is_asked_for_again(cast, login):
    client = login(cast.registrar)
    upload(client, workbook([["1", "6.30", "路灯不亮"]]))
    page = press(client, "choose", year_2="25")
    assert page.context["trial"].counts["failed"] == 1
    assert [str(message) for message in page.context["messages"]]


def test_rows_far_down_that_show_more_than_the_first_ones_are_heard(cast, login):
    """A sheet is recognised by its first rows; what only row 2,500 shows counts all the same."""
    headings = ("编号", "登记日期", "标题", "备注")
    rows = [[str(n), "2024-03-01", f"第{n}件", ""] for n in range(2_500)]
    rows += [["a", "6.30", "路灯不亮", ""], ["b", "2024-03-02", "井盖松动", "急"]]
    rows[-1].append("没有标题的列")
    page = upload(login(cast.registrar), workbook(rows, headings))

    assert "有的日期没有写年份" in text(page)
    assert page.context["trial"].rows == 2_502
    letters = {column.letter for column in page.context["columns"]}
    assert {"D", "E"} <= letters


# Uploads are personal data


def test_every_upload_is_in_the_look_ledger_without_the_name_of_its_file(cast, login):
    upload(login(cast.registrar), workbook([PERSON]), name="韦小梅反映加班费.xlsx")

    look = Look.objects.get()
    assert (look.person, look.kind, look.purpose) == (
        cast.registrar,
        "matters.importjob",
        "导入台账",
    )
    assert look.what == f"上传台账（文件 {naming.origin('韦小梅反映加班费.xlsx')[:12]}）"
    assert look.post.role == "registrar"
    assert "韦小梅" not in f"{look.what}{look.label}{look.purpose}"


def test_an_office_sets_itself_how_long_uploads_are_kept(cast, login):
    with acting(None, "测试"):
        Limit(key="upload_days", value=3).save()
    job = bring(workbook([PERSON, ["2", "昨天", "井盖松动"]]), cast.registrar)
    file = Path(settings.PRIVATE_ROOT) / job.path
    job.created_at = NOON
    job.save()
    assert "导入结束 3 天后自动删除" in text(login(cast.registrar).get("/admin/ledgers/"))

    jobs.forget_files(NOON + timedelta(days=2))
    assert file.exists()
    jobs.forget_files(NOON + timedelta(days=4))
    assert not file.exists()
    job = ImportJob.objects.get()
    assert not {"origin", "file_name"} & set(job.options)
    assert (job.path, bytes(job.problems), bytes(job.found)) == ("", b"", b"")


def test_a_dirty_hotline_sheet_twice_doubles_nothing_and_names_its_errors_by_cell(cast):
    headings = ("工单编号", "来电时间", "诉求标题", "诉求内容", "来电人姓名", "来电号码", "属地")
    rows = [
        ["GD001", "2026/11/3 9:05:12", "路灯不亮\n", "　三号楼前的路灯坏了 ", "韦小梅", "１９９００００１２３４", "青檀社区"],
        ["GD001", "2026/11/3 9:05:12", "路灯不亮", "三号楼前的路灯坏了", "韦小梅", "19900001234", "青檀社区"],
        ["GD002", "昨天", "井盖松动", "", "匿名", "-", "—"],
        ["", "", "", "", "", "", ""],
        ["合计", 3],
    ]  # fmt: skip
    data = workbook(rows, headings)
    for expected in ((3, 1, 0, 1, 1), (3, 0, 0, 2, 1)):
        job = bring(data, cast.registrar, source="12345 热线")
        assert counts(job) == expected
        assert [said.partition("（")[0] for said in told(job)] == ["B4"]
    assert Matter.objects.count() == 1
