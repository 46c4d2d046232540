"""What the tests of the queue do: files of a list of numbers, kinds of work, redis, workers to kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import QueryDict

from office.clock import today
from office.exporting import runs
from office.exporting.lists import ExportList, Listing
from office.history import acting
from office.models import ExportRun, Unit
from office.sheets.official import Column, Head

ROWS = 2500
PAUSE = 0.0005  # seconds between two rows where a worker is to be killed in the middle


def numbers(pause: Callable[[int], Any] = lambda number: None) -> ExportList:
    """A list of numbers; `pause` is told each before it is handed out."""

    def opened(user: Any, query: Any, clear: bool) -> Listing:
        def rows() -> Any:
            for number in range(ROWS):
                pause(number)
                yield (str(number),)

        return Listing(
            head=Head(title="数", on=today()), columns=[Column("n", "数", 8)], rows=rows,
            conditions="", at_most=lambda most: min(most, ROWS),
        )  # fmt: skip

    return ExportList(
        key="numbers", label="数", model=Unit, may="office.view_unit", open=opened, personal=False
    )


def begun(person: Any) -> ExportRun:
    """A file a person asked for, waiting for a worker."""
    with acting(person):
        return runs.begin(person, "numbers", QueryDict(""), format="xlsx")


#: `manage.py work` on the database of a test, with the list of numbers and nothing the clock does
#: but the sweep; every row takes PAUSE seconds
WORKER = f"""
import os, threading, time
import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = os.environ["COPY"]
settings.PRIVATE_ROOT, settings.KEYS_DIR = os.environ["PRIVATE"], os.environ["KEYS"]
django.setup()
from office import registries
from office.tasking import lanes
from tests.office.tasking.files import numbers

registries.exports["numbers"] = numbers(lambda number: time.sleep({PAUSE}))
registries.jobs[:] = [job for job in registries.jobs if job[0] == "tasks"]
registries.long_jobs[:] = [job for job in registries.long_jobs if job[0] == "export_files"]
print("ready", flush=True)
lanes.work_until(threading.Event())
"""


def worker(**more: str) -> subprocess.Popen:
    """A worker in a process of its own."""
    here = {
        "COPY": str(connection.settings_dict["NAME"]), "PRIVATE": str(settings.PRIVATE_ROOT),
        "KEYS": str(settings.KEYS_DIR), "PYTHONPATH": "site:.",
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }  # fmt: skip
    return subprocess.Popen(
        [sys.executable, "-c", WORKER], cwd=settings.BASE_DIR, env={**os.environ, **here, **more},
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def wait_for(seen: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until `seen`; fails when that takes too long."""
    end = time.monotonic() + seconds
    while not seen():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)


def kill(process: subprocess.Popen) -> None:
    process.send_signal(signal.SIGKILL)
    process.communicate()


def hold_is_over() -> None:
    """As if the two minutes of a worker that was killed had passed."""
    ExportRun.objects.exclude(held_until=None).update(held_until=None)
