"""Writing what belongs together, inside the mover's transaction: joins, and what they carry along."""

from datetime import date
from typing import Any

from casework.matters.conflicts.standing import family
from casework.matters.counting.ledger import resume
from casework.matters.models import Matter, MatterLink, Move
from casework.matters.recusals import carry_among, release
from casework.matters.repeats.facts import can_take, join_of, members_of
from casework.matters.states import State

NOT_THIS = "没有找到可以并入的 {}。请核对编号；已经办结的，选“是重复，另行办理”。"


def why_not_join(matter: Matter, to: Matter | None, by: Any) -> str:
    """Why `matter` cannot go on inside `to`; "" when it can. One sentence for what is hidden,
    sealed, void, merged itself or over: it tells nothing apart.
    """
    seen = to is not None and may_know(by, to)
    if to is None or not seen or not can_take(to):
        return NOT_THIS.format(to.number if to is not None and seen else "这个编号")
    if to.pk == matter.pk:
        return "不能并入它自己。"
    if members_of(matter).exists():
        return "已经有别的事项并入这一件。请先把它们分出来，再一起并入。"
    return ""


def may_know(by: Any, to: Matter) -> bool:
    """Whether this person may be told that the matter exists: as the table of roles says."""
    return not to.sealed and not to.recusals.filter(user=by, until=None).exists()


def write_join(
    matter: Matter, to: Matter, kind: str, reason: str, *, by: Any, on: date, merged: bool = True
) -> MatterLink:
    """The row that says what was found. The caller is inside `because`."""
    row = MatterLink(matter=matter, to=to, kind=kind, merged=merged, since=on, decided_by=by)
    row.put("reason", reason.strip())
    row.save()
    return row


def carry(matter: Matter, on: date) -> None:
    """Whoever stays out of one of those handled together stays out of all."""
    others = Matter.objects.filter(pk__in=family(matter), sealed=False)
    rows = Matter.objects.filter(pk=matter.pk) | others
    carry_among(list(rows.select_for_update().order_by("pk")), on, "并入办理的回避")


def undo_join(matter: Matter, reason: str, *, by: Any, on: date) -> None:
    """The two part again; recusals that only the other one had caused end with it."""
    row = join_of(matter)
    if row is None:
        return
    beside = [row.to, *members_of(row.to).exclude(pk=matter.pk)]
    row.until, row.undone_by = on, by
    row.put("undone_reason", reason.strip())
    row.save()
    mine = [matter.pk, *family(matter).values_list("pk", flat=True)]
    theirs = [one.pk for one in beside]
    for one in beside:
        if not one.sealed:
            release(one, mine)
    release(matter, theirs)


def run_again(matter: Matter, on: date, move: Move) -> None:
    """The clocks that ended with being told run on, as if the matter had never been merged."""
    told = telling(matter)
    if told is not None:
        resume(matter, told, on, move=move)


def telling(matter: Matter) -> Move | None:
    """The move by which the petitioner was told last that it is handled with another one."""
    return matter.moves.filter(name="tell_merged", target=State.CLOSED).order_by("-pk").first()
