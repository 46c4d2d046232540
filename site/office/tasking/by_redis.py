"""The queue in Redis: RQ keeps the messages, our threads carry them out."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import django_rq
from django_tasks_rq import Job, RQBackend
from redis.exceptions import RedisError
from rq import SimpleWorker
from rq.queue import Queue
from rq.timeouts import TimerDeathPenalty

from office.tasking.troubles import QueueSilent


class _ThreadWorker(SimpleWorker):
    """RQ's worker for a thread: the process keeps its own signals, and a thread has no alarm."""

    death_penalty_class = TimerDeathPenalty

    def _install_signal_handlers(self) -> None:
        pass


class RedisQueue(RQBackend):
    """The library's backend, and what `office.tasking.queue.WorkersSide` wants of one."""

    def __init__(self, alias: str, params: dict) -> None:
        super().__init__(alias, params)
        self.queues = (
            set()
        )  # any; the library takes those the process has met so far for all there are

    def enqueue(self, task: Any, args: Any, kwargs: Any) -> Any:
        with _answering():
            return super().enqueue(task, args, kwargs)

    def waiting(self, kind: str) -> bool:
        with _answering():
            return _queue(kind).count > 0

    def carry_out(self, kind: str) -> bool:
        queue = _queue(kind)
        with _answering():
            worker = _ThreadWorker(
                [queue],
                connection=queue.connection,
                job_class=Job,
                queue_class=type(queue),
                serializer=queue.serializer,
            )
            return worker.work(burst=True, max_jobs=1, logging_level="WARNING")

    def tidy(self) -> None:
        """RQ forgets by itself: a result after minutes, what a dead worker had with its heartbeat."""


def _queue(kind: str) -> Queue:
    return django_rq.get_queue(kind, job_class=Job)


@contextmanager
def _answering() -> Iterator[None]:
    try:
        yield
    except RedisError as error:
        raise QueueSilent from error
