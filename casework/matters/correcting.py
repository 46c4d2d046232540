"""Days that were entered wrong: corrected with a proof, by two people, with the clocks they began."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from casework.matters.conflicts.upward import told_above
from casework.matters.counting.ledger import FROM_RECEIPT, lead, restart
from casework.matters.models import Approval, ItemLink, Matter, MatterFile
from casework.matters.recording import as_of, log_move
from casework.matters.states import State
from casework.matters.table import LABELS
from office.clock import today
from office.history import because

Data = Mapping[str, Any]
ACT = Approval.Act
DATES = (ACT.RECEIVED,)


def wrong_state(matter: Matter, act: str) -> str:
    """Why this date cannot be corrected now; "" when it can."""
    if matter.state in (State.VOID, State.HANDED_OVER):
        return f"{matter.number} 现在是“{matter.get_state_display()}”，不能更正收到日期。"
    return ""


def gaps(
    matter: Matter, act: str, data: Data, new_date: date | None, evidence: MatterFile | None
) -> dict[str, str]:
    """What a request for a correction lacks: field → sentence."""
    found = {}
    if wrong := wrong_date(matter, new_date):
        found["new_date"] = wrong
    if evidence is None or evidence.matter_id != matter.pk or evidence.withdrawn:
        found["evidence"] = "请先上传能证明收到日期的材料（如信封、登记簿照片），再选择它。"
    return found


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
    if wrong := wrong_date(matter, approval.new_date):  # the matter may have moved on meanwhile
        raise ValidationError(f"{wrong}请退回这项申请，由申请人重新提出。")
    old, matter.received_on = matter.received_on, approval.new_date
    row = log_move(
        matter, "correct_received", by=by, on=today(), source=matter.state,
        summary=f"{old:%Y-%m-%d} → {matter.received_on:%Y-%m-%d}{told_above(approval)}",
        note=note or approval.unlocked("reason"), verb=verb,
    )  # fmt: skip
    with because(LABELS["correct_received"], **as_of(by, verb)):
        restart(matter, FROM_RECEIPT, matter.received_on, today(), move=row)
        lead(matter)
        matter.save()
        _correct_item(matter, old)
    return matter


def _correct_item(matter: Matter, old: date) -> None:
    """The arrival that opened this matter alone came in on the corrected day too."""
    for link in matter.links.filter(kind=ItemLink.Kind.OPENED).select_related("item"):
        item = link.item
        if item.received_on == old and item.links.count() == 1:
            item.received_on = matter.received_on
            item.save()
