"""One small form for each act on a matter. What an act needs is checked by its rule, not here."""

from datetime import date
from typing import Any

from django import forms

from casework.matters.forms.choices import (
    category_choices,
    handling_units,
    lead_choices,
    officer_choices,
    officers,
)
from casework.matters.models import Category, Matter
from casework.matters.opening import BOTH
from casework.matters.profiles import limits_of
from casework.matters.states import Outcome
from casework.matters.steps import WAYS, limit_of_way, way_of
from office.models import User


def day_field(label: str, **options: Any) -> forms.DateField:
    """A date as browsers and offices write it: 2026-11-24."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


def long_text(label: str, rows: int = 4, **options: Any) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea(attrs={"rows": rows}), **options)


def phone_field(label: str, **options: Any) -> forms.CharField:
    """A phone number that may be left out; its form judges it (`forms.numbers.NumbersChecked`)."""
    return forms.CharField(label=label, required=False, **options)


class WhyForm(forms.Form):
    """Why personal data are opened; goes to the look ledger."""

    purpose = forms.CharField(
        label="查看目的",
        min_length=4,
        max_length=200,
        help_text="为办什么事要看，审计会看到。例如：联系信访人核对时间",
        error_messages={
            "required": "请写明查看目的，例如：联系信访人核对时间。",
            "min_length": "请把查看目的写得具体一些，至少 4 个字。",
        },
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "purposes"}),
    )


class PurposeForm(WhyForm):
    """The same for a part of the record: who came, or what they say."""

    what = forms.ChoiceField(choices=[(what, what) for what in BOTH], widget=forms.HiddenInput)


class ReasonForm(forms.Form):
    reason = long_text(
        "撤下的理由",
        3,
        help_text="例如：传错了事项。材料仍在档，只是不再作为办理依据。",
        error_messages={"required": "请写明撤下的理由，例如：传错了事项。"},
    )


class ActForm(forms.Form):
    """Values for `moving.move`: `given()` its data, `day()` the day it happened (None: today)."""

    hints: dict[str, str] = {}

    def __init__(self, data: Any, *, matter: Matter, today: date) -> None:
        super().__init__(data, initial={"on": today})
        self.matter, self.today = matter, today
        self.prepare()

    def prepare(self) -> None:
        """Fill the selects of this matter."""

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name != "on"}

    def day(self) -> date | None:
        return self.cleaned_data.get("on")


class AcceptForm(ActForm):
    """Class and path in one choice, as `steps.WAYS` puts it."""

    way = forms.ChoiceField(
        label="依法分类，选择途径",
        widget=forms.RadioSelect,
        error_messages={"required": "请选择类别和途径（《信访工作条例》第二十九至三十一条）。"},
    )
    category = forms.ModelChoiceField(
        label="内容分类", queryset=Category.objects.filter(active=True), required=False
    )
    on = day_field("受理日期", help_text="当天受理就不用改。")

    def prepare(self) -> None:
        limits = limits_of(self.matter.profile)
        self.ways = [(code, label, told, limit_of_way(code, limits)) for code, label, told in WAYS]
        self.fields["way"].choices = [(code, label) for code, label, _ in WAYS]
        self.fields["category"].choices = category_choices()
        self.initial["category"] = self.matter.category_id
        if self.matter.klass:
            self.initial["way"] = self.matter.path or self.matter.klass

    def given(self) -> dict[str, Any]:
        klass, path = way_of(self.cleaned_data["way"])
        return {"klass": klass, "path": path, "category": self.cleaned_data["category"]}


class _OfficerForm(ActForm):
    """Acts that name an officer, offered by unit."""

    officer = forms.TypedChoiceField(label="承办人", required=False, coerce=int, empty_value=None)
    note = long_text(
        "交代几句", 3, required=False, help_text="要承办人知道的：注意什么、先做什么。"
    )

    def posts(self) -> list[Any]:
        return officers(self.matter, self.today)

    def prepare(self) -> None:
        self.people = self.posts()
        self.fields["officer"].choices = officer_choices(self.people)
        self.initial["officer"] = self.matter.officer_id

    def clean_officer(self) -> User | None:
        chosen = self.cleaned_data["officer"]
        return next((post.user for post in self.people if post.user_id == chosen), None)


class AssignForm(_OfficerForm):
    lead_unit = forms.ModelChoiceField(
        label="承办单位",
        queryset=None,
        empty_label="请选择",
        help_text="被反映的单位不主办反映它的事项，只能协办。",
        error_messages={"required": "请选择承办单位。"},
    )
    field_order = ("lead_unit", "officer", "note")

    def prepare(self) -> None:
        super().prepare()
        # One that may not lead is not offered; when it is sent all the same, the rule says why.
        self.fields["lead_unit"].queryset = handling_units(self.today)
        self.fields["lead_unit"].choices = lead_choices(self.matter, self.today)
        self.fields["officer"].help_text = "可以不指定，由承办单位负责人安排。"


class ReassignForm(AssignForm):
    """改交: from one lead unit to another, with the reason the first one reads."""

    note = long_text(
        "改交理由", 3,
        help_text="原主办单位会看到。期限不停。",
        error_messages={"required": "请写明为什么改交。"},
    )  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        self.initial.pop("officer", None)


class NameOfficerForm(_OfficerForm):
    def posts(self) -> list[Any]:
        return officers(self.matter, self.today, self.matter.lead_unit)


class ReturnForm(ActForm):
    note = long_text(
        "退回理由",
        help_text="写清为什么不归本单位、应当归谁。退回后期限不停。",
        error_messages={"required": "请写明退回理由：为什么不归本单位、应当归谁。"},
    )


class AnswerForm(ActForm):
    outcome = forms.ChoiceField(
        label="处理结果",
        choices=Outcome.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择处理结果。"},
    )
    body = long_text(
        "答复内容",
        12,
        help_text="逐项回应诉求：查明的事实、依据、结果；写明可以向哪里申请复查。加密保存。",
        error_messages={"required": "请写明答复内容。"},
    )
    on = day_field("答复日期", help_text="答复交到信访人手里的那一天，复查期从这一天算起。")


class CloseForm(ActForm):
    note = long_text("办结说明", 3, required=False)
    on = day_field("办结日期")


FORMS: dict[str, type[ActForm]] = {
    "accept": AcceptForm,
    "assign": AssignForm,
    "name_officer": NameOfficerForm,
    "reassign": ReassignForm,
    "return": ReturnForm,
    "answer": AnswerForm,
    "close": CloseForm,
}


class AskVoidForm(forms.Form):
    reason = long_text(
        "作废理由",
        help_text="例如：与另一件重复登记，写上那一件的编号。由另一位有权限的同事审批，编号保留、另行统计。",
        error_messages={"required": "请写明理由。"},
    )


class AskReceivedForm(forms.Form):
    """The right day, why, and the proof: a file that is there already or one sent along."""

    new_date = day_field("正确的收到日期", error_messages={"required": "请填写正确的收到日期。"})
    evidence = forms.ModelChoiceField(label="已上传的凭据", queryset=None, required=False)
    upload = forms.FileField(
        label="或上传凭据", required=False, help_text="信封、登记簿照片或扫描件，20 MB 以内。"
    )
    reason = long_text("更正理由", 3, error_messages={"required": "请写明理由。"})

    def __init__(self, data: Any, files: Any, *, matter: Matter, names: dict[int, str]) -> None:
        super().__init__(data, files)
        field = self.fields["evidence"]
        field.queryset = matter.files.filter(withdrawn=False)
        field.empty_label = "没有，另外上传"
        field.label_from_instance = lambda file: names[file.pk]


class DecideForm(forms.Form):
    """同意 or 不同意 is the button; refusing needs a reason."""

    decision = forms.ChoiceField(
        choices=[("approve", "同意"), ("refuse", "不同意")],
        error_messages={"required": "请点“同意”或“不同意”。"},
    )
    note = long_text("审批意见", 3, required=False, help_text="不同意的，请写明理由。")
