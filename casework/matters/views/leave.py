"""密件审计: an auditor's requests to read sealed matters, and the custodian's decision."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.ui.components import Component

from casework.matters import leave
from casework.matters.forms.sealing import AskLeaveForm, DecideLeaveForm
from casework.matters.models import SealedAudit
from casework.matters.views.frame import DeskPage, FormPage
from office.limits import limit
from office.posts import post_for

_SHOWN = 50  # requests of a page; older ones are in the change log
_ON_HOME = 5


class LeavesPage(FormPage, DeskPage):
    """All requests one may see; an auditor asks here for another one."""

    template_name = "matters/sealing/leaves.html"
    page_title = "密件审计"

    def admit(self) -> None:
        self.asks = post_for(self.request.user, leave.ASK) is not None
        if not self.asks and post_for(self.request.user, leave.DECIDE) is None:
            raise PermissionDenied

    def form(self, data: Any) -> AskLeaveForm:
        return AskLeaveForm(data, today=self.today)

    def carry_out(self, form: AskLeaveForm) -> str:
        given = form.cleaned_data
        row = leave.ask_leave(
            by=self.request.user,
            purpose=given["purpose"],
            start=given["registered_from"],
            end=given["registered_to"],
        )
        told = leave.who_may_decide(row) or "等密件保管人审批。"
        messages.success(self.request, f"已申请。{told}")
        return reverse("matters:leaves")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(leave.seen_by(self.request.user)[:_SHOWN])
        looks = leave.opened_under(rows)
        return super().get_context_data(**kwargs) | {
            "asks": self.asks,
            "rows": [(row, row.runs(self.today), looks.get(row.pk, [])) for row in rows],
            "days": limit("sealed_audit_days"),
        }


class LeavePage(FormPage, DeskPage):
    """One request for a custodian to decide."""

    template_name = "matters/sealing/leave.html"
    page_title = "审批密件审计"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        row = leave.seen_by(request.user).filter(pk=kwargs["leave"]).first()
        if row is None:
            raise Http404
        self.row: SealedAudit = row

    def admit(self) -> None:
        if post_for(self.request.user, leave.DECIDE) is None:
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        told = leave.why_not_decide(self.row, self.request.user)
        if not told:
            return None
        messages.warning(self.request, told)
        return redirect(reverse("matters:leaves"))

    def form(self, data: Any) -> DecideLeaveForm:
        return DecideLeaveForm(data, until=leave.latest_end())

    def carry_out(self, form: DecideLeaveForm) -> str:
        given = form.cleaned_data
        approve = given["decision"] == "approve"
        row = leave.decide_leave(
            self.row.pk,
            by=self.request.user,
            approve=approve,
            until=given["until"],
            note=given["note"],
        )
        told = f"已同意，{row.asked_by}可以查看到 {row.until:%Y-%m-%d}" if approve else "未同意"
        messages.success(self.request, f"密件审计：{told}。")
        return reverse("matters:leaves")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "days": limit("sealed_audit_days"),
        }


class LeavesPanel(Component):
    """On the first page: requests that wait for a custodian, leaves that an auditor has."""

    order = 95
    template_name = "matters/sealing/panel.html"

    class Media:
        css = {"all": ["matters/matters.css"]}

    def __init__(self, waiting: list[SealedAudit], running: list[SealedAudit]) -> None:
        self.waiting, self.running = waiting, running

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"waiting": self.waiting, "running": self.running}


def panels_for(request: HttpRequest) -> list[Component]:
    """The panel for whom it concerns, when there is something in it."""
    waiting = list(leave.waiting_for(request.user)[:_ON_HOME])
    running = leave.running_for(request.user)
    return [LeavesPanel(waiting, running)] if waiting or running else []
