"""The threads of a worker: one for what the clock does, one for each kind of long work."""

import logging
from collections.abc import Callable
from threading import Event, Thread

from django.db import DatabaseError, close_old_connections, connection

from office import registries
from office.clock import now
from office.tasking import queue
from office.tasking.troubles import QueueSilent
from office.work import run_due

_LONGEST_WAIT = 30.0  # seconds
_LANE_WAIT = 1.0  # seconds between two looks into the queue: somebody waits for it
_SILENT = (DatabaseError, QueueSilent)
_log = logging.getLogger(__name__)


def work_until(stop: Event) -> None:
    """Run jobs as they fall due and long work beside them until `stop` is set.

    The job in hand is finished first; long work is put down where it can be taken up again.
    """
    lanes = [
        Thread(target=_lane, args=(kind, stop), name=f"lane-{kind}")
        for kind, _, _ in registries.long_jobs
    ]
    for lane in lanes:
        lane.start()
    try:
        _until(stop, _run_jobs)
    finally:
        stop.set()
        for lane in lanes:
            lane.join()


def work_once() -> list[str]:
    """Do what is due and what waits, then end; the names of what was done."""
    done = run_due(now())
    queue.sweep(now())
    for kind, _, _ in registries.long_jobs:
        while queue.backend().waiting(kind) and queue.backend().carry_out(kind):
            done.append(kind)
    return done


def _lane(kind: str, stop: Event) -> None:
    """One kind of long work until `stop` is set."""
    queue.stopping.set(stop.is_set)

    def turn() -> float:
        side = queue.backend()
        while not stop.is_set() and side.waiting(kind) and side.carry_out(kind):
            pass
        return _LANE_WAIT

    _until(stop, turn)
    connection.close()


def _run_jobs() -> float:
    run_due(now())
    return min([seconds for _, _, seconds, _ in registries.jobs], default=_LONGEST_WAIT)


def _until(stop: Event, turn: Callable[[], float]) -> None:
    """Take turns until `stop` is set; a turn says how many seconds may pass before the next."""
    while not stop.is_set():
        try:
            wait = turn()
        except _SILENT:
            _log.exception("the database or Redis does not answer; trying again")
            close_old_connections()
            wait = _LONGEST_WAIT
        stop.wait(min(wait, _LONGEST_WAIT))
