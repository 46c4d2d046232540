"""Recurring work: each job of `registries.jobs` when it is due, by one worker at a time.

A job's row says when it last ran. Taking a job moves that moment into the future by `LEASE`: until
then no other worker takes it, and when its worker dies it becomes due again by itself. A job
therefore works in bites much shorter than `LEASE` and may be run again at any time.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event

from django.core.exceptions import ValidationError
from django.db import DatabaseError, close_old_connections, transaction

from office import registries
from office.clock import now
from office.history import acting
from office.models import Job

LEASE = timedelta(minutes=15)
HEARTBEAT = "worker"
_BEAT = timedelta(seconds=30)
_LONGEST_WAIT = 30.0  # seconds
_log = logging.getLogger(__name__)

Work = Callable[[datetime], None]


def run_due(moment: datetime) -> list[str]:
    """Run every job that is due at `moment`, one after the other; the names of those that ran."""
    beat(moment)
    return [
        name
        for name, label, seconds, work in registries.jobs
        if _take(name, label, seconds, moment) and _run(name, label, work)
    ]


def beat(moment: datetime) -> None:
    """Note that a worker is alive."""
    row, _ = Job.objects.get_or_create(name=HEARTBEAT, defaults={"label": "后台工作程序"})
    if row.ran_at is None or abs(moment - row.ran_at) >= _BEAT:
        row.ran_at = moment
        row.save(update_fields=["ran_at"])


def _take(name: str, label: str, seconds: int, moment: datetime) -> bool:
    """Claim a job when it is due; False when it is not, or another worker has it."""

    def due(row: Job) -> bool:
        every = timedelta(seconds=seconds)
        return row.ran_at is None or row.ran_at + every <= moment

    row, _ = Job.objects.get_or_create(name=name, defaults={"label": label})
    if not due(row):
        return False
    with transaction.atomic():
        # SQLite: the transaction itself holds the only write lock there is.
        held = Job.objects.select_for_update(skip_locked=True).filter(name=name).first()
        if held is None or not due(held):
            return False
        held.ran_at, held.label = moment + LEASE, label
        held.save(update_fields=["ran_at", "label"])
    return True


def _run(name: str, label: str, work: Work) -> bool:
    """Carry out a claimed job, note how it went and give it back."""
    started, error = now(), ""
    try:
        with acting(None, label):
            work(started)
    except Exception as problem:
        _log.exception("job %s", name)
        error = _words(problem)
    row = Job.objects.get(name=name)
    row.ran_at, row.error = started, error
    row.save(update_fields=["ran_at", "error"])
    return True


def _words(problem: Exception) -> str:
    """What went wrong, for the health page; the whole story is in the log."""
    if isinstance(problem, ValidationError):
        return "；".join(problem.messages)
    if isinstance(problem, DatabaseError):
        return "数据库没有应答或拒绝写入，下次再试；详情见运行日志。"
    if isinstance(problem, OSError):
        return f"文件读写失败（{problem.filename or '路径不明'}）；详情见运行日志。"
    return f"程序出错（{type(problem).__name__}），下次再试；详情见运行日志。"


def work_until(stop: Event) -> None:
    """Run jobs as they fall due until `stop` is set; the job in hand is finished first."""
    while not stop.is_set():
        try:
            run_due(now())
            wait = min([seconds for _, _, seconds, _ in registries.jobs], default=_LONGEST_WAIT)
        except DatabaseError:
            _log.exception("the database does not answer; trying again")
            close_old_connections()
            wait = _LONGEST_WAIT
        stop.wait(min(wait, _LONGEST_WAIT))
