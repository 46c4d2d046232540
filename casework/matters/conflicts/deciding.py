"""The second person's word on a recusal: it stands, or it does not, with a reason (art. 28)."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import parts_of
from casework.matters.conflicts.upward import (
    OnPaper,
    check_district,
    enter,
    may_record,
    told_above,
)
from casework.matters.models import Conflict, Matter
from casework.matters.moving import as_of, locked, log_move
from casework.matters.permissions import may
from casework.matters.recusals import ASK, step_in, step_out
from office.clock import now, today
from office.history import because
from office.separation import Act, Deciders, Part, Parts, refused, who_decides

VERB = "matters.decide_recusal"


def parts(conflict: Conflict) -> Parts:
    """Who said it and who is concerned: the person themself, and whoever else stays out."""
    found = dict(parts_of(conflict.matter, conflict.asked_by_id))
    return found | {Part.CONCERNED: [*found[Part.CONCERNED], conflict.user_id]}


def deciders(conflict: Conflict) -> Deciders:
    """Who can decide now, at which level, and what to tell when it went upward."""
    return who_decides(VERB, parts(conflict), today())


def why_not_decide(user: Any, conflict: Conflict) -> str:
    """Why the same-record rules keep a person from deciding; "" when they do not."""
    return refused(Act.APPROVE, user, parts(conflict))


def may_decide(user: Any, conflict: Conflict) -> bool:
    """Can this person decide now? A sealed matter's is settled by those who keep it."""
    if conflict.decision or conflict.matter.sealed or why_not_decide(user, conflict):
        return False
    return may(user, conflict.matter, VERB) or any(
        user.pk == one.pk for one in deciders(conflict).people
    )


def may_enter_district(user: Any, conflict: Conflict) -> bool:
    """Can this person enter the district's decision now?"""
    return user.pk != conflict.user_id and may_record(user, conflict, ASK, deciders(conflict))


def decide(conflict: Conflict, *, by: Any, approve: bool, note: str = "") -> Conflict:
    """Confirm a recusal, or refuse it with a reason, which ends what it did.

    Raises ValidationError (Chinese), PermissionDenied, Matter.DoesNotExist; then nothing is written.
    """
    with transaction.atomic():
        conflict = _locked(conflict, by)
        if conflict.decision:
            raise ValidationError("这件回避已经有人决定过了，请刷新页面查看。")
        if why := why_not_decide(by, conflict):
            raise ValidationError(why)
        if not may_decide(by, conflict):
            raise PermissionDenied
        if not approve and not note.strip():
            raise ValidationError({"note": "决定不回避的，请写明理由。"})
        conflict.level = deciders(conflict).level.value
        conflict.decided_by, conflict.decided_at = by, now()
        decisions = Conflict.Decision
        conflict.decision = decisions.APPROVED if approve else decisions.REFUSED
        return _settle(conflict, by, note)


def record_district(conflict: Conflict, decision: OnPaper, *, by: Any) -> Conflict:
    """Enter what the district decided; refused while somebody in the street can decide."""
    with transaction.atomic():
        conflict = _locked(conflict, by)
        check_district(conflict.matter, conflict, ASK, deciders(conflict), by)
        enter(conflict, decision, by=by)
        return _settle(conflict, by, decision.note)


def tell(conflict: Conflict, *, by: Any, on: date, how: str) -> Conflict:
    """Note that the petitioner who asked was told what was decided, and how."""
    with transaction.atomic():
        conflict = _locked(conflict, by)
        if not may(by, conflict.matter, ASK):
            raise PermissionDenied
        if not conflict.owes_answer:
            raise ValidationError("已经记过答复信访人了，请刷新页面查看。")
        if on > today():
            raise ValidationError({"on": "日期不能晚于今天。"})
        if how not in Conflict.Told.values:
            raise ValidationError({"how": "请选择答复方式。"})
        conflict.told_on, conflict.told_how, conflict.told_by = on, how, by
        with because("答复回避要求", **as_of(by, ASK)):
            conflict.save()
        log_move(
            conflict.matter, "tell_recusal", by=by, on=on, source=conflict.matter.state, verb=ASK,
            summary=f"{conflict.get_told_how_display()}告知信访人：{_outcome(conflict)}",
        )  # fmt: skip
    return conflict


def _locked(conflict: Conflict, by: Any) -> Conflict:
    matter = locked(conflict.matter, by)
    row = Conflict.objects.select_for_update().get(pk=conflict.pk, matter=matter)
    row.matter = matter
    return row


def _outcome(conflict: Conflict) -> str:
    return f"{conflict.user}{'不回避' if conflict.refused else '回避'}"


def _settle(conflict: Conflict, by: Any, note: str) -> Conflict:
    """Write the decision and bring the matters in line with it."""
    conflict.put("opinion", note.strip())
    stands = not conflict.refused
    name = "confirm_recusal" if stands else "refuse_recusal"
    with because("决定回避" if stands else "决定不回避", **as_of(by, VERB)):
        conflict.save()
    matter = Matter.objects.get(pk=conflict.matter_id)
    log_move(
        matter, name, by=by, on=today(), source=matter.state, note=note.strip(), verb=VERB,
        summary=f"{_outcome(conflict)}{told_above(conflict)}",
    )  # fmt: skip
    if stands:
        step_out(conflict, by=by, verb=VERB)
    else:
        step_in(conflict, by=by, verb=VERB)
    return conflict
