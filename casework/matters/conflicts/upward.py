"""When nobody in the street can decide: the district does, on paper; who may enter it, and how.

What is decided above is marked in the record: 街道领导决定, 区级决定. Nothing is ever unlocked because
somebody is missing (practice §2).
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import F

from casework.matters.models import Approval, Conflict, DutyDispute, Matter, MatterFile
from office.clock import now, today
from office.separation import Act, Deciders, Level, holding, refused

ABOVE = {Level.LEADER.value: "（街道领导决定）", Level.DISTRICT.value: "（区级决定）"}


@dataclass(frozen=True)
class OnPaper:
    """A decision of the district: approve or not, by which authority, on which scanned paper."""

    approve: bool
    authority: str
    paper: MatterFile | None
    note: str = ""


def told_above(row: Approval | Conflict | DutyDispute) -> str:
    """What the record says of a decision that was made above; "" for the usual one."""
    if row.decided_by_id and row.paper_id:
        return f"（纸质签批：{row.decided_by}，待本人核对）"
    told = ABOVE.get(row.level, "")
    return f"{told[:-1]}：{row.authority}）" if told and row.authority else told


def recorders(matter: Matter, asker: int | None, verb: str) -> list[int]:
    """Ids of who may enter the district's decision: others than the asker when there are any.

    verb: the right to ask for the act; whoever sees the matter and has it may enter the paper. Whoever
    had others step back from this very matter comes last, and never alone with what they asked for.
    """
    people = [
        one.pk
        for one in holding(verb, today())
        if Matter.objects.visible_to(one).filter(pk=matter.pk).exists()
    ]
    others = [pk for pk in people if pk != asker]
    rows = matter.conflicts.exclude(user=F("asked_by")).values_list("asked_by", flat=True)
    had_others_out = set(rows)
    free = [pk for pk in others if pk not in had_others_out]
    return free or others or ([] if asker in had_others_out else people)


def may_record(
    user: Any, row: Approval | Conflict | DutyDispute, verb: str, found: Deciders
) -> bool:
    """May this person enter the district's decision now?"""
    if row.decision or found.level != Level.DISTRICT:
        return False
    return user.pk in recorders(row.matter, row.asked_by_id, verb)


def check_district(
    matter: Matter, row: Approval | Conflict | DutyDispute, verb: str, found: Deciders, by: Any
) -> None:
    """Raise ValidationError or PermissionDenied unless `by` may enter the district's decision."""
    if row.decision:
        raise ValidationError("这项申请已经有人决定过了，请刷新页面查看。")
    if found.level != Level.DISTRICT:
        names = "、".join(one.name for one in found.people)
        raise ValidationError(f"街道里还有人可以决定（{names}），不用报区级。")
    if isinstance(row, Conflict) and row.user_id == by.pk:
        raise ValidationError(refused(Act.OTHER, by, {"concerned": (by.pk,)}))
    if by.pk not in recorders(matter, row.asked_by_id, verb):
        if by.pk == row.asked_by_id:
            raise ValidationError("区级决定请由申请人以外的同事录入。")
        raise PermissionDenied


def enter(row: Approval | Conflict | DutyDispute, decision: OnPaper, *, by: Any) -> None:
    """Put the district's decision into a request that waits; the caller saves it."""
    gaps = {}
    if not decision.authority.strip():
        gaps["authority"] = "请写明是哪个机关决定的。"
    paper = decision.paper
    if paper is None or paper.matter_id != row.matter_id or paper.withdrawn:
        gaps["upload"] = "请上传区级决定的扫描件。"
    if not decision.approve and not decision.note.strip():
        gaps["note"] = "不同意的，请写明文书上的理由。"
    if gaps:
        raise ValidationError(gaps)
    row.level, row.authority, row.paper = Level.DISTRICT.value, decision.authority.strip(), paper
    row.decided_at, row.recorded_by = now(), by
    row.decision = row.Decision.APPROVED if decision.approve else row.Decision.REFUSED
