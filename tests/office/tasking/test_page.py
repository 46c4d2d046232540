"""The system administrator sees what waits, why something stopped, and has it tried again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.matters.delegating import handing
from casework.matters.ledgers import jobs
from casework.matters.models import HandOverOfWork, ImportJob, Matter
from casework.matters.profiles import make_national_profile
from office import registries
from office.clock import now
from office.exporting import runs
from office.health import lines
from office.history import acting
from office.models import ExportRun, Limit
from office.tasking import queue, showing, troubles
from office.tasking.troubles import MOST
from office.work import HOLD, run_long
from tests.casework.matters.counter import accepted, arrive, assigned
from tests.casework.matters.ledgers.conftest import YESTERDAY, workbook
from tests.conftest import make_person
from tests.english import english_left
from tests.office.tasking.files import begun, numbers

ALL = "/admin/tasks/"


@pytest.fixture
def listed(monkeypatch):
    monkeypatch.setitem(registries.exports, "numbers", numbers())


@pytest.fixture
def page(cast, login):
    def get():
        answer = login(cast.sysadmin).get(ALL)
        assert answer.status_code == 200
        return answer.content.decode()

    return get


@pytest.fixture
def rules(db):
    return make_national_profile()


@pytest.fixture
def handed(cast, street, rules):
    """Three matters of the officer are to go to a colleague, decided and not yet done."""
    for _ in range(3):
        matter = accepted(arrive(cast.registrar)[1][0], cast.officehead)
        assigned(matter, cast.officehead, street.social, cast.officer)
    colleague = make_person("officer_b", "承小乙", "officer", street.social)
    with acting(cast.officehead):
        return handing.begin(cast.officer, colleague, why="leave", note="", by=cast.officehead)


def failed(person):
    run = begun(person)
    run.state, run.error = ExportRun.State.FAILED, "程序出错，文件没有生成。"
    run.save()
    return run


def given_up(kind, piece, error="程序出错（KeyError）；详情见运行日志。"):
    for _ in range(MOST):
        troubles.note(kind, piece, error, now(), counts=True)


def again(client, kind, piece):
    return client.post(ALL, {"kind": kind, "piece": piece}, follow=True)


def test_an_empty_page_says_what_will_stand_there(page):
    assert "没有后台任务。有人导出长名单" in page()
    assert "http-equiv" not in page()


def test_what_waits_is_told_with_its_owner_and_the_page_looks_again_for_ten_minutes(
    cast, listed, page, login
):
    run = begun(cast.officehead)
    found = page()
    for words in ("生成导出文件", f"第 {run.pk} 号文件", "信小任", "排队中", "每 10 秒自动更新"):
        assert words in found
    assert 'content="10;url=/admin/tasks/?looked=1"' in found
    later = login(cast.sysadmin).get(ALL, {"looked": "60"}).content.decode()
    assert "http-equiv" not in later
    assert "后台工作程序现在没有动静" in found


def test_progress_is_told_in_words_and_a_bar(cast, rules, login, page):
    with acting(None, "测试"):
        Limit(key="background_rows", value=4).save()
    rows = [[str(n), YESTERDAY, f"第{n}件路灯不亮", "三号楼前"] for n in range(6)]
    with acting(cast.registrar):
        job = jobs.create(workbook(rows), "韦小梅的台账.xlsx", by=cast.registrar, source="区热线")
    job.state, job.background, job.rows, job.added = ImportJob.State.RUNNING, True, 6, 2
    job.held_until = now() + HOLD
    job.save()
    found = page()
    assert "已处理 2 行，共 6 行" in found
    assert '<progress class="desk-progress" value="2" max="6"' in found
    assert "正在做" in found
    assert "韦小梅" not in found


def test_a_hand_over_is_told_by_its_number_and_how_many_are_done(handed, page):
    found = page()
    assert f"交接单 {handed.number}" in found
    assert "已办 0 项，共 3 项" in found
    for matter in Matter.objects.all():
        assert matter.number not in found


def test_what_failed_stands_first_with_its_reason_and_can_be_tried_again(cast, listed, login, page):
    waiting, run = begun(cast.sysadmin), failed(cast.sysadmin)
    found = page()
    assert found.index(f"第 {run.pk} 号文件") < found.index(f"第 {waiting.pk} 号文件")
    assert "停下了" in found
    assert run.error in found
    client = login(cast.sysadmin)
    assert "已重新排队" in again(client, "export_files", run.pk).content.decode()
    run.refresh_from_db()
    assert (run.state, run.error) == (ExportRun.State.WAITING, "")
    assert "没有停下，不用重试" in again(client, "export_files", run.pk).content.decode()
    assert runs.take_up(now(), bool)
    assert runs.take_up(now(), bool)
    run.refresh_from_db()
    assert run.state == ExportRun.State.DONE
    assert "做完了" in page()


def test_a_piece_whose_code_raises_is_told_in_words_without_a_traceback_and_tried_again(
    cast, handed, login, page
):
    def broken(moment, stopping):
        queue_rows = registries.tasks["hand_over_work"].open()
        assert runs.claim(queue_rows, moment) is not None
        raise RuntimeError("柏长青 19900001234")

    for _ in range(MOST):
        HandOverOfWork.objects.update(held_until=None)
        run_long("hand_over_work", "移交手上的工作", broken, bool)
    found = page()
    assert "停下了" in found
    assert "程序出错（RuntimeError）" in found
    for hidden in ("柏长青", "19900001234", "Traceback", "test_page.py"):
        assert hidden not in found
    [line] = [line for line in lines(now()) if line.part == "后台任务"]
    assert "有 1 项任务几次没有做成" in line.text

    again(login(cast.sysadmin), "hand_over_work", handed.pk)
    HandOverOfWork.objects.update(held_until=None)
    assert queue.is_waiting("hand_over_work", now())
    name, label, good = next(job for job in registries.long_jobs if job[0] == "hand_over_work")
    assert run_long(name, label, good, bool) == 1
    assert HandOverOfWork.objects.get().done_at is not None
    assert "做完了" in page()


def test_an_import_that_stopped_goes_on_when_its_own_person_or_the_administrator_asks(
    cast, rules, login, page
):
    with acting(cast.registrar):
        data = workbook([["1", YESTERDAY, "路灯不亮", "三号楼前"]])
        job = jobs.create(data, "台账.xlsx", by=cast.registrar, source="区热线")
    jobs.stop(job, "程序几次出错，系统停在这里。")
    given_up(jobs.KIND, job.pk)
    assert "系统停在这里" in page()
    again(login(cast.sysadmin), jobs.KIND, job.pk)
    job.refresh_from_db()
    assert job.state == ImportJob.State.READING
    assert troubles.standing(jobs.KIND) == {}


def test_nobody_else_comes_in_by_the_page_or_has_anything_tried_again(cast, listed, login):
    run = failed(cast.officehead)
    for name in ("officehead", "registrar", "leader", "auditor", "secadmin", "auditadmin"):
        client = login(getattr(cast, name))
        for answer in (
            client.get(ALL),
            client.post(ALL, {"kind": "export_files", "piece": run.pk}),
        ):
            assert answer.status_code in (302, 403), name
            assert answer.get("Location", "/admin/").startswith("/admin/"), name
            assert "号文件" not in answer.content.decode()
        assert "后台任务" not in client.get(reverse("wagtailadmin_home")).content.decode()
    run.refresh_from_db()
    assert run.state == ExportRun.State.FAILED


@pytest.mark.parametrize(
    ("kind", "piece"),
    [("export_files", "999"), ("export_files", "x"), ("export_files", "9" * 40), ("users", "1")],
)
def test_what_is_not_on_the_page_is_not_found(cast, login, kind, piece):
    assert again(login(cast.sysadmin), kind, piece).status_code == 404


def test_the_order_is_stopped_then_under_way_then_done_newest_first(cast, listed):
    done, waiting = begun(cast.sysadmin), begun(cast.sysadmin)
    assert runs.take_up(now(), bool)
    stopped = failed(cast.sysadmin)
    trying = begun(cast.sysadmin)
    troubles.note("export_files", trying.pk, "出错。", now(), counts=True)
    moment = now() + timedelta(seconds=1)
    told = [(row.piece.pk, row.state.word) for row in showing.rows(moment)]
    assert told == [
        (stopped.pk, "停下了"), (trying.pk, "稍后再试"), (waiting.pk, "排队中"), (done.pk, "做完了"),
    ]  # fmt: skip


def test_the_page_speaks_chinese(cast, listed, page):
    failed(cast.officehead)
    begun(cast.officehead)
    assert english_left(page(), allowed=["manage", "py", "work"]) == []
