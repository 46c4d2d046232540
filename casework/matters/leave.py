"""An auditor's leave to read what is sealed: asked for a purpose, given by a custodian, for days.

What it opens is in `queries`; nothing else follows from it. It ends by its date, by itself.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate

from casework.matters.models import Matter, SealedAudit
from casework.matters.moving import as_of
from office.clock import now, today
from office.history import because
from office.limits import limit
from office.looks import Way, log_look
from office.models import Look
from office.posts import post_for
from office.separation import Act, Part, Parts, not_own, refused, who_decides

ASK, DECIDE = "matters.ask_sealed_audit", "matters.decide_sealed_audit"
KIND = "matters.sealedaudit"


def latest_end() -> date:
    """The last day a leave given today may have."""
    return today() + timedelta(days=limit("sealed_audit_days"))


def ask_leave(*, by: Any, purpose: str, start: date, end: date) -> SealedAudit:
    """Ask to read the sealed matters registered from `start` to `end`.

    Raises ValidationError (field → sentence) and PermissionDenied.
    """
    if not by.is_active or post_for(by, ASK) is None:
        raise PermissionDenied
    gaps = {}
    if not purpose.strip():
        gaps["purpose"] = "请写明审计目的。"
    if end < start:
        gaps["registered_to"] = "结束日期早于开始日期。"
    elif start > today():
        gaps["registered_from"] = "开始日期不能晚于今天。"
    if gaps:
        raise ValidationError(gaps)
    row = SealedAudit(
        asked_by=by,
        asked_at=now(),
        purpose=purpose.strip(),
        registered_from=start,
        registered_to=end,
    )
    with transaction.atomic(), because("申请审计密件", **as_of(by, ASK)):
        row.save()
    return row


def parts_of(row: SealedAudit) -> Parts:
    """Who has been what to the request, as `office.separation` asks."""
    return {Part.ASKER: (row.asked_by_id,)}


def why_not_decide(row: SealedAudit, user: Any) -> str:
    """Why this person does not decide on it; "" when they do."""
    if row.decision:
        return f"{row.decided_by} 已经审批过了：{row.get_decision_display()}。"
    if post_for(user, DECIDE) is None:
        return "您没有审批密件审计的权限。"
    return refused(Act.APPROVE, user, parts_of(row))


def decide_leave(
    pk: int, *, by: Any, approve: bool, until: date | None = None, note: str = ""
) -> SealedAudit:
    """Give leave up to and with the day `until`, or refuse with a reason.

    Raises ValidationError (Chinese).
    """
    with transaction.atomic():
        row = SealedAudit.objects.select_for_update().get(pk=pk)
        if why := why_not_decide(row, by):
            raise ValidationError(why)
        if not approve and not note.strip():
            raise ValidationError({"note": "不同意的，请写明理由，申请人会看到。"})
        if approve:
            _check(row, until)
        row.decision = SealedAudit.Decision.APPROVED if approve else SealedAudit.Decision.REFUSED
        row.until = until if approve else None
        row.decided_by, row.decided_at, row.note = by, now(), note.strip()
        with because("审批密件审计", **as_of(by, DECIDE)):
            row.save()
    return row


def _check(row: SealedAudit, until: date | None) -> None:
    if until is None or not today() <= until <= latest_end():
        days = f"{today():%Y-%m-%d} 到 {latest_end():%Y-%m-%d}"
        raise ValidationError(
            {"until": f"请填写 {days} 之间的日期（最多 {limit('sealed_audit_days')} 天）。"}
        )
    if not row.asked_by.is_active or post_for(row.asked_by, ASK) is None:
        raise ValidationError("申请人现在不是审计员，不能同意。请选“不同意”。")


def who_may_decide(row: SealedAudit) -> str:
    """What to tell when nobody in the usual place can decide; "" when somebody can."""
    return who_decides(DECIDE, parts_of(row), today()).told


def seen_by(user: Any) -> QuerySet:
    """Requests a person may open: their own, all of them for who decides."""
    rows = SealedAudit.objects.select_related("asked_by", "decided_by").order_by("-pk")
    if post_for(user, DECIDE):
        return rows
    return rows.filter(asked_by=user) if post_for(user, ASK) else rows.none()


def waiting_for(user: Any) -> QuerySet:
    """Requests this person may decide on now, the oldest first."""
    if post_for(user, DECIDE) is None:
        return SealedAudit.objects.none()
    return seen_by(user).filter(not_own(user), decision="").order_by("pk")


def running_for(user: Any) -> list[SealedAudit]:
    """The leaves this person has today, the one that ends first at the beginning."""
    if post_for(user, ASK) is None:
        return []
    rows = SealedAudit.objects.filter(asked_by=user, decision="approved", until__gte=today())
    return list(rows.order_by("until", "pk"))


def leave_for(user: Any, matter: Matter) -> SealedAudit | None:
    """The leave by which this person reads a sealed matter; None when they keep it, or may not."""
    if not matter.sealed:
        return None
    day = matter.registered_at
    for row in running_for(user):
        if _covers(row, day):
            return row
    return None


def _covers(row: SealedAudit, moment: Any) -> bool:
    return row.registered_from <= localdate(moment) <= row.registered_to


def note_look(user: Any, matter: Matter) -> None:
    """Write down that an auditor opens a sealed matter, before it is shown; each opening is one look.

    Nothing of the vault opens by it: what is personal stays masked.
    """
    row = leave_for(user, matter)
    if row is not None:
        what, nothing = f"密件{mark_of(row)}", Way(typed=True, opens=("nothing",))
        post = post_for(user, ASK)
        log_look(user, matter, what, purpose=row.purpose, post=post, sealed=True, way=nothing)


def opened_under(rows: Iterable[SealedAudit]) -> dict[int, list[Look]]:
    """The looks at sealed matters written under each of these leaves, the oldest first."""
    found: dict[int, list[Look]] = {}
    for row in rows:
        if row.decided_at is not None and row.until is not None:
            looks = Look.objects.filter(
                person=row.asked_by,
                kind="matters.matter",
                sealed=True,
                at__gte=row.decided_at,
                what__endswith=mark_of(row),
            )
            found[row.pk] = list(looks.order_by("pk"))
    return found


def mark_of(row: SealedAudit) -> str:
    """What the look ledger adds to a look under this leave."""
    return f"（密件审计第 {row.pk} 号）"


def names(ids: list[int]) -> dict[int, str]:
    """What the change log calls requests."""
    return {pk: f"第 {pk} 号" for pk in ids}
