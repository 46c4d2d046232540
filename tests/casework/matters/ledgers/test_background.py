"""Long ledgers: read, checked and brought in by the worker, while their person does other things."""

import signal
import subprocess
import sys
import time
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from casework.matters.ledgers import background, jobs
from casework.matters.models import ImportJob, Item, ItemLink, Matter, Move
from casework.matters.profiles import make_national_profile
from office import clock
from office.history import acting
from office.models import Limit, Post
from office.posts import renew
from office.sheets.book import LARGE
from office.work import HOLD, beat
from tests.casework.matters.counter import sent, text
from tests.conftest import make_cast, make_street
from tests.english import english_left

from .conftest import NOON, YESTERDAY, the_worker_comes_by, workbook
from .test_command import environment
from .test_pages import page_of, press, upload

LONG = [[str(n), YESTERDAY, f"第{n}件路灯不亮", "三号楼前"] for n in range(6)]
HOME = "wagtailadmin_home"
KILLS = 3


@pytest.fixture
def few(rules):
    """An office that leaves more than four rows to the worker."""
    with acting(None, "测试"):
        Limit(key="background_rows", value=4).save()


def test_a_registrar_leaves_a_long_ledger_to_the_worker_and_is_told_when_it_is_in(cast, few, login):
    client = login(cast.registrar)
    beat(NOON)
    reading = text(upload(client, workbook([*LONG, ["9", "昨天", "井盖松动"]])))
    assert "正在读取，完成后可核对" in reading
    job_page = reverse("ledgers:job", args=[ImportJob.objects.get().pk])
    assert f'<meta http-equiv="refresh" content="3;url={job_page}">' in reading
    assert "后台工作程序现在没有运行" not in reading
    assert "正在读取" in text(client.get(reverse(HOME)))

    assert the_worker_comes_by() == 1
    assert "已读取，可以核对" in text(client.get(reverse(HOME)))
    checked = page_of(client)
    assert checked.context["trial"].counts == {"added": 6, "updated": 0, "skipped": 0, "failed": 1}
    assert "B8" in text(checked)
    assert "已读取，可以核对" not in text(client.get(reverse(HOME)))

    running = text(press(client, "commit"))
    assert "已处理 0 行，共 7 行" in running
    assert '<meta http-equiv="refresh"' in running
    assert "在后台导入" in running
    assert not Matter.objects.exists()
    assert the_worker_comes_by() == 1
    home = text(client.get(reverse(HOME)))
    assert "台账“" in home
    assert "导入完成：新增 6，更新 0，跳过 0，错误 1" in home
    assert "导入完成" in text(page_of(client))
    assert "导入完成" not in text(client.get(reverse(HOME)))
    assert Matter.objects.count() == 6
    assert {m.registered_by for m in Matter.objects.all()} == {cast.registrar}
    assert {m.actor for m in Move.objects.all()} == {cast.registrar}
    assert {row.history_user for row in Matter.history.all()} == {cast.registrar}


def test_a_page_does_not_step_through_what_the_worker_brings_in(cast, few, login):
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    the_worker_comes_by()
    press(client, "commit")
    url = reverse("ledgers:job", args=[ImportJob.objects.get().pk])

    client.post(url, sent(act="step"))
    assert not Matter.objects.exists()
    assert 'value="step"' not in text(client.get(url))


def test_without_a_worker_the_page_says_in_words_what_to_do(cast, few, login):
    page = text(upload(login(cast.registrar), workbook(LONG)))
    assert "后台工作程序现在没有运行，这一步要等它" in page
    assert "系统管理员" in page
    beat(NOON)
    assert "后台工作程序现在没有运行" not in text(page_of(login(cast.registrar)))
    with clock.at(NOON + HOLD + timedelta(seconds=1)):
        assert "后台工作程序现在没有运行" in text(page_of(login(cast.registrar)))


def test_another_choice_of_columns_is_checked_anew_by_the_worker(cast, few, login):
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    the_worker_comes_by()
    page = press(client, "choose", column_3="", column_4="title")
    assert "正在读取，完成后可核对" in text(page)

    the_worker_comes_by()
    assert page_of(client).context["trial"].counts["added"] == 6
    press(client, "commit")
    the_worker_comes_by()
    assert set(Matter.objects.values_list("title", flat=True)) == {"三号楼前"}


def test_a_large_file_is_read_by_the_worker_whatever_it_holds(cast, rules, login):
    client = login(cast.registrar)
    words = "楼道路灯不亮，" * 100
    lines = [f"{n},{YESTERDAY},第{n}件路灯不亮,{n}号楼：{words}" for n in range(1100)]
    data = ("编号,日期,标题,内容\n" + "\n".join(lines)).encode()
    assert len(data) > jobs.AT_ONCE
    assert "正在读取" in text(upload(client, data, name="大的.csv"))

    the_worker_comes_by()
    assert page_of(client).context["trial"].counts["added"] == 1100
    job = ImportJob.objects.get()
    assert (job.read, job.state) == (True, "checking")
    assert [path.name for path in Path(settings.PRIVATE_ROOT).glob("*/*")] == [job.path[3:]]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"%PDF-1.7" + bytes(jobs.AT_ONCE), "这不是表格文件"),
        (b"PK\x03\x04" + b"x" * jobs.AT_ONCE, "已损坏"),
    ],
    ids=["pdf", "zip"],
)
def test_a_large_file_that_cannot_be_read_is_said_on_its_page(cast, rules, login, data, sentence):
    client = login(cast.registrar)
    assert "正在读取" in text(upload(client, data))
    the_worker_comes_by()
    assert sentence in text(page_of(client))
    assert the_worker_comes_by() == 0


def test_a_file_beyond_all_limits_is_refused_at_once(cast, rules, login):
    page = upload(login(cast.registrar), b"a" * (LARGE.file_bytes + 1))
    assert "请拆成几个文件" in text(page)
    assert not ImportJob.objects.exists()


def test_who_lost_the_right_to_import_in_between_imports_nothing(cast, few, login):
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    the_worker_comes_by()
    press(client, "commit")
    with acting(cast.secadmin, "调离"):
        post = Post.objects.get(user=cast.registrar)
        post.valid_to = date(2026, 11, 1)
        post.save()
        renew(cast.registrar)
    the_worker_comes_by()

    job = ImportJob.objects.get()
    assert (job.state, Matter.objects.count()) == ("stopped", 0)
    assert job.options["stopped"] == background.NO_RIGHT
    assert the_worker_comes_by() == 0


def test_a_ledger_whose_rows_are_lost_stops_and_says_so(cast, few, login):
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    the_worker_comes_by()
    press(client, "commit")
    (Path(settings.PRIVATE_ROOT) / ImportJob.objects.get().path).unlink()
    the_worker_comes_by()

    assert "存下来的台账文件不见了" in text(page_of(client))
    assert "停下了" in text(client.get(reverse("ledgers:upload")))


def test_an_import_that_fails_again_and_again_waits_for_a_person_and_can_be_taken_up(
    cast, few, login
):
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    the_worker_comes_by()
    press(client, "commit")
    job = ImportJob.objects.get()
    good, job.mapping = job.mapping, {"header_row": "spoilt", "columns": {}}
    job.save()
    for _ in range(background.MOST_FAILURES):
        with pytest.raises(ValueError, match="spoilt"):
            background.work(NOON, lambda: False)
    assert the_worker_comes_by() == 0
    assert "请告诉系统管理员查看运行日志" in text(page_of(client))
    assert "停下了" in text(client.get(reverse("ledgers:upload")))

    job = ImportJob.objects.get()
    job.mapping = good
    job.save()
    client.post(reverse("ledgers:job", args=[job.pk]), sent(act="resume"))
    the_worker_comes_by()
    assert (ImportJob.objects.get().state, Matter.objects.count()) == ("done", 6)


def test_rows_that_were_altered_on_the_disk_are_not_shown(cast, rules, login):
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    file = Path(settings.PRIVATE_ROOT) / ImportJob.objects.get().path
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    assert "这个文件读不了" in text(page_of(client))


def test_what_is_given_up_while_it_waits_is_not_taken_up(cast, few, login):
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    client.post(reverse("ledgers:job", args=[ImportJob.objects.get().pk]), sent(act="drop"))

    assert the_worker_comes_by() == 0
    assert (ImportJob.objects.get().state, jobs.stored_paths()) == ("dropped", [])


def test_a_worker_that_is_to_end_puts_an_import_down_and_another_takes_it_up(
    cast, few, login, monkeypatch
):
    for name in ("BATCH", "MOST", "FEWEST"):
        monkeypatch.setattr(f"casework.matters.ledgers.running.{name}", 2)
    client = login(cast.registrar)
    upload(client, workbook(LONG))
    the_worker_comes_by()
    press(client, "commit")

    background.work(NOON, lambda: Matter.objects.count() >= 4)
    job = ImportJob.objects.get()
    assert (job.state, job.added, job.held_until) == ("running", 4, None)
    assert "已处理 4 行，共 6 行" in text(page_of(client))
    the_worker_comes_by()
    assert (Matter.objects.count(), ImportJob.objects.get().state) == (6, "done")


def test_an_import_held_by_a_worker_is_left_to_it_until_its_time_has_passed(cast, few, login):
    upload(login(cast.registrar), workbook(LONG))
    job = ImportJob.objects.get()
    job.held_until = NOON + HOLD
    job.save()

    assert the_worker_comes_by() == 0
    assert the_worker_comes_by(NOON + HOLD) == 1
    assert ImportJob.objects.get().state == "checking"


def test_the_mended_copy_of_a_long_ledger_holds_the_rows_that_are_wrong(cast, few, login):
    client = login(cast.registrar)
    wrong = [["7", "昨天", "井盖松动"], ["8", "前天", "噪声扰民"]]
    upload(client, workbook([LONG[0], wrong[0], *LONG[1:], wrong[1]]))
    the_worker_comes_by()
    press(client, "commit")
    the_worker_comes_by()
    answer = client.get(reverse("ledgers:errors", args=[ImportJob.objects.get().pk]))

    book = load_workbook(BytesIO(b"".join(answer.streaming_content)))
    rows = list(book.active.iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["编号", "7", "8"]
    assert rows[1][9].startswith("B2（登记日期）")
    for line in (2, 3):
        book.active.cell(line, 2).value = YESTERDAY
    out = BytesIO()
    book.save(out)
    page = upload(client, out.getvalue(), name="区热线-错误.xlsx")
    assert page.context["trial"].counts == {"added": 2, "updated": 0, "skipped": 0, "failed": 0}


def test_nobody_else_hears_of_an_import_or_opens_its_page(cast, few, login):
    upload(login(cast.registrar), workbook(LONG))
    job = ImportJob.objects.get()
    for person in (cast.registrar2, cast.officer, cast.leader):
        client = login(person)
        assert "正在读取" not in text(client.get(reverse(HOME)))
        answer = client.get(reverse("ledgers:job", args=[job.pk]))
        assert answer.status_code == (404 if person == cast.registrar2 else 302)


def test_the_waiting_pages_speak_chinese(cast, few, login):
    client = login(cast.registrar)
    found = english_left(text(upload(client, workbook(LONG))))
    the_worker_comes_by()
    found += english_left(text(page_of(client))) + english_left(text(press(client, "commit")))
    found += english_left(text(client.get(reverse(HOME))))
    job = ImportJob.objects.get()
    jobs.stop(job, background.BROKEN)
    found += english_left(text(page_of(client)))
    assert found == []


@pytest.mark.flush
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_an_import_whose_workers_are_killed_midway_is_taken_up_without_doubles_or_gaps(tmp_path):
    cast = make_cast(make_street())
    make_national_profile()
    count = 6_000
    lines = [f"{n},{date(2024, 1, 1 + n % 28)},第{n}件路灯不亮,三号楼前" for n in range(count)]
    settings.PRIVATE_ROOT = tmp_path / "private"
    with acting(cast.registrar):
        data = ("编号,日期,标题,内容\n" + "\n".join(lines)).encode()
        jobs.create(data, "区热线.csv", by=cast.registrar, source="区热线")
        the_worker_comes_by()
        jobs.begin(jobs.Ledger.open(ImportJob.objects.get()))
    assert ImportJob.objects.get().background
    connection.close()
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "work"]

    def start() -> subprocess.Popen:
        return subprocess.Popen(
            command, env=environment(tmp_path), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )

    done = 0
    for _ in range(KILLS):
        process = start()
        while process.poll() is None and Matter.objects.count() == done:
            time.sleep(0.01)
        process.send_signal(signal.SIGKILL)
        process.wait()
        before, done = done, Matter.objects.count()
        assert before < done < count, "killed in the middle"
        job = ImportJob.objects.get()
        assert (job.state, job.added) == ("running", done)
        assert job.held_until is not None
        ImportJob.objects.filter(pk=job.pk).update(held_until=None)  # its two minutes are over

    process = start()
    try:
        while process.poll() is None and ImportJob.objects.get().state == "running":
            time.sleep(0.05)
    finally:
        process.terminate()
        process.wait()
    job = ImportJob.objects.get()
    assert (job.state, job.added, job.skipped, job.failed) == ("done", count, 0, 0)
    numbers = list(Matter.objects.order_by("number").values_list("number", flat=True))
    assert numbers == [f"XF{numbers[0][2:6]}-{n:06d}" for n in range(1, count + 1)]
    for model in (Item, ItemLink, Move):
        assert model.objects.count() == count
    made_once(count, cast.registrar)


def made_once(count, by):
    """As many records were made as there are rows, by the person who imported them.

    The worker may have given the first of them their terms already: that is no second record.
    """
    made = Matter.history.filter(history_type="+")
    assert made.count() == made.values("id").distinct().count() == count
    assert set(made.values_list("history_user", flat=True)) == {by.pk}
    later = Matter.history.exclude(history_type="+")
    assert set(later.values_list("history_change_reason", flat=True)) <= {"定保管期限"}
