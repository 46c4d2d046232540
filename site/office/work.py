"""What a worker does: recurring jobs when they are due, and pieces of long work.

A job's row says when it last ran. Taking a job moves that moment into the future by `LEASE`: until
then no other worker takes it, and when its worker dies it becomes due again by itself. A job
therefore works in bites much shorter than `LEASE` and may be run again at any time.

Work that takes minutes (`registries.long_jobs`: files to write, ledgers to bring in) waits in rows
of the rooms with a column `held_until`: `claim` takes one for `HOLD`, `keep_hold` prolongs that while
the work goes on, and a piece whose worker was killed is free again when its time has passed. What
tells a worker of them, and which thread takes them up, is in `office.tasking`.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import DatabaseError, InterfaceError, OperationalError, models, transaction

from office import registries
from office.clock import now
from office.history import acting
from office.models import Job
from office.tasking import troubles

LEASE = timedelta(minutes=15)
HOLD = timedelta(minutes=2)  # without a sign of life a piece of long work is free again
HEARTBEAT = "worker"
_BEAT = timedelta(seconds=30)
_log = logging.getLogger(__name__)

Work = Callable[[datetime], None]
LongWork = Callable[[datetime, Callable[[], bool]], bool]


class Overtaken(Exception):
    """Another worker has this piece of work now; nothing more may be written here."""


class PutDown(Exception):
    """The worker is to end; the piece in hand is given back as it was."""


@dataclass
class _Hand:
    """What a worker has in hand: a kind of long work, and the key of the piece it claimed."""

    kind: str
    piece: int | None = None


_in_hand: ContextVar[_Hand | None] = ContextVar("in_hand", default=None)


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


def _words(problem: Exception, *, told: bool = True) -> str:
    """What went wrong, for a page; the whole story is in the log.

    told: whether a refusal's own words may be shown; those of a piece may name what a person typed.
    """
    if isinstance(problem, ValidationError) and told:
        return "；".join(problem.messages)
    if isinstance(problem, DatabaseError):
        return "数据库没有应答或拒绝写入；详情见运行日志。"
    if isinstance(problem, troubles.QueueSilent):
        return "任务队列（Redis）没有应答；请检查 Redis 服务和 REDIS_URL。"
    if isinstance(problem, OSError):
        return f"文件读写失败（{problem.filename or '路径不明'}）；详情见运行日志。"
    return f"程序出错（{type(problem).__name__}）；详情见运行日志。"


def free(rows: models.QuerySet, moment: datetime) -> models.QuerySet:
    """Those of `rows` that nobody holds at `moment`."""
    return rows.filter(models.Q(held_until=None) | models.Q(held_until__lte=moment))


def claim(rows: models.QuerySet, moment: datetime) -> Any:
    """The oldest of `rows` that nobody holds, held from `moment` for `HOLD`; None without one.

    Inside `run_long` those are left out that failed too often and wait for a person.
    """
    hand = _in_hand.get()
    if hand is not None:
        rows = rows.exclude(pk__in=troubles.given_up(hand.kind))
    waiting = free(rows, moment).order_by("pk")
    if not waiting.exists():  # no lock is taken only to find nothing
        return None
    with transaction.atomic():
        row = waiting.select_for_update(of=("self",), skip_locked=True).first()
        if row is not None:
            row.held_until = moment + HOLD
            row.save(update_fields=["held_until"])
    if hand is not None and row is not None:
        hand.piece = row.pk
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
    """Take up pieces of one kind of long work until there is none; how many there were.

    What goes wrong with a piece is noted (`office.tasking.troubles`) and ends this turn.
    """
    pieces = 0
    while not stopping():
        hand = _Hand(name)
        token = _in_hand.set(hand)
        try:
            with acting(None, label):
                more = work(now(), stopping)
        except Overtaken:
            continue
        except Exception as problem:
            _log.exception("long job %s", name)
            error = _words(problem, told=False)
            _note(name, label, error)
            if hand.piece is not None:
                by_machine = isinstance(problem, OperationalError | InterfaceError)
                troubles.note(name, hand.piece, error, now(), counts=not by_machine)
            break
        finally:
            _in_hand.reset(token)
        _note(name, label, "")
        if hand.piece is not None:
            troubles.solve(name, hand.piece)
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
