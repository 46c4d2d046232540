"""职责分离状况, and 请假 with its warnings at entry."""

from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from office import registries
from office.appointing.forms import PersonChoice
from office.clock import today
from office.duties import outlook, together
from office.forms import first_result, once
from office.history import because
from office.models import Leave, User
from office.posts import post_for
from office.views import DeskPage, DeskView

KEEPS = "office.change_user"  # enters leaves of others: whoever keeps the accounts
_LONGEST = 366  # days of one leave
_SHOWN = 50


class SeparationView(DeskView):
    """职责分离状况: what is combined, which acts have two people, today and in the days to come."""

    permission_required = "office.view_separation"
    template_name = "office/duties/separation.html"
    page_title = "职责分离状况"
    header_icon = "group"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        day = today()
        here = outlook.staff(day)
        found = together.combined(here, day)
        return super().get_context_data(
            warnings=outlook.warnings(day),
            acts=outlook.today_table(here, day),
            forbidden=[one for one in found if one.forbidden],
            combined=[one for one in found if not one.forbidden],
            roles=together.by_role(here, day),
            parts=[part(self.request.user, day) for part in registries.separation],
            days=outlook.DAYS,
            keeper=self.request.user.has_perm(KEEPS),
            intro="一人可以兼几个岗位，但同一件事上申请和审批须两人；三名管理员不得兼任。",
            **kwargs,
        )


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "请填日期。", "invalid": "请写成 2026-11-23 这样的日期。"},
    )


class LeaveForm(forms.Form):
    """From, to, and the kind alone. The security administrator also says who."""

    fields: Any

    person = PersonChoice(User.objects.none(), label="人员", empty_label="请选择")
    valid_from = _day("自")
    valid_to = _day("至")
    kind = forms.ChoiceField(
        label="事由",
        choices=Leave.Kind.choices,
        help_text="只选种类，不写病情等具体情况。",
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if post_for(user, KEEPS):
            people = User.objects.filter(is_active=True, emergency=None)
            self.fields["person"].queryset = people.order_by("name", "pk")
            self.fields["person"].initial = user.pk
        else:
            del self.fields["person"]

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        start, end = given.get("valid_from"), given.get("valid_to")
        if start and end and end < start:
            self.add_error("valid_to", "结束日期不能早于开始日期。")
        elif end and end < today():
            self.add_error("valid_to", "已经过去的日子不用登记。")
        elif start and end and (end - start).days > _LONGEST:
            self.add_error("valid_to", "一次最长一年；更长的请结束岗位或办理代行。")
        return given


class LeavePage(DeskPage):
    """请假: one's own days away, and a word at entry about acts they leave without a second person."""

    template_name = "office/duties/leave.html"
    page_title = "请假"
    header_icon = "calendar"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        kwargs.setdefault("form", LeaveForm(user=user))
        keeper = bool(post_for(user, KEEPS))
        rows = Leave.objects.filter(cancelled=False, valid_to__gte=today())
        if not keeper:
            rows = rows.filter(person=user)
        rows = rows.select_related("person").order_by("valid_from", "pk")[:_SHOWN]
        return super().get_context_data(
            rows=rows,
            keeper=keeper,
            intro="登记后，需要两人的事会避开您不在的日子；自己取消随时可以。",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = LeaveForm(request.POST, user=request.user)
        cancelled = request.POST.get("cancel", "")
        try:
            if (done := first_result(request)) is not None:
                return done
            if cancelled:
                return once(request, lambda: self._cancelled(cancelled))
            if form.is_valid():
                return once(request, lambda: self._entered(form.cleaned_data))
        except ValidationError as error:
            if cancelled:
                messages.error(request, "；".join(error.messages))
                form = LeaveForm(user=request.user)
            else:
                form.is_valid()
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form))

    @transaction.atomic
    def _entered(self, given: dict[str, Any]) -> str:
        leave = Leave(
            person=given.get("person") or self.request.user,
            valid_from=given["valid_from"],
            valid_to=given["valid_to"],
            kind=given["kind"],
        )
        same = Leave.objects.filter(
            person=leave.person, cancelled=False, valid_from__lte=leave.valid_to,
            valid_to__gte=leave.valid_from,
        ).first()  # fmt: skip
        if same is not None:
            raise ValidationError(
                f"{same.valid_from} 至 {same.valid_to} 已经登记过，日子重叠。要改请先取消那一条。"
            )
        with because("登记请假"):
            leave.save()
        messages.success(self.request, "已登记。")
        for line in self._warnings(leave):
            messages.warning(self.request, line)
        return reverse("office_leave")

    def _warnings(self, leave: Leave) -> list[str]:
        start = max(leave.valid_from, today())
        days = (leave.valid_to - start + timedelta(days=1)).days
        return outlook.warnings(start, days, person=leave.person_id)

    def _cancelled(self, pk: str) -> str:
        rows = Leave.objects.filter(cancelled=False)
        if not post_for(self.request.user, KEEPS):
            rows = rows.filter(person=self.request.user)
        found = rows.filter(pk=pk).first() if pk.isdecimal() and len(pk) < 19 else None
        if found is None:
            raise ValidationError("没有这条请假，或者已经取消。")
        found.cancelled = True
        with because("取消请假"):
            found.save()
        messages.success(self.request, "已取消。")
        return reverse("office_leave")
