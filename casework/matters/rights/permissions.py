"""Who prepares a request and who decides on it: never the same person (practice §2)."""

from typing import Any

from casework.matters.models import RightsRequest
from casework.matters.rights.queries import DECIDE, HANDLE
from casework.matters.rights.states import Stage
from office.clock import today
from office.separation import Act, Deciders, Part, refused, who_decides

_PREPARING = ("register", "check", "submit", "add", "build", "take")


def parts(request: RightsRequest) -> dict[Part, set[int]]:
    """Who prepared this request: its clerk, former clerks, whoever gathered for it."""
    rows = request.moves.filter(name__in=_PREPARING).values_list("actor", flat=True)
    return {Part.ASKER: {request.clerk_id, *rows}}


def may_handle(user: Any, request: RightsRequest) -> bool:
    """Is this the clerk of an open request, still entitled?"""
    return request.is_open and request.clerk_id == user.pk and user.has_perm(HANDLE)


def may_take(user: Any, request: RightsRequest) -> bool:
    """An office head takes over what lies with somebody else, but not what they decided."""
    heads = user.has_perm(HANDLE) and user.has_perm(DECIDE)
    mine = user.pk in (request.clerk_id, request.decided_by_id)
    return request.is_open and heads and not mine


def why_not_decide(user: Any, request: RightsRequest) -> str:
    """Why this person does not decide on the request now; "" when they do."""
    if request.stage != Stage.GATHERED:
        return f"{request.number} 现在是“{request.get_stage_display()}”，不在等审批。"
    if not user.has_perm(DECIDE):
        return "您没有审批个人信息请求的权限。"
    return refused(Act.APPROVE, user, parts(request))


def deciders(request: RightsRequest) -> Deciders:
    """Who can decide on the request; upward when nobody here is left."""
    return who_decides(DECIDE, parts(request), today())
