"""Acts that need a second person: voiding, correcting the received date, sealing (practice §2).

Where no colleague is left to decide, a leader does; where no leader is left, the district decides
on paper (`conflicts.upward`). Nobody ever decides on their own request.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters import sealing
from casework.matters.conflicts.standing import parts_of
from casework.matters.conflicts.upward import (
    OnPaper,
    check_district,
    enter,
    may_record,
    told_above,
)
from casework.matters.lifecycle import BY_NAME, LABELS
from casework.matters.models import Approval, ItemLink, Matter, MatterFile
from casework.matters.moving import as_of, carry_out, locked, log_move
from casework.matters.permissions import may
from casework.matters.profiles import deadline_of
from casework.matters.sealed.keys import key_for
from casework.matters.states import State
from office.clock import now, today
from office.history import because
from office.separation import Act as ACTION
from office.separation import Deciders, refused, who_decides

ACT = Approval.Act
ASK = {
    ACT.VOID: "matters.ask_void",
    ACT.RECEIVED: "matters.ask_correction",
    ACT.SEAL: "matters.ask_seal",
    ACT.UNSEAL: "matters.unseal",
}
DECIDE = {
    ACT.VOID: "matters.decide_void",
    ACT.RECEIVED: "matters.decide_correction",
    ACT.SEAL: "matters.decide_seal",
    ACT.UNSEAL: "matters.unseal",
}


#: of a sealed matter one custodian asks and another one decides: nobody else may see it
AMONG_CUSTODIANS = "matters.hand_over_sealed"
DECIDE_SEALED = DECIDE | {ACT.RECEIVED: AMONG_CUSTODIANS}


def verb_to_ask(matter: Matter, act: str) -> str:
    """The right by which this act is asked for at this matter."""
    return AMONG_CUSTODIANS if matter.sealed and act == ACT.RECEIVED else ASK[ACT(act)]


def verb_to_decide(matter: Matter, act: str) -> str:
    """The right by which it is decided."""
    return (DECIDE_SEALED if matter.sealed else DECIDE)[ACT(act)]


def may_ask(user: Any, matter: Matter, act: str) -> bool:
    """Can this person ask for the act now?"""
    return may(user, matter, verb_to_ask(matter, act)) and not _wrong_state(matter, act)


def deciders(approval: Approval) -> Deciders:
    """Who can decide on a request now, at which level, and what to tell when it went upward."""
    parts = parts_of(approval.matter, approval.asked_by_id)
    return who_decides(verb_to_decide(approval.matter, approval.act), parts, today())


def why_not_decide(user: Any, approval: Approval) -> str:
    """Why the same-record rules keep a person from deciding on a request; "" when they do not."""
    return refused(ACTION.APPROVE, user, parts_of(approval.matter, approval.asked_by_id))


def may_decide(user: Any, approval: Approval) -> bool:
    """The second person: entitled, or next above when nobody entitled is left; never the asker."""
    if approval.decision or why_not_decide(user, approval):
        return False
    if may(user, approval.matter, verb_to_decide(approval.matter, approval.act)):
        return True
    return any(user.pk == one.pk for one in deciders(approval).people)


@dataclass(frozen=True)
class Waiting:
    """A request that waits, as one reader sees it: may they decide, or enter the district's paper.

    told: where it goes when no colleague is left, "" for the usual way.
    """

    row: Approval
    mine: bool
    told: str
    district: bool


def waiting(user: Any, matter: Matter) -> list[Waiting]:
    """Every request of a matter that waits."""
    found = []
    for row in matter.approvals.filter(decision="").select_related("asked_by"):
        row.matter = matter
        told = deciders(row).told
        found.append(Waiting(row, may_decide(user, row), told, may_enter_district(user, row)))
    return found


def may_enter_district(user: Any, approval: Approval) -> bool:
    """Can this person enter the district's decision on a request now?"""
    return may_record(
        user, approval, verb_to_ask(approval.matter, approval.act), deciders(approval)
    )


def ask(
    matter: Matter,
    act: str,
    *,
    by: Any,
    reason: str,
    new_date: date | None = None,
    evidence: MatterFile | None = None,
) -> Approval:
    """Ask for an act that another person decides. Nothing happens to the matter yet, but to one
    that is to be sealed: it is hidden at once, and the second person confirms that.

    A correction needs `new_date` and `evidence` (an attached file of the matter).
    Raises ValidationError, PermissionDenied, Matter.DoesNotExist as `moving.move` does.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if wrong := _wrong_state(matter, act):
            raise ValidationError(wrong)
        verb = verb_to_ask(matter, act)
        if not may(by, matter, verb):
            raise PermissionDenied
        _check_request(matter, act, reason, new_date, evidence)
        if act == ACT.SEAL:
            sealing.seal(matter, by=by, reason=reason)
        approval = Approval(
            pk=key_for(matter.sealed),
            matter=matter,
            act=act,
            asked_by=by,
            asked_at=now(),
            new_date=new_date,
            evidence=evidence,
        )
        approval.put("reason", reason.strip())
        approval.validate_constraints()
        with because(f"申请{approval.get_act_display()}", **as_of(by, verb)):
            approval.save()
        log_move(
            matter, "ask", by=by, on=today(), source=matter.state,
            summary=f"申请{approval.get_act_display()}", note=reason, verb=verb,
        )  # fmt: skip
    return approval


def decide(approval: Approval, *, by: Any, approve: bool, note: str = "") -> Matter:
    """The second person's decision; an approved act is carried out in the same transaction."""
    with transaction.atomic():
        matter = locked(approval.matter, by)
        approval = Approval.objects.select_for_update().get(pk=approval.pk, matter=matter)
        approval.matter = matter
        if approval.decision:
            raise ValidationError("这项申请已经有人审批过了，请刷新页面查看。")
        if why := why_not_decide(by, approval):
            raise ValidationError(why)
        if not may_decide(by, approval):
            raise PermissionDenied
        if not approve and not note.strip():
            raise ValidationError({"note": "不同意的，请写明理由。"})
        approval.level = deciders(approval).level.value
        approval.decided_by, approval.decided_at = by, now()
        approval.decision = Approval.Decision.APPROVED if approve else Approval.Decision.REFUSED
        verb = verb_to_decide(matter, approval.act)
        with because(f"审批{approval.get_act_display()}", **as_of(by, verb)):
            approval.save()
        return _follow(matter, approval, by, note)


def record_district(approval: Approval, decision: OnPaper, *, by: Any) -> Matter:
    """Enter what the district decided, with the scan of its paper; refused while somebody here can."""
    with transaction.atomic():
        matter = locked(approval.matter, by)
        approval = Approval.objects.select_for_update().get(pk=approval.pk, matter=matter)
        approval.matter = matter
        verb = verb_to_ask(matter, approval.act)
        check_district(matter, approval, verb, deciders(approval), by)
        enter(approval, decision, by=by)
        with because(f"录入区级决定：{approval.get_act_display()}", **as_of(by, verb)):
            approval.save()
        return _follow(matter, approval, by, decision.note)


def _follow(matter: Matter, approval: Approval, by: Any, note: str) -> Matter:
    """Do what was decided: carry the act out, or note the refusal."""
    if approval.decision == Approval.Decision.REFUSED:
        log_move(
            matter, "refuse", by=by, on=today(), source=matter.state, note=note,
            summary=f"不同意{approval.get_act_display()}{told_above(approval)}",
            verb=verb_to_decide(matter, approval.act),
        )  # fmt: skip
        if approval.act == ACT.SEAL:
            return sealing.unseal(matter, by=by, verb=DECIDE[ACT.SEAL], note=note)
        return matter
    if wrong := _wrong_state(matter, approval.act, waiting=True):
        raise ValidationError(wrong)
    return _carry_out(matter, approval, by, note)


def _carry_out(matter: Matter, approval: Approval, by: Any, note: str) -> Matter:
    if approval.act == ACT.VOID:
        data = {"note": approval.unlocked("reason"), "told": told_above(approval)}
        return carry_out(matter, BY_NAME["void"], by=by, on=today(), data=data)
    if approval.act == ACT.SEAL:
        return sealing.keep_sealed(matter, by=by, verb=DECIDE[ACT.SEAL], note=note)
    if approval.act == ACT.UNSEAL:
        return sealing.unseal(matter, by=by, verb=DECIDE[ACT.UNSEAL], note=note)
    if approval.evidence is None or approval.evidence.withdrawn:
        raise ValidationError(
            "这项申请的凭据已经撤下，不能同意。请退回，由申请人补上凭据后重新提出。"
        )
    if wrong := _wrong_date(matter, approval.new_date):  # the matter may have moved on meanwhile
        raise ValidationError(f"{wrong}请退回这项申请，由申请人重新提出。")
    old, matter.received_on = matter.received_on, approval.new_date
    if matter.due_kind in ("notice", "hand_over"):  # the clocks that start on receipt
        matter.due_on = deadline_of(matter, matter.due_kind, matter.received_on).due_on
    verb = verb_to_decide(matter, ACT.RECEIVED)
    with because(LABELS["correct_received"], **as_of(by, verb)):
        matter.save()
        _correct_item(matter, old)
    log_move(
        matter, "correct_received", by=by, on=today(), source=matter.state,
        summary=f"{old:%Y-%m-%d} → {matter.received_on:%Y-%m-%d}{told_above(approval)}",
        note=note or approval.unlocked("reason"), verb=verb,
    )  # fmt: skip
    return matter


def _wrong_state(matter: Matter, act: str, waiting: bool = False) -> str:
    """Why the act makes no sense now; waiting: it was asked for and is to be carried out."""
    if act in (ACT.SEAL, ACT.UNSEAL):
        return sealing.hindrance(matter, sealed=waiting or act == ACT.UNSEAL)
    if act == ACT.VOID and matter.state not in BY_NAME["void"].sources:
        return f"{matter.number} 现在是“{matter.get_state_display()}”，不能作废。"
    if act == ACT.RECEIVED and matter.state in (State.VOID, State.HANDED_OVER):
        return f"{matter.number} 现在是“{matter.get_state_display()}”，不能更正收到日期。"
    return ""


def _wrong_date(matter: Matter, new_date: date | None) -> str:
    """Why the matter cannot have been received on this day; "" when it can."""
    if new_date is None:
        return "请填写正确的收到日期。"
    if new_date > today():
        return "收到日期不能晚于今天。"
    if new_date == matter.received_on:
        return "和现在的收到日期一样，不需要更正。"
    for name in ("accepted_on", "answered_on", "closed_on"):
        later = getattr(matter, name)
        if later is not None and new_date > later:
            label = matter._meta.get_field(name).verbose_name
            return f"收到日期不能晚于{label} {later:%Y-%m-%d}。"
    return ""


def _correct_item(matter: Matter, old: date) -> None:
    """The arrival that opened this matter alone came in on the corrected day too."""
    for link in matter.links.filter(kind=ItemLink.Kind.OPENED).select_related("item"):
        item = link.item
        if item.received_on == old and item.links.count() == 1:
            item.received_on = matter.received_on
            item.save()


def _check_request(
    matter: Matter, act: str, reason: str, new_date: date | None, evidence: MatterFile | None
) -> None:
    gaps = {}
    if not reason.strip():
        gaps["reason"] = "请写明理由。"
    if act == ACT.RECEIVED:
        if wrong := _wrong_date(matter, new_date):
            gaps["new_date"] = wrong
        if evidence is None or evidence.matter_id != matter.pk or evidence.withdrawn:
            gaps["evidence"] = "请先上传能证明收到日期的材料（如信封、登记簿照片），再选择它。"
    if gaps:
        raise ValidationError(gaps)
