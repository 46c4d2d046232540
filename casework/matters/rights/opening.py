"""Opening a request and, through it, the matters it is about: each with a look of its own."""

from collections.abc import Iterable
from typing import Any

from casework.matters.models import RightsMatter, RightsRequest
from casework.matters.opening import open_for as open_matter
from casework.matters.opening import open_until
from casework.matters.rights.permissions import may_handle, why_not_decide
from casework.matters.rights.queries import DECIDE, HANDLE
from office.clock import now
from office.looks import Way, holding, log_look, opened
from office.posts import post_for

WHAT = "请求人和请求内容"


def task_of(user: Any, request: RightsRequest) -> str:
    """The task for which this person needs the request open; "" when it is not theirs now."""
    if may_handle(user, request):
        return "经办本请求"
    return "" if why_not_decide(user, request) else "审批本请求"


def is_open_to(user: Any, request: RightsRequest) -> bool:
    """Whether the person has the request open: by their task, which writes the look, or lately."""
    if any(look.what == WHAT for look in holding(user, request, now())):
        opened(request)
        return True
    task = task_of(user, request)
    if task:
        open_request(user, request, task, typed=False)
    return bool(task)


def open_request(user: Any, request: RightsRequest, purpose: str, *, typed: bool = True) -> None:
    """Write the look at a request. Raises ValidationError without a purpose."""
    post = post_for(user, HANDLE) or post_for(user, DECIDE)
    log_look(user, request, WHAT, purpose=purpose, post=post, way=Way(typed=typed))


def open_matters(user: Any, request: RightsRequest, links: Iterable[RightsMatter]) -> None:
    """Write a look at every matter whose content is about to be shown for this request."""
    verb = HANDLE if user.has_perm(HANDLE) else DECIDE
    what = f"个人信息请求 {request.number}"
    for link in links:
        if what in open_until(user, link.matter, now()):
            opened(link.matter)
        else:
            purpose = "答复本人的查阅、复制请求"
            open_matter(user, link.matter, what, purpose, verb=verb, typed=False)
