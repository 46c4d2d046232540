"""What a worker does: recurring jobs when they are due, and long work in lanes beside them.

A job's row says when it last ran. Taking a job moves that moment into the future by `LEASE`: until
then no other worker takes it, and when its worker dies it becomes due again by itself. A job
therefore works in bites much shorter than `LEASE` and may be run again at any time.

Work that takes minutes (`registries.long_jobs`: files to write, ledgers to bring in) has a thread
for each kind, so that no job waits for it. Its pieces are rows of the rooms with a column
`held_until`: `claim` takes one for `HOLD`, `keep_hold` prolongs that while the work goes on, and a
piece whose worker was killed is free again when its time has passed.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Event, Thread
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, close_old_connections, connection, models, transaction

from office import registries
from office.clock import now
from office.history import acting
from office.models import Job

LEASE = timedelta(minutes=15)
HOLD = timedelta(minutes=2)  # without a sign of life a piece of long work is free again
HEARTBEAT = "worker"
_BEAT = timedelta(seconds=30)
_LONGEST_WAIT = 30.0  # seconds
_LANE_WAIT = 2.0  # seconds between two looks for long work: somebody waits for it
_log = logging.getLogger(__name__)

Work = Callable[[datetime], None]
LongWork = Callable[[datetime, Callable[[], bool]], bool]


class Overtaken(Exception):
    """Another worker has this piece of work now; nothing more may be written here."""


class PutDown(Exception):
    """The worker is to end; the piece in hand is given back as it was."""


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


def is_working(moment: datetime) -> bool:
    """Whether a worker gave a sign of life lately; else long work waits until one is started."""
    row = Job.objects.filter(name=HEARTBEAT).first()
    return row is not None and row.ran_at is not None and moment - row.ran_at < HOLD


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


def claim(rows: models.QuerySet, moment: datetime) -> Any:
    """The oldest of `rows` that nobody holds, held from `moment` for `HOLD`; None without one."""
    free = rows.filter(models.Q(held_until=None) | models.Q(held_until__lte=moment)).order_by("pk")
    if not free.exists():  # no lock is taken only to find nothing
        return None
    with transaction.atomic():
        row = free.select_for_update(of=("self",), skip_locked=True).first()
        if row is not None:
            row.held_until = moment + HOLD
            row.save(update_fields=["held_until"])
    return row


def keep_hold(row: Any, moment: datetime, **changes: Any) -> None:
    """Prolong the hold on a claimed row and save `changes` with it.

    Raises `Overtaken` when the row is no longer held as this worker holds it.
    """
    with transaction.atomic():
        rows = type(row)._default_manager.filter(pk=row.pk, held_until=row.held_until)
        if rows.select_for_update().first() is None:
            raise Overtaken
        row.held_until = moment + HOLD
        for name, value in changes.items():
            setattr(row, name, value)
        row.save(update_fields=["held_until", *changes])


def run_long(name: str, label: str, work: LongWork, stopping: Callable[[], bool]) -> int:
    """Take up pieces of one kind of long work until there is none; how many there were."""
    pieces = 0
    while not stopping():
        error, more = "", False
        try:
            with acting(None, label):
                more = work(now(), stopping)
        except Exception as problem:
            _log.exception("long job %s", name)
            error = _words(problem)
        _note(name, label, error)
        if not more:
            break
        pieces += 1
    return pieces


def _note(name: str, label: str, error: str) -> None:
    """How long work goes, for the health page; written only when that changes."""
    row = Job.objects.filter(name=name).first() or Job(name=name, label=label)
    if row.error != error:
        row.ran_at, row.error = now(), error
        row.save()


def _lane(name: str, label: str, work: LongWork, stop: Event) -> None:
    """One kind of long work until `stop` is set."""
    while not stop.is_set():
        wait = _LANE_WAIT
        try:
            run_long(name, label, work, stop.is_set)
        except DatabaseError:
            _log.exception("the database does not answer; trying again")
            close_old_connections()
            wait = _LONGEST_WAIT
        stop.wait(wait)
    connection.close()


def work_until(stop: Event) -> None:
    """Run jobs as they fall due and long work beside them until `stop` is set.

    The job in hand is finished first; long work is put down where it can be taken up again.
    """
    lanes = [
        Thread(target=_lane, args=(name, label, work, stop), name=f"lane-{name}")
        for name, label, work in registries.long_jobs
    ]
    for lane in lanes:
        lane.start()
    try:
        _jobs_until(stop)
    finally:
        stop.set()
        for lane in lanes:
            lane.join()


def _jobs_until(stop: Event) -> None:
    while not stop.is_set():
        try:
            run_due(now())
            wait = min([seconds for _, _, seconds, _ in registries.jobs], default=_LONGEST_WAIT)
        except DatabaseError:
            _log.exception("the database does not answer; trying again")
            close_old_connections()
            wait = _LONGEST_WAIT
        stop.wait(min(wait, _LONGEST_WAIT))
