"""Carrying out a list, one record after the other; killed at any point, the next run goes on there.

Four steps a record: (1) it is marked as destroyed, for good, when it still is what was approved;
(2) it is written into the log outside the database; (3) its keys and all that identifies go, in one
transaction; (4) its files go. A run begins with what an earlier one left between two steps.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction

from office import private_files, search
from office.clock import now, today
from office.history import StaleRecord, acting, because
from office.models import DestructionLine, DestructionList
from office.retention import journal, register
from office.retention.kinds import destroyable
from office.retention.lists import LineState, State, require_unaltered

_AT_ONCE = 50  # records of one turn of the worker


def run(
    found: Iterable[register.Row],
    *,
    by: Any = None,
    most: int | None = None,
    tell: Callable[[str], object] = bool,
) -> int:
    """Carry out rows of the register: destroy those that go, leave out those that drop.

    Returns how many were destroyed. Raises ValidationError when a list is not what was signed, and
    OSError or `journal.Broken` when the log cannot be written; then nothing (more) is destroyed.
    """
    done, checked, found = 0, set(), list(found)
    if any(row.goes for row in found):
        journal.entries()  # a broken log stops everything before the first step
    for row in found:
        line = row.line
        if line is None or not (row.goes or row.drops):
            continue
        if most is not None and done >= most:
            break
        if line.list_id not in checked:
            require_unaltered(line.list)
            _begun(line.list_id, by)
            checked.add(line.list_id)
        if row.drops:
            _drop(line, row.verdict)
        elif _destroyed(line, tell):
            done += 1
    for pk in checked:
        finish(pk)
    if done:
        leave_no_trace()
    return done


def _destroyed(line: DestructionLine, tell: Callable[[str], object]) -> bool:
    fresh = _doomed(line.pk)
    if fresh.state == LineState.DROPPED:
        tell(f"{line.label}　未销毁：{fresh.told}")
        return False
    if fresh.state == LineState.DONE:  # another worker was faster
        return False
    try:
        complete(fresh)
    except StaleRecord:
        return False
    tell(f"{line.label}　已销毁")
    return True


def _doomed(pk: int) -> DestructionLine:
    """The line after its record was marked as destroyed, when it still is what was approved."""
    with transaction.atomic():
        rows = DestructionLine.objects.select_for_update(of=("self",)).select_related("list")
        line = rows.get(pk=pk)
        if line.state != LineState.WAITING:
            return line
        way, due = destroyable[line.kind], None
        if way.lock(line.object_id):
            dues = way.due(today(), [line.object_id])
            due = dues[0] if dues else None
        if due is None or due.kept or due.mark != line.mark:
            _drop(line, (due and due.kept) or register.CHANGED)
            return line
        with because(f"销毁 {line.list.number}"):
            way.doom(line.object_id, line.list.number, now())
            line.state = LineState.DOOMED
            line.save()
        return line


def complete(line: DestructionLine) -> None:
    """Go on with a doomed record from whichever step it is at."""
    way = destroyable[line.kind]
    holdings = way.holdings(line.object_id)
    if line.state == LineState.DOOMED:
        journal.append(_entry(line, holdings.keys, holdings.paths))
        with transaction.atomic(), because(f"销毁 {line.list.number}"):
            _overwrite_what_is_deleted()
            way.erase(line.object_id, now())
            line.state = LineState.ERASED
            line.files, line.shared = len(holdings.paths), holdings.shared
            line.save()
    for path in holdings.paths:
        private_files.remove(path)
    line.state, line.done_at = LineState.DONE, now()
    with because(f"销毁 {line.list.number}"):
        line.save()


def _entry(line: DestructionLine, keys: tuple[str, ...], paths: tuple[str, ...]) -> journal.Entry:
    found = line.list
    signed = [found.proposed_by, *(one.person for one in found.approvals.select_related("person"))]
    return journal.Entry(
        list=found.number, kind=line.kind, object_id=line.object_id, label=line.label,
        klass=line.klass, until=f"{line.until}", keys=keys, paths=paths, at=now().isoformat(),
        on=f"{found.on}", sha256=found.sha256,
        signed="、".join(user.username for user in signed if user is not None),
    )  # fmt: skip


def _drop(line: DestructionLine, told: str) -> None:
    line.state, line.told = LineState.DROPPED, told.removeprefix("不销毁：")[:200]
    with because("清册中不再销毁"):
        line.save()


def _begun(pk: int, by: Any) -> None:
    """A list carried out from the command line begins here; on its page it has begun before."""
    with transaction.atomic():
        found = DestructionList.objects.select_for_update().get(pk=pk)
        if found.state == State.APPROVED:
            found.state, found.ran_by, found.ran_at = State.RUNNING, by, now()
            with because("执行销毁"):
                found.save()


def finish(pk: int) -> None:
    """A list with no line left to carry out is done."""
    with transaction.atomic():
        found = DestructionList.objects.select_for_update().get(pk=pk)
        if found.state == State.RUNNING and not found.lines.filter(state__in=register.OPEN):
            found.state, found.finished_at = State.DONE, now()
            with because("清册执行完毕"):
                found.save()


def run_started(moment: Any) -> int:
    """The worker's turn: some records of the lists that were started on their page."""
    ids = list(
        DestructionList.objects.filter(state=State.RUNNING)
        .order_by("pk")
        .values_list("pk", flat=True)
    )
    if not ids:
        return 0
    with acting(None, "执行销毁清册"):
        return run(register.rows(today(), ids), most=_AT_ONCE)


def _overwrite_what_is_deleted() -> None:
    """SQLite: what a row held is overwritten with zeros, not left in the file's free space."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA secure_delete = ON")


def leave_no_trace() -> None:
    """What was overwritten leaves the database's files too, its log of writes included."""
    if connection.in_atomic_block:
        return
    search.compact()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM office_datakey")
        else:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
