"""导入台账 in the admin: upload, check, correct, import, mend; who may, and what is forgotten."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from casework.matters.filing import sweep_files
from casework.matters.ledgers import jobs, naming, running
from casework.matters.models import ImportJob, LedgerLayout, Matter
from office.models import Look
from tests.casework.matters.counter import sent, text
from tests.english import english_left

from .conftest import NOON, YESTERDAY, bring, workbook

pytestmark = pytest.mark.usefixtures("rules")
UPLOAD = "ledgers:upload"
PERSON = ["1", YESTERDAY, "路灯不亮", "三号楼前的路灯坏了。", "韦小梅", "19900001234"]


def upload(client, data, name="区热线.xlsx", **fields):
    form = sent(file=SimpleUploadedFile(name, data), source="区热线", **fields)
    return client.post(reverse(UPLOAD), form, follow=True)


def page_of(client, job=None):
    return client.get(reverse("ledgers:job", args=[(job or ImportJob.objects.get()).pk]))


def choices(page, **changed):
    """The form of the check page as it stands, with some fields changed."""
    form = page.context["choices"]
    return sent(**{name: form[name].value() for name in form.fields} | changed)


def press(client, act, **changed):
    job = ImportJob.objects.latest("pk")
    page = page_of(client, job)
    url = reverse("ledgers:job", args=[job.pk])
    return client.post(url, choices(page, act=act, **changed), follow=True)


def step(client):
    job = ImportJob.objects.latest("pk")
    return client.post(reverse("ledgers:job", args=[job.pk]), {"act": "step"}, follow=True)


def test_a_registrar_uploads_checks_imports_and_reads_the_result(cast, login):
    client = login(cast.registrar)
    checked = upload(client, workbook([PERSON, ["2", "昨天", "井盖松动"]]))

    assert checked.context["trial"].counts == {"added": 1, "updated": 0, "skipped": 0, "failed": 1}
    assert "B3" in text(checked)
    assert not Matter.objects.exists()
    running = press(client, "commit")
    assert "已处理 0 行，共 2 行" in text(running)
    assert not Matter.objects.exists()
    done = step(client)
    assert "导入完成" in text(done)
    assert Matter.objects.get().registered_by == cast.registrar
    listed = client.get(done.context["list_url"])
    assert Matter.objects.get().number in text(listed)


def test_a_page_shows_no_name_and_no_phone_of_a_ledger(cast, login):
    row = [*PERSON, "", "", "联系 13800001111，身份证 11010519491231002X"]
    shown = text(upload(login(cast.registrar), workbook([row])))

    assert not {"韦小梅", "19900001234", "13800001111", "11010519491231002X"} & set(
        shown.split('"')
    )
    for secret in ("韦小梅", "19900001234", "13800001111", "11010519491231002X", "三号楼前的"):
        assert secret not in shown
    assert "韦*" in shown
    assert "138****1111" in shown


def test_a_registrar_corrects_a_column_and_keeps_it_as_a_layout(cast, login):
    client = login(cast.registrar)
    data = workbook([["路灯不亮", YESTERDAY, "急"]], ("甲", "乙", "丙"))
    first = upload(client, data)
    assert "还不能导入：没有列对应到收到日期、标题（或内容分类）" in text(first)

    press(client, "choose", column_1="title", column_2="received")
    kept = press(client, "layout", layout_name="区信箱")
    assert "版式已保存" in text(kept)
    assert kept.context["trial"].counts["added"] == 1
    again = upload(client, data, name="下个月.xlsx")
    assert again.context["ledger"].layout == "区信箱"
    assert again.context["trial"].counts["added"] == 1
    assert LedgerLayout.objects.get().history.get().history_user == cast.registrar


def test_a_change_that_was_not_checked_is_checked_before_it_is_imported(cast, login):
    client = login(cast.registrar)
    upload(client, workbook([PERSON]))
    page = press(client, "commit", column_3="", column_4="title")

    assert "请看过再导入" in text(page)
    assert ImportJob.objects.get().state == "checking"
    press(client, "commit")
    step(client)
    assert Matter.objects.get().title == "三号楼前的路灯坏了。"


def test_a_registrar_chooses_among_sheets_and_header_rows(cast, login):
    book = load_workbook(BytesIO(workbook([PERSON])))
    second = book.create_sheet("二月")
    for row in (
        ["云湖街道台账"],
        ["登记日期", "标题"],
        [YESTERDAY, "井盖松动"],
        [YESTERDAY, "噪声"],
    ):
        second.append(row)
    out = BytesIO()
    book.save(out)
    client = login(cast.registrar)
    assert upload(client, out.getvalue()).context["trial"].rows == 1

    page = press(client, "choose", sheet="二月")
    assert page.context["trial"].rows == 2
    wrong = press(client, "choose", header_row="0")
    assert "还不能导入" in text(wrong)
    assert press(client, "choose", header_row="2").context["trial"].counts["added"] == 2


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7 not a table", "这不是表格文件"),
        (workbook([PERSON])[:700], "已损坏"),
        (b"<html><body><table></table></body></html>", "其实是网页"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_and_stays(cast, login, data, sentence):
    page = upload(login(cast.registrar), data)

    assert page.status_code == 200
    assert sentence in text(page)
    assert jobs.stored_paths() == [ImportJob.objects.get().path]


def test_an_empty_or_missing_file_is_asked_for_again(cast, login):
    client = login(cast.registrar)
    assert "请选择台账文件" in text(client.post(reverse(UPLOAD), sent(source="")))
    assert "文件是空的" in text(upload(client, b""))
    assert not ImportJob.objects.exists()


def test_a_double_click_uploads_and_imports_once(cast, login):
    client = login(cast.registrar)
    form = sent(source="区热线")
    for _ in range(2):
        form["file"] = SimpleUploadedFile("区热线.xlsx", workbook([PERSON]))
        client.post(reverse(UPLOAD), form)
    assert ImportJob.objects.count() == 1

    press(client, "commit")
    for _ in range(2):
        step(client)
    assert Matter.objects.count() == 1


def test_an_import_left_in_the_middle_goes_on_where_it_stood(cast, login, monkeypatch):
    for name in ("BATCH", "MOST", "FEWEST"):
        monkeypatch.setattr(running, name, 2)
    monkeypatch.setattr("casework.matters.views.ledgers.STEP", 0)
    client = login(cast.registrar)
    upload(client, workbook([[str(n), YESTERDAY, f"第{n}件"] for n in range(5)]))
    press(client, "commit")

    assert "已处理 2 行，共 5 行" in text(step(client))
    assert Matter.objects.count() == 2
    assert "已处理 2 行，共 5 行" in text(page_of(login(cast.registrar)))
    step(client)
    assert "导入完成" in text(step(client))
    job = ImportJob.objects.get()
    assert (job.added, job.skipped, Matter.objects.count()) == (5, 0, 5)


def test_a_mended_copy_is_downloaded_logged_and_brought_again(cast, login):
    client = login(cast.registrar)
    bring(workbook([PERSON, ["2", "昨天", "井盖松动"]]), cast.registrar, name="区热线.xlsx")
    job = ImportJob.objects.get()
    answer = client.get(reverse("ledgers:errors", args=[job.pk]))

    brought, copied = Look.objects.order_by("pk")
    for look, what in ((brought, "上传台账"), (copied, "台账错误副本")):
        assert (look.person, look.object_id) == (cast.registrar, job.pk)
        assert look.what == f"{what}（文件 {naming.origin('区热线.xlsx')[:12]}）"
        assert "区热线" not in f"{look.what}{look.label}{look.purpose}"
    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    assert "B3" in book.active.cell(3, 10).value
    assert book.active.cell(2, 10).value is None
    book.active.cell(3, 2).value = YESTERDAY
    out = BytesIO()
    book.save(out)
    form = sent(file=SimpleUploadedFile("区热线-错误.xlsx", out.getvalue()), source="")
    page = client.post(reverse(UPLOAD), form, follow=True)
    assert ImportJob.objects.latest("pk").source == "区热线"
    assert page.context["trial"].counts == {"added": 1, "updated": 0, "skipped": 1, "failed": 0}


def test_the_copy_of_an_unfinished_check_names_its_errors_too(cast, login):
    client = login(cast.registrar)
    upload(client, workbook([["2", "昨天", "井盖松动"]]))
    answer = client.get(reverse("ledgers:errors", args=[ImportJob.objects.get().pk]))
    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    assert "B2" in sheet.cell(2, 10).value


# Who may


@pytest.mark.parametrize(
    "name", ["officer", "head", "editor", "auditor", "leader", "custodian", "sysadmin"]
)
def test_whoever_may_not_import_meets_no_page_of_it(cast, login, name):
    job = bring(workbook([PERSON]), cast.registrar)
    client = login(getattr(cast, name))

    for url in (
        reverse(UPLOAD),
        reverse("ledgers:job", args=[job.pk]),
        reverse("ledgers:errors", args=[job.pk]),
    ):
        assert client.get(url).status_code == 302
        assert client.post(url, sent()).status_code == 302
    home = text(client.get(reverse("wagtailadmin_home")))
    assert "导入台账" not in home


def test_the_import_of_a_colleague_is_not_found_by_another_registrar(cast, login):
    job = bring(workbook([PERSON, ["2", "昨天", "井盖松动"]]), cast.registrar)
    other = login(cast.registrar2)

    for name in ("ledgers:job", "ledgers:errors"):
        assert other.get(reverse(name, args=[job.pk])).status_code == 404
        assert other.get(reverse(name, args=[999])).status_code == 404
    assert other.post(reverse("ledgers:job", args=[job.pk]), sent(act="drop")).status_code == 404
    assert job.path in jobs.stored_paths()
    assert reverse("ledgers:job", args=[job.pk]) not in text(other.get(reverse(UPLOAD)))
    assert page_of(login(cast.officehead), job).status_code == 200


# What is kept, and for how long


def test_the_upload_lies_encrypted_and_is_swept_only_when_nobody_names_it(cast):
    job = bring(workbook([PERSON]), cast.registrar)
    file = Path(settings.PRIVATE_ROOT) / job.path
    data = file.read_bytes()

    assert not data.startswith(b"PK")
    assert "路灯不亮".encode() not in data
    assert sweep_files(NOON + timedelta(days=9)) == 0
    assert file.exists()


def test_an_upload_given_up_is_gone_at_once(cast, login):
    client = login(cast.registrar)
    upload(client, workbook([PERSON]))
    file = Path(settings.PRIVATE_ROOT) / ImportJob.objects.get().path
    press(client, "drop")

    assert not file.exists()
    assert (ImportJob.objects.get().state, Matter.objects.count()) == ("dropped", 0)


def test_files_and_problems_are_forgotten_after_thirty_days(cast, login):
    job = bring(workbook([PERSON, ["2", "昨天", "井盖松动"]]), cast.registrar)
    file = Path(settings.PRIVATE_ROOT) / job.path
    ImportJob.objects.filter(pk=job.pk).update(created_at=NOON)

    jobs.forget_files(NOON + timedelta(days=29))
    assert file.exists()
    jobs.forget_files(NOON + timedelta(days=31))
    assert not file.exists()
    job = ImportJob.objects.get()
    assert (job.path, bytes(job.problems), job.added, job.failed) == ("", b"", 1, 1)
    assert "不再提供错误副本" in text(page_of(login(cast.registrar), job))


def test_every_page_of_the_import_speaks_chinese(cast, login):
    client = login(cast.registrar)
    found = english_left(text(client.get(reverse(UPLOAD))))
    found += english_left(text(upload(client, workbook([PERSON, ["2", "昨天", "井盖松动"]]))))
    found += english_left(text(press(client, "commit")))
    found += english_left(text(step(client)))
    assert found == []


def test_a_registrar_without_a_ledger_downloads_an_empty_one_from_the_upload_page(cast, login):
    client = login(cast.registrar)
    address = reverse("office_ledger_template", args=["matters"])

    assert f'href="{address}"' in client.get(reverse(UPLOAD)).content.decode()
    assert client.get(address)["Content-Type"].endswith("spreadsheetml.sheet")
