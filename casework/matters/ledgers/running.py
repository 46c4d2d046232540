"""Carrying an import on from where it stands: batches that resume, each of them one transaction."""

import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, islice
from time import monotonic
from typing import Any

from django.db import IntegrityError, transaction

from casework.matters.ledgers.importing import Changed, Context, Prepared, prepare, write
from casework.matters.ledgers.keeping import add_problems
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.moving import move
from casework.matters.ledgers.opening import Ledger
from casework.matters.ledgers.planning import Plan, Planner
from casework.matters.models import ImportJob
from office.clock import now, today
from office.work import HOLD, Overtaken

#: rows of the first transaction, then as many as fit into `AIM` seconds; updates cost more
BATCH, FEWEST, MOST, AIM = 500, 100, 2_000, 0.3
MOST_UPDATES = 100
_TRIES = 3


def run(
    ledger: Ledger,
    by: Any,
    *,
    seconds: float | None = None,
    stopping: Callable[[], bool] = bool,
) -> ImportJob:
    """Carry the import on until its end, for about `seconds`, or until `stopping`.

    Every batch and the place reached are one transaction, so it may be killed at any moment.
    Raises `Overtaken` when somebody else is at it.
    """
    lookups, started = Lookups.read(today()), monotonic()
    planner = Planner(ledger.checker(lookups, today()), by)
    rows, size = ledger.rows_after(ledger.job.done_to), BATCH
    waiting = _checked(planner, islice(rows, size))
    while waiting:
        context = Context.of(ledger.job, lookups, by, now())
        with _no_collecting():
            plan, took = _batch(ledger, planner, waiting, context)
        size = min(MOST, max(FEWEST, int(size * AIM / max(took, 0.01))))
        waiting = waiting[plan.taken :]
        if not waiting and (following := next(rows, None)) is None:
            break
        if stopping() or (seconds is not None and monotonic() - started >= seconds):
            return ledger.job
        if not waiting:
            rows = chain([following], rows)
        waiting += _checked(planner, islice(rows, max(0, size - len(waiting))))
    _finish(ledger.job)
    return ledger.job


def _finish(job: ImportJob) -> None:
    if job.state != ImportJob.State.RUNNING:
        return
    if not job.path:  # the command's: no page shows the file's name any more
        job.options.pop("file_name", None)
    ended = {"finished_at": now(), "held_until": None, "failures": 0, "options": job.options}
    move(job, ImportJob.State.DONE, **ended)


def _checked(planner: Planner, rows: Iterable) -> list[tuple]:
    """Rows beside what checking them gave."""
    with _no_collecting():
        return [(row, planner.checker.check(*row)) for row in rows]


@contextmanager
def _no_collecting() -> Iterator[None]:
    """A batch makes thousands of records and no cycles: looking for some costs a fifth of its time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _batch(
    ledger: Ledger, planner: Planner, waiting: Sequence, context: Context
) -> tuple[Plan, float]:
    """One transaction, and how many seconds it took; planned anew when the records moved meanwhile."""
    found = [one for _, one in waiting]
    for left in reversed(range(_TRIES)):
        plan = planner.plan(found, MOST_UPDATES)
        prepared, started = prepare(plan, context), monotonic()
        try:
            with transaction.atomic():
                _commit(ledger, plan, prepared, context)
            return plan, monotonic() - started
        except (IntegrityError, Changed):
            if not left:
                raise
            found = [planner.checker.check(*row) for row, _ in waiting]
    raise AssertionError("unreachable")


def _commit(ledger: Ledger, plan: Plan, prepared: Prepared, context: Context) -> None:
    held = ledger.job.held_until
    job = ImportJob.objects.select_for_update(of=("self",)).select_related("data_key")
    job = job.get(pk=ledger.job.pk)
    if job.done_to != ledger.job.done_to or job.state != ImportJob.State.RUNNING:
        raise Overtaken
    if job.held_until != held:
        raise Overtaken
    write(prepared, context)
    for name, count in plan.counts.items():
        setattr(job, name, getattr(job, name) + count)
    job.done_to = plan.last
    if held is not None:
        job.held_until, job.failures = now() + HOLD, 0
    add_problems(job, plan.problems, plan.notes)
    job.save()
    ledger.job = job
