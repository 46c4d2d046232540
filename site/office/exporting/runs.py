"""The life of an exported file: begun, written by whoever is free, handed out, forgotten.

A run belongs to one person. What its file holds and whether that person may have it is decided
when the file is written, and whether they still may when it is handed out. A file is begun anew
after its worker was killed; it never counts before its last byte is on the disk.
"""

import logging
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import IO, Any, cast

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, transaction
from django.http import QueryDict
from django.utils.timezone import localtime

from office import private_files
from office.clock import now, today
from office.exporting.lists import Listing
from office.history import acting, current
from office.limits import limit
from office.looks import log_export, opened
from office.models import ExportRequest, ExportRun, User
from office.posts import post_for, posts_of, sync_groups
from office.private_files import Writer
from office.registries import exports
from office.sheets.official import Head, write_csv, write_xlsx
from office.showing import unshown
from office.tasking.queue import wanted
from office.vault import destroy, new_data_key
from office.work import HOLD, Overtaken, PutDown, claim, keep_hold

JOB, LABEL = "export_files", "生成导出文件"
WRITERS = {"xlsx": write_xlsx, "csv": write_csv}
OPEN = (ExportRun.State.WAITING, ExportRun.State.RUNNING)
ENDED = (ExportRun.State.DONE, ExportRun.State.FAILED)
NOT_ASKED = "名单不含个人信息，未填用途"
_EXPIRED = "同意之后已过了下载期限，文件没有生成。还需要的话请重新申请。"
_BROKEN = "程序出错，文件没有生成。请再导出一次；还是不行，请告诉系统管理员。"
_TOO_OFTEN = (
    "生成这份文件时程序几次中断，已经停下。请缩小筛选范围再导出；还是不行，请告诉系统管理员。"
)
_MOST_BROKEN = 3  # workers that may die over one file
_AT_ONCE = 200  # files forgotten in one go
log = logging.getLogger(__name__)


def begin(
    person: Any,
    listing: str,
    query: QueryDict,
    *,
    format: str,
    conditions: str = "",
    purpose: str = "",
    request: ExportRequest | None = None,
    here: bool = False,
) -> ExportRun:
    """A new run, waiting for a worker; `here`: the caller goes on to `make` it itself.

    With a `request` the file is in clear. Call inside a transaction.
    """
    key = new_data_key()
    key.save()
    run = ExportRun.objects.create(
        request=request,
        listing=listing,
        query=dict(query.lists()),
        conditions=conditions[:500],
        format=format,
        clear=request is not None,
        purpose=purpose,
        person=person,
        data_key=key,
        held_until=now() + HOLD if here else None,
    )
    if not here:
        wanted(JOB, run.pk)
    return run


def query_of(row: ExportRun | ExportRequest) -> QueryDict:
    """The filters as the list's own page got them."""
    query = QueryDict(mutable=True)
    for name, values in row.query.items():
        query.setlist(name, values)
    return query


def verb_of(run: ExportRun) -> str:
    listed = exports[run.listing]
    return listed.ask if run.clear else listed.may


def deadline(run: ExportRun, moment: datetime) -> datetime:
    """Until when a file finished at `moment` may be handed out."""
    if run.request:
        return clear_until(run.request)
    return moment + timedelta(days=limit(exports[run.listing].lasts))


def clear_until(request: ExportRequest) -> datetime:
    """Until when the file of an allowed request may be handed out."""
    assert request.decided_at is not None
    return request.decided_at + timedelta(hours=limit("clear_hours"))


def why_not(run: ExportRun, person: User, moment: datetime) -> str:
    """Why this person gets no such file at present; "" when they do."""
    listed = exports.get(run.listing)
    if listed is None:
        return "这份名单已不能导出。"
    if not person.is_active:
        return "账号已停用。"
    if post_for(person, verb_of(run)) is None:
        what = "申请明文导出" if run.clear else "导出"
        return f"您现在没有{what}“{listed.label}”的权限。"
    if run.clear and (run.request is None or run.request.state != ExportRequest.State.ALLOWED):
        return "这份明文导出没有经过同意。"
    if run.request and clear_until(run.request) <= moment:
        return _EXPIRED
    return listed.hindrance(person, query_of(run))


# Writing


def make(run: ExportRun, stopping: Callable[[], bool] = bool) -> None:
    """Write the file of a run that is held here; its state says how that went.

    Raises DatabaseError when the database does not answer: the run is taken up again later.
    """
    person = User.objects.get(pk=run.person_id)
    if person.groups_on != today():
        sync_groups(person, today())
    post = post_for(person, verb_of(run)) if run.listing in exports else None
    with acting(person, LABEL, post, current().address), unshown():
        try:
            _write_or_say_why(run, person, post, stopping)
        except Overtaken:
            log.warning("export %s was taken over by another worker", run.pk)


def _write_or_say_why(run: ExportRun, person: User, post: Any, stopping: Callable) -> None:
    try:
        _write(run, person, post, stopping)
    except PutDown:
        _back(run)
    except ValidationError as error:
        _fail(run, "；".join(error.messages))
    except PermissionDenied:
        _fail(run, f"您现在没有导出“{exports[run.listing].label}”的权限。")
    except (Overtaken, DatabaseError):
        raise
    except Exception:
        log.exception("export %s", run.pk)
        _fail(run, _BROKEN)


def _write(run: ExportRun, person: User, post: Any, stopping: Callable[[], bool]) -> None:
    if run.path:  # of a worker that was killed
        private_files.remove(run.path)
        run.broken += 1
        if run.broken >= _MOST_BROKEN:
            raise ValidationError(_TOO_OFTEN)
    if refused := why_not(run, person, now()):
        raise ValidationError(refused)

    def tick(rows: int) -> None:
        if stopping():
            raise PutDown
        keep_hold(run, now(), rows=rows)

    listing = exports[run.listing].open(person, query_of(run), run.clear)
    with Writer(run.data_key) as file:
        conditions = listing.conditions[:500]
        running = ExportRun.State.RUNNING
        keep_hold(
            run, now(), state=running, rows=0, path=file.path, post=post, broken=run.broken,
            conditions=conditions,
        )  # fmt: skip
        head = _head(run, person, listing)
        rows = (WRITERS | dict(listing.writers))[run.format](
            cast(IO[bytes], file), head, listing.columns, listing.rows(), tick=tick
        )
    try:
        _finish(run, person, rows, file)
    except BaseException:
        private_files.remove(file.path)
        raise


def _head(run: ExportRun, person: User, listing: Listing) -> Head:
    """The head of the file; in clear it carries who got it, when, what for and by which request."""
    request = run.request
    if request is None:
        return listing.head
    mark = (
        f"明文导出　{person.name}（{person.username}）　{localtime(now()):%Y-%m-%d %H:%M}"
        f"　用途：{run.purpose}　申请第 {request.pk} 号"
    )
    reviewer = listing.head.reviewer or str(request.decided_by)
    return replace(listing.head, watermark=mark, reviewer=reviewer)


def _finish(run: ExportRun, person: User, rows: int, file: Writer) -> None:
    """The file is whole: log the export and make it available, both or neither."""
    moment = now()
    with transaction.atomic():
        _log_it(run, person, f"生成 .{run.format}，{rows} 行")
        keep_hold(
            run,
            moment,
            state=ExportRun.State.DONE,
            rows=rows,
            size=file.size,
            sha256=file.sha256,
            finished_at=moment,
            expires_at=deadline(run, moment),
        )


def _log_it(run: ExportRun, person: User, what: str) -> None:
    clear = f"明文（申请第 {run.request_id} 号）" if run.clear else ""
    log_export(
        person,
        exports[run.listing].model,
        f"{what}{clear}；文件第 {run.pk} 号；{run.conditions or '全部'}",
        purpose=run.purpose or NOT_ASKED,
        post=post_for(person, verb_of(run)),
        clear=run.clear,
    )


def _back(run: ExportRun) -> None:
    """Give a run back as it was before it was taken up."""
    with transaction.atomic():
        keep_hold(run, now(), state=ExportRun.State.WAITING, rows=0, path="")
        run.held_until = None
        run.save(update_fields=["held_until"])


def _fail(run: ExportRun, why: str) -> None:
    moment, failed = now(), ExportRun.State.FAILED
    keep_hold(run, moment, state=failed, error=why, rows=0, path="", finished_at=moment)


def take_up(moment: datetime, stopping: Callable[[], bool]) -> bool:
    """Write the oldest file nobody is writing; whether there was one (`registries.long_jobs`)."""
    waiting = ExportRun.objects.filter(state__in=OPEN)
    run = claim(waiting.select_related("data_key", "request__decided_by"), moment)
    if run is not None:
        make(run, stopping)
    return run is not None


# Handing out


def refusal(run: ExportRun, person: User, moment: datetime) -> str:
    """Why the file of a run is not handed out to its person now; "" when it is."""
    if run.state == ExportRun.State.FAILED:
        return run.error
    if run.state in OPEN:
        return "文件还没有生成，请稍候。"
    if run.state == ExportRun.State.GONE or run.expires_at is None or run.expires_at <= moment:
        return "文件已过保留期限，不能再下载。还需要的话请重新导出。"
    if why := why_not(run, person, moment):
        return why
    if run.post_id and run.post_id not in {post.pk for post in posts_of(person)}:
        return "您已不在导出时的岗位，这份文件不能再下载。还需要的话请重新导出。"
    return ""


def hand_out(run: ExportRun, person: User) -> Iterable[bytes]:
    """The bytes of the file, after the download has been logged.

    Raises ValidationError (Chinese) when it cannot be opened; then nothing is logged.
    """
    try:
        private_files.verify(run.path, run.data_key)
    except (OSError, private_files.VaultError) as error:
        log.exception("export %s", run.pk)
        raise ValidationError("文件打不开，可能已损坏。请重新导出，并告诉系统管理员。") from error
    _log_it(run, person, f"下载 .{run.format}，{run.rows} 行")
    opened(run)
    return private_files.read(run.path, run.data_key)


def file_name(run: ExportRun) -> str:
    """信访事项-20261123-1005.xlsx; in clear it says so, and by which request."""
    clear = f"（明文，申请{run.request_id}）" if run.clear else ""
    made = localtime(run.finished_at or run.created_at)
    return f"{exports[run.listing].label}{clear}-{made:%Y%m%d-%H%M}.{run.format}"


# Forgetting


def forget_expired(moment: datetime) -> None:
    """Delete the files whose time has passed, and their keys: copies of them open no more."""
    rows = ExportRun.objects.filter(state=ExportRun.State.DONE, expires_at__lte=moment)
    for run in rows.select_related("data_key").order_by("pk")[:_AT_ONCE]:
        path = run.path
        with transaction.atomic():
            run.state, run.path = ExportRun.State.GONE, ""
            run.save(update_fields=["state", "path"])
            destroy(run.data_key, moment)
        private_files.remove(path)


def stored_paths() -> Iterable[str]:
    """Paths of the files that runs name: the sweep of lost files leaves them alone."""
    return ExportRun.objects.exclude(path="").values_list("path", flat=True).iterator()
