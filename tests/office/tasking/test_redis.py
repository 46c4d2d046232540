"""The same queue in a real Redis: messages that are lost, a server that is silent, what lies there.

Workers that are killed and workers side by side: `test_queue`, which runs on the queue there is.
"""

import os
import threading

import pytest
from django.conf import settings

from office import registries
from office.clock import now
from office.models import ExportRun, Job
from office.tasking import lanes, queue
from office.tasking.troubles import QueueSilent
from office.work import run_due
from tests.office.tasking.files import begun, numbers

if not os.environ.get("REDIS_URL"):
    pytest.skip("REDIS_URL names no Redis server", allow_module_level=True)

import django_rq  # only where there is a server to speak to

KIND = "export_files"


@pytest.fixture(autouse=True)
def empty(monkeypatch):
    monkeypatch.setitem(registries.exports, "numbers", numbers())
    monkeypatch.setattr(registries, "jobs", [])
    django_rq.get_queue(KIND).empty()


def test_a_message_says_the_kind_as_json_and_is_carried_out_in_a_thread(cast):
    run = begun(cast.sysadmin)
    queue.put(KIND)
    assert queue.backend().waiting(KIND)
    [job] = django_rq.get_queue(KIND).get_jobs()
    assert b'["export_files"]' in job.data
    assert (job.timeout, job.serializer.__name__) == (-1, "JSONSerializer")
    done = []
    thread = threading.Thread(target=lambda: done.append(queue.backend().carry_out("none")))
    thread.start()
    thread.join()
    assert done == [False]
    assert lanes.work_once() == [KIND]
    assert ExportRun.objects.get(pk=run.pk).state == ExportRun.State.DONE
    assert not queue.backend().waiting(KIND)


def test_every_thread_may_use_every_queue_whichever_were_met_before(cast):
    run, done = begun(cast.sysadmin), []
    assert not queue.backend().waiting("another")

    def elsewhere():
        queue.put(KIND)
        done.append(queue.backend().waiting(KIND))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert done == [True]
    assert lanes.work_once() == [KIND]
    assert ExportRun.objects.get(pk=run.pk).state == ExportRun.State.DONE


def test_what_redis_forgot_is_put_again_by_the_sweep(cast):
    run = begun(cast.sysadmin)
    queue.put(KIND)
    django_rq.get_queue(KIND).connection.flushdb()
    assert not queue.backend().waiting(KIND)
    queue.sweep(now())
    queue.sweep(now())
    assert django_rq.get_queue(KIND).count == 1
    assert lanes.work_once() == [KIND]
    assert ExportRun.objects.get(pk=run.pk).state == ExportRun.State.DONE


def test_a_redis_that_is_silent_is_told_on_the_health_page_and_spoils_no_request(
    cast, monkeypatch, django_capture_on_commit_callbacks
):
    silent = {**settings.RQ_QUEUES[KIND], "URL": "redis://127.0.0.1:1/0"}
    monkeypatch.setattr(settings, "RQ_QUEUES", {KIND: silent})
    for door in (queue.put, queue.backend().waiting, queue.backend().carry_out):
        with pytest.raises(QueueSilent):
            door(KIND)
    with django_capture_on_commit_callbacks(execute=True):
        begun(cast.sysadmin)
    sweep = ("tasks", "没人接手的后台任务重新排队", 10, queue.sweep)
    monkeypatch.setattr(registries, "jobs", [sweep])
    run_due(now())
    assert "任务队列（Redis）没有应答" in Job.objects.get(name="tasks").error
