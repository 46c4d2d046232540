"""Rule profiles that wait for a leader, on the admin's first page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from casework.matters.models import RuleProfile
from casework.matters.rules import approving

_MOST = 5


class RulesPanel(Component):
    """What is laid before the leaders; not there while nothing is."""

    name = "rules"
    order = 97
    template_name = "matters/rules/panel.html"

    class Media:
        css = {"all": ["matters/matters.css"]}

    def __init__(self, rows: list[RuleProfile]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"rows": self.rows, "list_url": reverse("rules:list")}


def panels_for(request: HttpRequest) -> list[Component]:
    """One query for leaders, none for others; whoever wrote in one is not asked to decide on it."""
    user: Any = request.user
    if not user.has_perm(approving.VERB):
        return []
    waiting = RuleProfile.objects.visible_to(user).filter(stage=RuleProfile.Stage.WAITING)
    rows = [row for row in waiting[:_MOST] if not approving.why_not_decide(user, row)]
    return [RulesPanel(rows)] if rows else []
