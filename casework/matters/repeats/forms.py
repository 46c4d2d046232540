"""Forms about repeats and joint matters."""

from datetime import date
from typing import Any

from django import forms

from casework.matters.forms.acts import ActForm, day_field, long_text, phone_field
from casework.matters.forms.numbers import NumbersChecked
from casework.matters.intake import Person
from casework.matters.models import CoPetitioner, Matter, MatterLink
from casework.matters.reading import FileLine
from casework.matters.repeats.finding import Hint
from casework.matters.repeats.visiting import Visit
from casework.matters.states import Channel

_PERSON = ("name", "phone", "id_number", "address", "contact_note")
MERGE, AGAIN, DIFFERENT = "merge", "again", "different"


class RepeatForm(ActForm):
    """Which earlier matter, what it is to this one, and why; the button says what is decided."""

    number = forms.ChoiceField(label="可能重复的事项", required=False, widget=forms.RadioSelect)
    typed = forms.CharField(
        label="或者写编号", max_length=20, required=False, help_text="例如：XF2026-000012"
    )
    kind = forms.ChoiceField(
        label="是什么关系",
        choices=[
            (MatterLink.Kind.REPEAT, "同一个人（含联名人、代表、被代理人）再次反映同一件事"),
            (MatterLink.Kind.JOINT, "不同的人反映同一件事"),
        ],
        initial=MatterLink.Kind.REPEAT,
        widget=forms.RadioSelect,
        required=False,
    )
    note = long_text(
        "依据", 3, required=False,
        help_text="哪些诉求和事实一样，或者为什么不一样。加密保存。",
    )  # fmt: skip
    decision = forms.ChoiceField(
        choices=[(MERGE, "并入办理"), (AGAIN, "是重复，另行办理"), (DIFFERENT, "不是重复")],
        error_messages={"required": "请点一个按钮：并入、另行办理，还是不是重复。"},
    )

    def __init__(
        self, data: Any, files: Any = None, *, matter: Matter, today: date, hints: list[Hint]
    ) -> None:
        self.possible = hints
        super().__init__(data, files, matter=matter, today=today)

    def prepare(self) -> None:
        self.fields["number"].choices = [(hint.number, hint.number) for hint in self.possible]
        if len(self.possible) == 1:
            self.initial["number"] = self.possible[0].number

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = given.get("typed", "").strip() or given.get("number", "")
        if not chosen and not self.errors:
            self.add_error("typed", "请选一件，或者写它的编号。")
        if given.get("decision") == DIFFERENT and not given.get("note", "").strip():
            given["note"] = ""
        elif given.get("decision") and not given.get("note", "").strip():
            self.add_error("note", "请写明依据：哪些诉求和事实一样。")
        return given | {"chosen": chosen}


class TellMergedForm(ActForm):
    summary = long_text(
        "告知内容", 4,
        help_text="写明并到哪一件、由谁办、什么时候答复，怎么查进展。不写别人的情况。",
        error_messages={"required": "请写明告知了什么。"},
    )  # fmt: skip
    on = day_field("告知日期")

    def prepare(self) -> None:
        self.initial["summary"] = (
            "您反映的事情与我们正在办理的一件是同一件事，已并到一起办理。答复作出后会一并告诉您；"
            "您仍可凭自己的回执查询进展。"
        )


class UnmergeForm(ActForm):
    note = long_text(
        "分出的理由", 3,
        help_text="例如：说的是另一处房子；有新的事实。期限从原来收到之日接着算。",
        error_messages={"required": "请写明为什么分出。"},
    )  # fmt: skip


FORMS: dict[str, type[ActForm]] = {"tell_merged": TellMergedForm, "unmerge": UnmergeForm}


class UndoForm(forms.Form):
    reason = long_text("撤销的理由", 3, error_messages={"required": "请写明为什么撤销。"})


class JoinForm(NumbersChecked, forms.Form):
    """A petitioner who came later, at their own arrival."""

    channel = forms.ChoiceField(
        label="怎么来的",
        choices=[row for row in Channel.choices if row[0] != Channel.FORWARDED],
        initial=Channel.VISIT,
        widget=forms.RadioSelect,
    )
    on = day_field("哪天来的", error_messages={"required": "请填写日期。"})
    name = forms.CharField(label="姓名或单位", max_length=60, required=False)
    phone = phone_field("电话", max_length=40)
    id_number = forms.CharField(
        label="证件号码", max_length=40, required=False, help_text="不必填。"
    )
    address = forms.CharField(label="联系地址", max_length=200, required=False)
    contact_note = forms.CharField(label="联系嘱咐", max_length=200, required=False)

    def __init__(self, data: Any, *, today: date) -> None:
        super().__init__(data, initial={"on": today})
        for name in _PERSON:
            self.fields[name].widget.attrs["autocomplete"] = "off"  # shared counter
        self.add_ticks()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.check_numbers(told=())
        return given

    def person(self) -> Person:
        told = {name: self.cleaned_data[name] for name in _PERSON}
        return Person(**told, main=False, as_is=tuple(self.stated))


class ChooseForm(forms.Form):
    """Who speaks for the others: ticks beside names as the reader may see them."""

    chosen = forms.MultipleChoiceField(
        label="代表", required=False, widget=forms.CheckboxSelectMultiple
    )
    how = forms.ChoiceField(
        label="怎么推选的",
        choices=CoPetitioner.Chosen.choices,
        required=False,
        widget=forms.RadioSelect,
    )
    paper = forms.ModelChoiceField(
        label="代表推选书", queryset=None, required=False, empty_label="没有",
        help_text="先在材料里上传，再在这里选。",
    )  # fmt: skip
    note = long_text("备注", 2, required=False, help_text="当场推选的，写明时间和办法。加密保存。")

    def __init__(
        self,
        data: Any,
        *,
        matter: Matter,
        people: list[tuple[int, str, bool]],
        files: list[FileLine],
    ) -> None:
        initial = {"chosen": [str(pk) for pk, _, yes in people if yes]}
        super().__init__(data, initial=initial)
        self.fields["chosen"].choices = [(str(pk), label) for pk, label, _ in people]
        names = {line.pk: line.name for line in files}
        field = self.fields["paper"]
        field.queryset = matter.files.filter(withdrawn=False)
        field.label_from_instance = lambda file: names.get(file.pk, f"第 {file.pk} 号材料")

    def picked(self) -> dict[int, bool]:
        chosen = set(self.cleaned_data["chosen"])
        return {int(pk): pk in chosen for pk, _ in self.fields["chosen"].choices}


def _time(label: str, **options: Any) -> forms.TimeField:
    widget = forms.TimeInput(attrs={"type": "time"}, format="%H:%M")
    wrong = {"invalid": "时间请写成 09:30 的样子。", "required": "请填写时间。"}
    return forms.TimeField(label=label, widget=widget, error_messages=wrong, **options)


class VisitForm(forms.Form):
    on = day_field("日期", error_messages={"required": "请填写日期。"})
    began = _time("从")
    ended = _time("到", required=False)
    people = forms.IntegerField(label="来了几人", min_value=1)
    representatives = forms.IntegerField(
        label="代表几人", min_value=1, help_text="由代表来谈；登记、答复、查询人人都有。"
    )
    place = forms.CharField(label="接待地点", max_length=100, required=False)
    note = long_text("情况", 3, required=False, help_text="谈了什么、怎么答复的。加密保存。")

    def visit(self) -> Visit:
        return Visit(**self.cleaned_data)


class OfferForm(forms.Form):
    on = day_field("提出日期")
    meet_on = day_field(
        "约定日期",
        required=False,
        help_text="对方愿意来谈才填。不愿意的，什么也不记，也不影响办理。",
    )
    note = forms.CharField(label="约定", max_length=200, required=False)
