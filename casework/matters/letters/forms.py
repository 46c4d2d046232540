"""Forms of letters: nameplate and remark, a signature on paper, a correction, templates, nameplates."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.matters.forms.acts import day_field
from casework.matters.letters import bodies
from casework.matters.models import IssuingBody, PaperSignature


class _Plain(forms.Form):
    """Labels without Django's colon; errors of the whole form stand on top."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)


class DraftForm(_Plain):
    body = forms.ModelChoiceField(
        IssuingBody.objects.none(), label="发文主体", empty_label=None,
        help_text="以哪块牌子发文，盖哪枚章；文号各自连续。",
    )  # fmt: skip
    remark = forms.CharField(
        label="附言", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="可以不写。例如：领取地点和时间。正文来自办理记录，不在这里改。",
    )  # fmt: skip

    def __init__(self, *args: Any, remarks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies.in_use()
        if not remarks:  # what was signed already takes no further words
            del self.fields["remark"]


class SignForm(_Plain):
    """Signing: by one's own hand, or by what a leader signed on paper. read: the draft that was shown."""

    read = forms.CharField(widget=forms.HiddenInput)
    signature = forms.ModelChoiceField(
        PaperSignature.objects.none(), label="纸质签批", required=False,
        empty_label="不用纸质签批",
        help_text="领导在纸上签的，先由别的同事在“纸质签批”录入扫描件，再在这里选。",
    )  # fmt: skip

    def __init__(self, *args: Any, papers: list[PaperSignature], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not papers:
            del self.fields["signature"]
            return
        field = self.fields["signature"]
        field.queryset = PaperSignature.objects.filter(pk__in=[row.pk for row in papers])
        field.label_from_instance = lambda row: f"{row.leader} {row.signed_on:%Y-%m-%d} 签"


class CorrectForm(_Plain):
    reason = forms.CharField(
        label="更正什么、为什么", max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="会写进更正的文书里。例如：办理期限写错，应为 2027 年 1 月 4 日。",
    )  # fmt: skip
    summary = forms.CharField(
        label="更正后的正文", required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 6}),
        help_text="不用改正文的留空。经审批决定的内容不能在更正里改。",
    )  # fmt: skip
    last_day = day_field(
        "更正后的最后安全日", required=False, help_text="日期没有写错的留空。正文里的日期跟着改。"
    )

    def __init__(self, *args: Any, paths: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not paths:  # only a notice of another path tells such a day
            del self.fields["last_day"]


class TemplateForm(_Plain):
    upload = forms.FileField(label="模板文件（.docx）")
    why = forms.CharField(
        label="改了什么、为什么", required=False, max_length=200, help_text="例如：换新的联系电话。"
    )


class BodyForm(forms.ModelForm):
    class Meta:
        model = IssuingBody
        fields = ("name", "code", "seal", "superior", "phone", "active")
        help_texts = {
            "name": "例如：云湖街道办事处",
            "code": "文号开头的汉字，两块牌子不能相同。例如：云街信",
            "seal": "落款处写的印章名称。例如：云湖街道办事处印章",
            "superior": "对处理意见不服，向哪个机关申请复查。例如：云湖区人民政府",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def clean_code(self) -> str:
        code = self.cleaned_data["code"].strip()
        if not re.fullmatch(r"[\u4e00-\u9fff]{1,8}", code):
            raise ValidationError("机关代字只能是 1 到 8 个汉字，例如：云街信。")
        for other in bodies.others_codes(self.instance):
            if code.startswith(other) or other.startswith(code):
                raise ValidationError(f"和另一个代字“{other}”开头相同，文号会分不清，请换一个。")
        return code
