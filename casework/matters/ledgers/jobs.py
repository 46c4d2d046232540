"""The life of an import: uploaded, checked, run in bites that resume, its files forgotten."""

import gc
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from itertools import islice
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from casework.matters.ledgers import keeping, naming
from casework.matters.ledgers.importing import Changed, Context, Prepared, prepare, write
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.opening import Ledger
from casework.matters.ledgers.planning import Plan, Planner
from casework.matters.models import ImportJob
from office.clock import now, today
from office.sheets.problems import Problem
from office.sheets.reading import LIMITS
from office.sheets.writing import error_copy
from office.vault import decrypt, encrypt, new_data_key

#: rows of the first transaction, then as many as fit into `AIM` seconds; updates cost more
BATCH, FEWEST, MOST, AIM = 500, 100, 2_000, 0.3
MOST_UPDATES = 100
#: how long an upload and its problems are kept after the end [S: design, privacy.py]
KEPT = timedelta(days=30)
_LABEL = "matters.importjob.problems"
_TRIES = 3
OPEN = (ImportJob.State.CHECKING, ImportJob.State.RUNNING)


class Overtaken(Exception):
    """Another request is carrying this import on at the same moment; nothing was written here."""


def create(
    data: bytes, name: str, *, by: Any, source: str, options: dict | None = None, keep: bool = True
) -> ImportJob:
    """A new import of the file `name`; `keep`: store its bytes, encrypted, for the pages to work on.

    Raises ValidationError (Chinese) for a file that is empty or too large.
    """
    if not data:
        raise ValidationError("文件是空的，请重新选择。")
    if len(data) > LIMITS.file_bytes:
        most = LIMITS.file_bytes // 1024 // 1024
        raise ValidationError(f"文件超过 {most} MB，请拆成几个文件再上传。")
    key = new_data_key()
    path = keeping.put(data, key) if keep else ""
    with transaction.atomic():
        key.save()
        return ImportJob.objects.create(
            name=naming.plain_name(name, now()),
            source=source or naming.NO_SOURCE,
            data_key=key,
            path=path,
            sha256=hashlib.sha256(data).hexdigest(),
            options={
                **(options or {}),
                "origin": naming.origin(name),
                "file_name": naming.hidden(name, key),
            },
            started_by=by,
        )


def begin(ledger: Ledger) -> ImportJob:
    """Start an import that was checked. Raises ValidationError when required columns are missing."""
    if gaps := ledger.missing:
        raise ValidationError(f"还没有列对应到：{'、'.join(gaps)}。请在下面选定，再导入。")
    with transaction.atomic():
        job = ImportJob.objects.select_for_update().get(pk=ledger.job.pk)
        if job.state != ImportJob.State.CHECKING:
            return job
        job.sheet, job.mapping = ledger.sheet.name[:120], ledger.chosen()
        job.rows = len(ledger.rows)
        _move(job, ImportJob.State.RUNNING)
    ledger.job = job
    return job


def _move(job: ImportJob, state: str) -> None:
    job.state = state
    job.save(update_fields=["state", "finished_at", "sheet", "mapping", "options", "rows"])


def drop(job: ImportJob) -> None:
    """Give an import up: what came in stays, the file goes."""
    _move(job, ImportJob.State.DROPPED)
    _forget(job)


def run(ledger: Ledger, by: Any, *, seconds: float | None = None) -> ImportJob:
    """Carry the import on from where it stands, until its end or for about `seconds`.

    Every batch and the place reached are one transaction, so it may be killed at any moment.
    Raises `Overtaken` when somebody else is at it.
    """
    lookups, started = Lookups.read(today()), monotonic()
    planner = Planner(ledger.checker(lookups, today()), by)
    rows, waiting, size = ledger.rows_after(ledger.job.done_to), [], BATCH
    while waiting := waiting + _checked(planner, islice(rows, max(0, size - len(waiting)))):
        context = Context.of(ledger.job, lookups, by, now())
        with _no_collecting():
            plan, took = _batch(ledger, planner, waiting, context)
        waiting = waiting[plan.taken :]
        size = min(MOST, max(FEWEST, int(size * AIM / max(took, 0.01))))
        over = seconds is not None and monotonic() - started >= seconds
        if over and ledger.job.done_to < ledger.rows[-1][0]:
            return ledger.job
    job = ledger.job
    if job.state == ImportJob.State.RUNNING:
        job.finished_at = now()
        if not job.path:  # the command's: no page shows the file's name any more
            job.options.pop("file_name", None)
        _move(job, ImportJob.State.DONE)
    return job


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
    job = ImportJob.objects.select_for_update(of=("self",)).select_related("data_key")
    job = job.get(pk=ledger.job.pk)
    if job.done_to != ledger.job.done_to or job.state != ImportJob.State.RUNNING:
        raise Overtaken
    write(prepared, context)
    for name, count in plan.counts.items():
        setattr(job, name, getattr(job, name) + count)
    job.done_to = plan.last
    if plan.problems:
        _keep_problems(job, [*problems(job), *plan.problems])
    job.save()
    ledger.job = job


# Problems


def problems(job: ImportJob) -> list[Problem]:
    """What was wrong, by cell, as far as the import has come; without the cells' values."""
    if not job.problems:
        return []
    plain = zlib.decompress(decrypt(job.data_key, _LABEL, bytes(job.problems)))
    return [
        Problem(row, column, heading, "", why) for row, column, heading, why in json.loads(plain)
    ]


def _keep_problems(job: ImportJob, found: Iterable[Problem]) -> None:
    plain = json.dumps([[p.row, p.column, p.heading, p.why] for p in found], ensure_ascii=False)
    job.problems = encrypt(job.data_key, _LABEL, zlib.compress(plain.encode()))


def copy_with_errors(ledger: Ledger, found: Iterable[Problem]) -> bytes:
    """The sheet as .xlsx with a last column 错误, to be mended and brought again."""
    return error_copy(ledger.book, ledger.sheet, found, ledger.mapping.header_row)


# Forgetting


def stored_paths() -> Sequence[str]:
    """Paths of all files that imports still need: what the sweep of orphans must keep."""
    return list(ImportJob.objects.exclude(path="").values_list("path", flat=True))


def forget_files(moment: datetime) -> None:
    """Remove uploads and their problems thirty days after the import ended or was left lying."""
    for job in ImportJob.objects.exclude(path="").filter(created_at__lt=moment - KEPT):
        if job.state in OPEN:
            drop(job)
        elif job.finished_at is None or job.finished_at < moment - KEPT:
            _forget(job)


def _forget(job: ImportJob) -> None:
    path, job.path, job.problems = job.path, "", b""
    job.options.pop("file_name", None)
    job.save(update_fields=["path", "problems", "options"])
    if path:
        keeping.remove(path)
