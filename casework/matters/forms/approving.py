"""Forms beside the decision on a request: what the law says, and what a leader signed on paper."""

from datetime import date
from typing import Any

from django import forms

from casework.matters.forms.acts import DecideForm, day_field, file_field
from casework.matters.outcomes.signers import leaders_on
from office.models import User


class LegalForm(DecideForm):
    """同意 or 不同意; on_paper: an outside counsel signed, who is named and whose paper is stored."""

    counsel = forms.CharField(label="法律顾问", max_length=60, help_text="姓名或律师事务所。")
    paper = file_field("签了字的审核意见")
    field_order = ("counsel", "paper", "note")

    def __init__(self, data: Any, files: Any = None, *, on_paper: bool) -> None:
        super().__init__(data, files)
        self.fields["note"].label = "审核意见"
        if not on_paper:
            del self.fields["counsel"], self.fields["paper"]


class OnPaperForm(DecideForm):
    """What stands on the paper: whose signature, of which day, the scan."""

    leader = forms.ModelChoiceField(
        label="签批领导", queryset=User.objects.none(), empty_label="请选择",
        error_messages={"required": "请选择在纸上签字的领导。"},
    )  # fmt: skip
    signed_on = day_field("签批日期", error_messages={"required": "请填写纸上的签批日期。"})
    scan = file_field("签批件扫描件", error_messages={"required": "请上传签了字的签批件。"})
    field_order = ("leader", "signed_on", "scan", "note")

    def __init__(self, data: Any, files: Any = None, *, today: date) -> None:
        super().__init__(data, files)
        leaders = [user.pk for user in leaders_on(today)]
        self.fields["leader"].queryset = User.objects.filter(pk__in=leaders).order_by("pk")
