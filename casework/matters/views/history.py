"""修改历史 of a matter: its own changes and those of all that belongs to it, in one line of time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from casework.matters.leave import note_look, running_for
from casework.matters.reading import changes_of
from casework.matters.shell import spare_menu
from office.history_view import RecordHistoryView, page_number


class MatterHistory(RecordHistoryView):
    """Petitioners, answers, files and approvals included; of a sealed matter its own rows alone.

    What happened under seal is not in the history of a matter that was unsealed.
    """

    template_name = "matters/history.html"

    def get_context_data_for(self, listed: list[Any], shown: Any) -> dict[str, Any]:
        leaves = running_for(self.request.user)
        return super().get_context_data_for(listed, shown) | {"leaves": leaves}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        spare_menu(request.user)
        if self.object.sealed:
            note_look(request.user, self.object)
            return super().get(request, *args, **kwargs)
        page = page_number(request.GET.get("p", "1"))
        context = self.get_context_data_for(*changes_of(self.object, request.user, page))
        context["header_title"] = f"{self.page_title} {self.object}"
        return TemplateResponse(request, self.template_name, context)
