"""Days that were entered wrong: corrected with a proof, by two people, with the clocks they began."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet

from casework.matters.conflicts.upward import told_above
from casework.matters.counting.ledger import FROM_RECEIPT, lead, restart
from casework.matters.models import (
    Approval,
    Clock,
    ItemLink,
    Matter,
    MatterFile,
    Move,
    Opinion,
    Service,
)
from casework.matters.opinions import last_service
from casework.matters.recording import as_of, log_move
from casework.matters.states import State
from casework.matters.table import LABELS
from casework.matters.terms import give_term
from office.clock import today
from office.history import because

Data = Mapping[str, Any]
ACT = Approval.Act
DATES = (ACT.RECEIVED, ACT.SERVED)
#: what counts from the day of service, and what was done with it
_FROM_SERVICE = ("review_ask", "rating")


def wrong_state(matter: Matter, act: str) -> str:
    """Why this date cannot be corrected now; "" when it can."""
    if act == ACT.SERVED:
        if matter.sealed or matter.state == State.VOID or not correctable(matter).exists():
            return f"{matter.number} 没有可以更正的送达记录。"
        return ""
    if matter.state in (State.VOID, State.HANDED_OVER):
        return f"{matter.number} 现在是“{matter.get_state_display()}”，不能更正收到日期。"
    return ""


def correctable(matter: Matter) -> QuerySet:
    """Services whose day can be put right: that of the answer in force, of any other paper, a try."""
    last = last_service(matter)
    answer = Q(pk=last.pk) if last is not None else Q(pk=None)
    return matter.services.filter(answer | Q(opinion=None) | Q(failed=True))


def _chosen(matter: Matter, data: Data) -> Service | None:
    """The service that is to be corrected: the one that was named, else that of the answer."""
    named = data.get("service")
    if named is None:
        return last_service(matter)
    row = correctable(matter).filter(pk=named.pk).first()
    if row is not None:
        row.matter = matter
    return row


def gaps(
    matter: Matter, act: str, data: Data, new_date: date | None, evidence: MatterFile | None
) -> dict[str, str]:
    """What a request for a correction lacks: field → sentence."""
    found = {}
    if wrong := _wrong(matter, act, new_date, data):
        found["new_date"] = wrong
    if evidence is None or evidence.matter_id != matter.pk or evidence.withdrawn:
        found["evidence"] = (
            "请先上传能证明收到日期的材料（如信封、登记簿照片），再选择它。"
            if act == ACT.RECEIVED
            else "请先上传能证明送达日期的材料（如送达回证、邮寄回执），再选择它。"
        )
    return found


def _wrong(matter: Matter, act: str, new_date: date | None, data: Data) -> str:
    if act == ACT.RECEIVED:
        return wrong_date(matter, new_date)
    return wrong_service(matter, new_date, _chosen(matter, data))


def wrong_service(matter: Matter, new_date: date | None, service: Service | None) -> str:
    """Why a paper cannot have been served on this day; "" when it can."""
    if service is None:
        return "请选择更正哪一次送达。"
    if new_date is None:
        return "请填写正确的送达日期。"
    if new_date > today():
        return "送达日期不能晚于今天。"
    if new_date == service.on:
        return "和现在的送达日期一样，不需要更正。"
    made = _made_on(service)
    if made is not None and new_date < made:
        return f"送达日期不能早于签发日期 {made:%Y-%m-%d}。"
    if service.opinion is None or service.failed:
        return ""  # no clock hangs on it
    asked = matter.superior_reviews.filter(round=matter.round).order_by("asked_on").first()
    if asked is not None and new_date > asked.asked_on:
        return f"送达日期不能晚于申请复查的日期 {asked.asked_on:%Y-%m-%d}。"
    by_itself = matter.closed_on == service.on  # the service ended it: both days are one
    if matter.closed_on is not None and not by_itself and new_date > matter.closed_on:
        return f"送达日期不能晚于办结日期 {matter.closed_on:%Y-%m-%d}。"
    return ""


def _made_on(service: Service) -> date | None:
    """The day the paper was there: signed, or, of a reply, written."""
    if service.opinion is not None:
        return service.opinion.signed_on or service.opinion.drafted_on
    letter = getattr(service.document, "letter", None)
    return letter.signed_on if letter is not None else None


def wrong_date(matter: Matter, new_date: date | None) -> str:
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


def correct(
    matter: Matter, approval: Approval, data: Data, *, by: Any, verb: str, note: str
) -> Matter:
    """Write an approved correction: the day, the clocks that count from it, the arrival itself."""
    if approval.evidence is None or approval.evidence.withdrawn:
        raise ValidationError(
            "这项申请的凭据已经撤下，不能同意。请退回，由申请人补上凭据后重新提出。"
        )
    # The matter may have moved on meanwhile.
    if wrong := _wrong(matter, approval.act, approval.new_date, data):
        raise ValidationError(f"{wrong}请退回这项申请，由申请人重新提出。")
    if approval.act == ACT.SERVED:
        service = _chosen(matter, data)
        return _correct_service(matter, approval, service, by=by, verb=verb, note=note)
    old, matter.received_on = matter.received_on, approval.new_date
    row = log_move(
        matter, "correct_received", by=by, on=today(), source=matter.state,
        summary=f"{old:%Y-%m-%d} → {matter.received_on:%Y-%m-%d}{told_above(approval)}",
        note=note or approval.unlocked("reason"), verb=verb,
    )  # fmt: skip
    with because(LABELS["correct_received"], **as_of(by, verb)):
        restart(matter, FROM_RECEIPT, matter.received_on, today(), move=row, received=True)
        lead(matter)
        matter.save()
        _correct_item(matter, old)
    return matter


def _correct_service(
    matter: Matter, approval: Approval, service: Service, *, by: Any, verb: str, note: str
) -> Matter:
    """The day of the row; of an answer the petitioner's window counts from it, and so does what was
    done in time."""
    old, day = service.on, approval.new_date
    paper = f"{service.document.get_kind_display()} " if service.document else ""
    row = log_move(
        matter, "correct_served", by=by, on=today(), source=matter.state,
        summary=f"{paper}{old:%Y-%m-%d} → {day:%Y-%m-%d}{told_above(approval)}",
        note=note or approval.unlocked("reason"), verb=verb,
    )  # fmt: skip
    with because(LABELS["correct_served"], **as_of(by, verb)):
        service.on = day
        service.save()
        if service.opinion is not None and not service.failed:
            _correct_answer(matter, service.opinion, old, day, row)
    return matter


def _correct_answer(matter: Matter, opinion: Opinion, old: date, day: date, row: Move) -> None:
    """What hung on the day of an answer's service, in the caller's `because`."""
    opinion.answered_on = day
    opinion.save()
    for clock in matter.clocks.filter(
        status=Clock.Status.MET, ended_on=old, round=matter.round, ended_by__name="serve"
    ):
        clock.ended_on = day
        clock.save()
    restart(matter, _FROM_SERVICE, day, today(), move=row)
    matter.answered_on = day
    if matter.closed_on == old:
        matter.closed_on = day
        give_term(matter)
    lead(matter)
    matter.save()


def _correct_item(matter: Matter, old: date) -> None:
    """The arrival that opened this matter alone came in on the corrected day too."""
    for link in matter.links.filter(kind=ItemLink.Kind.OPENED).select_related("item"):
        item = link.item
        if item.received_on == old and item.links.count() == 1:
            item.received_on = matter.received_on
            item.save()
