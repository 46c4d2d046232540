"""After an older backup was restored: what the log names is destroyed again, before anybody looks.

The log outside the database knows what was destroyed; a restored database does not, and its files
are back. The worker does this when it starts and every minute, `manage.py replay_destructions` at
once. It needs no new approval: the destruction was approved, and happened.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from office import private_files
from office.clock import now
from office.history import acting, because
from office.models import DataKey, DestructionLine, DestructionList, NumberSeries
from office.numbers import draw_many
from office.retention import journal, register
from office.retention.destroying import complete, finish, leave_no_trace
from office.retention.kinds import destroyable
from office.retention.lists import SERIES, LineState, State

_BITE = 500
REASON = "恢复备份后重做销毁"


@dataclass(frozen=True)
class Undone:
    """What the log names and this installation still holds: records with a whole key, files."""

    entries: list[journal.Entry]
    files: list[str]


def undone(logged: Iterable[journal.Entry]) -> Undone:
    """What is to be destroyed again."""
    found = list(logged)
    alive: set[str] = set()
    refs = [ref for entry in found for ref in entry.keys]
    for start in range(0, len(refs), _BITE):
        keys = DataKey.objects.filter(ref__in=refs[start : start + _BITE], destroyed_at=None)
        alive |= {str(ref) for ref in keys.values_list("ref", flat=True)}
    root = Path(settings.PRIVATE_ROOT)
    return Undone(
        [entry for entry in found if alive & set(entry.keys)],
        [path for entry in found for path in entry.paths if (root / path).exists()],
    )


def replay(moment: datetime | None = None) -> int:
    """Destroy again what the log names; how many records. Raises `journal.Broken`."""
    left = undone(journal.entries())
    with acting(None, REASON):
        for entry in left.entries:
            if entry.kind in destroyable:
                complete(_line(entry))
        for number in {entry.list for entry in left.entries}:
            _close(DestructionList.objects.get(number=number))
    for path in left.files:
        private_files.remove(path)
    if left.entries:
        leave_no_trace()
    return len(left.entries)


def _close(found: DestructionList) -> None:
    """What the restored list still holds beside is not run: its approvals may be younger than it."""
    for line in found.lines.filter(state=LineState.WAITING):
        line.state, line.told = LineState.DROPPED, "恢复备份后不再执行，须重新提出"
        line.save()
    finish(found.pk)


def missing(logged: Iterable[journal.Entry]) -> int:
    """How many records the database says are destroyed and the log does not name."""
    named = {entry.name for entry in logged}
    rows = DestructionLine.objects.filter(state__in=[LineState.ERASED, LineState.DONE])
    told = rows.values_list("list__number", "kind", "object_id")
    return sum(name not in named for name in told.iterator())


@transaction.atomic
def _line(entry: journal.Entry) -> DestructionLine:
    """The entry's record doomed again, in its list, which is written anew when it is not there."""
    found = DestructionList.objects.filter(number=entry.list).first() or _rebuilt(entry)
    if found.state != State.RUNNING:
        found.state = State.RUNNING
        found.save()
    line = found.lines.filter(kind=entry.kind, object_id=entry.object_id).first()
    line = line or DestructionLine(
        list=found, kind=entry.kind, object_id=entry.object_id, label=entry.label,
        klass=entry.klass, until=date.fromisoformat(entry.until), mark="",
    )  # fmt: skip
    _leave_other_lists(entry)
    line.state, line.told = LineState.DOOMED, ""
    with because(f"{REASON}（{entry.list}）"):
        line.save()
        destroyable[entry.kind].doom(entry.object_id, entry.list, datetime.fromisoformat(entry.at))
    return line


def _rebuilt(entry: journal.Entry) -> DestructionList:
    """A list that is younger than the backup: from what the log kept of it."""
    year, number = int(entry.list[len(SERIES) : len(SERIES) + 4]), int(entry.list[-6:])
    series = NumberSeries.objects.filter(series=SERIES, year=year).first()
    if series is None or series.last < number:  # no number is given twice
        draw_many(SERIES, year, number - (series.last if series else 0))
    found = DestructionList(
        number=entry.list, on=date.fromisoformat(entry.on), state=State.RUNNING,
        sha256=entry.sha256, proposed_at=now(), ran_at=datetime.fromisoformat(entry.at),
        rebuilt=f"由销毁日志重建。提出和审批（登录名）：{entry.signed}"[:300],
    )  # fmt: skip
    found.save()
    return found


def _leave_other_lists(entry: journal.Entry) -> None:
    """The restored database may have the record in an older list: it is done there."""
    others = DestructionLine.objects.filter(
        kind=entry.kind, object_id=entry.object_id, state__in=register.OPEN
    )
    for line in others.exclude(list__number=entry.list):
        line.state, line.told = LineState.DROPPED, f"已列入 {entry.list}"
        line.save()
