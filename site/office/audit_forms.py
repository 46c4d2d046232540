"""The rows of selects above the audit page and the look ledger."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from wagtail.admin.widgets import AdminDateInput

from office.audit import SYSTEM, field_labels, tracked_kinds
from office.models import User

_FIRST = date(2000, 1, 1)


def _day(label: str) -> forms.DateField:
    return forms.DateField(
        label=label,
        required=False,
        widget=AdminDateInput(attrs={"placeholder": "2026-11-23", "size": 12}),
        error_messages={"invalid": "请写成 2026-11-23 这样的日期。"},
    )


class LedgerFilter(forms.Form):
    """Who, when and which record. `asked()` gives what was filled in rightly."""

    person = forms.ChoiceField(label="人员", required=False)
    since = _day("自")
    until = _day("至")
    record = forms.CharField(
        label="编号或名称",
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"placeholder": "完整编号，例如 XF2026-000318", "size": 30}),
    )
    everyone = "全部人员"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].choices = [("", self.everyone), *self.people()]

    def people(self) -> Iterator[tuple[str, str]]:
        rows = User.objects.order_by("name", "pk").values_list("pk", "name", "username")
        for pk, name, username in rows:
            yield str(pk), f"{name}（{username}）"

    def clean_record(self) -> str:
        return self.cleaned_data["record"].strip()

    def clean_since(self) -> date | None:
        return self._sensible("since")

    def clean_until(self) -> date | None:
        return self._sensible("until")

    def _sensible(self, name: str) -> date | None:
        day = self.cleaned_data[name]
        if day and not _FIRST <= day < date.max.replace(year=9000):
            raise ValidationError("请填写 2000 年以后的日期。")
        return day

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("since") and given.get("until") and given["since"] > given["until"]:
            self.add_error("until", "结束日期早于开始日期。")
        return given

    def asked(self) -> dict[str, Any]:
        """What was asked for, by name; empty conditions and wrong ones are left out."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}

    def active(self) -> list[tuple[str, str, str]]:
        """(field name, label, value in words) of each condition, to show and to take away."""
        return [(name, str(self.fields[name].label), self._words(name)) for name in self.asked()]

    def _words(self, name: str) -> str:
        value = self.cleaned_data[name]
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            return _flat(field.choices).get(str(value), str(value))
        return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value)


class ChangeFilter(LedgerFilter):
    """Also which kind of record and which field."""

    kind = forms.ChoiceField(label="记录种类", required=False)
    field = forms.ChoiceField(
        label="字段",
        required=False,
        error_messages={"invalid_choice": "这个字段不属于所选的记录种类，请重新选择。"},
    )
    field_order = ("person", "since", "until", "kind", "field", "record")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = tracked_kinds()
        labels = {kind: str(model._meta.verbose_name) for kind, model in kinds.items()}
        chosen = self.data.get("kind", "")
        self.fields["kind"].choices = [("", "全部种类"), *labels.items()]
        self.fields["field"].choices = [
            ("", "全部字段"),
            *(
                (labels[kind], [(f"{kind}:{name}", label) for name, label in fields.items()])
                for kind, model in kinds.items()
                if (fields := field_labels(model)) and chosen in ("", kind)
            ),
        ]

    def people(self) -> Iterator[tuple[str, str]]:
        yield SYSTEM, "系统（没有操作人）"
        yield from super().people()

    def asked(self) -> dict[str, Any]:
        given = super().asked()
        if "field" in given:
            kind, _, name = given["field"].partition(":")
            given["field"] = (kind, name)
        if given.get("person", SYSTEM) != SYSTEM:
            given["person"] = int(given["person"])
        return given


class LookFilter(LedgerFilter):
    """Looks are always a person's."""

    def asked(self) -> dict[str, Any]:
        given = super().asked()
        if "person" in given:
            given["person"] = int(given["person"])
        return given


def _flat(choices: Any) -> dict[str, str]:
    found: dict[str, str] = {}
    for value, label in choices:
        if isinstance(label, list | tuple):
            found |= {key: f"{value}：{text}" for key, text in label}
        else:
            found[value] = str(label)
    return found
