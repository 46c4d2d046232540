"""What is due on a day, as the page, the proposal, the dry run and the real run all read it.

One function finds the rows, one writes the text: a dry run says byte for byte what the run will do.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from office.models import DestructionLine, DestructionList
from office.retention.classes import CLASSES
from office.retention.kinds import Due, destroyable

OPEN = (
    DestructionLine.State.WAITING,
    DestructionLine.State.DOOMED,
    DestructionLine.State.ERASED,
)
ALLOWED = (DestructionList.State.APPROVED, DestructionList.State.RUNNING)
CHANGED = "提出之后有变动，须重新提出"
NOT_DUE = "保管期限还没有到"


@dataclass(frozen=True)
class Row:
    """One record of the register. line: its place in an open list; verdict: what happens to it now."""

    label: str
    klass: str
    until: date
    list: str
    verdict: str
    due: Due | None = None
    line: DestructionLine | None = None
    goes: bool = False  # destroyed by a run on this day
    drops: bool = False  # left out of its list by a run on this day


def rows(on: date, lists: Iterable[int] | None = None) -> list[Row]:
    """The register of a day, by kind and number. lists: only what is in these (ids), for one run."""
    waiting = DestructionLine.objects.filter(state__in=OPEN).select_related("list")
    if lists is not None:
        waiting = waiting.filter(list__in=lists)
    lines = {(line.kind, line.object_id): line for line in waiting}
    found: list[Row] = []
    for kind, way in destroyable.items():
        own = {pk: line for (of, pk), line in lines.items() if of == kind}
        dues = {due.object_id: due for due in way.due(on, own if lists is not None else None)}
        found += [_row(on, dues.get(pk), own.get(pk)) for pk in {*own, *dues}]
    return sorted(found, key=lambda row: (row.label, row.list))


def _row(on: date, due: Due | None, line: DestructionLine | None) -> Row:
    if line is None:
        assert due is not None
        verdict = f"暂不销毁：{due.kept}" if due.kept else "到期，未提出"
        return Row(due.label, due.klass, due.until, "", verdict, due)
    about = (line.label, line.klass, line.until, line.list.number)
    if line.state != DestructionLine.State.WAITING:  # begun, and finished by the next run
        return Row(*about, "销毁", due, line, goes=True)
    allowed = line.list.state in ALLOWED
    if line.until >= on:
        return Row(*about, f"等待：{NOT_DUE}", due, line)
    if due is None:
        return Row(*about, f"不销毁：{CHANGED}", due, line, drops=allowed)
    if due.kept or due.mark != line.mark:
        return Row(*about, f"不销毁：{due.kept or CHANGED}", due, line, drops=allowed)
    if not allowed:
        return Row(*about, "等待审批", due, line)
    return Row(*about, "销毁", due, line, goes=True)


def text_of(on: date, found: Iterable[Row]) -> str:
    """The register as text: a head and one line a record."""
    told = [
        "\t".join((row.label, CLASSES[row.klass].label, f"{row.until}", row.list, row.verdict))
        for row in found
    ]
    head = "\t".join(("编号", "保管期限", "保管至", "清册", "处理"))
    return "\n".join([f"销毁清册　截至 {on}　共 {len(told)} 件", head, *told, ""])


def digest(number: str, on: date, lines: Iterable[DestructionLine]) -> str:
    """The hash of a list: its number, its day, and each record as it was proposed."""
    told = [f"{number}\t{on}"] + [
        f"{line.kind}\t{line.object_id}\t{line.label}\t{line.klass}\t{line.until}\t{line.mark}"
        for line in sorted(lines, key=lambda line: (line.label, line.object_id))
    ]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()
