"""What the look rules found, on the first page of whoever reads the look ledger."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from wagtail.admin.ui.components import Component

from office.look_reading import OPEN, VERB, rule_label, search_findings
from office.models import LookFinding

SHOWN = 5


class FindingsPanel(Component):
    """The newest findings nobody looked into, for whoever reads the ledger."""

    name = "look-findings"
    order = 95
    template_name = "office/looks/panel.html"

    def __init__(self, findings: list[LookFinding]) -> None:
        self.findings = findings

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        shown = [(row, rule_label(row)) for row in self.findings[:SHOWN]]
        return {"findings": shown, "more": len(self.findings) > SHOWN}


def panels_for(request: HttpRequest) -> list[Component]:
    if not request.user.has_perm(VERB):
        return []
    ids = search_findings(request.user, {"state": OPEN}).ids(SHOWN + 1)
    rows = LookFinding.objects.filter(pk__in=ids).select_related("person").order_by("-pk")
    return [FindingsPanel(list(rows))]
