"""Writing the clock ledger: every limit a row, its sum as lines; inside the mover's transaction."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q

from casework.matters.clocks import KINDS, Limit, Sum, leading, written
from casework.matters.counting.replay import sum_of
from casework.matters.models import Clock, ClockLine, Matter, Move
from casework.matters.profiles import limits_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import SENT_TO_US
from office.calendar import exceptions
from office.clock import now
from office.workdays import Exceptions

#: kinds that count from the day of receipt (art. 23)
FROM_RECEIPT = ("notice", "objection", "routing", "hand_over", "duty")
#: the one decision whose hearing does not count (art. 36)
HEARING_LEFT_OUT = ("final_decide",)
_S = Clock.Status
_L = ClockLine.What


def kinds_at_receipt(channel: str) -> tuple[str, ...]:
    """What an arrival starts: notice, internal routing, and an objection to what was sent here."""
    return ("notice", "routing", "objection") if channel in SENT_TO_US else ("notice", "routing")


def calendar_for(found: Sum) -> dict[date, bool]:
    """The days off the Monday–Friday rule that a sum can meet; no query for plain days."""
    return exceptions(found.start, found.reach) if found.bound else {}


def running(matter: Matter) -> list[Clock]:
    """The clocks of a matter that run, the earliest last day first."""
    return list(matter.clocks.filter(status=_S.RUNNING).order_by("due_on", "pk"))


def start(
    matter: Matter,
    kind: str,
    on: date,
    *,
    move: Move | None = None,
    subject: str = "",
    due_on: date | None = None,
    article: str = "",
) -> Clock:
    """Begin a clock of `kind` that counts from a day, by the profile of the matter.

    due_on: a last day that another office, a promise or an order set, instead of the sum; article:
    where that stands. One of the same kind and subject that still runs is dropped first. Raises
    ValidationError for a last day before the first, KeyError for a kind without limit or day.
    """
    if due_on is not None and due_on < on:
        raise ValidationError(
            f"{KINDS[kind]}的最后一天 {due_on:%Y-%m-%d} 不能早于起算日 {on:%Y-%m-%d}。"
        )
    drop(matter, kind, on, move=move, subject=subject)
    limit = limits_of(matter.profile)[kind] if due_on is None else None
    found = first_sum(kind, on, limit, due_on)
    calendar = calendar_for(found)
    clock = Clock(
        pk=key_for(matter.sealed), matter=matter, kind=kind, subject=subject, round=matter.round,
        start_on=on, due_on=found.last_day(calendar), by_calendar=found.bound, started_by=move,
    )  # fmt: skip
    clock.save()
    first_line(clock, found, calendar, limit.article if limit else article, on, move).save(
        force_insert=True
    )
    return clock


def first_sum(kind: str, on: date, limit: Limit | None, due_on: date | None = None) -> Sum:
    """The sum a clock begins with: a limit of the profile, or a day that was set."""
    if limit is None:
        return Sum(kind, on, fixed=due_on)
    return Sum(kind, on, limit.days, limit.unit)


def first_line(
    clock: Clock, found: Sum, calendar: Exceptions, article: str, on: date, move: Move | None
) -> ClockLine:
    """The unsaved line a clock begins with."""
    what = _L.START if found.fixed is None else _L.FIXED
    unit = found.unit if found.fixed is None else ""
    return _line(
        clock, found, calendar, what, on, move, days=found.days, unit=unit, article=article
    )


def _line(
    clock: Clock,
    found: Sum,
    calendar: Exceptions,
    what: str,
    on: date,
    move: Move | None,
    **added: Any,
) -> ClockLine:
    """A line that ends in what the whole sum says now; added: what this line brings."""
    facts = {"start_on": found.start, "due_on": found.last_day(calendar)} | added
    used = written(found.used(calendar))
    return ClockLine(clock=clock, what=what, on=on, calendar=used, move=move, at=now(), **facts)


def _turn(clock: Clock, found: Sum, what: str, on: date, move: Move | None, **added: Any) -> None:
    """Write a later line of a clock, and the last day it leads to."""
    calendar = calendar_for(found)
    clock.start_on, clock.due_on = found.start, found.last_day(calendar)
    clock.by_calendar = found.bound
    clock.save()
    _line(clock, found, calendar, what, on, move, **added).save(force_insert=True)


def meet(
    matter: Matter, kind: str, on: date, *, move: Move | None = None, subject: str = ""
) -> None:
    """What was owed is done: the clock ends on that day, in time or late.

    Also one that the same move let go of because the matter ended by it.
    """
    rows = matter.clocks.filter(kind=kind, subject=subject)
    _end(rows, _S.MET, on, move)
    if move is not None:
        for clock in rows.filter(status=_S.DROPPED, ended_by=move):
            clock.status, clock.ended_on = _S.MET, on
            clock.save()


def meet_all(matter: Matter, kinds: Iterable[str], on: date, *, move: Move | None = None) -> None:
    """End as met every running clock of these kinds; "*" stands for all kinds."""
    kinds = list(kinds)
    if kinds:
        rows = matter.clocks.all() if "*" in kinds else matter.clocks.filter(kind__in=kinds)
        _end(rows, _S.MET, on, move)


def drop(
    matter: Matter, kind: str, on: date, *, move: Move | None = None, subject: str = ""
) -> None:
    """The clock no longer counts, without anything having been done."""
    _end(matter.clocks.filter(kind=kind, subject=subject), _S.DROPPED, on, move)


def drop_all(
    matter: Matter, on: date, kinds: Iterable[str] = ("*",), *, move: Move | None = None
) -> None:
    """Let go of the running clocks of these kinds; "*": of all but those that outlive the matter."""
    kinds = list(kinds)
    if "*" in kinds:
        kinds = [kind for kind, of in KINDS.items() if not of.outlives]
    if kinds:
        _end(matter.clocks.filter(kind__in=kinds), _S.DROPPED, on, move)


def _end(rows: Any, status: str, on: date, move: Move | None) -> None:
    for clock in rows.filter(status=_S.RUNNING):
        clock.status, clock.ended_on, clock.ended_by = status, on, move
        clock.save()


def resume(matter: Matter, ended_by: Move, on: date, *, move: Move | None = None) -> list[Clock]:
    """What a move ended runs again, as if it had not been (an unsealing, an undone move).

    It is brought up to what was corrected meanwhile: the work calendar and the day of receipt.
    One of the same kind that was begun since gives way.
    """
    found = list(matter.clocks.filter(ended_by=ended_by).order_by("pk"))
    for clock in found:
        drop(matter, clock.kind, on, move=move, subject=clock.subject)
        clock.status, clock.ended_on, clock.ended_by = _S.RUNNING, None, None
        clock.save()
        recount(clock, on, move=move)
    late = {row.kind for row in found if row.start_on != matter.received_on} & {*FROM_RECEIPT}
    if late:
        restart(matter, late, matter.received_on, on, move=move, received=True)
    return found


def recount(clock: Clock, on: date, *, move: Move | None = None) -> bool:
    """Count a clock by the work calendar of today; whether its last day moved."""
    found = sum_of(clock)
    if not found.bound or found.last_day(calendar_for(found)) == clock.due_on:
        return False
    _turn(clock, found, _L.RECOUNT, on, move)
    return True


def restart(
    matter: Matter, kinds: Iterable[str], start_on: date, on: date, *,
    move: Move | None = None, received: bool = False,
) -> None:  # fmt: skip
    """The day from which clocks of these kinds count was corrected.

    Of each kind the running clock is counted anew, else the one that was met: whether it was met in
    time depends on that day. What was lengthened stays lengthened, a day that was set stays set. A
    clock that counts from a sealing knows no day of receipt. received: it is the day of receipt, from
    which nothing counts that an act of ours began.
    """
    limits = limits_of(matter.profile)
    for clock in _to_restart(matter, list(kinds), received):
        old, limit = sum_of(clock), limits.get(clock.kind)
        if old.fixed is not None or limit is None:
            limit = Limit(clock.kind, old.days, old.unit if old.fixed is None else "", "")
        day = min(start_on, old.fixed or start_on)
        found = replace(old, start=day, days=limit.days, unit=limit.unit or old.unit)
        _turn(
            clock, found, _L.RESTART, on, move,
            days=limit.days, unit=limit.unit, article=limit.article,
        )  # fmt: skip


def _to_restart(matter: Matter, kinds: list[str], received: bool) -> list[Clock]:
    counts = ~Q(status=_S.DROPPED) | Q(
        ended_by__name="close"
    )  # the petitioner's, once it was closed
    rows = matter.clocks.filter(counts, kind__in=kinds, round=matter.round)
    rows = rows.select_related("started_by").order_by("pk")
    if received:
        rows = [row for row in rows if _from_receipt(row)]
    live = {row.kind for row in rows if row.status == _S.RUNNING}
    return [row for row in rows if row.status == _S.RUNNING or row.kind not in live]


def _from_receipt(clock: Clock) -> bool:
    """Whether a clock counts from the receipt; not what an act of ours began, nor a later round."""
    own = clock.started_by is not None and clock.started_by.name in ("seal", "reopen", "broken")
    return not own and (clock.kind != "duty" or clock.round == 1)


def _one(matter: Matter, kind: str, subject: str) -> Clock:
    """The running clock of a kind. Raises ValidationError when there is none."""
    found = matter.clocks.filter(kind=kind, subject=subject, status=_S.RUNNING).first()
    if found is None:
        raise ValidationError(
            f"{matter.number} 没有正在进行的“{KINDS[kind]}”期限，请刷新页面核对。"
        )
    return found


def lengthen(
    matter: Matter,
    kind: str,
    days: int,
    on: date,
    *,
    move: Move | None = None,
    article: str = "",
    unit: str = "day",
    subject: str = "",
) -> Clock:
    """Add days to a running clock; the caller has held the sum of all extensions to its cap.

    Raises ValidationError when no such clock runs or nothing is added.
    """
    if days < 1:
        raise ValidationError("延长的天数至少为 1。")
    clock = _one(matter, kind, subject)
    old = sum_of(clock)
    found = replace(old, added=(*old.added, (days, unit)))
    _turn(clock, found, _L.LENGTHEN, on, move, days=days, unit=unit, article=article)
    return clock


def lengthened(clock: Clock) -> int:
    """How many days were added to a clock so far, whatever their unit (art. 34 caps the sum)."""
    return sum(line.days for line in clock.lines.filter(what=_L.LENGTHEN))


def exclude(
    matter: Matter,
    kind: str,
    from_on: date,
    to_on: date,
    on: date,
    *,
    move: Move | None = None,
    article: str = "《信访工作条例》第三十六条",
) -> Clock:
    """Leave the days of a hearing, both included, out of the final review's decision (art. 36).

    Raises ValidationError for any other kind (a hearing stops no other limit), for days outside
    the clock and for days left out before.
    """
    if kind not in HEARING_LEFT_OUT:
        raise ValidationError(
            f"听证时间只在复核期限里扣除（《信访工作条例》第三十六条），“{KINDS[kind]}”照常计算。"
        )
    clock = _one(matter, kind, "")
    if not clock.start_on < from_on <= to_on or from_on > clock.due_on:
        raise ValidationError(
            f"听证日期应在 {clock.start_on:%Y-%m-%d} 之后、{clock.due_on:%Y-%m-%d} 以内，先开始后结束。"
        )
    for line in clock.lines.filter(what=_L.EXCLUDE):
        if from_on < line.start_on + timedelta(days=line.days) and line.start_on <= to_on:
            raise ValidationError(
                f"{line.start_on:%Y-%m-%d} 起的听证时间已经扣除过，不能重复扣除。"
            )
    days, old = (to_on - from_on).days + 1, sum_of(clock)
    found = replace(old, left_out=old.left_out + days)
    _turn(
        clock, found, _L.EXCLUDE, on, move, start_on=from_on, days=days, unit="day", article=article
    )
    return clock


def leave_fast(matter: Matter, on: date, *, move: Move | None = None) -> Clock:
    """Simplified handling is left: the 60 days count from the original acceptance (domain §3)."""
    drop(matter, "fast", on, move=move)
    return start(matter, "handle", matter.accepted_on or on, move=move)


def lead(matter: Matter) -> None:
    """Put the leading limit into the matter (unsaved): the earliest of what the office owes, else
    the earliest that anybody else may use. Nothing for a matter that has ended.
    """
    rows = matter.clocks.filter(status=_S.RUNNING) if matter.is_open else matter.clocks.none()
    first = leading(rows.values_list("due_on", "kind"))
    matter.due_on, matter.due_kind = first or (None, "")
