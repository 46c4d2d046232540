"""The life of an import: received, read, checked, begun, stopped and taken up, forgotten."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q

from casework.matters.ledgers import keeping, naming, spooling
from casework.matters.ledgers.importing import VERB
from casework.matters.ledgers.keeping import notes, problems
from casework.matters.ledgers.moving import move
from casework.matters.ledgers.opening import MOST_KEPT, Ledger, Trial
from casework.matters.ledgers.running import run
from casework.matters.models import ImportJob
from office.clock import now
from office.limits import limit
from office.looks import Act, Way, log_look, look_while_working
from office.models import DataKey
from office.posts import post_for
from office.sheets.problems import Problem
from office.sheets.reading import LARGE, LIMITS, Sheet, SheetError
from office.sheets.writing import error_copy
from office.showing import unshown
from office.tasking.queue import wanted
from office.vault import new_data_key
from office.work import Overtaken

__all__ = [
    "Overtaken", "Received", "begin", "check_later", "copy_with_errors", "create", "drop",
    "forget_files", "forget_trial", "found", "look_at_work", "notes", "problems", "put_trial", "receive", "resume", "run", "stop", "store",
    "stored_paths",
]  # fmt: skip
State = ImportJob.State
KIND = "imports"  # of `registries.long_jobs`
#: larger uploads are read by the worker, not while the person waits for the page
AT_ONCE = 2 * 1024 * 1024  # bytes
_TOO_MUCH = {"too_large", "too_long"}  # why a short reading may fail where a long one does not
OPEN = (State.READING, State.CHECKING, State.RUNNING, State.STOPPED)


@dataclass(frozen=True)
class Received:
    """An upload on the disk and not yet in the database.

    `path`: of its rows when `read`, else of the file itself; `unreadable`: code of a `SheetError`.
    """

    name: str
    key: DataKey
    sha256: str
    path: str = ""
    read: bool = False
    unreadable: str = ""
    waiting: bool = False


def receive(data: bytes, name: str, *, keep: bool = True) -> Received:
    """Take an upload in and read it at once when it is small; outside of any transaction.

    `keep`: False for who has the file itself and only wants a record of the import. Raises
    ValidationError (Chinese) for a file that is empty or too large.
    """
    if not data:
        raise ValidationError("文件是空的，请重新选择。")
    if len(data) > LARGE.file_bytes:
        most = LARGE.file_bytes // 1024 // 1024
        raise ValidationError(f"文件超过 {most} MB，请拆成几个文件再上传。")
    found = Received(name, new_data_key(), hashlib.sha256(data).hexdigest())
    if not keep:
        return found
    code = ""
    if len(data) <= AT_ONCE:
        try:
            path = spooling.read_in(data, name, found.key, LIMITS)
            with unshown():  # the look follows with the import itself, which is not yet there
                book = spooling.opened(path, found.key, name)
            long = any(sheet.total > limit("background_rows") for sheet in book.sheets)
            return replace(found, path=path, read=True, waiting=long)
        except SheetError as error:
            code = "" if error.code in _TOO_MUCH else error.code
    return replace(found, path=keeping.put(data, found.key), unreadable=code, waiting=not code)


def store(received: Received, *, by: Any, source: str, options: dict | None = None) -> ImportJob:
    """The import of a received file; its upload is a look at what it holds."""
    about = {**(options or {}), "origin": naming.origin(received.name)}
    about["file_name"] = naming.hidden(received.name, received.key)
    if received.unreadable:
        about["unreadable"] = received.unreadable
    with transaction.atomic():
        received.key.save()
        job = ImportJob.objects.create(
            name=naming.plain_name(received.name, now()),
            source=source or naming.NO_SOURCE,
            data_key=received.key,
            path=received.path,
            read=received.read,
            sha256=received.sha256,
            options=about,
            state=State.READING if received.waiting else State.CHECKING,
            seen=not received.waiting,
            started_by=by,
        )
        if by is not None:
            look(job, by, "上传台账", "导入台账")
        if received.waiting:
            wanted(KIND, job.pk)
    return job


def create(
    data: bytes, name: str, *, by: Any, source: str, options: dict | None = None, keep: bool = True
) -> ImportJob:
    """Receive and store a file in one. Raises as `receive` does."""
    return store(receive(data, name, keep=keep), by=by, source=source, options=options)


def look(job: ImportJob, by: Any, what: str, purpose: str) -> None:
    """Note in the look ledger who had a ledger in hands; its file by its keyed hash alone."""
    way = Way(Act.LEDGER, typed=False)
    log_look(by, job, _told(job, what), purpose=purpose, post=post_for(by, VERB), way=way)


def look_at_work(job: ImportJob, by: Any) -> None:
    """Whoever checks or brings in a ledger has its rows before them: a look every quarter of an hour."""
    told, post = _told(job, "核对台账"), post_for(by, VERB)
    look_while_working(by, job, told, purpose="核对和导入台账", post=post, act=Act.LEDGER)


def _told(job: ImportJob, what: str) -> str:
    return f"{what}（文件 {job.options.get('origin', '')[:12]}）"


def begin(ledger: Ledger) -> ImportJob:
    """Start an import that was checked; the worker carries a long one on.

    Raises ValidationError when required columns are missing.
    """
    if gaps := ledger.missing:
        raise ValidationError(f"还没有列对应到：{'、'.join(gaps)}。请在下面选定，再导入。")
    seen = found(ledger.job)
    rows = seen.rows if seen else ledger.count()
    with transaction.atomic():
        job = ImportJob.objects.select_for_update(of=("self",)).select_related("data_key")
        job = job.get(pk=ledger.job.pk)
        if job.state != State.CHECKING:
            return job
        background = bool(job.path) and ledger.long
        move(
            job,
            State.RUNNING,
            sheet=ledger.sheet.name[:120],
            mapping=ledger.chosen(),
            rows=rows,
            background=background,
            seen=not background,
            failures=0,
            problems=b"",
            found=b"",
        )
        if background:
            wanted(KIND, job.pk)
    ledger.job = job
    return job


@transaction.atomic
def check_later(job: ImportJob) -> None:
    """Leave the checking of a long ledger to the worker."""
    move(job, State.READING, failures=0, problems=b"", found=b"", seen=False)
    wanted(KIND, job.pk)


def stop(job: ImportJob, why: str) -> None:
    """The worker cannot go on; `why` is a Chinese sentence for the person whose import it is."""
    options = {**job.options, "stopped": why}
    move(job, State.STOPPED, options=options, held_until=None, seen=False)


@transaction.atomic
def resume(job: ImportJob) -> None:
    """Take a stopped import up where it stands."""
    options = {name: value for name, value in job.options.items() if name != "stopped"}
    state = State.RUNNING if job.background else State.READING
    move(job, state, options=options, failures=0, seen=False)
    wanted(KIND, job.pk)


def drop(job: ImportJob) -> None:
    """Give an import up: what came in stays, the file goes."""
    move(job, State.DROPPED, held_until=None)
    _forget(job)


# What a check by the worker found


def put_trial(job: ImportJob, trial: Trial) -> None:
    """Keep what a check came to; the row is not saved."""
    kept = {"counts": trial.counts, "rows": trial.rows, "complete": trial.complete}
    keeping.put_found(job, kept)
    job.problems = b""
    keeping.add_problems(job, trial.problems[:MOST_KEPT], trial.notes[:MOST_KEPT])


def forget_trial(job: ImportJob) -> None:
    """What was found no longer holds: something else was chosen; the row is not saved."""
    keeping.put_found(job, None)
    job.problems = b""


def found(job: ImportJob) -> Trial | None:
    """What the worker's check came to; None when it has not checked what is chosen now."""
    kept = keeping.found(job)
    if kept is None:
        return None
    return Trial(kept["counts"], problems(job), notes(job), kept["rows"], kept["complete"])


def copy_with_errors(ledger: Ledger, told: Iterable[Problem]) -> bytes:
    """The sheet as .xlsx with a last column 错误, to be mended and brought again.

    Of a long ledger only the header and the rows that have something wrong, at most `MOST_KEPT`.
    """
    header = ledger.mapping.header_row
    if not ledger.long:
        sheet = replace_rows(ledger.sheet, [row for _, row in ledger.sheet.numbered()])
        return error_copy(ledger.book, sheet, told, header)
    wrong: dict[int, list[Problem]] = {}
    for problem in told:
        if problem.row in wrong or len(wrong) < MOST_KEPT:
            wrong.setdefault(problem.row, []).append(problem)
    rows, moved = list(ledger.sheet.rows[:header]), []
    for number, row in ledger.sheet.numbered(header + 1):
        if number in wrong:
            rows.append(row)
            moved += [replace(problem, row=len(rows)) for problem in wrong.pop(number)]
        if not wrong:
            break
    return error_copy(ledger.book, replace_rows(ledger.sheet, rows), moved, header)


def replace_rows(sheet: Sheet, rows: list) -> Sheet:
    """A plain sheet of that name with these rows."""
    return Sheet(name=sheet.name, rows=rows)


# Forgetting


def stored_paths() -> Sequence[str]:
    """Paths of all files that imports still need: what the sweep of lost files leaves alone."""
    return list(ImportJob.objects.exclude(path="").values_list("path", flat=True))


def forget_files(moment: datetime) -> None:
    """Remove uploads and what is known of them some days after the import ended or was left lying."""
    before = moment - timedelta(days=limit("upload_days"))
    kept = ImportJob.objects.filter(~Q(path="") | Q(options__has_key="origin"))
    for job in kept.filter(created_at__lt=before).select_related("data_key"):
        if job.state in OPEN:
            if job.held_until is None or job.held_until < moment:
                drop(job)
        elif job.finished_at is None or job.finished_at < before:
            _forget(job)


def _forget(job: ImportJob) -> None:
    """The file, what was wrong in it, its name and the keyed hash of its name go."""
    path, job.path, job.problems, job.found = job.path, "", b"", b""
    for name in ("file_name", "origin"):
        job.options.pop(name, None)
    job.save(update_fields=["path", "problems", "found", "options"])
    if path:
        keeping.remove(path)
