"""A piece that waits is told to a worker, and taken up whatever becomes of the message."""

import os
import threading
import time

import pytest
from django.db import DataError, connection, transaction
from django_tasks_db.models import DBTaskResult

from office import registries
from office.clock import now
from office.exporting import runs
from office.models import ExportRun, Job, Look, TaskTrouble
from office.tasking import lanes, queue, troubles
from office.tasking.troubles import MOST, QueueSilent
from office.work import HOLD, run_long
from tests.office.exporting.test_files import on_disk
from tests.office.tasking.files import begun, hold_is_over, kill, numbers, wait_for, worker

KILLS = 4
_State = ExportRun.State

by_database = pytest.mark.skipif(bool(os.environ.get("REDIS_URL")), reason="see test_redis")


@pytest.fixture
def listed(monkeypatch):
    monkeypatch.setitem(registries.exports, "numbers", numbers())
    monkeypatch.setattr(registries, "jobs", [])


def messages(status):
    return DBTaskResult.objects.filter(status=status).count()


@by_database
def test_a_message_is_put_when_the_transaction_is_committed_and_only_then(
    cast, listed, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        begun(cast.sysadmin)
        assert messages("READY") == 0
    assert messages("READY") == 1
    assert DBTaskResult.objects.get().args_kwargs == {"args": ["export_files"], "kwargs": {}}


def test_what_was_rolled_back_is_told_to_nobody(cast, listed, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as told, transaction.atomic():
        begun(cast.sysadmin)
        transaction.set_rollback(True)
    assert told == []


def test_a_queue_that_does_not_answer_spoils_no_request(
    cast, listed, monkeypatch, django_capture_on_commit_callbacks
):
    def silent(kind):
        raise QueueSilent

    monkeypatch.setattr(queue, "put", silent)
    with django_capture_on_commit_callbacks(execute=True):
        run = begun(cast.sysadmin)
    assert ExportRun.objects.get(pk=run.pk).state == _State.WAITING


@by_database
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_once_does_what_waits_although_its_message_was_lost(cast, listed):
    run = begun(cast.sysadmin)
    DBTaskResult.objects.all().delete()
    assert lanes.work_once() == ["export_files"]
    run.refresh_from_db()
    assert (run.state, messages("SUCCESSFUL")) == (_State.DONE, 1)
    assert lanes.work_once() == []


@by_database
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_message_that_comes_twice_does_nothing_twice(cast, listed):
    begun(cast.sysadmin)
    queue.put("export_files")
    assert lanes.work_once() == ["export_files"] * 2
    assert Look.objects.filter(what__startswith="生成").count() == 1
    assert len(on_disk()) == 1


@by_database
def test_the_sweep_puts_one_message_for_what_nobody_has_and_none_for_what_is_held(cast, listed):
    run = begun(cast.sysadmin)
    run.held_until = now() + HOLD
    run.save()
    queue.sweep(now())
    assert messages("READY") == 0
    queue.sweep(now() + HOLD)
    queue.sweep(now() + HOLD)
    assert messages("READY") == 1


@by_database
def test_a_worker_that_has_nothing_to_do_writes_nothing(db, monkeypatch):
    monkeypatch.setattr(registries, "jobs", [])
    assert lanes.work_once() == []
    assert not DBTaskResult.objects.exists()
    assert not Job.objects.exclude(name="worker").exists()


def test_every_kind_of_long_work_is_told_on_the_page_of_tasks():
    kinds = {name for name, _, _ in registries.long_jobs}
    assert kinds == set(registries.tasks)


# What goes wrong


def broken(moment, stopping):
    runs.claim(ExportRun.objects.filter(state__in=runs.OPEN), moment)
    raise LookupError("韦小梅")


def test_a_piece_that_fails_is_noted_in_words_without_those_of_the_error(cast, listed):
    run = begun(cast.sysadmin)
    assert run_long("export_files", "生成导出文件", broken, bool) == 0
    row = TaskTrouble.objects.get()
    assert (row.kind, row.piece, row.times) == ("export_files", run.pk, 1)
    assert "程序出错（LookupError）" in row.error
    assert "韦小梅" not in row.error + Job.objects.get(name="export_files").error


def test_a_piece_that_fails_again_and_again_is_left_and_the_others_go_on(cast, listed):
    first, second = begun(cast.sysadmin), begun(cast.sysadmin)
    for _ in range(MOST):
        hold_is_over()
        run_long("export_files", "生成导出文件", broken, bool)
    hold_is_over()
    assert run_long("export_files", "生成导出文件", runs.take_up, bool) == 1
    states = [ExportRun.objects.get(pk=run.pk).state for run in (first, second)]
    assert states == [_State.WAITING, _State.DONE]
    assert not queue.is_waiting("export_files", now())

    queue.wanted("export_files", first.pk)
    assert run_long("export_files", "生成导出文件", runs.take_up, bool) == 1
    assert ExportRun.objects.get(pk=first.pk).state == _State.DONE


def test_a_piece_is_not_given_up_for_a_database_that_did_not_answer(cast, listed):
    begun(cast.sysadmin)
    for _ in range(MOST * 2):
        troubles.note("export_files", 1, "数据库没有应答", now(), counts=False)
    assert TaskTrouble.objects.get().times == 1
    assert not troubles.given_up("export_files").exists()


def test_what_was_carried_out_has_no_trouble_any_more(cast, listed):
    begun(cast.sysadmin)
    run_long("export_files", "生成导出文件", broken, bool)
    hold_is_over()
    run_long("export_files", "生成导出文件", runs.take_up, bool)
    assert troubles.standing("export_files") == {}


@by_database
def test_a_kind_whose_room_tells_nothing_of_its_pieces_is_asked_at_every_sweep(db, monkeypatch):
    monkeypatch.setattr(
        registries, "long_jobs", [("untold", "不说", lambda moment, stopping: False)]
    )
    queue.sweep(now())
    queue.sweep(now())
    assert messages("READY") == 1


@by_database
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_what_a_library_writes_down_of_a_failure_holds_no_words_and_no_causes(monkeypatch):
    def spoilt(moment, stopping):
        raise ValueError("韦小梅")

    def away(*args):
        raise DataError("柏长青")

    monkeypatch.setattr(registries, "long_jobs", [("long", "长活", spoilt)])
    monkeypatch.setattr("office.work._note", away)
    queue.put("long")
    queue.backend().carry_out("long")
    written = DBTaskResult.objects.get()
    assert written.status == "FAILED"
    assert "TurnFailed" in written.traceback
    for word in ("韦小梅", "柏长青", "ValueError"):
        assert word not in written.traceback


@by_database
def test_messages_of_workers_that_died_and_old_ones_are_forgotten(db):
    queue.put("export_files")
    lost = DBTaskResult.objects.get()
    lost.claim("gone")
    queue.tidy(now())
    lost.refresh_from_db()
    assert lost.status == "RUNNING"
    DBTaskResult.objects.update(started_at="2026-11-01T12:00+08:00")
    queue.tidy(now())
    lost.refresh_from_db()
    assert (lost.status, lost.exception_class_path.rpartition(".")[2]) == ("FAILED", "WorkerDied")
    DBTaskResult.objects.update(finished_at="2026-11-01T12:00+08:00")
    queue.tidy(now())
    assert not DBTaskResult.objects.exists()


# Workers in processes of their own


@pytest.mark.slow
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_workers_killed_one_after_another_lose_and_double_nothing(cast, monkeypatch):
    """KILLS workers die in the middle of one of three files; the next ones finish them all."""
    monkeypatch.setitem(registries.exports, "numbers", numbers())
    files = [begun(cast.sysadmin) for _ in range(3)]
    killed = 0
    for _ in range(KILLS):
        process = worker()
        half = ExportRun.objects.filter(state=_State.RUNNING, rows__gte=500)
        wait_for(half.exists)
        kill(process)
        killed += half.exists()
        hold_is_over()
        ExportRun.objects.update(broken=0)  # three deaths over one file would give it up
    last = worker()
    try:
        wait_for(lambda: not ExportRun.objects.exclude(state=_State.DONE).exists())
    finally:
        kill(last)
    assert killed == KILLS
    assert Look.objects.filter(what__startswith="生成").count() == len(files) == len(on_disk())
    assert {run.rows for run in ExportRun.objects.all()} == {2500}


@pytest.mark.slow
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_two_workers_share_the_files_and_write_each_once(cast, monkeypatch):
    monkeypatch.setitem(registries.exports, "numbers", numbers())
    workers = [worker(), worker()]
    try:
        for process in workers:
            assert process.stdout.readline() == "ready\n"
        files = [begun(cast.sysadmin) for _ in range(6)]
        together = ExportRun.objects.filter(state=_State.RUNNING)
        wait_for(lambda: together.count() == 2)
        wait_for(lambda: not ExportRun.objects.exclude(state=_State.DONE).exists())
    finally:
        for process in workers:
            kill(process)
    assert Look.objects.filter(what__startswith="生成").count() == len(files) == len(on_disk())


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_ten_threads_at_one_message_carry_it_out_once(monkeypatch):
    ran, ready = [], threading.Barrier(10)
    work = [("long", "长活", lambda moment, stopping: ran.append(moment) or time.sleep(0.2))]
    monkeypatch.setattr(registries, "long_jobs", work)
    queue.put("long")

    def one():
        ready.wait()
        try:
            queue.backend().carry_out("long")
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ran) == 1
