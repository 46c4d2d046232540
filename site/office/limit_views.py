"""期限与数量: what an office may set itself, each value within its bounds and with its history."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.editing import StaleSafe, reason_field
from office.limits import LIMITS, Declared
from office.models import Limit
from office.one_setting import OneSettingPage
from office.views import DeskView

VIEW, CHANGE = "office.view_limit", "office.change_limit"


class LimitForm(StaleSafe, forms.ModelForm):
    """One value within its bounds, and why it is changed."""

    change_reason = reason_field()

    class Meta:
        model = Limit
        fields = ("value",)

    def __init__(self, *args: Any, declared: Declared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.setdefault("change_reason", reason_field())
        lowest, highest = declared.lowest, declared.highest
        bounds = f"请填 {lowest} 到 {highest} 之间的整数。"
        self.fields["value"] = forms.IntegerField(
            label=declared.label,
            min_value=lowest,
            max_value=highest,
            help_text=f"{declared.note}可填 {lowest} 到 {highest}，出厂值 {declared.default}。",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), bounds),
        )

    def clean_change_reason(self) -> str:
        reason = self.cleaned_data["change_reason"].strip()
        if not reason:
            raise ValidationError("请写明修改原因。")
        return reason


class LimitsPage(DeskView):
    """All values in force."""

    permission_required = VIEW
    template_name = "office/limits.html"
    page_title = "期限与数量"
    header_icon = "cog"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = dict(Limit.objects.values_list("key", "value"))
        return super().get_context_data(
            lines=[(key, one, here.get(key, one.default)) for key, one in LIMITS.items()],
            intro="本单位可以自己定的期限和数量。法律规定的办理期限不在这里。",
            **kwargs,
        )


class LimitPage(OneSettingPage):
    """One value: changed with a reason, its former values below."""

    permission_required, change = VIEW, CHANGE
    template_name = "office/limit.html"
    header_icon = "cog"
    model, table = Limit, LIMITS
    home = ("office_limits", LimitsPage.page_title)

    def form(self, data: Any = None) -> LimitForm:
        row = self.row() or Limit(key=self.key, value=self.declared.default)
        return LimitForm(data, instance=row, declared=self.declared)

    def told(self, row: Limit) -> str:
        return str(row.value)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row()
        value = row.value if row else self.declared.default
        return super().get_context_data(value=value, row=row, first=self.declared.default, **kwargs)
