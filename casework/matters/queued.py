"""The long work of this room as the page of tasks tells it: no number, title or name of a record."""

from django.db.models import Count, Q

from casework.matters.ledgers.jobs import resume
from casework.matters.ledgers.showing import progress_of, summary_of
from casework.matters.models import HandOverOfWork, ImportJob, Recount, WorkLine
from office.registries import Piece, TaskKind

_Import = ImportJob.State


def _import(job: ImportJob) -> Piece:
    states = {_Import.DONE: "done", _Import.STOPPED: "failed"}
    state, share = states.get(_Import(job.state), "open"), None
    if job.state == _Import.READING:
        told = "正在读取和核对"
    elif state == "done":
        told = summary_of(job)
    else:
        progress = progress_of(job)
        share = progress.done, progress.rows
        told = f"已处理 {progress.done} 行，共 {progress.rows} 行"
    return Piece(
        pk=job.pk,
        what=f"第 {job.pk} 号台账",
        by=str(job.started_by or ""),
        since=job.created_at,
        state=state,
        held_until=job.held_until,
        told=told,
        share=share,
        error=job.options.get("stopped", "") if state == "failed" else "",
    )


def _imports(most: int) -> list[Piece]:
    rows = ImportJob.objects.select_related("started_by").order_by("-pk")
    ended = rows.filter(Q(state=_Import.STOPPED) | Q(state=_Import.DONE, background=True))
    return [_import(job) for job in [*rows.for_worker(), *ended[:most]]]


def _import_again(pk: int) -> None:
    job = ImportJob.objects.filter(pk=pk, state=_Import.STOPPED).first()
    if job is not None:
        resume(job)


def _recounts(most: int) -> list[Piece]:
    rows = Recount.objects.select_related("asked_by").order_by("-pk")
    found = [*rows.filter(done_at=None), *rows.exclude(done_at=None)[:most]]
    return [
        Piece(
            pk=row.pk,
            what=f"第 {row.pk} 次改动",
            by=str(row.asked_by or ""),
            since=row.asked_at,
            state="done" if row.done_at else "open",
            held_until=row.held_until,
            told=f"已改 {row.clocks} 个期限",
        )
        for row in found
    ]


def _hand_overs(most: int) -> list[Piece]:
    waits = Count("lines", filter=Q(lines__result=WorkLine.Result.WAITS))
    rows = HandOverOfWork.objects.select_related("by").order_by("-pk")
    rows = rows.annotate(all_lines=Count("lines"), waiting_lines=waits)
    found = [*rows.filter(done_at=None), *rows.exclude(done_at=None)[:most]]
    return [_hand_over(row, row.all_lines - row.waiting_lines, row.all_lines) for row in found]


def _hand_over(row: HandOverOfWork, done: int, of: int) -> Piece:
    return Piece(
        pk=row.pk,
        what=f"交接单 {row.number}",
        by=str(row.by),
        since=row.at,
        state="done" if row.done_at else "open",
        held_until=row.held_until,
        told=f"已办 {done} 项，共 {of} 项",
        share=(done, of),
    )


IMPORTS = TaskKind(open=ImportJob.objects.for_worker, pieces=_imports, again=_import_again)
RECOUNTS = TaskKind(open=lambda: Recount.objects.filter(done_at=None), pieces=_recounts)
HAND_OVERS = TaskKind(open=HandOverOfWork.objects.for_worker, pieces=_hand_overs)
