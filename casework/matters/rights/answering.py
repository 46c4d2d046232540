"""The text of the answer: drafted, edited and kept until it is given."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters.models import RightsCorrection, RightsPoint, RightsRequest
from casework.matters.rights.moving import as_of, of_clerk
from casework.matters.rights.queries import HANDLE
from casework.matters.rights.replies import draft
from casework.matters.rights.states import Stage
from office.history import because


def points_of(request: RightsRequest) -> list[RightsPoint]:
    """The rights used, each ready to be opened under the request's key."""
    found = list(request.points.order_by("pk"))
    for row in found:
        row.request = request
    return found


def corrections_of(request: RightsRequest, user: Any) -> list[RightsCorrection]:
    """The wished corrections of matters this person may know of."""
    links = request.links.reachable_by(user)
    rows = request.corrections.filter(link__in=links.values("pk"))
    found = list(rows.select_related("link__matter", "evidence", "approval", "done_by"))
    for row in found:
        row.request = request
    return found


def reply_of(request: RightsRequest, user: Any) -> str:
    """The text kept so far, else a draft. The request must be open to the reader."""
    return request.text("reply") or draft(
        request, points_of(request), corrections_of(request, user)
    )


def keep_reply(request: RightsRequest, text: str, *, by: Any) -> RightsRequest:
    """Keep the edited text. Raises ValidationError for an empty one or too early."""
    with transaction.atomic():
        request = of_clerk(request, by)
        if request.stage != Stage.DECIDED:
            raise ValidationError("审批同意之后才能写答复。")
        if not text.strip():
            raise ValidationError({"reply": "答复不能是空的。"})
        request.put("reply", text.strip())
        with because("写答复", **as_of(by, HANDLE)):
            request.save()
        return request
