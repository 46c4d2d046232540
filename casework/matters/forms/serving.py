"""Forms of a service: one for the answer and for every other paper, one for a try in vain."""

from typing import Any

from django import forms

from casework.matters.forms.acts import ActForm, choice, day_field, file_field, long_text
from casework.matters.models import Service
from casework.matters.profiles import setting_of
from office.models import User

SERVED, IN_VAIN = "served", "in_vain"


def _time_field(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label, required=False,
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        error_messages={"invalid": "时刻请写成 14:30 的样子。"},
    )  # fmt: skip


class ServeForm(ActForm):
    way = choice("怎样送达", Service.Way.choices, "请选择送达方式。")
    on = day_field("收到日期", help_text="信访人收到的那一天，期限从这一天算起。")
    time = _time_field("几点（可以不填）")
    place = forms.CharField(
        label="地点", required=False, max_length=200, help_text="当面、留置、公告送达的必填。"
    )
    proof = file_field("送达凭据", required=False, help_text="送达回证、邮寄回执、现场照片。")
    note = long_text("经过", 2, required=False)
    sent_on = day_field(
        "发出日期", required=False, help_text="规则方案按发出日计算期限的，填这一天。"
    )
    witness_user = forms.ModelChoiceField(
        label="见证人：同事", queryset=User.objects.none(), required=False,
        empty_label="不是同事",
    )  # fmt: skip
    witness = forms.CharField(
        label="见证人：其他人", required=False, max_length=60,
        help_text="例如居委会工作人员，写姓名和身份。",
    )  # fmt: skip
    consent = file_field("电子送达同意书（信访人签字）", required=False)
    received = forms.BooleanField(label="本人已确认“已收到”", required=False)
    no_name = forms.BooleanField(label="公告里没有信访人的姓名", required=False)

    _LEFT, _ELECTRONIC, _NOTICE = ("witness_user", "witness"), ("consent", "received"), ("no_name",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        groups = (
            ("留置送达", self._LEFT), ("电子送达", self._ELECTRONIC), ("公告送达", self._NOTICE)
        )  # fmt: skip
        self.by_way = [(title, [self[name] for name in names]) for title, names in groups]
        folded = {name for _, names in groups for name in names}
        self.always = [field for field in self if field.name not in folded]

    def prepare(self) -> None:
        self.fields["witness_user"].queryset = User.objects.filter(is_active=True).order_by("pk")
        if setting_of(self.matter.profile, "clock_stop") != "dispatched":
            del self.fields["sent_on"]


class ServePaperForm(ServeForm):
    """The same for any other letter, and for a try of it."""

    result = choice(
        "结果", [(SERVED, "送到了"), (IN_VAIN, "没有送到")], "请选择送到了还是没有送到。"
    )
    field_order = ("result", "way", "on", "time", "place", "proof", "note")

    def prepare(self) -> None:
        super().prepare()
        self.fields.pop("sent_on", None)
        self.fields["on"].help_text = "信访人收到的那一天；没有送到的，是去送的那一天。"
        self.fields["note"].help_text = "没有送到的，写明为什么。"

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in super().given().items() if name != "result"}


class TryServeForm(ActForm):
    way = choice("怎样送的", Service.Way.choices, "请选择送达方式。")
    on = day_field("哪天")
    time = _time_field("几点（可以不填）")
    place = forms.CharField(
        label="地点", required=False, max_length=200, help_text="当面、留置送达的必填：去了哪里。"
    )
    note = long_text("为什么没送到", 3, error_messages={"required": "请写明为什么没有送到。"})
    proof = file_field("凭据", required=False)
