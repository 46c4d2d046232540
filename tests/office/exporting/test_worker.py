"""A file is written whole or not at all, whatever happens to the worker that writes it."""

import os
import signal
import subprocess
import sys
import threading
import time
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection

from office import registries, work
from office.clock import now
from office.exporting import runs
from office.models import ExportRun, Job, Look
from office.tasking import lanes, queue
from office.work import HOLD
from tests.office.exporting.desk import cells, content, file
from tests.office.exporting.test_files import on_disk
from tests.office.tasking.files import ROWS, begun, numbers


def test_progress_is_noted_while_a_file_is_written(cast, monkeypatch):
    seen = []

    def pause(number):
        if number == 2400:
            seen.append(ExportRun.objects.get())

    monkeypatch.setitem(registries.exports, "numbers", numbers(pause))
    begun(cast.sysadmin)
    assert runs.take_up(now(), bool)
    [half] = seen
    assert (half.state, half.rows) == (ExportRun.State.RUNNING, 2000)
    assert ExportRun.objects.get().rows == ROWS


def test_a_worker_that_is_told_to_end_puts_the_file_down_and_the_next_begins_anew(
    cast, monkeypatch, login
):
    monkeypatch.setitem(registries.exports, "numbers", numbers())
    run = begun(cast.sysadmin)
    asked = []

    def stopping():
        asked.append(1)
        return len(asked) > 1

    assert runs.take_up(now(), stopping)
    run.refresh_from_db()
    assert (run.state, run.rows, run.held_until) == (ExportRun.State.WAITING, 0, None)
    assert on_disk() == []
    assert runs.take_up(now(), bool)
    rows = cells(content(login(cast.sysadmin).get(file(run))))
    assert [row[0] for row in rows[-ROWS:]] == [str(number) for number in range(ROWS)]
    assert len(on_disk()) == 1


def test_a_worker_that_slept_too_long_finds_another_at_it_and_writes_nothing_more(
    cast, monkeypatch
):
    def pause(number):
        if number == 1500 and not begun_again:
            begun_again.append(number)
            taken.append(runs.take_up(now() + HOLD + timedelta(seconds=1), bool))

    begun_again, taken = [], []
    monkeypatch.setitem(registries.exports, "numbers", numbers(pause))
    run = begun(cast.sysadmin)
    assert runs.take_up(now(), bool)
    assert taken == [True]
    run.refresh_from_db()
    assert (run.state, run.rows) == (ExportRun.State.DONE, ROWS)
    assert Look.objects.count() == 1
    [left] = on_disk()
    assert left.name == run.path.partition("/")[2]


def test_a_file_that_is_being_written_is_taken_up_by_nobody_else(cast, monkeypatch):
    taken = []

    def pause(number):
        if number == 1500:
            taken.append(runs.take_up(now() + HOLD / 2, bool))

    monkeypatch.setitem(registries.exports, "numbers", numbers(pause))
    begun(cast.sysadmin)
    assert runs.take_up(now(), bool)
    assert taken == [False]


def test_files_are_written_in_the_order_they_were_asked_for(cast, monkeypatch):
    monkeypatch.setitem(registries.exports, "numbers", numbers())
    first, second = begun(cast.sysadmin), begun(cast.secadmin)
    runs.take_up(now(), bool)
    states = [ExportRun.objects.get(pk=run.pk).state for run in (first, second)]
    assert states == [ExportRun.State.DONE, ExportRun.State.WAITING]


KILLED = """
import os, sys, time
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["COPY"]
settings.PRIVATE_ROOT, settings.KEYS_DIR = os.environ["PRIVATE"], os.environ["KEYS"]
django.setup()
from office import registries
from office.tasking import lanes
from tests.office.tasking.files import numbers

def pause(number):
    if number == 2400:
        print("half", flush=True)
        time.sleep(600)

registries.exports["numbers"] = numbers(pause)
registries.jobs.clear()
lanes.work_until(__import__("threading").Event())
"""


@pytest.mark.slow
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_nothing_half_and_nothing_twice(
    cast, monkeypatch, login
):
    monkeypatch.setitem(registries.exports, "numbers", numbers())
    run = begun(cast.sysadmin)
    here = {
        "COPY": str(connection.settings_dict["NAME"]), "PRIVATE": str(settings.PRIVATE_ROOT),
        "KEYS": str(settings.KEYS_DIR), "PYTHONPATH": "site:.",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    worker = subprocess.Popen(
        [sys.executable, "-c", KILLED], cwd=settings.BASE_DIR, env={**os.environ, **here},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        assert worker.stdout.readline() == "half\n"
    finally:
        worker.send_signal(signal.SIGKILL)
        worker.communicate()
    run.refresh_from_db()
    assert (run.state, run.rows) == (ExportRun.State.RUNNING, 2000)
    assert len(on_disk()) == 1
    assert login(cast.sysadmin).get(file(run)).status_code == 409
    assert not Look.objects.exists()

    assert not runs.take_up(now(), bool)  # its hold has not run out
    assert runs.take_up(now() + HOLD, bool)
    run.refresh_from_db()
    assert run.state == ExportRun.State.DONE
    [left] = on_disk()
    assert left.name == run.path.partition("/")[2]
    rows = cells(content(login(cast.sysadmin).get(file(run))))
    assert [row[0] for row in rows[-ROWS:]] == [str(number) for number in range(ROWS)]
    assert Look.objects.filter(what__startswith="生成").count() == 1


def test_a_file_that_kills_worker_after_worker_is_given_up_in_words(cast, monkeypatch):
    def dying(number):
        if number == 1500:
            raise SystemExit  # not even the worker's own handlers see it through

    monkeypatch.setitem(registries.exports, "numbers", numbers(dying))
    run, moment = begun(cast.sysadmin), now()
    for _ in range(3):
        with pytest.raises(SystemExit):
            runs.take_up(moment, bool)
        moment += HOLD * 2
    assert runs.take_up(moment, bool)
    run.refresh_from_db()
    assert run.state == ExportRun.State.FAILED
    assert "缩小筛选范围" in run.error
    assert not on_disk()
    assert not runs.take_up(moment + HOLD * 2, bool)


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_short_job_runs_on_time_while_a_long_file_is_written(cast, monkeypatch):
    """The lane is another thread: the job below ends it, which a worker in one line never would."""
    stop, waiting, ran = threading.Event(), threading.Event(), []

    def long(moment, stopping):
        waiting.set()
        while not stopping():
            time.sleep(0.01)
        return True

    def short(moment):
        waiting.wait(60)
        ran.append(moment)
        stop.set()

    monkeypatch.setattr(registries, "long_jobs", [("long", "长活", long)])
    monkeypatch.setattr(registries, "jobs", [("short", "短活", 1, short)])
    queue.put("long")
    lanes.work_until(stop)
    assert len(ran) == 1
    assert waiting.is_set()


def test_long_work_that_fails_is_told_on_the_health_page_until_it_goes_again(db):
    def broken(moment, stopping):
        raise OSError(28, "full", "/somewhere")

    assert work.run_long("files", "生成导出文件", broken, bool) == 0
    assert "文件读写失败" in Job.objects.get(name="files").error
    work.run_long("files", "生成导出文件", lambda moment, stopping: False, bool)
    assert Job.objects.get(name="files").error == ""


def test_an_idle_lane_writes_nothing(db):
    assert work.run_long("files", "生成导出文件", lambda moment, stopping: False, bool) == 0
    assert not Job.objects.filter(name="files").exists()
