"""The list of requests and the form for a new one."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied

from casework.matters.models import RightsRequest
from casework.matters.rights.forms import NewForm
from casework.matters.rights.moving import register
from casework.matters.rights.queries import HANDLE
from casework.matters.rights.states import OPEN, Stage
from casework.matters.rights.views.frame import CRUMBS, RightsDesk, url_of
from casework.matters.views.frame import FormPage

SHOWN = 50
TABS = {
    "open": ("在办", "没有在办的个人信息请求。有人来查、来改自己的信息，点“登记请求”。"),
    "decide": ("等审批", "没有等审批的请求。"),
    "done": ("已答复、已撤回", "还没有办完的请求。"),
}


class ListPage(RightsDesk):
    """Requests by the day an answer is due; what is over, the newest first."""

    template_name = "matters/rights/list.html"
    page_title = "个人信息请求"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, tab = self.request.user, self.request.GET.get("tab", "open")
        tab = tab if tab in TABS else "open"
        rows = RightsRequest.objects.visible_to(user)
        if tab == "done":
            rows = rows.exclude(stage__in=OPEN).order_by("-pk")
        elif tab == "decide":
            rows = rows.filter(stage=Stage.GATHERED).order_by("due_on", "pk")
        else:
            rows = rows.open().order_by("due_on", "pk")
        rows = rows.select_related("data_key", "clerk").prefetch_related("points")
        page = rows[: SHOWN + 1]
        return super().get_context_data(**kwargs) | {
            "rows": [(row, row.masked("name")) for row in list(page)[:SHOWN]],
            "more": len(page) > SHOWN,
            "shown": SHOWN,
            "tab": tab,
            "tabs": [(key, label) for key, (label, _) in TABS.items()],
            "empty": TABS[tab][1],
            "may_add": user.has_perm(HANDLE),
        }


class NewPage(FormPage, RightsDesk):
    """登记请求: what is asked, by whom; nothing is looked up before it is known who asks."""

    template_name = "matters/rights/new.html"
    page_title = "登记个人信息请求"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*CRUMBS, {"url": "", "label": self.page_title}]

    def admit(self) -> None:
        if not self.request.user.has_perm(HANDLE):
            raise PermissionDenied

    def form(self, data: Any) -> NewForm:
        return NewForm(data, today=self.today)

    def carry_out(self, form: NewForm) -> str:
        asked = register(form.told(), by=self.request.user)
        messages.success(
            self.request,
            f"已登记 {asked.number}，{asked.due_on:%Y-%m-%d} 前答复。接着核实身份。",
        )
        return url_of(asked)
