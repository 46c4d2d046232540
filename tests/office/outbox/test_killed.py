"""Workers that are killed with kill -9 while they send: nothing is lost and nothing doubled."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress

import pytest
from django.conf import settings
from django.db import connection, connections

from office.clock import now, today
from office.models import Delivery, DeliveryTry
from office.outbox.posting import Happening
from tests.office.outbox.gateway import SECRET, running
from tests.office.outbox.telling import choose, messages, reachable, tell

MANY = int(os.environ.get("KILLED_DELIVERIES", "60"))
KILLS = int(os.environ.get("KILLED_WORKERS", "5"))
#: a worker with the one lane of text messages, whose hold on a piece runs out soon
WORKER = """
import os
from datetime import timedelta
from threading import Event

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["COPY"]
django.setup()
from office import registries, work
from office.tasking import lanes, queue

work.HOLD = work.LEASE = timedelta(seconds=1)
lanes._LANE_WAIT = 0.05
registries.jobs[:] = [("tasks", "", 0.1, queue.sweep)]
registries.long_jobs[:] = [lane for lane in registries.long_jobs if lane[0] == "messages"]
lanes.work_until(Event())
"""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.flush,
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def waiting(cast, street):
    """Text messages to two people, at any hour; the keys they are known by."""
    people = [reachable(cast.officer), reachable(cast.head, phone="19900005678")]
    for person in people:
        ways = {"deputy_named": ["sms"]}
        choose(person, channels=ways, quiet_from=0, quiet_until=0)
    facts = {"单位": street.social, "岗位": "承办人", "自": today(), "至": today()}
    round_of = [
        Happening("deputy_named", f"killed-{number}", people, facts) for number in range(MANY // 2)
    ]
    tell(*round_of, at=now())
    return {str(ref) for ref in Delivery.objects.values_list("ref", flat=True)}


def begin(folder, gateway):
    here = {
        "COPY": str(connection.settings_dict["NAME"]), "KEYS_DIR": str(settings.KEYS_DIR),
        "VAR_DIR": str(folder), "SMS_GATEWAY": gateway, "SMS_SECRET": SECRET.decode(),
        "PYTHONPATH": "site:.", "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=settings.BASE_DIR, env={**os.environ, **here}
    )


def kill(worker):
    with suppress(ProcessLookupError):
        os.kill(worker.pid, signal.SIGKILL)


def until(seen, worker):
    """Wait for something while the worker lives."""
    end = time.monotonic() + 120
    while worker.poll() is None and not seen():
        assert time.monotonic() < end
        time.sleep(0.0005)


def all_sent():
    found = Delivery.objects.exclude(state="sent").exists()
    connections.close_all()
    return not found


@pytest.mark.parametrize("at_once", [1, 2])
def test_workers_killed_at_any_moment_leave_each_message_in_the_folder_once(
    waiting, tmp_path, settings, at_once
):
    settings.VAR_DIR, folder = tmp_path, tmp_path / "sms"
    for turn in range(1, KILLS + 2):
        workers = [begin(tmp_path, "file") for _ in range(at_once)]
        wanted = MANY * turn // (KILLS + 1)
        try:
            if turn <= KILLS:
                until(lambda few=wanted: len(list(folder.glob("*.json"))) >= few, workers[0])
            else:
                until(all_sent, workers[0])
        finally:
            for worker in workers:
                kill(worker)
            assert [worker.wait() for worker in workers] == [-signal.SIGKILL] * at_once
    assert {message["key"] for message in messages()} == waiting
    assert len(messages()) == MANY
    assert DeliveryTry.objects.filter(state="sent").count() == MANY
    assert not Delivery.objects.exclude(state="sent", held_until=None).exists()


def test_workers_killed_after_the_gateway_took_a_message_have_it_taken_once(waiting, tmp_path):
    workers = []
    deaths = {MANY * turn // (KILLS + 1) for turn in range(1, KILLS + 1)}

    def taken(count):
        if count in deaths:
            deaths.discard(count)
            kill(workers[-1])

    with running() as gateway:
        gateway.on_taken = taken
        for _ in range(KILLS + 1):
            workers.append(begin(tmp_path, gateway.address))
            try:
                until(all_sent, workers[-1])
            finally:
                kill(workers[-1])
                workers[-1].wait()
    assert not deaths
    assert gateway.taken.keys() == waiting
    assert len(gateway.asked) == MANY + KILLS
    texts = {json.dumps(told, sort_keys=True) for told in gateway.asked}
    assert len(texts) == MANY
    assert DeliveryTry.objects.filter(state="sent").count() == MANY
