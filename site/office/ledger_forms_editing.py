"""The form in which an office puts a ledger's columns in order, retitles, widens and hides them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.http import QueryDict

from office.editing import StaleSafe, reason_field
from office.ledger_forms import (
    LONGEST_TITLE,
    NARROWEST,
    WIDEST,
    Form,
    FormColumn,
    faults,
    overlaid,
    shipped,
)
from office.models import LedgerForm

_PARTS = {"place": "顺序", "title": "列名", "width": "宽度", "shown": "显示"}
_WHOLE = "请填写整数。"


class Line:
    """One column as a row of the form."""

    def __init__(self, form: "LedgerFormForm", column: FormColumn) -> None:
        self.form, self.column = form, column
        self.fields = [form[f"{part}-{column.key}"] for part in _PARTS]

    @property
    def own_title(self) -> str:
        """The shipped title, where the office has another one."""
        found = {c.key: c.title for c in shipped(self.form.now.key).columns}[self.column.key]
        return found if found != self.column.title else ""


class LedgerFormForm(StaleSafe, forms.ModelForm):
    """The title of a ledger and, for each column, place, title, width and whether it is shown.

    After `is_valid`, `layout` is what was asked for. A row that nobody has written yet is shown as
    version 1, with the shipped form, which is what it is made with before it is changed.
    """

    change_reason = reason_field()

    class Meta:
        model = LedgerForm
        fields = ("title",)
        labels = {"title": "台账名称"}
        help_texts = {"title": "印在表头，前面会加上街道名称和年度。"}

    def __init__(self, data: QueryDict | None = None, *, instance: LedgerForm, **more: Any) -> None:
        super().__init__(data, instance=instance, **more)
        self.now: Form = overlaid(shipped(instance.key), instance)
        self.layout = self.now
        if instance.pk is None:
            self.fields["change_reason"] = reason_field()
            self.fields["loaded_version"] = forms.IntegerField(
                widget=forms.HiddenInput, initial=1, required=False
            )
        self.fields["order"] = forms.CharField(
            widget=forms.HiddenInput, required=False, initial=",".join(_keys(self.now))
        )
        for column in self.now.columns:
            self._add_fields(column)
        for name, value in _values(self.now).items():
            self.initial.setdefault(name, value)

    def _add_fields(self, column: FormColumn) -> None:
        most = len(self.now.columns)
        made = {
            "place": forms.IntegerField(
                min_value=1, max_value=999, error_messages={"required": _WHOLE, "invalid": _WHOLE}
            ),
            "title": forms.CharField(
                max_length=LONGEST_TITLE, error_messages={"required": "请填写列名。"}
            ),
            "width": forms.IntegerField(
                min_value=NARROWEST,
                max_value=WIDEST,
                error_messages={
                    "required": _WHOLE,
                    "invalid": _WHOLE,
                    "min_value": f"宽度请填 {NARROWEST} 到 {WIDEST}。",
                    "max_value": f"宽度请填 {NARROWEST} 到 {WIDEST}。",
                },
            ),
            "shown": forms.BooleanField(required=False, disabled=column.required),
        }
        made["place"].widget.attrs["max"] = most
        for part, field in made.items():
            field.label = f"“{column.title}”的{_PARTS[part]}"
            field.widget.attrs |= {"aria-label": field.label, "class": f"lf-{part}"}
            self.fields[f"{part}-{column.key}"] = field

    # What the page shows

    def lines(self) -> list[Line]:
        """A row for each column, in the order they were last shown."""
        columns = {column.key: column for column in self.now.columns}
        return [Line(self, columns[key]) for key in self._rendered()]

    def _rendered(self) -> list[str]:
        """Keys in the order in which the page (or this form) shows them."""
        said = self.data.get("order", "") if self.is_bound else self.initial.get("order", "")
        return _known(said.split(","), self.now)

    # What was sent

    def clean_title(self) -> str:
        return " ".join(self.cleaned_data["title"].split())

    def clean(self) -> Any:
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.layout = arranged(self.now, self._rendered(), self.cleaned_data)
        for name, sentence in faults(self.layout).items():
            self.add_error(name or None, sentence)
        return cleaned

    def _take_over(self, before: Any, now: Any) -> list[str]:
        """The other person's columns, where they were not touched here."""
        taken = super()._take_over(before, now)
        old, new = (_values(overlaid(shipped(now.key), row)) for row in (before, now))
        mine = {name: self.cleaned_data.get(name) for name in old}
        still = all(mine[name] == old[name] for name in old if name.startswith("place-"))
        for name, was in old.items():
            moved = name.startswith("place-")
            if mine[name] == was and was != new[name] and (still or not moved):
                self._put(name, self.fields[name], new[name])
                taken.append("列的顺序" if moved else str(self.fields[name].label))
        if still:
            self.data["order"] = ",".join(_keys(overlaid(shipped(now.key), now)))
        return list(dict.fromkeys(taken))


def _keys(form: Form) -> list[str]:
    return [column.key for column in form.columns]


def _known(keys: Sequence[str], form: Form) -> list[str]:
    """The keys that the form has, each once, those not named at the end."""
    ours = _keys(form)
    return list(dict.fromkeys([*(key for key in keys if key in ours), *ours]))


def _values(form: Form) -> dict[str, Any]:
    """What the fields of the columns hold when a form is as it is."""
    found: dict[str, Any] = {}
    for place, column in enumerate(form.columns, 1):
        found |= {
            f"place-{column.key}": place,
            f"title-{column.key}": column.title,
            f"width-{column.key}": column.width,
            f"shown-{column.key}": column.shown,
        }
    return found


def arranged(form: Form, rendered: Sequence[str], typed: Mapping[str, Any]) -> Form:
    """The form that was asked for: columns by their typed places.

    Who types the number of a place wants to stand there: a column that moves up goes before the one
    that has the number, one that moves down behind it.
    """
    columns = {column.key: column for column in form.columns}

    def rank(key: str) -> tuple[int, int, int]:
        was, place = rendered.index(key) + 1, typed[f"place-{key}"]
        return place, (place > was) - (place < was), was

    found = [
        replace(
            columns[key],
            title=" ".join(typed[f"title-{key}"].split()),
            width=typed[f"width-{key}"],
            shown=typed[f"shown-{key}"] or columns[key].required,
        )
        for key in sorted(rendered, key=rank)
    ]
    return replace(form, title=typed["title"], columns=tuple(found))


def draft(row: LedgerForm, sent: QueryDict, moved: str = "", by: int = 0) -> LedgerFormForm:
    """The form as it was typed, nothing checked or kept, in the order of the typed places.

    moved, by: the key of a column that goes up (-1) or down (1) by one place.
    """
    form = overlaid(shipped(row.key), row)
    rendered = _known(sent.get("order", "").split(","), form)
    typed: dict[str, Any] = {"title": sent.get("title", ""), **_typed_columns(form, rendered, sent)}
    order = _keys(arranged(form, rendered, typed))
    if moved in order:
        here = order.index(moved)
        there = min(max(here + by, 0), len(order) - 1)
        order[here], order[there] = order[there], order[here]
    places = {f"place-{key}": place for place, key in enumerate(order, 1)}
    plain = {"change_reason": sent.get("change_reason", ""), "order": ",".join(order)}
    found = LedgerFormForm(instance=row, initial=typed | places | plain)
    found.initial["loaded_version"] = sent.get("loaded_version", "")
    found.layout = arranged(form, order, typed | places)
    return found


def _typed_columns(form: Form, rendered: Sequence[str], sent: QueryDict) -> dict[str, Any]:
    """The fields of the columns as they were sent; where that is no number, as it was."""
    found, now = {}, _values(form)
    needed = {column.key for column in form.columns if column.required}
    for key in rendered:
        place, width = f"place-{key}", f"width-{key}"
        found[place] = _number(sent.get(place), rendered.index(key) + 1)
        found[width] = _number(sent.get(width), now[width])
        found[f"title-{key}"] = sent.get(f"title-{key}", now[f"title-{key}"])
        found[f"shown-{key}"] = f"shown-{key}" in sent or key in needed
    return found


def _number(text: str | None, otherwise: int) -> int:
    said = (text or "").strip()
    return int(said) if said.isascii() and said.isdigit() and len(said) < 5 else otherwise
