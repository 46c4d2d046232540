"""The second person: a leader approves a profile or sends it back; what held before ends.

Profiles follow each other without a gap and without an overlap: a new one holds from its first day,
the one before it ends on the day before. One that had been approved but had not begun yet is
replaced as a whole. Matters stay pinned to the profile they began under.
"""

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.models import RuleProfile
from casework.matters.rules.drafting import MOVED_ON, locked, wrong_day
from casework.matters.rules.tables import PARTS, digest_of, rows_of
from office.clock import now, today
from office.history import because
from office.separation import Act, Deciders, Part, refused, who_decides

VERB = "matters.approve_profile"
_STAGE = RuleProfile.Stage
_A_DAY = timedelta(days=1)


def authors(profile: RuleProfile) -> set[int]:
    """Everybody who wrote in a profile or laid it before the leaders."""
    found = set(
        RuleProfile.history.filter(id=profile.pk, history_user__isnull=False).values_list(
            "history_user", flat=True
        )
    )
    for part in PARTS.values():
        rows = part.model.history.filter(profile=profile.pk, history_user__isnull=False)
        found |= set(rows.values_list("history_user", flat=True))
    return found | ({profile.drafted_by_id} if profile.drafted_by_id else set())


def deciders(profile: RuleProfile) -> Deciders:
    """Who can approve now, and what to tell when nobody here can."""
    return who_decides(VERB, {Part.ASKER: authors(profile)}, today())


def why_not_decide(user: Any, profile: RuleProfile) -> str:
    """Why this person may not decide on a profile that waits; "" when they may."""
    if not user.has_perm(VERB):
        return "规则方案由街道领导批准。"
    parts = {Part.ASKER: authors(profile)}
    if refused(Act.APPROVE, user, parts):
        return "您起草或修改过这份方案，不能由您批准，请另一位街道领导决定。"
    return ""


def decide(
    profile: RuleProfile, *, by: Any, approve: bool, note: str = "", version: int | None = None
) -> RuleProfile:
    """Approve a profile that waits, or send it back with a reason.

    version: which state of it was read; None for a caller who has it at hand. Raises PermissionDenied,
    ValidationError (own draft, no reason, a day that no longer fits, changed since it was read).
    """
    if not by.has_perm(VERB):
        raise PermissionDenied
    with transaction.atomic(), because("批准规则方案" if approve else "退回规则方案"):
        list(RuleProfile.objects.select_for_update().order_by("pk"))  # one approval at a time
        waiting = locked(profile, _STAGE.WAITING, by, VERB)
        if why := why_not_decide(by, waiting):
            raise ValidationError(why)
        if version not in (None, waiting.version):
            raise ValidationError(MOVED_ON)
        waiting.decision_note = note.strip()
        if not approve:
            if not note.strip():
                raise ValidationError({"note": "退回的，请写明要改什么。"})
            waiting.stage = _STAGE.DRAFT
            waiting.save()
            return waiting
        if why := wrong_day(waiting):
            raise ValidationError(why)
        waiting.decided_by, waiting.decided_at = by, now()
        _take_effect(waiting)
    return waiting


def ending_by(draft: RuleProfile) -> list[RuleProfile]:
    """The profiles that end, or never begin, once `draft` is approved; unsaved, with their new end."""
    day = draft.valid_from
    if day is None:
        return []
    rows = list(RuleProfile.objects.approved().exclude(pk=draft.pk).order_by("valid_from"))
    ending = []
    before = [row for row in rows if row.valid_from is not None and row.valid_from < day]
    if before and before[-1].valid_to != day - _A_DAY:
        before[-1].valid_to = day - _A_DAY
        ending.append(before[-1])
    for row in rows:
        if row.valid_from is not None and row.valid_from >= day:  # approved, never begun
            row.valid_to = row.valid_from - _A_DAY
            ending.append(row)
    return ending


def _take_effect(profile: RuleProfile) -> None:
    """End what is replaced first: the database lets no two profiles hold on one day."""
    ending = ending_by(profile)
    for row in sorted(ending, key=lambda one: one.valid_from, reverse=True):
        row.save()
    profile.stage, profile.valid_to = _STAGE.APPROVED, None
    profile.digest = digest_of(rows_of(profile))
    profile.save()
