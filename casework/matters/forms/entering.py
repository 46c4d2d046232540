"""Forms of the moves from registration to acceptance, and of the ways out before it."""

from typing import Any

from django import forms

from casework.matters.forms.acts import ActForm, day_field
from casework.matters.forms.choices import category_choices
from casework.matters.models import Category
from casework.matters.profiles import limits_of
from casework.matters.steps import WAYS, limit_of_way, way_of


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


FORMS: dict[str, type[ActForm]] = {"accept": AcceptForm}
