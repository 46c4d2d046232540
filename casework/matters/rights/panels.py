"""What of requests waits for a person on the admin's first page."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from casework.matters.models import RightsRequest
from casework.matters.rights.permissions import why_not_decide
from casework.matters.rights.queries import DECIDE, HANDLE
from casework.matters.rights.states import OPEN, Stage
from office.clock import today

SHOWN = 5
_MOST_READ = 50  # requests that are looked at for the panel


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
    """One query: what is in one's hands and what is laid before deciders, the earliest due first."""
    user: Any = request.user
    handles, decides = user.has_perm(HANDLE), user.has_perm(DECIDE)
    if not (handles or decides):
        return []
    wanted = Q(stage=Stage.GATHERED) if decides else Q()
    if handles:
        wanted |= Q(clerk=user, stage__in=[stage for stage in OPEN if stage != Stage.GATHERED])
    rows = RightsRequest.objects.visible_to(user).filter(wanted).order_by("due_on", "pk")
    found = list(rows[:_MOST_READ])
    mine = [row for row in found if row.stage != Stage.GATHERED]
    waiting = [row for row in found if row.stage == Stage.GATHERED]
    waiting = [row for row in waiting if not why_not_decide(user, row)]
    return [RightsPanel(mine[: SHOWN + 1], waiting[: SHOWN + 1])] if mine or waiting else []
