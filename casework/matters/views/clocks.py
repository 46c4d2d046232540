"""The page of one limit: the whole sum, the days it counts, and who it is up to."""

from typing import Any

from django.http import Http404, HttpRequest

from casework.matters.clockcard import told_clock
from casework.matters.views.frame import MatterPage


class ClockPage(MatterPage):
    """为什么是这一天, for whoever may open the record."""

    template_name = "matters/clock.html"
    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.told = told_clock(self.matter, kwargs["clock"], self.today)
        if self.told is None:
            raise Http404

    def get_page_title(self) -> str:
        return f"期限：{self.told.label}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"told": self.told}
