"""Forms of the desk of sealed letters: the envelope, an opened letter, lists, custodians, bodies."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms

from casework.matters.forms.acts import day_field, long_text, phone_field
from casework.matters.forms.numbers import NumbersChecked
from casework.matters.forms.reception import ArrivalForm
from casework.matters.intake import Arrival, Person
from casework.matters.models import DisciplineBody, Matter, SealedLetter
from casework.matters.models.sealed import Carrier
from casework.matters.sealed.bodies import bodies_in_use
from casework.matters.sealed.envelope import Envelope
from casework.matters.sealed.handing import Chosen
from casework.matters.states import Klass, PersonKind
from office.forms import today_or_earlier
from office.models import Post, User

_PERSON = ("name", "phone", "id_number", "address", "contact_note")
_PIECES = {
    "required": "请填写份数。",
    "invalid": "份数请填整数。",
    "min_value": "份数至少为 1。",
    "max_value": "份数不超过 999。",
}


def carrier_field(**options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label="载体", choices=Carrier.choices, **options)


def pieces_field(**options: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label="份数", min_value=1, max_value=999, initial=1, error_messages=_PIECES, **options
    )


def reason_field(example: str) -> forms.CharField:
    return forms.CharField(
        label="理由",
        max_length=200,
        help_text=f"例如：{example}。写岗位和工作，不写密件的内容。",
        error_messages={"required": f"请写明理由，例如：{example}。"},
    )


class NamedStaff:
    """Mixin: whether a leader of the street is concerned, and which colleagues are.

    `by`, who fills the form in, is not offered: what is said of them is somebody else's to take in.
    """

    fields: dict[str, forms.Field]
    cleaned_data: dict[str, Any]

    def offer_staff(self, by: Any, today: date) -> None:
        groups: dict[str, dict[str, str]] = {}
        posts = Post.objects.on(today).filter(user__is_active=True).exclude(user=by)
        for post in posts.select_related("user", "unit").order_by("unit__path", "user"):
            title = post.title or post.get_role_display()
            groups.setdefault(str(post.unit), {}).setdefault(
                str(post.user_id), f"{post.user}（{title}）"
            )
        self.fields["about_leader"] = forms.BooleanField(
            label="写明涉及街道领导",
            required=False,
            help_text="勾选后只能转交区级纪检监察机关。",
        )
        self.fields["named"] = forms.MultipleChoiceField(
            label="写明被反映的是本街道工作人员",
            choices=[(unit, list(people.items())) for unit, people in groups.items()],
            required=False,
            widget=forms.CheckboxSelectMultiple,
            help_text="勾选的人立即回避，看不到这件；是保管人的也不保管这件。不确定是谁就不选。",
            error_messages={"invalid_choice": "选的人不在本街道现任工作人员里，请重新选择。"},
        )

    def named(self) -> list[User]:
        chosen = self.cleaned_data.get("named") or []
        return list(User.objects.filter(pk__in=chosen, is_active=True).order_by("pk"))


class CounterForm(NamedStaff, ArrivalForm):
    """密件登记（不开封转交）: what is seen from outside; there is no field for any content."""

    opened = False
    carrier = carrier_field(initial=Carrier.ENVELOPE)
    pieces = pieces_field()

    def __init__(self, data: Any, *, by: Any, today: date, **options: Any) -> None:
        super().__init__(data, today=today, **options)
        self.offer_staff(by, today)

    def envelope(self) -> Envelope:
        given = self.cleaned_data
        return Envelope(
            carrier=given["carrier"],
            pieces=given["pieces"],
            about_leader=given["about_leader"],
            named=self.named(),
            opened=self.opened,
        )

    def arrival(self) -> Arrival:
        return Arrival(
            channel=self.cleaned_data["channel"],
            received_on=self.cleaned_data["received_on"],
            klass=Klass.REPORT,
            envelope=self.envelope(),
        )


class EntryForm(NumbersChecked, CounterForm):
    """密件登记（录内容）: an opened letter, a call or a visit; all of it lies under the matter's key."""

    opened = True
    claim = long_text(
        "反映的内容",
        8,
        help_text="照他说的、信里写的记。加密保存，只有保管人和您（转交之前）打得开。",
        error_messages={"required": "请写下反映的内容；没有拆开的来信请按“不开封转交”登记。"},
    )
    place = forms.CharField(label="地点", max_length=200, required=False)
    name = forms.CharField(
        label="姓名或单位", max_length=60, required=False, help_text="匿名的不填。"
    )
    phone = phone_field("电话", max_length=40)
    id_number = forms.CharField(label="证件号码", max_length=40, required=False)
    address = forms.CharField(label="联系地址", max_length=200, required=False)
    contact_note = forms.CharField(
        label="联系嘱咐", max_length=200, required=False, help_text="例如：只打这个号，不要寄信"
    )
    source = forms.CharField(label="来源单位", max_length=60, required=False)
    source_number = forms.CharField(label="来文编号", max_length=60, required=False)

    def __init__(self, data: Any, **options: Any) -> None:
        super().__init__(data, **options)
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
        for name in _PERSON:
            self.fields[name].widget.attrs["autocomplete"] = "off"  # shared counter
        self.add_ticks()

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        self.check_numbers()
        return given

    def arrival(self) -> Arrival:
        given = self.cleaned_data
        told = {name: given[name] for name in _PERSON}
        kind = PersonKind.PERSON if any(told.values()) else PersonKind.ANONYMOUS
        return Arrival(
            channel=given["channel"],
            received_on=given["received_on"],
            klass=Klass.REPORT,
            claims=[("", given["claim"])],
            people=[Person(**told, kind=kind.value, as_is=tuple(self.stated))],
            place=given["place"],
            source=given["source"],
            source_number=given["source_number"],
            envelope=self.envelope(),
        )


class ConcernedForm(NamedStaff, forms.Form):
    """补记涉及人员: what turned out later; nothing noted before is taken back."""

    def __init__(self, data: Any, *, by: Any, today: date) -> None:
        super().__init__(data)
        self.offer_staff(by, today)


class ListForm(forms.Form):
    """A new list: the matters on it with carrier and pieces, and the body it goes to."""

    body = forms.ModelChoiceField(
        label="接收机关",
        queryset=None,
        widget=forms.RadioSelect,
        empty_label=None,
        error_messages={
            "required": "请选择接收机关。",
            "invalid_choice": "没有这个接收机关，请重新选择。",
        },
    )

    def __init__(
        self, data: Any, *, matters: Sequence[Matter], chosen: Mapping[int, bool] | None = None
    ) -> None:
        super().__init__(data)
        self.fields["body"].queryset = bodies_in_use()
        self.matters, self.on = matters, chosen or {}
        letters = {row.matter_id: row for row in SealedLetter.objects.filter(matter__in=matters)}
        self.leaders = {pk for pk, row in letters.items() if row.about_leader}
        for matter in matters:
            letter = letters.get(matter.pk)
            told = letter or SealedLetter(matter=matter, carrier=Carrier.SHEET)
            key = str(matter.pk)
            self.fields[f"on_{key}"] = forms.BooleanField(
                label=matter.number, required=False, initial=bool(self.on.get(matter.pk))
            )
            self.fields[f"carrier_{key}"] = carrier_field(initial=told.carrier, required=False)
            self.fields[f"pieces_{key}"] = pieces_field(required=False)
            self.fields[f"pieces_{key}"].initial = told.pieces

    def rows(self) -> list[dict[str, Any]]:
        """What the page shows of each matter: the matter and its three controls."""
        return [
            {
                "matter": matter,
                "leader": matter.pk in self.leaders,
                "on": self[f"on_{matter.pk}"],
                "carrier": self[f"carrier_{matter.pk}"],
                "pieces": self[f"pieces_{matter.pk}"],
            }
            for matter in self.matters
        ]

    def chosen(self) -> list[Chosen]:
        given = self.cleaned_data
        return [
            Chosen(
                matter,
                given[f"carrier_{matter.pk}"] or Carrier.ENVELOPE,
                given[f"pieces_{matter.pk}"] or 1,
            )
            for matter in self.matters
            if given[f"on_{matter.pk}"]
        ]


class SignForm(forms.Form):
    """登记签收: who signed, when, and the scan of the signed list."""

    on = day_field(
        "签收日期",
        validators=[today_or_earlier],
        error_messages={
            "required": "请填写签收日期。",
            "invalid": "日期请写成 2026-11-24 的样子。",
        },
    )
    receiver = forms.CharField(
        label="签收人",
        max_length=60,
        help_text="清单上签字的人。加密保存。",
        error_messages={"required": "请填写签收人姓名。"},
    )
    upload = forms.FileField(
        label="签收单扫描件或照片",
        help_text="20 MB 以内。加密保存。",
        error_messages={
            "required": "请附上签收单的扫描件或照片。",
            "empty": "文件是空的，请重新选择。",
        },
    )

    def __init__(self, data: Any, files: Any, *, today: date) -> None:
        super().__init__(data, files, initial={"on": today})
        self.fields["on"].widget.attrs["max"] = f"{today:%Y-%m-%d}"


class VoidForm(forms.Form):
    reason = long_text(
        "作废理由",
        3,
        help_text="例如：份数点错了。由另一位保管人审批，编号保留。不要写信里的内容。",
        error_messages={"required": "请写明为什么作废，例如：份数点错了。"},
    )


class CustodianForm(forms.Form):
    """指定 or 更换: who, and why."""

    user = forms.TypedChoiceField(
        label="保管人",
        coerce=int,
        error_messages={
            "required": "请选择保管人。",
            "invalid_choice": "这位同事现在没有“密件保管人”岗位，请重新选择。",
        },
    )
    reason = reason_field("机要员岗位调整")

    def __init__(self, data: Any, *, people: Sequence[User], label: str) -> None:
        super().__init__(data)
        self.people = {user.pk: user for user in people}
        self.fields["user"].label = label
        self.fields["user"].choices = [
            ("", "请选择"),
            *((pk, str(user)) for pk, user in self.people.items()),
        ]

    def person(self) -> User:
        return self.people[self.cleaned_data["user"]]


class EndForm(forms.Form):
    reason = reason_field("调离本街道")


class BodyForm(forms.ModelForm):
    """A receiving body; one in use on lists is ended, never deleted."""

    reason = reason_field("机构更名")

    class Meta:
        model = DisciplineBody
        fields = ("name", "level", "ended")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].error_messages["required"] = "请填写名称。"
        self.fields["level"].error_messages["required"] = "请选择级别。"
        self.fields["level"].help_text = "涉及街道领导的密件只能转交区级。"
        if self.instance.pk is None:
            del self.fields["ended"]
