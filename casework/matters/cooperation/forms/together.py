"""Forms of support, letters, notes and disputes. What may be said is checked by the rules, not here."""

from collections.abc import Iterable
from typing import Any

from django import forms

from casework.matters.cooperation import letters
from casework.matters.forms.acts import day_field, long_text
from casework.matters.models import InternalNote, OutsideLetter
from office.models import Unit, User

_CHOOSE = [("", "请选择")]


def unit_field(label: str, **options: Any) -> forms.ModelChoiceField:
    """A unit among some; `offer` says among which."""
    return forms.ModelChoiceField(
        label=label, queryset=Unit.objects.handling(), empty_label="请选择", **options
    )


def offer(field: Any, units: Iterable[Unit], empty: str = "请选择") -> None:
    field.choices = [("", empty), *((unit.pk, unit.name) for unit in units)]


class AskSupportForm(forms.Form):
    unit = unit_field("请哪个单位协办", error_messages={"required": "请选择协办单位。"})
    what = long_text(
        "请它做什么",
        5,
        help_text="一项一项写清楚。它看不到信访人的姓名、电话，需要的写在这里。加密保存。",
        error_messages={"required": "请写清要它做什么，例如：提供 2024 年以来的巡查记录。"},
    )
    due_on = day_field(
        "请在哪天前答复",
        help_text="过了这一天还没有答复会标红；本事项的期限不因协办停下。",
        error_messages={"required": "请填写答复期限。"},
    )

    def __init__(self, data: Any, *, units: Iterable[Unit], **initial: Any) -> None:
        super().__init__(data, initial=initial)
        offer(self.fields["unit"], units)


class AnswerSupportForm(forms.Form):
    answer = long_text(
        "协办的结果",
        8,
        help_text="查到什么、做了什么、附了哪些材料。加密保存，主办单位看得到。",
        error_messages={"required": "请写明协办的结果：查到什么、做了什么。"},
    )


class WhyForm(forms.Form):
    """One reason, asked for in the words of the page."""

    reason = long_text("理由", 3, error_messages={"required": "请写明理由。"})

    def __init__(self, data: Any, *, label: str, hint: str) -> None:
        super().__init__(data)
        self.fields["reason"].label, self.fields["reason"].help_text = label, hint


class Nothing(forms.Form):
    """A button alone."""


class PersonForm(forms.Form):
    person = forms.TypedChoiceField(
        label="谁来办", coerce=int, required=False, empty_value=None,
        help_text="指定以后由他（她）或单位负责人答复；不指定，本单位谁先办都行。",
    )  # fmt: skip

    def __init__(self, data: Any, *, people: Iterable[User], now_is: int | None) -> None:
        super().__init__(data, initial={"person": now_is})
        self.people = {one.pk: one for one in people}
        names = [(pk, one.name) for pk, one in self.people.items()]
        self.fields["person"].choices = [("", "不指定"), *names]

    def clean_person(self) -> User | None:
        return self.people.get(self.cleaned_data["person"])


class LetterForm(forms.Form):
    kind = forms.ChoiceField(
        label="哪一种", choices=OutsideLetter.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择是哪一种。"},
    )  # fmt: skip
    body_name = forms.CharField(
        label="发给哪个单位", max_length=60,
        help_text="写单位，不写个人。例如：云湖派出所、云湖区法院立案庭、云湖区信访局",
        widget=forms.TextInput(attrs={"list": "bodies", "autocomplete": "off"}),
        error_messages={"required": "请写明发给哪个单位。"},
    )  # fmt: skip
    what = long_text(
        "请它办什么",
        5,
        help_text="只写办这件事需要的，信访人的姓名、电话能不写就不写。加密保存。",
        error_messages={"required": "请写明请它办什么。"},
    )
    way = forms.ChoiceField(
        label="怎么送的", choices=OutsideLetter.Way.choices, widget=forms.RadioSelect,
        error_messages={"required": "请选择怎么送的。"},
    )  # fmt: skip
    sent_on = day_field("发出日期", error_messages={"required": "请填写发出日期。"})
    due_on = day_field("请在哪天前答复", error_messages={"required": "请填写答复期限。"})

    def __init__(self, data: Any, *, upward: bool, **initial: Any) -> None:
        super().__init__(data, initial=initial | {"kind": letters.KIND.SUPPORT})
        if not upward:
            self.fields["kind"].choices = [(letters.KIND.SUPPORT, letters.KIND.SUPPORT.label)]
            self.fields["kind"].help_text = "提请区级协调、呈报由信访办主任办理。"


class LetterAnswerForm(forms.Form):
    on = day_field("复函日期", error_messages={"required": "请填写复函日期。"})
    answer = long_text(
        "复函说了什么",
        5,
        help_text="只有电话答复的，写明对方单位、谁、怎么说的。加密保存。",
        error_messages={"required": "请写明复函说了什么。"},
    )
    upload = forms.FileField(
        label="复函扫描件",
        required=False,
        help_text="有盖章那一页，20 MB 以内。没有书面的可以不传。",
    )


class NoteForm(forms.Form):
    kind = forms.ChoiceField(
        label="哪一种", choices=InternalNote.Kind.choices, widget=forms.RadioSelect,
        initial=InternalNote.Kind.FACT, error_messages={"required": "请选择是哪一种备注。"},
    )  # fmt: skip
    body = long_text(
        "备注",
        6,
        help_text="只给看得到本事项的同事看，不给信访人。写了不能改、不能删，记错了可以划去。加密保存。",
        error_messages={"required": "请写点什么再保存。"},
    )
    mention = forms.TypedMultipleChoiceField(
        label="请谁看（@）", coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data: Any, *, people: Iterable[User]) -> None:
        super().__init__(data)
        self.people = {one.pk: one for one in people}
        self.fields["mention"].choices = [(pk, one.name) for pk, one in self.people.items()]

    def clean_mention(self) -> list[User]:
        return [self.people[pk] for pk in self.cleaned_data["mention"]]


class DisputeForm(forms.Form):
    reason = long_text(
        "为什么不归本单位",
        5,
        help_text="写职责分工的依据。裁定之前照常办理，期限不停。加密保存。",
        error_messages={"required": "请写明为什么不归本单位、依据是什么。"},
    )
    other = unit_field("认为应由谁办", required=False)

    def __init__(self, data: Any, *, units: Iterable[Unit]) -> None:
        super().__init__(data)
        offer(self.fields["other"], units, "说不清，由信访办定")
        self.fields[
            "other"
        ].help_text = "选了以后，它看得到本事项（个人信息遮住），由它的负责人表态。"


class ViewForm(forms.Form):
    view = long_text(
        "本单位的意见",
        4,
        help_text="同意由本单位办，还是不归本单位、依据是什么。加密保存。",
        error_messages={"required": "请写明同意由本单位办，还是为什么不归本单位。"},
    )


class DecideDisputeForm(forms.Form):
    to_unit = unit_field(
        "裁定由谁办",
        help_text="选现在的主办单位，就是不改；选别的单位，马上改交给它，期限不停。",
        error_messages={"required": "请选择裁定由哪个单位办。"},
    )
    note = long_text(
        "裁定的理由",
        4,
        help_text="依据哪条职责分工。双方都看得到。加密保存。",
        error_messages={"required": "请写明裁定的理由。"},
    )

    def __init__(self, data: Any, *, units: Iterable[Unit], now_is: int | None) -> None:
        super().__init__(data)
        chosen = [unit for unit in units if unit.pk == now_is]
        others = [unit for unit in units if unit.pk != now_is]
        names = [(unit.pk, f"{unit.name}（现在主办，不改）") for unit in chosen]
        names += [(unit.pk, unit.name) for unit in others]
        self.fields["to_unit"].choices = [*_CHOOSE, *names]


class DistrictDisputeForm(DecideDisputeForm):
    """What the district's paper says, and its scan."""

    authority = forms.CharField(
        label="决定机关", max_length=60, help_text="例如：云湖区信访局",
        error_messages={"required": "请写明是哪个机关决定的。"},
    )  # fmt: skip
    upload = forms.FileField(
        label="决定文书的扫描件", help_text="有印章的那一页，20 MB 以内。",
        error_messages={"required": "请上传区级决定的扫描件。"},
    )  # fmt: skip
    field_order = ("to_unit", "authority", "upload", "note")
