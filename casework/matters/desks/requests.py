"""Requests for acts of two that wait for this person's decision."""

from typing import Any

from django.db.models import Exists, OuterRef, Q

from casework.matters.approvals import DECIDE, DECIDE_SEALED
from casework.matters.models import Approval, Matter
from office.separation import not_own


def decides_any(user: Any) -> bool:
    """Whether any act of two is this person's to decide."""
    return any(user.has_perm(verb) for verb in DECIDE.values())


def requests_for(user: Any, limit: int) -> list[Approval]:
    """The oldest requests that this person may decide; their own are others' to decide. One query."""
    acts = [act for act in DECIDE if user.has_perm(DECIDE[act])]
    sealed = [act for act in DECIDE if user.has_perm(DECIDE_SEALED[act])]
    theirs = Q(matter__sealed=False, act__in=acts) | Q(matter__sealed=True, act__in=sealed)
    rows = Approval.objects.filter(theirs, decision="").filter(not_own(user))
    # asked of each request that waits, not of a list of every matter there is
    rows = rows.filter(Exists(Matter.objects.visible_to(user).filter(pk=OuterRef("matter"))))
    return list(rows.select_related("matter", "asked_by").order_by("id")[:limit])
