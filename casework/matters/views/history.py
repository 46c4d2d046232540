"""修改历史 of a matter: its own changes and those of all that belongs to it, in one line of time."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from casework.matters.reading import changes_of
from casework.matters.shell import spare_menu
from office.history_view import RecordHistoryView, page_number


class MatterHistory(RecordHistoryView):
    """Petitioners, answers, files and approvals included; of a sealed matter its own rows alone."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        spare_menu(request.user)
        if self.object.sealed:
            return super().get(request, *args, **kwargs)
        page = page_number(request.GET.get("p", "1"))
        context = self.get_context_data_for(*changes_of(self.object, request.user, page))
        context["header_title"] = f"{self.page_title} {self.object}"
        return TemplateResponse(request, self.template_name, context)
