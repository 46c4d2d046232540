"""Correcting and completing a registration. Personal data stand masked; what is typed replaces them."""

from datetime import date
from typing import Any

from django import forms

from casework.matters.amending import KEPT, Amendment, owes_sender
from casework.matters.forms.acts import long_text, phone_field, sender_field
from casework.matters.forms.choices import category_choices, grid_choices, place_choices
from casework.matters.forms.numbers import NumbersChecked
from casework.matters.intake import Person, sender_day
from casework.matters.models import Category, Matter, Petitioner
from casework.matters.states import Channel, Klass, Path
from office.editing import StaleSafe
from office.models import Unit
from office.vault import keyed_hash

_PERSON = ("name", "phone", "id_number", "address", "contact_note")
_KEPT = "不改就留空。"
_TEXTS = ("title", "source", "source_number")
_FACTS = (
    "title", "category", "community", "grid", "people_count", "representatives", "source",
    "source_number",
)  # fmt: skip


class FactsForm(NumbersChecked, StaleSafe, forms.ModelForm):
    """Facts of a matter and fields `p<id>_<name>` for each petitioner; `amending` writes them."""

    facts = _FACTS
    seen = forms.IntegerField(widget=forms.HiddenInput)
    title = forms.CharField(
        label="标题",
        max_length=120,
        help_text="写事情，不写人名。",
        error_messages={"required": "请用一句话写清是什么事。"},
    )
    category = forms.ModelChoiceField(
        label="内容分类", queryset=Category.objects.filter(active=True), required=False
    )
    community = forms.ModelChoiceField(label="问题属地", queryset=None, required=False)
    grid = forms.ModelChoiceField(label="网格", queryset=None, required=False)
    place = forms.CharField(label="问题地点", max_length=200, required=False)
    claim = long_text("补充或改写诉求（留空保持不变）", 6, required=False)
    claim_loaded = forms.CharField(widget=forms.HiddenInput, required=False)
    people_count = forms.IntegerField(
        label="人数", min_value=1, error_messages={"min_value": "人数至少为 1。"}
    )
    representatives = forms.IntegerField(
        label="代表人数",
        min_value=0,
        required=False,
        help_text="推选的代表，不限制谁来登记、查询。",
    )
    source = forms.CharField(label="来源单位", max_length=60, required=False)
    source_number = forms.CharField(label="来文编号", max_length=60, required=False)
    sender_due = sender_field(show_hidden_initial=True)  # a colleague's newer day stays

    class Meta:
        model = Matter
        fields = _FACTS

    def __init__(
        self, data: Any, *, matter: Matter, today: date, seen: int, claim_open: bool = False
    ) -> None:
        """claim_open: a look has been written, so the claim stands in its field as it is."""
        self.matter = matter
        self.claim_now = matter.text("claim") if claim_open else ""
        first = {
            "seen": seen, "claim": self.claim_now, "claim_loaded": _mark(self.claim_now),
            "sender_due": sender_day(matter),
        }  # fmt: skip
        super().__init__(data, instance=matter, initial=first)
        if not owes_sender(matter):
            del self.fields["sender_due"]
        self._tell_of_claim()
        self.fields["category"].choices = category_choices()
        for name, rows in (("community", Unit.objects.places()), ("grid", Unit.objects.all())):
            self.fields[name].queryset = rows
        self.fields["community"].choices = place_choices(today)
        self.fields["grid"].choices = grid_choices(today)
        self.fields["place"].help_text = _now(matter.masked("place"))
        self.people = [self._person(row) for row in matter.petitioners.order_by("-main", "pk")]
        self.added = self._blank()
        self.add_ticks()

    def _tell_of_claim(self) -> None:
        field, masked = self.fields["claim"], self.matter.masked("claim")
        if self.claim_now:
            field.label, field.help_text = "诉求", "留空保持不变；改写前的留在修改历史里。"
        elif masked:
            field.help_text = (
                f"现在：{masked}。写在这里的整段替换原文；要接着原文补充，请先在事项页打开诉求。"
            )
        else:
            field.help_text = "现在没有填。照他说的记：经过，要求什么。加密保存。"

    def _typed_claim(self) -> str:
        """The claim as typed; "" when it is what the page was loaded with."""
        text = self.cleaned_data.get("claim", "")
        return "" if _mark(text) == self.cleaned_data.get("claim_loaded") else text

    def refuse_stale(self) -> None:
        """As the mixin does; a claim nobody touched here becomes the colleague's new one."""
        untouched = not self._typed_claim()
        super().refuse_stale()
        if untouched:
            self.data["claim"], self.data["claim_loaded"] = self.claim_now, _mark(self.claim_now)

    def _person(self, row: Petitioner) -> tuple[str, list[forms.BoundField]]:
        row.matter = self.matter
        for name in _PERSON:
            label = str(Petitioner._meta.get_field(name).verbose_name)
            self.fields[f"p{row.pk}_{name}"] = _text_field(name, label, _now(row.masked(name)))
        heading = "信访人" if row.main else "共同信访人"
        return heading, [self[f"p{row.pk}_{name}"] for name in _PERSON]

    def _blank(self) -> list[forms.BoundField]:
        for name in _PERSON[:4]:
            label = str(Petitioner._meta.get_field(name).verbose_name)
            self.fields[f"new_{name}"] = _text_field(name, label)
        return [self[f"new_{name}"] for name in _PERSON[:4]]

    def clean(self) -> dict[str, Any] | None:
        given = super().clean()
        self.check_numbers()
        return given

    def clean_representatives(self) -> int:
        return self.cleaned_data["representatives"] or 0

    def amendment(self) -> Amendment:
        given = self.cleaned_data
        people: dict[int, dict[str, str]] = {}
        for name, value in given.items():
            pk, _, field = name.partition("_")
            if pk[:1] == "p" and pk[1:].isdigit() and field in _PERSON:
                people.setdefault(int(pk[1:]), {})[field] = value
        new = {name: given[f"new_{name}"].strip() for name in _PERSON[:4]}
        main = not self.matter.petitioners.exists()
        stated: dict[int, tuple[str, ...]] = {}
        for name in self.stated:
            pk, _, field = name.partition("_")
            if pk != "new":
                stated[int(pk[1:])] = (*stated.get(int(pk[1:]), ()), field)
        own = tuple(name.removeprefix("new_") for name in self.stated if name.startswith("new_"))
        return Amendment(
            facts={
                name: given[name].strip() if name in _TEXTS else given[name] for name in self.facts
            },
            place=given["place"],
            claim=self._typed_claim(),
            people=people,
            stated=stated,
            sender_due=given["sender_due"] if "sender_due" in self.changed_data else KEPT,
            added=Person(**new, main=main, as_is=own) if any(new.values()) else None,
            version=given["loaded_version"] or 0,
            seen=given["seen"],
        )


class CompleteForm(FactsForm):
    """补全登记: what the counter left out in its thirty seconds."""

    facts = (*_FACTS, "channel", "klass", "path")

    class Meta(FactsForm.Meta):
        fields = (*_FACTS, "channel", "klass", "path")

    channel = forms.ChoiceField(label="信访形式", choices=Channel.choices)
    klass = forms.ChoiceField(
        label="类别（初步）",
        required=False,
        choices=[("", "还不确定"), (Klass.SUGGESTION, "建议意见类"), (Klass.CLAIM, "申诉求决类")],
        help_text="只是初步判断，受理时由信访办主任确定。",
    )
    path = forms.ChoiceField(
        label="法定途径（初步）", required=False, choices=[("", "还不确定"), *Path.choices]
    )

    def __init__(self, data: Any, **more: Any) -> None:
        super().__init__(data, **more)
        self.fields["category"].required = "later" not in (data or {})
        self.fields["category"].error_messages["required"] = "请选择内容分类，补全才算完成。"

    def clean_path(self) -> str:
        path = self.cleaned_data["path"]
        return path if self.cleaned_data.get("klass") == Klass.CLAIM else ""


def _text_field(name: str, label: str, told: str = "") -> forms.CharField:
    if name == "phone":
        return phone_field(label, max_length=200, help_text=told)
    return forms.CharField(label=label, required=False, max_length=200, help_text=told)


def _mark(text: str) -> str:
    """What tells whether a text was touched, without being the text; line ends do not count."""
    lines = "\n".join(text.strip().splitlines())
    return keyed_hash("claim_loaded", lines) if lines else ""


def _now(masked: str) -> str:
    return f"现在：{masked}。{_KEPT}" if masked else "现在没有填。"
