"""Days that were entered wrong: corrected with a proof, by two people, with the clocks they began."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.conflicts.upward import told_above
from casework.matters.counting.ledger import FROM_RECEIPT, lead, restart
from casework.matters.models import Approval, Clock, ItemLink, Matter, MatterFile
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
        if matter.sealed or matter.state == State.VOID or last_service(matter) is None:
            return f"{matter.number} 没有可以更正的送达记录。"
        return ""
    if matter.state in (State.VOID, State.HANDED_OVER):
        return f"{matter.number} 现在是“{matter.get_state_display()}”，不能更正收到日期。"
    return ""


def gaps(
    matter: Matter, act: str, data: Data, new_date: date | None, evidence: MatterFile | None
) -> dict[str, str]:
    """What a request for a correction lacks: field → sentence."""
    found = {}
    if wrong := _wrong(matter, act, new_date):
        found["new_date"] = wrong
    if evidence is None or evidence.matter_id != matter.pk or evidence.withdrawn:
        found["evidence"] = (
            "请先上传能证明收到日期的材料（如信封、登记簿照片），再选择它。"
            if act == ACT.RECEIVED
            else "请先上传能证明送达日期的材料（如送达回证、邮寄回执），再选择它。"
        )
    return found


def _wrong(matter: Matter, act: str, new_date: date | None) -> str:
    return wrong_date(matter, new_date) if act == ACT.RECEIVED else wrong_service(matter, new_date)


def wrong_service(matter: Matter, new_date: date | None) -> str:
    """Why the opinion cannot have been served on this day; "" when it can."""
    service = last_service(matter)
    if new_date is None or service is None:
        return "请填写正确的送达日期。"
    if new_date > today():
        return "送达日期不能晚于今天。"
    if new_date == service.on:
        return "和现在的送达日期一样，不需要更正。"
    signed = service.opinion.signed_on if service.opinion else None
    if signed is not None and new_date < signed:
        return f"送达日期不能早于签发日期 {signed:%Y-%m-%d}。"
    asked = matter.superior_reviews.filter(round=matter.round).order_by("asked_on").first()
    if asked is not None and new_date > asked.asked_on:
        return f"送达日期不能晚于申请复查的日期 {asked.asked_on:%Y-%m-%d}。"
    by_itself = matter.closed_on == service.on  # the service ended it: both days are one
    if matter.closed_on is not None and not by_itself and new_date > matter.closed_on:
        return f"送达日期不能晚于办结日期 {matter.closed_on:%Y-%m-%d}。"
    return ""


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
    if wrong := _wrong(matter, approval.act, approval.new_date):
        raise ValidationError(f"{wrong}请退回这项申请，由申请人重新提出。")
    if approval.act == ACT.SERVED:
        return _correct_service(matter, approval, by=by, verb=verb, note=note)
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
    matter: Matter, approval: Approval, *, by: Any, verb: str, note: str
) -> Matter:
    """The window of the petitioner counts from the right day, and so does what was done in time."""
    service = last_service(matter)
    old, day = service.on, approval.new_date
    row = log_move(
        matter, "correct_served", by=by, on=today(), source=matter.state,
        summary=f"{old:%Y-%m-%d} → {day:%Y-%m-%d}{told_above(approval)}",
        note=note or approval.unlocked("reason"), verb=verb,
    )  # fmt: skip
    with because(LABELS["correct_served"], **as_of(by, verb)):
        service.on = day
        service.save()
        if service.opinion is not None:
            service.opinion.answered_on = day
            service.opinion.save()
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
    return matter


def _correct_item(matter: Matter, old: date) -> None:
    """The arrival that opened this matter alone came in on the corrected day too."""
    for link in matter.links.filter(kind=ItemLink.Kind.OPENED).select_related("item"):
        item = link.item
        if item.received_on == old and item.links.count() == 1:
            item.received_on = matter.received_on
            item.save()
