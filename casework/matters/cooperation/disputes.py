"""承办争议: the lead unit says the matter is not its duty, beyond handing it back once.

The other unit says its view, the head of the petition office decides; whoever works in a party to it
decides nothing, then it goes to a leader, then to the district on paper. No clock ever stops (art. 24).
"""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import concerned_units, is_concerned, parts_of
from casework.matters.conflicts.upward import OnPaper, check_district, enter, may_record
from casework.matters.cooperation.standing import (
    DECIDE,
    FRESH,
    RETURN,
    heads,
    require,
    require_words,
    works_in,
)
from casework.matters.cooperation.support import end_row, support_by, why_kept
from casework.matters.models import DutyDispute, Matter
from casework.matters.moving import as_of, carry_out, check, locked, log_move
from casework.matters.permissions import may
from casework.matters.states import State
from casework.matters.table import BY_NAME
from office.clock import now, today
from office.history import because
from office.models import Unit
from office.separation import Act, Deciders, Part, Parts, holding, refused, who_decides

_PARTY = "您所在的单位是这起承办争议的一方，不能裁定。"
_MOVE = "reassign"


def may_raise(user: Any, matter: Matter) -> bool:
    """The head of the lead unit, while it works on the matter and no other dispute waits."""
    if matter.sealed or matter.state not in BY_NAME[_MOVE].sources:
        return False
    return heads(user, matter.lead_unit) and running(matter) is None


def running(matter: Matter) -> DutyDispute | None:
    return matter.duty_disputes.filter(decision="", withdrawn_at=None).first()


def may_view(user: Any, dispute: DutyDispute) -> bool:
    """The head of the other unit says its view, once."""
    if not dispute.waits or dispute.viewed_at is not None:
        return False
    return dispute.other is not None and heads(user, dispute.other)


def may_withdraw(user: Any, dispute: DutyDispute) -> bool:
    return dispute.waits and heads(user, dispute.unit)


def parties(dispute: DutyDispute) -> list[Unit]:
    """The units that dispute: who leads, and who should in its eyes."""
    return [unit for unit in (dispute.unit, dispute.other) if unit is not None]


def parts(dispute: DutyDispute) -> Parts:
    """Who asked, who stays out of the matter, and who could decide but works in a party to it."""
    found = dict(parts_of(dispute.matter, dispute.asked_by_id))
    units = parties(dispute)
    inside = [one.pk for one in holding(DECIDE, today()) if works_in(one, units)]
    return found | {Part.CONCERNED: [*found[Part.CONCERNED], *inside]}


def deciders(dispute: DutyDispute) -> Deciders:
    """Who can decide now, at which level, and what to tell when it went upward."""
    return who_decides(DECIDE, parts(dispute), today())


def why_not_decide(user: Any, dispute: DutyDispute) -> str:
    """Why the same-record rules keep a person from deciding; "" when they do not."""
    if works_in(user, parties(dispute)):
        return _PARTY
    return refused(Act.APPROVE, user, parts(dispute))


def may_decide(user: Any, dispute: DutyDispute) -> bool:
    """The head of the petition office, or who is next above; never of a party, never the asker."""
    if not dispute.waits or why_not_decide(user, dispute):
        return False
    return may(user, dispute.matter, DECIDE)


def may_enter_district(user: Any, dispute: DutyDispute) -> bool:
    """Can this person enter the district's decision now? Also one of a party: the scan decides."""
    return dispute.waits and may_record(user, dispute, DECIDE, deciders(dispute))


def candidates(matter: Matter, *leave_out: Unit | None) -> list[Unit]:
    """Units that can be said to be the right one: those that handle matters and may lead this one."""
    out = {unit.pk for unit in leave_out if unit is not None}
    rows = concerned_units(matter, today())
    units = Unit.objects.handling().at(today())
    return [one for one in units if one.pk not in out and not is_concerned(one, rows)]


def raise_dispute(matter: Matter, *, reason: str, other: Unit | None, by: Any) -> DutyDispute:
    """Say for the lead unit that the matter is not its duty; `other` is asked for its view.

    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        require(heads(by, matter.lead_unit), matter, by)
        if matter.state not in BY_NAME[_MOVE].sources:
            told = f"{matter.number} 现在是“{matter.get_state_display()}”，不能再提承办争议。"
            raise ValidationError(told)
        if running(matter) is not None:
            raise ValidationError("这件事项已经有承办争议在等裁定。")
        require_words(reason=(reason, "请写明为什么不归本单位、依据是什么。"))
        if other is not None and other not in candidates(matter, matter.lead_unit):
            raise ValidationError({"other": f"{other}不能主办这件事项，请选别的单位或者留空。"})
        row = DutyDispute(
            matter=matter, unit=matter.lead_unit, other=other, asked_by=by, asked_at=now()
        )
        row.put("reason", reason.strip())
        if other is not None:
            row.support = support_by(matter, other, by=by, verb=RETURN)
        with because("提出承办争议", **as_of(by, RETURN)):
            row.save()
        told = f"{row.unit}认为应由{other}办理" if other else f"{row.unit}认为不归本单位"
        _log(row, "dispute", by, RETURN, f"{told}，期限不停")
    return row


def say_view(dispute: DutyDispute, *, text: str, by: Any) -> None:
    """The other unit's view, before it is decided."""
    with transaction.atomic():
        row = taken(dispute, by)
        require(row.other is not None and heads(by, row.other), row.matter, by)
        if row.viewed_at is not None:
            raise ValidationError(f"{row.other}已经表过态了。{FRESH}")
        require_words(view=(text, "请写明同意由本单位办，还是为什么不归本单位。"))
        row.put("view", text.strip())
        row.viewed_by, row.viewed_at = by, now()
        with because("对承办争议表态", **as_of(by, RETURN)):
            row.save()
        _log(row, "view_dispute", by, RETURN, f"{row.other}已表态")


def withdraw(dispute: DutyDispute, *, by: Any) -> None:
    """The unit handles the matter after all."""
    with transaction.atomic():
        row = taken(dispute, by)
        require(heads(by, row.unit), row.matter, by)
        row.withdrawn_at = now()
        with because("撤回承办争议", **as_of(by, RETURN)):
            row.save()
        _log(row, "drop_dispute", by, RETURN, f"{row.unit}接着办理")
        _let_go(row, by)


def decide(dispute: DutyDispute, *, to_unit: Unit | None, note: str, by: Any) -> Matter:
    """Settle it: the matter goes to `to_unit`, or stays (None). Raises as `raise_dispute` does."""
    with transaction.atomic():
        row = taken(dispute, by)
        if why := why_not_decide(by, row):
            raise ValidationError(f"{why}{deciders(row).told}")
        if row.matter.sealed or not may(by, row.matter, DECIDE):
            raise PermissionDenied
        require_words(note=(note, "请写明裁定的理由：依据哪条职责分工。"))
        row.level = deciders(row).level.value
        row.decided_by, row.decided_at = by, now()
        return _settled(row, to_unit, note, by)


def record_district(
    dispute: DutyDispute, decision: OnPaper, *, to_unit: Unit | None, by: Any
) -> Matter:
    """Enter what the district decided; refused while somebody in the street can decide."""
    with transaction.atomic():
        row = taken(dispute, by)
        check_district(row.matter, row, DECIDE, deciders(row), by)
        enter(row, decision, by=by)
        return _settled(row, to_unit, decision.note, by)


def _settled(row: DutyDispute, to_unit: Unit | None, note: str, by: Any) -> Matter:
    """Write the decision and, when it says so, give the matter to another unit."""
    decisions = DutyDispute.Decision
    moves = to_unit is not None and to_unit.pk != row.matter.lead_unit_id
    row.decision = decisions.APPROVED if to_unit is not None else decisions.REFUSED
    row.to_unit = to_unit
    row.put("opinion", note.strip())
    matter = row.matter
    if moves:
        matter = _moved(row, note, by)
    with because("裁定承办争议", **as_of(by, DECIDE)):
        row.save()
    row.matter = matter
    _log(row, "decide_dispute", by, DECIDE, f"由{to_unit or matter.lead_unit}办理")
    _let_go(row, by)
    return matter


def _moved(row: DutyDispute, note: str, by: Any) -> Matter:
    """The matter under another lead: the decision is the ground, whoever may move matters else."""
    matter, rule = row.matter, BY_NAME[_MOVE]
    if matter.state not in rule.sources:
        told = f"{matter.number} 现在是“{State(matter.state).label}”，已经不能改交，请裁定由原单位接着办。"
        raise ValidationError({"to_unit": told})
    data = {"lead_unit": row.to_unit, "officer": None, "note": note.strip()}
    try:
        check(matter, rule, by=by, on=today(), data=data)
    except ValidationError as error:
        unfit = getattr(error, "message_dict", {}).get("lead_unit")
        raise ValidationError({"to_unit": unfit} if unfit else error.messages) from error
    return carry_out(matter, rule, by=by, on=today(), data=data)


def taken(dispute: DutyDispute, by: Any) -> DutyDispute:
    """The dispute under its locked matter, while it waits."""
    matter = locked(dispute.matter, by)
    row = DutyDispute.objects.select_for_update().get(pk=dispute.pk, matter=matter)
    row.matter = matter
    if not row.waits:
        raise ValidationError(f"这起承办争议已经裁定或者撤回了。{FRESH}")
    return row


def _let_go(row: DutyDispute, by: Any) -> None:
    """The other unit saw the matter for its view; it goes on seeing it only as lead or for a task."""
    support, matter = row.support, row.matter
    if support is None or support.until is not None:
        return
    tasks = matter.support_tasks.filter(unit=support.unit).exclude(
        stage__in=("returned", "withdrawn")
    )
    if not tasks.exists() and not why_kept(matter, support.unit):
        end_row(support, by, RETURN)


def _log(row: DutyDispute, name: str, by: Any, verb: str, summary: str) -> None:
    matter = row.matter
    log_move(matter, name, by=by, on=today(), source=matter.state, summary=summary, verb=verb)
