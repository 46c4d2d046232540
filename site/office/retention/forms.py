"""Forms of the pages of 保管期限 and 销毁清册."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from office.editing import StaleSafe, reason_field
from office.models import RetentionClass
from office.retention.classes import Declared


class TermForm(StaleSafe, forms.ModelForm):
    """One term within its bounds, on whose word, and why it is changed."""

    change_reason = reason_field()

    class Meta:
        model = RetentionClass
        fields = ("term", "source")

    def __init__(self, *args: Any, declared: Declared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.setdefault("change_reason", reason_field())
        lowest, highest, unit = declared.lowest, declared.highest, declared.unit.label
        bounds = f"请填 {lowest} 到 {highest} 之间的整数。"
        self.fields["term"] = forms.IntegerField(
            label=f"{declared.label}（{unit}）",
            min_value=lowest,
            max_value=highest,
            help_text=f"可填 {lowest} 到 {highest}，出厂值 {declared.term}。",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), bounds),
        )
        self.fields["source"].help_text = "档案主管部门同意的文号，或法律条文。"
        self.fields["source"].error_messages["required"] = "请写明依据，例如：区档案局同意的文号。"

    def clean_change_reason(self) -> str:
        reason = self.cleaned_data["change_reason"].strip()
        if not reason:
            raise ValidationError("请写明修改原因。")
        return reason


class ProposeForm(forms.Form):
    note = forms.CharField(
        label="说明",
        required=False,
        max_length=300,
        help_text="可不填。例如：经鉴定小组逐件鉴定，无继续保存价值",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


class DecideForm(forms.Form):
    """Agree or not; whoever does not says why."""

    agree = forms.ChoiceField(
        label="意见",
        choices=[("yes", "同意销毁"), ("no", "不同意")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选择同意还是不同意。"},
    )
    note = forms.CharField(
        label="理由",
        required=False,
        max_length=300,
        help_text="不同意时必填。",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
