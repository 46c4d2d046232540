"""被反映的单位: a unit the matter is about never leads it; it supports, with facts and performance.

A complaint about what a unit did (class C) is handled by others, or by the office head; the unit
supplies facts and performs what is decided, as support alone; the people named are recused and see
nothing (practice §1). A report on a person's or unit's conduct (class B) is sealed instead.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import works_for_concerned
from casework.matters.models import ConcernedUnit, Matter, SupportUnit
from casework.matters.moving import as_of, locked, log_move, move
from casework.matters.permissions import may
from casework.matters.queries import running
from casework.matters.states import State
from office.clock import today
from office.history import because
from office.models import Unit

ADD, MOVE = "matters.change_matter", "matters.assign_matter"


def may_concern(user: Any, matter: Matter) -> bool:
    """Registrar and office head say which unit a matter is about, until it is over."""
    over = matter.sealed or matter.state in (State.CLOSED, State.VOID)
    return not over and (may(user, matter, ADD) or may(user, matter, MOVE))


def leads(unit: Unit, matter: Matter) -> bool:
    """Does this unit, or one below it, lead the matter now?"""
    lead = matter.lead_unit
    return lead is not None and lead.path.startswith(unit.path)


def concern(
    matter: Matter,
    unit: Unit,
    *,
    source: str,
    reason: str,
    by: Any,
    support: bool = False,
    new_lead: Unit | None = None,
) -> ConcernedUnit:
    """Note that a matter is about an act of `unit`.

    new_lead: who leads from now on, when `unit` does so far: it must be moved first. support: the
    unit is asked for facts from now on. Raises ValidationError (field → sentence), PermissionDenied,
    Matter.DoesNotExist; then nothing is written.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not may_concern(by, matter):
            raise PermissionDenied
        _check(matter, unit, source, reason)
        row = note_concern(matter, unit, source=source, reason=reason, by=by)
        if leads(unit, matter):
            matter = _moved(matter, unit, new_lead, by)
        _free_officer(matter, row, by)
        if support:
            support_by(matter, unit, by=by)
    return row


def note_concern(matter: Matter, unit: Unit, *, source: str, reason: str, by: Any) -> ConcernedUnit:
    """Write that a matter is about an act of `unit`; the caller has checked that it may be said."""
    row = ConcernedUnit(matter=matter, unit=unit, source=source, entered_by=by, since=today())
    row.put("reason", reason.strip())
    with because("记为被反映的单位", **as_of(by, ADD)):
        row.save()
    log_move(
        matter, "concern", by=by, on=today(), source=matter.state, verb=ADD,
        summary=f"{unit}（{row.get_source_display()}），不主办",
    )  # fmt: skip
    return row


def _free_officer(matter: Matter, row: ConcernedUnit, by: Any) -> None:
    """Whoever works for the unit is not its officer, also where another unit leads."""
    officer = matter.officer
    if officer is None or not matter.is_open or not works_for_concerned(officer, [row], today()):
        return
    matter.officer = None
    with because("承办人在被反映的单位任职", **as_of(by, ADD)):
        matter.save()
    log_move(
        matter, "officer_out", by=by, on=today(), source=matter.state, verb=ADD,
        summary=f"{officer}在被反映的单位任职，另行指定承办人",
    )  # fmt: skip


def _check(matter: Matter, unit: Unit, source: str, reason: str) -> None:
    gaps = {}
    if not Unit.objects.handling().at(today()).filter(pk=unit.pk):
        gaps["unit"] = f"{unit}不是本街道现有的科室、社区或村。"
    if matter.concerned_units.filter(running(today()), unit=unit).exists():
        gaps["unit"] = f"{unit}已经记为被反映的单位。"
    if source not in ConcernedUnit.Source.values:
        gaps["source"] = "请选择是谁说的。"
    if not reason.strip():
        gaps["reason"] = "请写明信访人反映它什么，例如：补偿款没有发。"
    if gaps:
        raise ValidationError(gaps)


def _moved(matter: Matter, unit: Unit, new_lead: Unit | None, by: Any) -> Matter:
    """The matter under another lead; refused in words while none is given or it is too late."""
    lead = matter.lead_unit
    if matter.state != State.HANDLING:
        raise ValidationError(
            {"unit": f"这件由{lead}主办，并且已经答复。请向信访办主任说明，在复查里另作处理。"}
        )
    if not may(by, matter, MOVE):
        raise ValidationError(
            {"unit": f"{unit}现在正主办这件事项。请信访办主任来记，同时改交别的单位。"}
        )
    if new_lead is None:
        raise ValidationError(
            {"new_lead": f"{unit}现在正主办这件事项，请先选由哪个单位接着主办（信访办主任办理）。"}
        )
    note = f"{unit}是这件事项被反映的单位，不主办。"
    return move(matter, "reassign", by=by, data={"lead_unit": new_lead, "note": note})


def support_by(matter: Matter, unit: Unit, *, by: Any) -> None:
    """Ask a unit for facts and performance, unless it supports the matter already."""
    if matter.supports.filter(running(today()), unit=unit).exists():
        return
    with because("被反映的单位协办", **as_of(by, ADD)):
        SupportUnit(matter=matter, unit=unit, since=today()).save()


def may_end(user: Any, row: ConcernedUnit) -> bool:
    """The office head takes it back; nobody of the unit itself does."""
    if not may(user, row.matter, MOVE) or row.matter.state in (State.CLOSED, State.VOID):
        return False
    return not works_for_concerned(user, [row], today())


def end(row: ConcernedUnit, *, by: Any, reason: str) -> None:
    """Note that the matter is not about this unit after all; raises as `concern` does."""
    with transaction.atomic():
        matter = locked(row.matter, by)
        row = ConcernedUnit.objects.select_for_update().get(pk=row.pk, matter=matter)
        row.matter = matter
        if row.until is not None:
            raise ValidationError("已经有同事先办了，请刷新页面查看。")
        if not may_end(by, row):
            raise PermissionDenied
        if not reason.strip():
            raise ValidationError({"reason": "请写明为什么不再是被反映的单位。"})
        row.until = today() - timedelta(days=1)  # the last day of a row is included
        with because("不再是被反映的单位", **as_of(by, MOVE)):
            row.save()
        log_move(
            matter, "unconcern", by=by, on=today(), source=matter.state, note=reason.strip(),
            summary=str(row.unit), verb=MOVE,
        )  # fmt: skip


def candidates(matter: Matter) -> list[Unit]:
    """Units that can still be noted."""
    known = [row.unit_id for row in matter.concerned_units.filter(running(today()))]
    return list(Unit.objects.handling().at(today()).exclude(pk__in=known))
