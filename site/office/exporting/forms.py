"""The forms of an export: which format, what for, and what the second person says."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

FORMATS = [("xlsx", "Excel 表格（.xlsx）"), ("csv", "文本表格（.csv）")]
PURPOSES = [("上报", "上报"), ("会议", "会议材料"), ("自查", "自查核对"), ("other", "其他")]
_OTHER = "other"


class PurposeForm(forms.Form):
    """What for: one of the usual purposes, or in one's own words. `purpose` is both together."""

    usual = forms.ChoiceField(
        label="用途",
        choices=PURPOSES,
        widget=forms.RadioSelect,
        error_messages={"required": "请选一项用途。", "invalid_choice": "请选一项用途。"},
    )
    detail = forms.CharField(
        label="说明",
        required=False,
        max_length=200,
        help_text="例如：报区信访局三季度台账。选“其他”时必填。",
    )
    detail_always = False

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        wanted = self.detail_always or given.get("usual") == _OTHER
        if wanted and "detail" in given and not given["detail"].strip():
            self.add_error("detail", ValidationError("请写明给谁、做什么用。"))
        return given

    @property
    def purpose(self) -> str:
        usual, detail = self.cleaned_data["usual"], self.cleaned_data["detail"].strip()
        return "：".join(text for text in (usual if usual != _OTHER else "", detail) if text)


class ExportForm(PurposeForm):
    """Format and purpose; a list without personal data is exported without one."""

    format = forms.ChoiceField(
        label="格式",
        choices=FORMATS,
        initial="xlsx",
        widget=forms.RadioSelect,
        error_messages={"required": "请选一种格式。", "invalid_choice": "请选一种格式。"},
    )
    field_order = ("format", "usual", "detail")

    def __init__(self, *args: Any, personal: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not personal:
            del self.fields["usual"], self.fields["detail"]

    @property
    def purpose(self) -> str:
        return super().purpose if "usual" in self.fields else ""


class AskForm(PurposeForm):
    """A file in clear: what for, always in one's own words too."""

    detail_always = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["detail"].required = True
        self.fields["detail"].error_messages["required"] = "请写明给谁、做什么用。"
        self.fields[
            "detail"
        ].help_text = "给谁、做什么用，例如：报区信访局核对三季度信访人联系方式。"


class DecideForm(forms.Form):
    """Agree or not, with a note."""

    agree = forms.ChoiceField(
        label="审批",
        choices=[("yes", "同意"), ("no", "不同意")],
        widget=forms.RadioSelect,
        error_messages={"required": "请选“同意”或“不同意”。"},
    )
    note = forms.CharField(
        label="意见",
        required=False,
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="不同意时必填，申请人会看到。",
    )
