"""查看记录 of one matter: who opened it, for those who answer for that (auditor, office head)."""

from typing import Any

from django.http import Http404, HttpRequest
from django_tables2 import RequestConfig

from casework.matters.models import Matter
from casework.matters.permissions import heads_office
from casework.matters.views.frame import MatterPage
from office import keyset
from office.audit import leave_out_sealed
from office.keyset import Branch, Search
from office.look_desk import looks_in
from office.models import Look
from office.tables import LookTable

VERB = "office.view_look"


def may_read_looks(user: Any) -> bool:
    return user.has_perm(VERB) or heads_office(user)


class LooksPage(MatterPage):
    """Every look at this matter, newest first; 404 for everybody else, as for a hidden matter."""

    template_name = "matters/looks.html"
    page_title = "查看记录"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not may_read_looks(request.user):
            raise Http404

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = Search(
            Look, [Branch(("kind", "object_id"), (Matter._meta.label_lower, self.matter.pk))]
        )
        leave_out_sealed(found, "kind", "object_id")
        page = keyset.page(found, self.request.GET)
        table = LookTable(looks_in(page.ids), exclude=("kind", "label"))
        RequestConfig(self.request, paginate=False).configure(table)
        return super().get_context_data(**kwargs) | {
            "table": table,
            "is_empty": not page.ids,
            "older": page.before,
            "newer": page.after,
        }
