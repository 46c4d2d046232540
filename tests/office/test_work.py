"""The worker does what is due, once, and says what went wrong."""

import signal
import subprocess
import sys
import threading
import time
from datetime import datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from office import registries
from office.clock import now
from office.history import current
from office.models import Job
from office.tasking import lanes
from office.work import LEASE, run_due

NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def jobs(monkeypatch):
    """The jobs of a test, in place of those of the rooms."""
    listed = []
    monkeypatch.setattr(registries, "jobs", listed)
    monkeypatch.setattr(registries, "long_jobs", [])
    return listed


def test_a_due_job_runs_and_is_left_alone_until_it_is_due_again(db, jobs):
    ran = []
    jobs.append(("count", "数数", 60, ran.append))
    assert run_due(NOON) == ["count"]
    row = Job.objects.get(name="count")
    assert row.label == "数数"
    later = row.ran_at
    assert run_due(later + timedelta(seconds=59)) == []
    assert run_due(later + timedelta(seconds=60)) == ["count"]
    assert len(ran) == 2


def test_a_job_that_fails_does_not_stop_the_others_and_its_error_stands_in_words(db, jobs):
    def refused(now):
        raise ValidationError("附件目录写不进去。")

    ran = []
    jobs.append(("bad", "清理附件", 60, refused))
    jobs.append(("good", "数数", 60, ran.append))
    assert run_due(NOON) == ["bad", "good"]
    assert Job.objects.get(name="bad").error == "附件目录写不进去。"
    assert len(ran) == 1


def test_an_error_is_forgotten_when_the_job_succeeds_again(db, jobs):
    fail = [True]

    def sometimes(now):
        if fail:
            raise RuntimeError("oops")

    jobs.append(("job", "事项", 0, sometimes))
    run_due(NOON)
    assert "RuntimeError" in Job.objects.get(name="job").error
    fail.clear()
    run_due(Job.objects.get(name="job").ran_at)
    assert Job.objects.get(name="job").error == ""


def test_a_second_worker_leaves_a_running_job_alone(db, jobs):
    seen = []

    def long(_):
        seen.append(run_due(NOON + timedelta(minutes=10)))

    jobs.append(("long", "长事项", 60, long))
    assert run_due(NOON) == ["long"]
    assert seen == [[]]


def test_a_job_whose_worker_died_is_taken_up_again_after_the_lease(db, jobs):
    ran = []
    jobs.append(("job", "事项", 60, ran.append))
    Job.objects.create(name="job", ran_at=NOON + LEASE)
    assert run_due(NOON + LEASE) == []
    assert run_due(NOON + LEASE + timedelta(seconds=60)) == ["job"]


def test_what_a_job_writes_is_written_by_the_system_with_the_job_as_reason(db, jobs):
    who = []
    jobs.append(("job", "清理暂存", 60, lambda now: who.append(current())))
    run_due(NOON)
    assert (who[0].user, who[0].reason) == (None, "清理暂存")


def test_once_runs_what_is_due_and_says_what_it_did(db, jobs):
    jobs.append(("count", "数数", 60, lambda now: None))
    out = StringIO()
    call_command("work", "--once", stdout=out)
    assert "count" in out.getvalue()
    out = StringIO()
    call_command("work", "--once", stdout=out)
    assert "没有到点的事项" in out.getvalue()


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_ten_workers_at_the_same_moment_run_a_job_once(jobs):
    ran, ready, moment = [], threading.Barrier(10), now()
    jobs.append(("job", "事项", 3600, lambda now: ran.append(now) or time.sleep(0.2)))

    def worker():
        ready.wait()
        try:
            run_due(moment)
        finally:
            connection.close()

    Job.objects.create(name="worker", ran_at=moment)
    Job.objects.create(name="job")
    threads = [threading.Thread(target=worker) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(ran) == 1


def test_a_stopped_worker_finishes_the_job_in_hand_and_ends(db, jobs):
    stop, done = threading.Event(), []

    def job(now):
        stop.set()
        done.append(now)

    jobs.append(("job", "事项", 0, job))
    lanes.work_until(stop)
    assert len(done) == 1


@pytest.mark.slow
def test_the_command_ends_cleanly_on_sigterm(tmp_path):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "work"],
        cwd=settings.BASE_DIR,
        stdout=subprocess.PIPE,
        text=True,
        env={"VAR_DIR": str(tmp_path), "PATH": "/usr/bin:/bin"},
    )
    assert "已启动" in process.stdout.readline()
    process.send_signal(signal.SIGTERM)
    out, _ = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "已停止" in out
