"""Files that are written in the background, as the page of tasks tells them."""

from django.db import transaction

from office.exporting.runs import JOB, OPEN
from office.models import ExportRun
from office.registries import Piece, TaskKind
from office.tasking.queue import wanted

_State = ExportRun.State
_TOLD = {_State.DONE: "done", _State.FAILED: "failed"}


def _piece(run: ExportRun) -> Piece:
    return Piece(
        pk=run.pk,
        what=f"第 {run.pk} 号文件",
        by=str(run.person),
        since=run.created_at,
        state=_TOLD.get(_State(run.state), "open"),
        held_until=run.held_until,
        told=f"已写 {run.rows} 行" if run.rows else "",
        error=run.error,
    )


def _pieces(most: int) -> list[Piece]:
    rows = ExportRun.objects.select_related("person").order_by("-pk")
    ended = rows.filter(state__in=_TOLD)[:most]
    return [_piece(run) for run in [*rows.filter(state__in=OPEN), *ended]]


@transaction.atomic
def again(pk: int) -> None:
    """Have a file written that was not: from the beginning, with the rights its person then has."""
    run = ExportRun.objects.select_for_update().filter(pk=pk, state=_State.FAILED).first()
    if run is None:
        return
    run.state, run.error, run.broken, run.rows = _State.WAITING, "", 0, 0
    run.held_until, run.finished_at, run.seen = None, None, False
    run.save()
    wanted(JOB, run.pk)


EXPORT_FILES = TaskKind(
    open=lambda: ExportRun.objects.filter(state__in=OPEN), pieces=_pieces, again=again
)
