"""What every page about one request begins with: may this person see it, and is it open to them?"""

from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse, reverse_lazy

from casework.matters.models import RightsRequest
from casework.matters.rights.opening import is_open_to
from casework.matters.rights.permissions import may_handle
from casework.matters.rights.queries import DECIDE, HANDLE
from casework.matters.views.frame import DeskPage, FormPage
from office.scoping import require_visible

CRUMBS = [
    {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
    {"url": reverse_lazy("rights:list"), "label": "个人信息请求"},
]


def url_of(request: RightsRequest, name: str = "record") -> str:
    return reverse(f"rights:{name}", args=[request.pk])


class RightsDesk(DeskPage):
    """A page of requests for those who handle or decide on them."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        user = request.user
        if not (user.has_perm(HANDLE) or user.has_perm(DECIDE)):
            raise PermissionDenied

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*CRUMBS[:1], {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights_url = reverse("rights:list")
        return super().get_context_data(**kwargs) | {"list_url": rights_url}


class RightsPage(RightsDesk):
    """A page about one request; 404 when it is hidden from the reader, as if it did not exist."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        require_visible(RightsRequest, request.user, kwargs["pk"])
        rows = RightsRequest.objects.visible_to(request.user)
        self.asked = rows.select_related("data_key", "clerk", "decided_by").get(pk=kwargs["pk"])

    def opened(self) -> bool:
        """Whether the request is open to this reader; for their own task the look is written."""
        return is_open_to(self.request.user, self.asked)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *CRUMBS,
            {"url": url_of(self.asked), "label": self.asked.number},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "record_url": url_of(self.asked),
        }


class RightsForm(FormPage, RightsPage):
    """A form about one request, for its clerk."""

    template_name = "matters/rights/form.html"

    def admit(self) -> None:
        if not may_handle(self.request.user, self.asked):
            raise PermissionDenied

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except ObjectDoesNotExist as error:
            raise Http404 from error
