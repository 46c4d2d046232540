"""协办与往来: everything that waits for one person, on one page."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from casework.matters.cooperation.standing import ASK, NOTE
from casework.matters.cooperation.waiting import waiting_for
from casework.matters.views.frame import DeskPage
from office.posts import post_for


class TogetherDesk(DeskPage):
    template_name = "matters/cooperation/desk.html"
    page_title = "协办与往来"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not (post_for(request.user, NOTE) or post_for(request.user, ASK)):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        groups = waiting_for(self.request.user, self.today)
        return super().get_context_data(**kwargs) | {"groups": groups}
