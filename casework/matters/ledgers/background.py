"""What the worker does for imports: reads large files, checks long ledgers and brings them in."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import DatabaseError

from casework.matters.ledgers import jobs, keeping, spooling
from casework.matters.ledgers.importing import VERB
from casework.matters.ledgers.opening import Ledger
from casework.matters.ledgers.running import run
from casework.matters.models import ImportJob
from office.clock import now, today
from office.history import acting
from office.posts import post_for
from office.sheets.reading import LARGE, SheetError
from office.vault import VaultError
from office.work import HOLD, Overtaken, PutDown, claim, keep_hold

LABEL = "读取和导入大台账"
#: how often in a row something may go wrong before the import waits for a person
MOST_FAILURES = 3
_TICK = timedelta(seconds=15)  # between two signs of life
_PATIENCE = timedelta(seconds=LARGE.seconds)  # for the first batch of a file
_log = logging.getLogger(__name__)
State = ImportJob.State
NO_RIGHT = "导入人现在不能导入台账，系统停在这里。请由有权导入的人重新上传，已导入的会自动跳过。"
BROKEN = "程序几次出错，系统停在这里；已导入的不会丢。请告诉系统管理员查看运行日志，再点“继续”。"
MISSING = "存下来的台账文件不见了，系统停在这里。请重新上传，已导入的会自动跳过。"


def work(moment: datetime, stopping: Callable[[], bool]) -> bool:
    """Take up the oldest import that waits; False when there is none."""
    job = claim(ImportJob.objects.for_worker().select_related("data_key", "started_by"), moment)
    if job is None:
        return False
    try:
        _carry_on(job, stopping)
    except (Overtaken, PutDown):
        pass
    except DatabaseError:
        raise
    except Exception:
        _failed(job)
        raise
    finally:
        _give_back(job)
    return True


def _carry_on(job: ImportJob, stopping: Callable[[], bool]) -> None:
    by = job.started_by
    if by is None or not by.is_active or post_for(by, VERB) is None:
        jobs.stop(job, NO_RIGHT)
        return
    with acting(by, LABEL):
        if job.state == State.READING:
            _read_and_check(job, by, stopping)
            return
        try:
            ledger = Ledger.open(job)
        except SheetError:
            _log.exception("import %s", job.pk)
            jobs.stop(job, MISSING)
            return
        try:
            run(ledger, by, stopping=stopping)
        finally:
            job.held_until = ledger.job.held_until


def _read_and_check(job: ImportJob, by: Any, stopping: Callable[[], bool]) -> None:
    """Bring a file to its check page; whatever is wrong with it is said there."""
    tick = _Sign(job, stopping)
    try:
        if not job.read:
            _read(job, tick)
        ledger = Ledger.open(job)
        if ledger.long and not ledger.missing:
            tick()
            jobs.put_trial(job, ledger.trial(by, today(), tick=tick))
    except SheetError as error:
        _log.info("import %s: %s %s", job.pk, error.code, error.detail)
        job.options["unreadable"] = error.code
    told = {"options": job.options, "problems": job.problems, "found": job.found}
    keep_hold(job, now(), state=State.CHECKING, failures=0, seen=False, **told)


def _read(job: ImportJob, tick: "_Sign") -> None:
    """Exchange the upload for its rows."""
    upload = job.path
    try:
        data = keeping.load(upload, job.data_key)
    except (FileNotFoundError, VaultError) as error:
        raise SheetError("missing", str(error)) from error
    tick.wait()
    path = spooling.read_in(data, job.name, job.data_key, LARGE, tick)
    try:
        keep_hold(job, now(), path=path, read=True)
    except Overtaken:
        keeping.remove(path)
        raise
    keeping.remove(upload)


class _Sign:
    """A sign of life now and then; raises PutDown when the worker is to end, Overtaken when another
    one has the import.
    """

    def __init__(self, job: ImportJob, stopping: Callable[[], bool]) -> None:
        self.job, self.stopping, self.last = job, stopping, now()

    def __call__(self) -> None:
        if self.stopping():
            raise PutDown
        moment = now()
        if moment - self.last >= _TICK:
            self.last = moment
            keep_hold(self.job, moment)

    def wait(self) -> None:
        """Nothing will be heard until the parser has opened the file."""
        keep_hold(self.job, now() + _PATIENCE - HOLD)


def _failed(job: ImportJob) -> None:
    """Count a failure; after some the import waits for a person instead of failing for ever."""
    row = ImportJob.objects.get(pk=job.pk)
    row.failures += 1
    row.save(update_fields=["failures"])
    if row.failures >= MOST_FAILURES:
        jobs.stop(row, BROKEN)


def _give_back(job: ImportJob) -> None:
    """Let go of the import, unless another worker has it by now."""
    row = ImportJob.objects.filter(pk=job.pk, held_until=job.held_until).first()
    if row is not None and row.held_until is not None:
        row.held_until = None
        row.save(update_fields=["held_until"])
