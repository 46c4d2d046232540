"""Forms of giving an accepted matter to a unit, to an officer, and back."""

from typing import Any

from django import forms

from casework.matters.forms.acts import ActForm, day_field, long_text
from casework.matters.forms.choices import handling_units, lead_choices, officer_choices, officers
from office.models import User


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
    sub_limit = day_field(
        "内部期限", required=False, help_text="要求哪天前办好，可以不填：按规则方案的内部期限算。"
    )
    field_order = ("lead_unit", "officer", "sub_limit", "note")

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


FORMS: dict[str, type[ActForm]] = {
    "assign": AssignForm,
    "name_officer": NameOfficerForm,
    "reassign": ReassignForm,
    "return": ReturnForm,
}
