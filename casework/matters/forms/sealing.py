"""Forms about the seal: asking for it or for its end, an auditor's leave and its decision."""

from datetime import date, timedelta
from typing import Any

from django import forms

from casework.matters.forms.acts import day_field, long_text

_ASK = {"required": "请写明理由。"}


class AskSealForm(forms.Form):
    reason = long_text(
        "为什么是检举控告",
        help_text="写给密件保管人看，加密保存。例如：来信第二页反映村干部收钱办事。",
        error_messages=_ASK,
    )
    understood = forms.BooleanField(
        label="我知道：提交之后，包括我在内，除密件保管人外谁也看不到这件事项",
        error_messages={"required": "请先打勾：提交之后您也看不到它。"},
    )


class AskUnsealForm(forms.Form):
    reason = long_text(
        "为什么不是检举控告",
        help_text="写给另一位保管人看，加密保存。例如：反映的是补偿标准，没有针对哪个人。",
        error_messages=_ASK,
    )


class AskLeaveForm(forms.Form):
    """An auditor's request: the sealed matters registered in a period, and what for."""

    purpose = forms.CharField(
        label="审计目的",
        min_length=6,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写给密件保管人看。例如：核对三季度密件是否都在三个工作日内转交。",
        error_messages={
            "required": "请写明审计目的。",
            "min_length": "请把审计目的写得具体一些，至少 6 个字。",
        },
    )
    registered_from = day_field("登记日期自", error_messages={"required": "请填写开始日期。"})
    registered_to = day_field("登记日期至", error_messages={"required": "请填写结束日期。"})

    def __init__(self, data: Any, *, today: date) -> None:
        start = today - timedelta(days=90)
        super().__init__(data, initial={"registered_from": start, "registered_to": today})


class DecideLeaveForm(forms.Form):
    """同意 or 不同意 is the button; refusing needs a reason."""

    decision = forms.ChoiceField(
        choices=[("approve", "同意"), ("refuse", "不同意")],
        error_messages={"required": "请点“同意”或“不同意”。"},
    )
    until = day_field(
        "可以查看到", required=False, help_text="这一天过后自动看不到；要延长须重新申请。"
    )
    note = forms.CharField(
        label="审批意见",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不同意的，请写明理由，申请人会看到。",
    )

    def __init__(self, data: Any, *, until: date) -> None:
        super().__init__(data, initial={"until": until})
