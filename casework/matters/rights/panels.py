"""What of requests waits for a person on the admin's first page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from casework.matters.models import RightsRequest
from casework.matters.rights.permissions import why_not_decide
from casework.matters.rights.queries import DECIDE, HANDLE
from casework.matters.rights.states import Stage
from office.clock import today

SHOWN = 5
_MOST_READ = 50  # requests that are looked at for the decider's panel


class RightsPanel(Component):
    """Requests in one's hands and requests to decide on; not there while there is neither."""

    name = "rights"
    order = 95
    template_name = "matters/rights/panel.html"

    class Media:
        css = {"all": ["matters/matters.css"]}

    def __init__(self, mine: list[Any], waiting: list[Any]) -> None:
        self.mine, self.waiting = mine, waiting

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {
            "parts": [
                ("个人信息请求：在您手上", self.mine),
                ("个人信息请求：等您审批", self.waiting),
            ],
            "shown": SHOWN,
            "today": today(),
            "list_url": reverse("rights:list"),
        }


def panels_for(request: HttpRequest) -> list[Component]:
    user: Any = request.user
    mine: list[RightsRequest] = []
    waiting: list[RightsRequest] = []
    if user.has_perm(HANDLE):
        rows = RightsRequest.objects.visible_to(user).filter(clerk=user).open()
        mine = list(rows.exclude(stage=Stage.GATHERED).order_by("due_on", "pk")[: SHOWN + 1])
    if user.has_perm(DECIDE):
        rows = RightsRequest.objects.visible_to(user).filter(stage=Stage.GATHERED)
        first = rows.order_by("due_on", "pk")[:_MOST_READ]
        waiting = [row for row in first if not why_not_decide(user, row)][: SHOWN + 1]
    return [RightsPanel(mine, waiting)] if mine or waiting else []
