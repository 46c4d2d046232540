"""The forms of a request; what an act needs is checked by its rule, not here."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from django import forms

from casework.matters.forms.acts import day_field, long_text, phone_field
from casework.matters.models import RightsPoint
from casework.matters.rights.lifecycle import Said
from casework.matters.rights.moving import Asked
from casework.matters.rights.replies import usual_answer, usual_reason
from casework.matters.rights.states import (
    SHOWN_BY,
    Answer,
    Field,
    Given,
    Identity,
    Right,
    Speaker,
)
from casework.matters.states import Channel

_ACCEPT = "image/*,.pdf"
_CHANNELS = [
    (value, label)
    for value, label in Channel.choices
    if value not in (Channel.FORWARDED, Channel.HOTLINE)
]


class _Quiet(forms.Form):
    """A form on a counter that many share: the browser remembers nothing typed into it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.CharField):
                field.widget.attrs["autocomplete"] = "off"


class NewForm(_Quiet):
    """A request as told at the counter."""

    rights = forms.MultipleChoiceField(
        label="请求什么",
        choices=Right.choices,
        widget=forms.CheckboxSelectMultiple,
        help_text="可以选几项，每一项分别答复。",
        error_messages={"required": "请选择请求的事项，至少一项。"},
    )
    asked = long_text(
        "照请求人的话记",
        4,
        help_text="例如：想看看今年三月反映的噪声那件，登记了我哪些信息，谁看过。",
        error_messages={"required": "请照请求人的话写清要什么。"},
    )
    speaker = forms.ChoiceField(label="谁提出", choices=Speaker.choices, initial=Speaker.SELF.value)
    agent = forms.CharField(
        label="代为提出的人的姓名", max_length=60, required=False, help_text="本人提出的留空。"
    )
    name = forms.CharField(
        label="本人的姓名（信息涉及的人）",
        max_length=60,
        error_messages={"required": "请写信息涉及的本人的全名。"},
    )
    phone = phone_field("登记时留的电话", max_length=60)
    address = forms.CharField(label="答复寄到哪里", max_length=200, required=False)
    channel = forms.ChoiceField(label="怎么提出的", choices=_CHANNELS, initial=Channel.VISIT.value)
    received_on = day_field("收到日期")

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"received_on": today})

    def told(self) -> Asked:
        given = self.cleaned_data
        return Asked(**{**given, "rights": tuple(given["rights"])})


class CheckForm(_Quiet):
    """How it was checked who asks."""

    identity = forms.ChoiceField(
        label="怎么核实的",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎么核实的。"},
    )
    identity_note = forms.CharField(
        label="核实经过",
        max_length=200,
        help_text="例如：看过身份证，照片与本人一致，末四位 1234。不抄全号，不留复印件。",
        error_messages={"required": "请写明看了什么。"},
    )
    authority = forms.FileField(
        label="授权委托书、监护或亲属关系证明",
        required=False,
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
    )

    def __init__(self, data: Any, files: Any = None, *, speaker: str) -> None:
        super().__init__(data, files)
        ways = SHOWN_BY[Speaker(speaker)]
        self.fields["identity"].choices = [(way.value, way.label) for way in ways]
        if speaker == Speaker.SELF:
            del self.fields["authority"]
        else:
            self.fields["authority"].required = True
            self.fields["authority"].error_messages["required"] = "请上传证明的照片或扫描件。"

    def clean_identity(self) -> str:
        return Identity(self.cleaned_data["identity"]).value


class CodeForm(_Quiet):
    """A matter by its number and the query code on the receipt."""

    number = forms.CharField(
        label="事项编号或来件编号",
        max_length=20,
        help_text="回执上的编号。",
        error_messages={"required": "请写回执上的编号。"},
    )
    code = forms.CharField(
        label="查询码",
        max_length=12,
        help_text="回执上的 8 位数字，由请求人报出。",
        error_messages={"required": "请写请求人报出的查询码。"},
    )
    basis = forms.CharField(label="认定依据", max_length=300, required=False)

    def __init__(self, data: Any, *, heads: bool) -> None:
        super().__init__(data)
        if heads:
            self.fields["basis"].help_text = "查询码、姓名、电话只有一项一致时必填。"
        else:
            del self.fields["basis"]


class FilesForm(forms.Form):
    """Which files of a matter the person handed in."""

    files = forms.MultipleChoiceField(
        label="本人提交、可以给本人的材料", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Any, *, files: Iterable[tuple[int, str]], chosen: Sequence[int]
    ) -> None:
        super().__init__(data, initial={"files": [str(pk) for pk in chosen]})
        self.fields["files"].choices = [(str(pk), label) for pk, label in files]

    def ids(self) -> list[int]:
        return [int(pk) for pk in self.cleaned_data["files"]]


class BuildForm(_Quiet):
    """Further words that are nobody's business but somebody else's."""

    hidden = long_text(
        "还要遮盖的字（一行一个）",
        4,
        required=False,
        help_text="系统只认得登记过的人。读一遍，把别人的姓名、称呼、门牌写在这里，再整理一次。",
    )


class AnswersForm(forms.Form):
    """How each right is answered: fields `a_<right>` and `r_<right>`."""

    def __init__(self, data: Any, *, points: Sequence[RightsPoint], open_texts: bool) -> None:
        super().__init__(data)
        self.rows = []
        for point in points:
            right = Right(point.right)
            answer = point.answer or usual_answer(right)
            said = point.text("reason") if open_texts else ""
            reason = said if point.answer else usual_reason(right, answer)
            self.fields[f"a_{right}"] = forms.ChoiceField(
                label=right.label,
                choices=Answer.choices,
                initial=answer,
                widget=forms.RadioSelect,
                error_messages={"required": f"“{right.label}”请选择怎么处理。"},
            )
            self.fields[f"r_{right}"] = long_text(
                f"{right.label}：理由或说明",
                3,
                required=False,
                initial=reason,
                help_text="没有全部照办的必填，会写进答复。",
            )
            self.rows.append((self[f"a_{right}"], self[f"r_{right}"], right))

    def said(self) -> list[Said]:
        given = self.cleaned_data
        return [
            Said(right.value, given[f"a_{right}"], given[f"r_{right}"]) for _, _, right in self.rows
        ]


class DecideForm(forms.Form):
    decision = forms.ChoiceField(
        choices=[("approve", "同意"), ("return", "退回")], widget=forms.HiddenInput
    )
    note = long_text("意见", 3, required=False, help_text="退回的必填：要改什么。")


class ReplyForm(forms.Form):
    reply = long_text(
        "答复全文",
        14,
        help_text="可以改。救济途径和“到哪里问”两句由系统附在最后，不能删。",
        error_messages={"required": "答复不能是空的。"},
    )


class GivenForm(_Quiet):
    """How and when the answer reached the person."""

    given = forms.ChoiceField(
        label="怎么答复的",
        choices=Given.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择怎么答复的。"},
    )
    answered_on = day_field("答复日期", error_messages={"required": "请填答复日期。"})
    note = forms.CharField(
        label="经过",
        max_length=300,
        help_text="例如：本人在窗口签收；挂号信号码；电话里怎么说的、对方怎么答的。",
        error_messages={"required": "请写明经过。"},
    )
    receipt = forms.FileField(
        label="签收单或邮寄凭证",
        required=False,
        help_text="当面交付、邮寄的必须有；口头答复不用。",
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
    )

    def __init__(self, data: Any, files: Any = None, *, today: date) -> None:
        super().__init__(data, files, initial={"answered_on": today})


class NoteForm(forms.Form):
    note = long_text(
        "请求人怎么说的",
        3,
        help_text="例如：当面说不要了，已在登记表上签字。",
        error_messages={"required": "请写明请求人怎么说的。"},
    )


class CorrectForm(_Quiet):
    """One wished correction."""

    link = forms.ChoiceField(label="哪件事项")
    field = forms.ChoiceField(label="更正哪一项", choices=Field.choices)
    new = forms.CharField(
        label="改成什么",
        max_length=200,
        help_text="收到日期写成 2026-11-02 的样子。",
        error_messages={"required": "请写要改成什么。"},
    )
    evidence = forms.FileField(
        label="凭据（收到日期必须有）",
        required=False,
        widget=forms.FileInput(attrs={"accept": _ACCEPT}),
    )

    def __init__(self, data: Any, files: Any = None, *, links: Iterable[tuple[int, str]]) -> None:
        super().__init__(data, files)
        self.fields["link"].choices = [(str(pk), label) for pk, label in links]


class SettleForm(forms.Form):
    reason = long_text("不予更正的理由", 2, required=False, help_text="会写进答复。")
