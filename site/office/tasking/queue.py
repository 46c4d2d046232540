"""The queue of long work: messages that a piece waits, by django-tasks; the rows stay the truth.

A message names a kind of `registries.long_jobs` and nothing else. Whoever gets it takes up pieces of
that kind until there is none (`office.work.run_long`), so a message that comes twice does nothing
twice, and one that is lost costs a wait: `sweep` puts another one for pieces that nobody holds.
Each kind has a queue of its own name, so that no kind waits for another.
"""

import logging
from collections.abc import Callable
from contextvars import ContextVar
from datetime import datetime
from typing import Protocol, cast

from django.db import transaction
from django_tasks import task, task_backends

from office import registries
from office.tasking import troubles
from office.work import free, run_long

ALIAS = "queue"  # of settings.TASKS
_log = logging.getLogger(__name__)

#: whether the worker of this thread is to end
stopping: ContextVar[Callable[[], bool]] = ContextVar("stopping", default=bool)


class WorkersSide(Protocol):
    """What a backend of the queue does beside taking messages in. Raises QueueSilent."""

    def waiting(self, kind: str) -> bool:
        """Whether a message of this kind lies there that no worker has."""

    def carry_out(self, kind: str) -> bool:
        """Take a message of this kind and do what it says, in this thread; False when none was had."""

    def tidy(self) -> None:
        """Forget messages that were carried out, and those of workers that died over them."""


def backend() -> WorkersSide:
    return cast(WorkersSide, task_backends[ALIAS])


class TurnFailed(Exception):
    """What the libraries learn of a message that failed: they write down words, causes and all."""


@task(backend=ALIAS)
def take_up(kind: str) -> int:
    """Take up what waits of a kind; how many pieces there were. Raises TurnFailed alone."""
    try:
        label, work = {name: (label, work) for name, label, work in registries.long_jobs}[kind]
        return run_long(kind, label, work, stopping.get())
    except Exception:
        _log.exception("a turn of %s", kind)
        raise TurnFailed(kind) from None


def put(kind: str) -> None:
    """A message of this kind for whichever worker is free first."""
    take_up.using(queue_name=kind).enqueue(kind)


def wanted(kind: str, piece: int) -> None:
    """A piece waits from now on: say so once the transaction at hand is committed.

    Earlier troubles of the piece are forgotten. A queue that does not answer spoils nothing: the
    piece is found by `sweep`.
    """
    troubles.solve(kind, piece)
    transaction.on_commit(lambda: put(kind), robust=True)


def is_waiting(kind: str, moment: datetime) -> bool:
    """Whether a piece of this kind waits that nobody holds. A room that does not tell is asked each time."""
    told = registries.tasks.get(kind)
    if told is None:
        return True
    rows = told.open().exclude(pk__in=troubles.given_up(kind))
    return free(rows, moment).exists()


def sweep(moment: datetime) -> None:
    """Put messages for pieces nobody has: theirs was lost, or its worker was killed."""
    for kind, _, _ in registries.long_jobs:
        if is_waiting(kind, moment) and not backend().waiting(kind):
            put(kind)


def tidy(moment: datetime) -> None:
    """For `registries.jobs`."""
    backend().tidy()
