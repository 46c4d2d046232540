"""改期限或暂缓销毁: the class of an ended matter, and a hold on its destruction."""

from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.matters.forms.acts import day_field
from casework.matters.models import Matter
from casework.matters.retaining import kept_card
from casework.matters.retention import change_class, hold, may_change, may_hold
from casework.matters.views.frame import FormPage, MatterPage, record_url
from office.retention.classes import ARCHIVE, label, terms


class RetentionForm(forms.Form):
    """Class, hold, and why; what the reader may not change is not asked."""

    retention = forms.ChoiceField(label="保管期限")
    until = day_field(
        "暂缓销毁至",
        required=False,
        help_text="诉讼、复核、督办等没有结束时填。到期自动解除；清空就是现在解除。",
    )
    reason = forms.CharField(
        label="理由",
        max_length=200,
        help_text="写依据，不写人名。例如：社会影响大，永久保存",
        error_messages={"required": "请写明理由。"},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, data: Any, *, matter: Matter, may_change: bool) -> None:
        first = {"retention": matter.retention, "until": matter.hold_until}
        super().__init__(data, initial=first)
        if may_change:
            years = terms()
            self.fields["retention"].choices = [(key, label(key, years[key])) for key in ARCHIVE]
        else:
            del self.fields["retention"]


class RetentionPage(FormPage, MatterPage):
    """For the office head, the leader (holds alone) and the custodian of a sealed matter."""

    template_name = "matters/retention.html"
    page_title = "改期限或暂缓销毁"
    sealed_too = True

    def admit(self) -> None:
        user = self.request.user
        if not (may_change(user, self.matter) or may_hold(user, self.matter)):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if not self.matter.is_open and self.matter.retention:
            return None
        told = "还没有办结，保管期限在办结时确定。"
        if not self.matter.is_open:
            told = "保管期限正在确定，一分钟后再来。"
        messages.info(self.request, told)
        return redirect(record_url(self.matter))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.admit()
        return self.hindrance() or super().post(request, *args, **kwargs)

    def form(self, data: Any) -> RetentionForm:
        mine = may_change(self.request.user, self.matter)
        return RetentionForm(data, matter=self.matter, may_change=mine)

    def carry_out(self, form: RetentionForm) -> str:
        given, matter, user = form.cleaned_data, self.matter, self.request.user
        done = []
        if given.get("retention", matter.retention) != matter.retention:
            change_class(matter, given["retention"], by=user, reason=given["reason"])
            done.append("保管期限已改")
        until: date | None = given["until"]
        if until != matter.hold_until:
            hold(matter, until, by=user, reason=given["reason"])
            done.append(f"暂缓销毁至 {until}" if until else "已解除暂缓销毁")
        told = "，".join(done) or "没有改动，什么都没有写"
        messages.success(self.request, f"{matter.number} {told}。")
        return record_url(matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kept = kept_card(self.request.user, self.matter)
        return super().get_context_data(**kwargs) | {"kept": kept}
