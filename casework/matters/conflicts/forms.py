"""Small forms about conflicts of interest. What may be said is checked by the rules, not here."""

from typing import Any

from django import forms

from casework.matters.conflicts.asking import staff
from casework.matters.conflicts.standing import may_lead
from casework.matters.conflicts.units import candidates, leads
from casework.matters.forms.acts import DecideForm, day_field, long_text
from casework.matters.forms.choices import handling_units
from casework.matters.models import ConcernedUnit, Conflict, Matter
from office.clock import today
from office.models import Unit, User

_KINDS = [
    (Conflict.Kind.ASKED.value, "信访人要求他（她）回避：由第二个人决定，决定前暂停办理"),
    (Conflict.Kind.NAMED.value, "他（她）就是被反映的人：立即看不到本件，再由第二个人确认"),
]


class DeclareForm(forms.Form):
    reason = long_text(
        "和这件事项、信访人有什么利害关系",
        3,
        help_text="例如：信访人是我的表兄；我参与过这次补偿的核算。加密保存。",
        error_messages={"required": "请写明是什么利害关系。"},
    )


class SayForm(forms.Form):
    """Who is to stay out, which of the two it is, and why."""

    user = forms.TypedChoiceField(
        label="工作人员",
        coerce=int,
        error_messages={"required": "请选择是哪一位工作人员。"},
    )
    kind = forms.ChoiceField(
        label="哪一种",
        choices=_KINDS,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择是哪一种。"},
    )
    reason = long_text(
        "理由",
        3,
        help_text="照信访人说的记。例如：说他和施工方老板是亲戚。加密保存。",
        error_messages={"required": "请写明理由。"},
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        self.people = {user.pk: user for user in staff()}
        names = [(pk, user.name) for pk, user in self.people.items()]
        self.fields["user"].choices = [("", "请选择"), *names]

    def clean_user(self) -> User | None:
        return self.people.get(self.cleaned_data["user"])


class DecideConflictForm(DecideForm):
    decision = forms.ChoiceField(
        choices=[("approve", "回避"), ("refuse", "不回避")],
        error_messages={"required": "请点“回避”或“不回避”。"},
    )
    note = long_text("决定的理由", 3, required=False, help_text="决定不回避的，请写明理由。")


class DistrictForm(forms.Form):
    """What the district's paper says, and its scan."""

    decision = forms.ChoiceField(
        label="区级怎么决定的",
        widget=forms.RadioSelect,
        choices=[("approve", "同意"), ("refuse", "不同意")],
        error_messages={"required": "请选择文书上的决定。"},
    )
    authority = forms.CharField(
        label="决定机关",
        max_length=60,
        help_text="例如：云湖区信访局",
        error_messages={"required": "请写明是哪个机关决定的。"},
    )
    upload = forms.FileField(
        label="决定文书的扫描件",
        help_text="有印章的那一页，20 MB 以内。",
        error_messages={"required": "请上传区级决定的扫描件。"},
    )
    note = long_text("文书上的理由", 3, required=False, help_text="不同意的，请写明。")


class TellForm(forms.Form):
    on = day_field("答复日期", error_messages={"required": "请填写答复日期。"})
    how = forms.ChoiceField(
        label="怎么答复的",
        choices=Conflict.Told.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择答复方式。"},
    )


class ConcernForm(forms.Form):
    """The unit, who said so and what; when it leads now, who leads from now on."""

    unit = forms.ModelChoiceField(
        label="被反映的单位",
        queryset=None,
        empty_label="请选择",
        error_messages={"required": "请选择被反映的是哪个单位。"},
    )
    source = forms.ChoiceField(
        label="谁说的",
        choices=ConcernedUnit.Source.choices,
        widget=forms.RadioSelect,
        initial=ConcernedUnit.Source.PETITIONER,
        error_messages={"required": "请选择是谁说的。"},
    )
    reason = long_text(
        "反映它什么",
        3,
        help_text="例如：过渡费没有发。不写信访人是谁。加密保存。",
        error_messages={"required": "请写明信访人反映它什么，例如：补偿款没有发。"},
    )
    support = forms.BooleanField(
        label="同时请它协办：提供事实，按答复履行",
        required=False,
        initial=True,
        help_text="协办只能看到遮盖后的信访人信息，不作答复。",
    )
    new_lead = forms.ModelChoiceField(
        label="由哪个单位接着主办",
        queryset=None,
        required=False,
        empty_label="请选择",
        help_text="现在的主办单位就是被反映的单位时必选。期限不停。",
    )

    def __init__(self, data: Any, *, matter: Matter) -> None:
        super().__init__(data)
        units = candidates(matter)
        self.fields["unit"].queryset = Unit.objects.handling()
        self.fields["unit"].choices = [("", "请选择"), *((one.pk, one.name) for one in units)]
        if matter.lead_unit_id is None or not any(leads(one, matter) for one in units):
            del self.fields["new_lead"]
            return
        free = may_lead(matter, handling_units(today()), today())
        free = [one for one in free if one.pk != matter.lead_unit_id]
        self.fields["new_lead"].queryset = handling_units(today())
        self.fields["new_lead"].choices = [("", "请选择"), *((one.pk, one.name) for one in free)]
        self.fields[
            "new_lead"
        ].label = f"现在由{matter.lead_unit}主办；被反映的就是它时，由谁接着主办"


class EndForm(forms.Form):
    reason = long_text(
        "为什么不再是被反映的单位",
        3,
        help_text="例如：核实后是另一个单位经办的。",
        error_messages={"required": "请写明为什么不再是被反映的单位。"},
    )
