"""Acts that need a second person: any row of the table with `second`, and two kinds of dates (practice §2).

Where no colleague is left to decide, a leader does; where no leader is left, the district decides
on paper (`conflicts.upward`). Nobody ever decides on their own request. What was asked for is kept
with the request and carried out as it was asked; what keeps a move from being made is looked at
twice, when somebody asks and when somebody else decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters import correcting, legal, sealing
from casework.matters.conflicts.standing import parts_of
from casework.matters.conflicts.upward import (
    OnPaper,
    check_district,
    enter,
    may_record,
    told_above,
)
from casework.matters.models import Approval, Matter, MatterFile, PaperSignature
from casework.matters.moving import carry_out, check, locked, taken_up
from casework.matters.notifying import requests
from casework.matters.opinions import request_needs_legal
from casework.matters.outcomes.signers import why_not
from casework.matters.packing import pack, unpack
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from casework.matters.sealed.keys import key_for
from casework.matters.table import BY_NAME, RULES
from office.clock import now, today
from office.history import because
from office.roles import BY_KEY
from office.separation import ACTS_OF_TWO, Deciders, refused, who_decides
from office.separation import Act as ACTION

Data = Mapping[str, Any]
ACT = Approval.Act
ENTER_PAPER = "matters.enter_paper"
_MOST_NAMES = 3
_SEALING = (ACT.SEAL, ACT.UNSEAL)
#: who asks where the table of moves does not say it
_ASK_ELSE: dict[Approval.Act, str] = {
    ACT.RECEIVED: "matters.ask_correction",
    ACT.SERVED: "matters.serve_opinion",
    ACT.SEAL: "matters.ask_seal",
    ACT.UNSEAL: "matters.unseal",
}
ASK = _ASK_ELSE | {
    ACT(rule.name): rule.asks for rule in RULES if rule.second and rule.name not in _ASK_ELSE
}
DECIDE = {act: ACTS_OF_TWO[act].verb if act in ACTS_OF_TWO else BY_NAME[act].verb for act in ASK}

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


def askable(user: Any, matter: Matter) -> list[ACT]:
    """The acts of two that this person can ask for now, those about a seal left out."""
    return [act for act in ASK if act not in _SEALING and may_ask(user, matter, act)]


def asked(approval: Approval) -> dict[str, Any]:
    """The data that were asked for, for the program alone: to carry them out."""
    return unpack(approval.terms, approval.unlocked("texts"))


def deciders(approval: Approval) -> Deciders:
    """Who can decide on a request now, at which level, and what to tell when it went upward."""
    parts = parts_of(approval.matter, approval.asked_by_id)
    return who_decides(verb_to_decide(approval.matter, approval.act), parts, today())


def why_not_decide(user: Any, approval: Approval) -> str:
    """Why the same-record rules keep a person from deciding on a request; "" when they do not."""
    if why := refused(ACTION.APPROVE, user, parts_of(approval.matter, approval.asked_by_id)):
        return why
    if _is_legal_review(approval) and not legal.is_reviewer(user):
        names = "、".join(one.name for one in legal.reviewers(approval))
        return f"{approval.get_act_display()}由法制审核人决定，请{names}审批。" if names else ""
    return ""


def _is_legal_review(approval: Approval) -> bool:
    """Whether deciding is itself the legal review; without a reviewer a counsel's paper comes first."""
    if not approval.legal or verb_to_decide(approval.matter, approval.act) != legal.REVIEW:
        return False
    return bool(approval.decision or legal.reviewers(approval))


def not_yet(approval: Approval) -> str:
    """Why nobody can agree to a request yet: a legal review has to come first."""
    return "" if _is_legal_review(approval) else legal.gap(approval)


def may_decide(user: Any, approval: Approval) -> bool:
    """The second person: entitled, or next above when nobody entitled is left; never the asker."""
    if approval.decision or why_not_decide(user, approval):
        return False
    if may(user, approval.matter, verb_to_decide(approval.matter, approval.act)):
        return True
    return any(user.pk == one.pk for one in deciders(approval).people)


@dataclass(frozen=True)
class SignedPaper:
    """A leader's signature on paper: whose, of which day, on which scan (a file of the matter)."""

    leader: Any
    signed_on: date
    scan: MatterFile


@dataclass(frozen=True)
class Waiting:
    """A request that waits, as one reader sees it: may they decide, or enter the district's paper.

    told: where it goes when no colleague is left, or that a legal review comes first, "" for the usual
    way; who: the names of those who decide then. law: may they review it by law; paper: may they
    enter what a leader decided on paper.
    """

    row: Approval
    mine: bool
    told: str
    district: bool
    law: bool = False
    paper: bool = False
    who: str = ""


def waiting(user: Any, matter: Matter) -> list[Waiting]:
    """Every request of a matter that waits."""
    found = []
    for row in matter.approvals.filter(decision="").select_related("asked_by"):
        row.matter = matter
        decide_it = deciders(row)
        told = decide_it.told or not_yet(row)
        found.append(
            Waiting(
                row,
                may_decide(user, row),
                told,
                may_enter_district(user, row),
                not _is_legal_review(row) and legal.may_review(user, row),
                may_enter_paper(user, row),
                _names(row, decide_it),
            )  # fmt: skip
        )
    return found


def _names(approval: Approval, found: Deciders) -> str:
    """Who decides on a request, by name; a request that is decided by law waits for the reviewers."""
    people = legal.reviewers(approval) if _is_legal_review(approval) else []
    return "、".join(one.name for one in (people or found.people)[:_MOST_NAMES])


def may_enter_paper(user: Any, approval: Approval) -> bool:
    """Can this person enter what a leader decided on paper?"""
    matter = approval.matter
    leads = verb_to_decide(matter, approval.act) in BY_KEY["leader"].verbs
    asker = user.pk == approval.asked_by_id
    return leads and not asker and not matter.sealed and may(user, matter, ENTER_PAPER)


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
    data: Data | None = None,
    new_date: date | None = None,
    evidence: MatterFile | None = None,
) -> Approval:
    """Ask for an act that another person decides. Nothing happens to the matter yet, but to one
    that is to be sealed: it is hidden at once, and the second person confirms that.

    data: what the row of the table needs and takes; a correction of a date needs `new_date` and
    `evidence` (an attached file of the matter) instead. Raises ValidationError, PermissionDenied,
    Matter.DoesNotExist as `moving.move` does.
    """
    given = dict(data or {})
    with transaction.atomic():
        matter = taken_up(matter, by)
        if wrong := _wrong_state(matter, act):
            raise ValidationError(wrong)
        verb = verb_to_ask(matter, act)
        if not may(by, matter, verb):
            raise PermissionDenied
        _check_request(matter, act, by, reason, given, new_date, evidence)
        if act == ACT.SEAL:
            sealing.seal(matter, by=by, reason=reason)
        terms, texts = pack(given)
        approval = Approval(
            pk=key_for(matter.sealed), matter=matter, act=act, asked_by=by, asked_at=now(),
            terms=terms, legal=request_needs_legal(matter, act), new_date=new_date, evidence=evidence,
        )  # fmt: skip
        approval.put("reason", reason.strip())
        approval.put("texts", texts)
        approval.validate_constraints()
        with because(f"申请{approval.get_act_display()}", **as_of(by, verb)):
            approval.save()
        log_move(
            matter, "ask", by=by, on=today(), source=matter.state,
            summary=f"申请{approval.get_act_display()}", note=reason, verb=verb,
        )  # fmt: skip
        requests.tell_asked(approval, [*deciders(approval).people, *_by_law(approval)])
    return approval


def _by_law(approval: Approval) -> list[Any]:
    return legal.reviewers(approval) if approval.legal else []


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
        if approve and (why := not_yet(approval)):
            raise ValidationError(why)
        approval.level = deciders(approval).level.value
        approval.decided_by, approval.decided_at = by, now()
        approval.decision = Approval.Decision.APPROVED if approve else Approval.Decision.REFUSED
        verb = verb_to_decide(matter, approval.act)
        with because(f"审批{approval.get_act_display()}", **as_of(by, verb)):
            approval.save()
        return _follow(matter, approval, by, note)


def decide_on_paper(
    approval: Approval, paper: SignedPaper, *, by: Any, approve: bool, note: str = ""
) -> Matter:
    """Enter what a leader decided on paper; he confirms it from the list of the month (practice §2).

    Neither the asker nor the leader enters it. Raises as `decide` does.
    """
    with transaction.atomic():
        matter = taken_up(approval.matter, by)
        approval = Approval.objects.select_for_update().get(pk=approval.pk, matter=matter)
        approval.matter = matter
        if approval.decision:
            raise ValidationError("这项申请已经有人审批过了，请刷新页面查看。")
        if not may(by, matter, ENTER_PAPER):
            raise PermissionDenied
        if wrong := wrong_paper(approval, paper, by):
            raise ValidationError(wrong)
        if not approve and not note.strip():
            raise ValidationError({"note": "不同意的，请写明纸上的理由。"})
        if approve and (why := not_yet(approval)):
            raise ValidationError(why)
        approval.level = deciders(approval).level.value
        approval.decided_by, approval.decided_at = paper.leader, now()
        approval.paper, approval.recorded_by = paper.scan, by
        approval.decision = Approval.Decision.APPROVED if approve else Approval.Decision.REFUSED
        with because(f"录入纸质签批：{approval.get_act_display()}", **as_of(by, ENTER_PAPER)):
            approval.save()
            PaperSignature(
                pk=key_for(matter.sealed), matter=matter, what=approval.act, leader=paper.leader,
                signed_on=paper.signed_on, scan=paper.scan, drafter=approval.asked_by,
                approval=approval, entered_by=by, entered_at=now(),
            ).save()  # fmt: skip
        return _follow(matter, approval, by, note)


def wrong_paper(approval: Approval, paper: SignedPaper, by: Any) -> dict[str, str]:
    """Why a signature on paper decides nothing: field → sentence; {} when it does."""
    matter, verb = approval.matter, verb_to_decide(approval.matter, approval.act)
    if by.pk == approval.asked_by_id:
        return {"scan": "申请人不能录入自己申请的签批件，请交别的同事录入。"}
    if verb not in BY_KEY["leader"].verbs:
        return {"leader": "这项申请不由街道领导审批，请有权限的同事在系统里审批。"}
    return why_not(matter, paper.leader, paper.signed_on, paper.scan, by, drafter=approval.asked_by)


def record_district(approval: Approval, decision: OnPaper, *, by: Any) -> Matter:
    """Enter what the district decided, with the scan of its paper; refused while somebody here can."""
    with transaction.atomic():
        matter = taken_up(approval.matter, by)
        approval = Approval.objects.select_for_update().get(pk=approval.pk, matter=matter)
        approval.matter = matter
        verb = verb_to_ask(matter, approval.act)
        check_district(matter, approval, verb, deciders(approval), by)
        if decision.approve and (why := not_yet(approval)):
            raise ValidationError(why)
        enter(approval, decision, by=by)
        with because(f"录入区级决定：{approval.get_act_display()}", **as_of(by, verb)):
            approval.save()
        return _follow(matter, approval, by, decision.note)


def _follow(matter: Matter, approval: Approval, by: Any, note: str) -> Matter:
    """Do what was decided: carry the act out, or note the refusal."""
    requests.tell_decided(approval, by)
    if approval.decision == Approval.Decision.REFUSED:
        log_move(
            matter, "decline", by=by, on=today(), source=matter.state, note=note,
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
    if approval.act == ACT.SEAL:
        return sealing.keep_sealed(matter, by=by, verb=DECIDE[ACT.SEAL], note=note)
    if approval.act == ACT.UNSEAL:
        return sealing.unseal(matter, by=by, verb=DECIDE[ACT.UNSEAL], note=note)
    if approval.act in correcting.DATES:
        verb = verb_to_decide(matter, approval.act)
        return correcting.correct(matter, approval, asked(approval), by=by, verb=verb, note=note)
    rule, reason = BY_NAME[approval.act], approval.unlocked("reason")
    data = {"note": reason, **asked(approval)}
    try:
        check(matter, rule, by=by, on=today(), data=data)
    except ValidationError as error:  # the form at hand has none of the fields it may speak of
        raise ValidationError([*error.messages, "请退回这项申请，由申请人重新提出。"]) from error
    data |= {"told": told_above(approval), "approval": approval}
    return carry_out(matter, rule, by=by, on=today(), data=data)


def _wrong_state(matter: Matter, act: str, waiting: bool = False) -> str:
    """Why the act makes no sense now; waiting: it was asked for and is to be carried out."""
    if act in _SEALING:
        return sealing.hindrance(matter, sealed=waiting or act == ACT.UNSEAL)
    if act in correcting.DATES:
        return correcting.wrong_state(matter, act)
    rule = BY_NAME[act]
    fits = rule.fits is None or rule.fits(matter)
    if matter.state in rule.sources and fits and not matter.sealed:
        return ""
    return f"{matter.number} 现在是“{matter.get_state_display()}”，不能{rule.label}。"


def _check_request(
    matter: Matter, act: str, by: Any, reason: str, given: Data, new_date: date | None,
    evidence: MatterFile | None,
) -> None:  # fmt: skip
    gaps = {} if reason.strip() else {"reason": "请写明理由。"}
    if act in correcting.DATES:
        gaps |= correcting.gaps(matter, act, given, new_date, evidence)
    elif act not in _SEALING:
        gaps |= _gaps_of_rule(matter, act, by, {"note": reason, **given})
    if gaps:
        raise ValidationError(gaps)


def _gaps_of_rule(matter: Matter, act: str, by: Any, data: Data) -> dict[str, Any]:
    """What the row of the table has to say to what is asked for; an empty reason is told once."""
    try:
        check(matter, BY_NAME[act], by=by, on=today(), data=data)
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        return {name: told for name, told in error.error_dict.items() if name != "note"}
    return {}
