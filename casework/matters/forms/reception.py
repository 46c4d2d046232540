"""The counter's form: in the order of the conversation, and as short as a waiting queue demands."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from casework.matters.conflicts.asking import staff
from casework.matters.contacts import number_in
from casework.matters.forms.acts import day_field, long_text, phone_field, sender_field
from casework.matters.forms.choices import handling_units, place_choices
from casework.matters.forms.extras import pairs_of
from casework.matters.forms.numbers import NumbersChecked, check_of
from casework.matters.intake import Arrival, Person
from casework.matters.states import Channel, PersonKind
from office.clock import today
from office.forms import today_or_earlier
from office.models import Unit, User

MOST_CLAIMS = 10  # matters of one arrival that one page takes
_MARK = "由粘贴文字填入，请核对。"
_SENDER = ("source", "source_number", "sender_due", "place", "extra")
_PERSON = ("name", "phone", "id_number", "address", "contact_note")


class ClaimForm(forms.Form):
    """One matter of an arrival."""

    title = forms.CharField(
        label="一句话说清是什么事",
        max_length=120,
        help_text="写事情，不写人名。例如：民宿保洁员四个月加班费未付",
        error_messages={"required": "请用一句话写清是什么事。"},
    )
    claim = long_text("诉求", 4, required=False, help_text="照他说的记：经过，要求什么。加密保存。")
    about = forms.ModelChoiceField(
        label="对哪个单位的做法有意见",
        queryset=None,
        required=False,
        empty_label="不是，或说不清",
        help_text="它不能主办这一件，只能协办。",
    )

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self.fields["about"].queryset = handling_units(today())


class ArrivalForm(forms.Form):
    """How and when it came: all there is to say of a sealed letter."""

    channel = forms.ChoiceField(
        label="怎么来的",
        choices=Channel.choices,
        initial=Channel.VISIT,
        widget=forms.RadioSelect,
        error_messages={"required": "请选择信访形式。"},
    )
    received_on = day_field(
        "收到日期",
        validators=[today_or_earlier],
        error_messages={
            "required": "请填写收到日期。",
            "invalid": "日期请写成 2026-11-24 的样子。",
        },
    )

    def __init__(self, data: Any, *, today: date, initial: Mapping[str, Any] | None = None) -> None:
        super().__init__(data, initial={"received_on": today, **(initial or {})})
        self.fields["received_on"].widget.attrs["max"] = f"{today:%Y-%m-%d}"


class ReceptionForm(NumbersChecked, ArrivalForm):
    """An arrival with one or several claims; `claims` are the forms of the claims."""

    name = forms.CharField(label="姓名或单位", max_length=60, required=False)
    phone = phone_field("电话", max_length=40)
    id_number = forms.CharField(label="证件号码", max_length=40, required=False)
    address = forms.CharField(label="联系地址", max_length=200, required=False)
    contact_note = forms.CharField(
        label="联系嘱咐",
        max_length=200,
        required=False,
        help_text="例如：不寄家里，只打这个号；晚上六点后方便",
    )
    late_reason = forms.CharField(
        label="为什么晚登",
        max_length=200,
        required=False,
        help_text="收到好几天才登记的，写明原因，审计员会看到。例如：村里转来的，路上耽搁了",
    )
    people_count = forms.IntegerField(
        label="来了几个人（联名的写几人）",
        min_value=1,
        initial=1,
        error_messages={"min_value": "人数至少为 1。", "required": "请填写人数。"},
    )
    community = forms.ModelChoiceField(
        label="事情发生在哪个社区（村）", queryset=None, required=False
    )
    source = forms.CharField(label="来源单位", max_length=60, required=False)
    source_number = forms.CharField(label="来文编号", max_length=60, required=False)
    sender_due = sender_field()
    place = forms.CharField(label="问题地点", max_length=200, required=False)
    extra = long_text(
        "其他登记内容",
        6,
        required=False,
        max_length=20_000,
        help_text="一项一行，写成“名称：内容”。加密保存。",
        error_messages={"max_length": "其他登记内容不超过 20000 个字，请删去不用的。"},
    )
    named = forms.TypedChoiceField(
        label="点名反映的工作人员",
        coerce=int,
        required=False,
        empty_value=None,
        help_text="他（她）从登记起就看不到。举报违纪违法的请按密件登记。",
    )
    pasted = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)
    more = long_text("其余的工单（还没有登记）", 6, required=False)
    more_done = forms.BooleanField(label="其余的已在新窗口打开，或者不用登记", required=False)

    def __init__(
        self,
        data: Any,
        *,
        today: date,
        initial: Mapping[str, Any] | None = None,
        claims: int = 1,
    ) -> None:
        super().__init__(data, today=today, initial=initial)
        self.fields["community"].queryset = Unit.objects.places().at(today)
        self.fields["community"].choices = place_choices(today)
        self.staff = {user.pk: user for user in staff()}
        names = [(pk, user.name) for pk, user in self.staff.items()]
        self.fields["named"].choices = [("", "没有，或不在名单里"), *names]
        self.fields["people_count"].widget.attrs["min"] = 1
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        for name in _PERSON:
            self.fields[name].widget.attrs["autocomplete"] = "off"  # shared counter
        self.add_ticks()
        self.claims = [
            ClaimForm(data, prefix=f"c{n}", initial=_initial(initial, f"c{n}"))
            for n in range(min(max(claims, 1), MOST_CLAIMS))
        ]
        if data is None:  # after a refusal the list of what is wrong comes first
            self.claims[-1].fields["title"].widget.attrs["autofocus"] = True
        self.pasted = str((data or initial or {}).get("pasted", "")).split(",")
        self._mark()

    def _mark(self) -> None:
        """Say at each field that a paste filled it, and what is odd about a number."""
        fields = {**self.fields, **{f"c0-{n}": f for n, f in self.claims[0].fields.items()}}
        for name in self.pasted:
            if name in fields and not fields[name].widget.is_hidden:
                check = check_of(name)
                odd = check[0](str(self[name].value() or "")) if check else ""
                fields[name].pasted = True
                fields[name].help_text = f"{_MARK}{odd}{fields[name].help_text}"

    @property
    def concerns(self) -> bool:
        """Whether a unit or somebody of the staff is what it is about."""
        chosen = [self["named"], *(claim["about"] for claim in self.claims)]
        return any(field.value() or field.errors for field in chosen)

    def clean_named(self) -> User | None:
        return self.staff.get(self.cleaned_data["named"])

    @property
    def from_sender(self) -> bool:
        """Whether anything stands, or is wrong, in what another office says of its sheet."""
        return any(self[name].value() or self[name].errors for name in _SENDER)

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.check_numbers(told=self.pasted)
        if given.get("more", "").strip() and not given.get("more_done"):
            self.add_error(
                "more_done",
                "粘贴的文字里还有工单没有登记。请先点“在新窗口打开下一张”，再勾选这一项；不用登记的直接勾选。",
            )
        return given

    def is_valid(self) -> bool:
        return all([super().is_valid(), *(claim.is_valid() for claim in self.claims)])

    def arrival(self, *, complete: bool) -> Arrival:
        given = self.cleaned_data
        told = {name: given[name] for name in _PERSON}
        kind = PersonKind.PERSON if any(told.values()) else PersonKind.ANONYMOUS
        return Arrival(
            channel=given["channel"],
            received_on=given["received_on"],
            claims=[
                (claim.cleaned_data["title"], claim.cleaned_data["claim"]) for claim in self.claims
            ],
            people=[Person(**told, kind=kind.value, as_is=tuple(self.stated))],
            community=given["community"],
            people_count=given["people_count"],
            place=given["place"],
            source=given["source"],
            source_number=given["source_number"],
            sender_due=given["sender_due"],
            extra=pairs_of(given["extra"]),
            complete=complete,
            late_reason=given["late_reason"],
        )

    def take(self, error: ValidationError) -> None:
        """Put what intake refused at its field; what it says of titles at the claim it means."""
        for name, problems in getattr(error, "error_dict", {None: error}).items():
            if name == "title":
                self._claim_telling().add_error("title", problems)
            else:
                self.add_error(name if name in self.fields else None, problems)

    def _claim_telling(self) -> ClaimForm:
        """The claim whose title holds a number or the name, else the first one."""
        name = self.cleaned_data.get("name", "").strip()
        titles = [(claim, claim.cleaned_data.get("title", "")) for claim in self.claims]
        told = [claim for claim, title in titles if number_in(title)]
        told += [claim for claim, title in titles if name and name in title]
        return told[0] if told else self.claims[0]


def _initial(values: Mapping[str, Any] | None, prefix: str) -> dict[str, Any]:
    """What was typed into the claim `prefix` before another one was added."""
    if not values:
        return {}
    return {name: values.get(f"{prefix}-{name}", "") for name in ClaimForm.base_fields}
