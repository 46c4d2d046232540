"""应急账号: the list and the report that two people close."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.ui.components import Component

from office.appointing.views import take_errors
from office.clock import now
from office.emergency import opening
from office.emergency.report import report
from office.forms import first_result, once
from office.models import Emergency
from office.posts import post_for
from office.views import DeskView


class CloseForm(forms.Form):
    """What the person who read the report has to say."""

    note = forms.CharField(
        label="核销意见",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="看过下面的操作后填写，例如：操作与理由相符，无异常。",
        error_messages={"required": "请写明看过的情况。"},
    )


class EmergenciesPage(DeskView):
    """All emergency accounts, newest first."""

    permission_required = opening.CLOSE
    template_name = "office/emergency/list.html"
    page_title = "应急账号"
    header_icon = "warning"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            rows=opening.seen_by(self.request.user),
            now=now(),
            intro="没有管理员可以联系时，由掌管服务器的人启用；到期自动失效，报告须两人核销。",
            **kwargs,
        )


class EmergencyPage(DeskView):
    """One account: why, by whom, until when, all it did; ending it early, closing it by two."""

    permission_required = opening.CLOSE
    template_name = "office/emergency/report.html"
    header_icon = "warning"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"应急账号报告第 {self.kwargs['pk']} 号"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        url = reverse("office_emergencies")
        return [*before, {"url": url, "label": EmergenciesPage.page_title}, here]

    def found(self) -> Emergency:
        row = opening.seen_by(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if row is None:
            raise Http404
        return row

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        emergency, user = self.found(), self.request.user
        why = opening.why_not_close(emergency, user)
        if not why:
            kwargs.setdefault("form", CloseForm())
        return super().get_context_data(
            emergency=emergency,
            post=emergency.user.posts.select_related("unit").first(),
            report=report(emergency, user),
            running=emergency.expires_at > now(),
            why=why,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        emergency, form = self.found(), CloseForm(request.POST)
        ending = request.POST.get("act") == "end"
        try:
            if (done := first_result(request)) is not None:
                return done
            if ending:
                return once(request, lambda: self._ended(emergency))
            if form.is_valid():
                return once(request, lambda: self._closed(form.cleaned_data["note"]))
        except ValidationError as error:
            if ending or opening.why_not_close(self.found(), request.user):
                messages.error(request, "；".join(error.messages))
                return self.render_to_response(self.get_context_data())
            form.is_valid()
            take_errors(form, error)
        return self.render_to_response(self.get_context_data(form=form))

    def _ended(self, emergency: Emergency) -> str:
        opening.end_now(emergency, by=self.request.user)
        messages.success(self.request, "应急账号已结束，它的登录都已退出。")
        return reverse("office_emergency", args=[emergency.pk])

    def _closed(self, note: str) -> str:
        row = opening.close(self.kwargs["pk"], by=self.request.user, note=note)
        told = "已核销完毕。" if row.second_at else "已记下，还要另一位有权限的同事复核。"
        messages.success(self.request, told)
        return reverse("office_emergency", args=[row.pk])


class EmergencyPanel(Component):
    """Not there while no emergency waits."""

    name = "emergencies"
    order = 10
    template_name = "office/emergency/panel.html"

    def __init__(self, rows: list[Emergency]) -> None:
        self.rows = rows

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"rows": self.rows, "now": now()}


def panels_for(request: HttpRequest) -> list[Component]:
    if not post_for(request.user, opening.CLOSE):
        return []
    rows = opening.open_ones(request.user)
    return [EmergencyPanel(rows)] if rows else []
