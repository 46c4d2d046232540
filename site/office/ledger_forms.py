"""台账格式: the official ledgers as shipped, overlaid by what the office made of them (domain §8).

Which columns there are, what they hold and how they are filled in is shipped as data in
`fixtures/ledgers`; an office may put them in another order, retitle, widen or hide them.
"""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from office.clock import today
from office.history import because
from office.history_view import TOLD, FieldChange
from office.models import LedgerForm, Unit
from office.sheets.heading import Column, TemplateColumn, across

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "ledgers"
#: the five ledgers, in the order a petition office names them
KEYS = ("matters", "disputes", "receptions", "backlog", "legal_visits")
NARROWEST, WIDEST = 4, 80  # characters
LONGEST_TITLE = 30

#: name ("matters.channels") → texts that a drop-down offers; rooms add theirs when they start
offers: dict[str, Callable[[], Iterable[str]]] = {
    "communities": lambda: Unit.objects.at(today()).places().values_list("name", flat=True),
    "units": lambda: Unit.objects.at(today()).handling().values_list("name", flat=True),
}
#: ledger → keys of the columns that the records fill by themselves; rooms add theirs when they start
filled: dict[str, Collection[str]] = {}


@dataclass(frozen=True)
class FormColumn:
    """One column of a ledger; `offers` names the source of a drop-down that is no fixed list."""

    key: str
    title: str
    width: int
    kind: str = "text"
    wrap: bool = False
    choices: tuple[str, ...] = ()
    offers: str = ""
    note: str = ""
    required: bool = False
    example: str = ""
    shown: bool = True

    def options(self) -> tuple[str, ...]:
        """What the drop-down offers today; () when the column has none."""
        found = offers[self.offers]() if self.offers in offers else self.choices
        return tuple(dict.fromkeys(found))


@dataclass(frozen=True)
class Form:
    """A ledger's layout; `own`: the office changed it."""

    key: str
    title: str
    columns: tuple[FormColumn, ...]
    own: bool = False

    @property
    def shown(self) -> tuple[FormColumn, ...]:
        """The columns that stand in the sheet, in their order."""
        return tuple(column for column in self.columns if column.shown)

    @property
    def hidden(self) -> int:
        """How many columns do not stand in the sheet."""
        return len(self.columns) - len(self.shown)

    @property
    def pages(self) -> int:
        """On how many pages of A4 side by side the sheet is printed."""
        return across(sheet_columns(self))

    @property
    def unfilled(self) -> tuple[FormColumn, ...]:
        """Columns that nobody but a person with a pen fills today; all of them without a room."""
        known = filled.get(self.key, ())
        return tuple(column for column in self.columns if column.key not in known)


@cache
def shipped(key: str) -> Form:
    """The form as the product brings it. Raises KeyError for an unknown ledger."""
    if key not in KEYS:
        raise KeyError(key)
    plain = json.loads((FOLDER / f"{key}.json").read_text(encoding="utf-8"))
    columns = (
        FormColumn(**{**column, "choices": tuple(column.get("choices", ()))})
        for column in plain["columns"]
    )
    return Form(plain["key"], plain["title"], tuple(columns))


def form_of(key: str) -> Form:
    """The form in force: the shipped one, or what the office made of it. Raises KeyError."""
    return overlaid(shipped(key), LedgerForm.objects.filter(key=key).first())


def forms() -> list[Form]:
    """All five forms in force."""
    rows = {row.key: row for row in LedgerForm.objects.all()}
    return [overlaid(shipped(key), rows.get(key)) for key in KEYS]


def overlaid(form: Form, row: Any) -> Form:
    """The shipped form with an office's row (or history row, or None) over it.

    A column that came with a later version stands at the end, one that is no more is left out; one
    that must be filled is shown whatever the row says.
    """
    if row is None:
        return form
    own = bool(row.columns) or row.title != form.title
    return replace(form, title=row.title, columns=_merged(form, row.columns), own=own)


def _merged(form: Form, said: Sequence[Mapping[str, Any]]) -> tuple[FormColumn, ...]:
    ours = {column.key: column for column in form.columns}
    kept = [
        replace(
            column,
            title=entry["title"],
            width=entry["width"],
            shown=entry["shown"] or column.required,
        )
        for entry in said
        if (column := ours.pop(entry["key"], None))
    ]
    return (*kept, *ours.values())


def stored(form: Form) -> list[dict[str, Any]]:
    """What a row keeps of a form; nothing of one that has the shipped columns."""
    if form.columns == shipped(form.key).columns:
        return []
    return [
        {"key": c.key, "title": c.title, "width": c.width, "shown": c.shown} for c in form.columns
    ]


def faults(form: Form) -> dict[str, str]:
    """What is wrong with a form: "title", "title-<column>", "width-…", "shown-…" or "" → sentence."""
    found: dict[str, str] = {}
    seen: set[str] = set()
    if not form.title.strip():
        found["title"] = "请填写台账名称。"
    for column in form.columns:
        said = " ".join(column.title.split())
        if not said:
            found[f"title-{column.key}"] = "请填写列名。"
        elif said in seen:
            found[f"title-{column.key}"] = f"“{said}”已经有一列了，请换一个列名。"
        seen.add(said)
        if len(said) > LONGEST_TITLE:
            found[f"title-{column.key}"] = f"列名请不要超过 {LONGEST_TITLE} 个字。"
        if not NARROWEST <= column.width <= WIDEST:
            found[f"width-{column.key}"] = f"宽度请填 {NARROWEST} 到 {WIDEST}。"
        if column.required and not column.shown:
            found[f"shown-{column.key}"] = "必填的列不能隐藏。"
    if not form.shown:
        found[""] = "至少要显示一列。"
    return found


def put(row: LedgerForm, form: Form) -> LedgerForm:
    """Write a form into its row; nothing is written when nothing changed.

    Raises ValidationError for a form with faults, StaleRecord when somebody saved meanwhile.
    """
    if wrong := faults(form):
        raise ValidationError(list(wrong.values()))
    row.key, row.title, row.columns = form.key, form.title.strip(), stored(form)
    row.save()
    return row


def own_row(key: str) -> LedgerForm:
    """The row of a ledger, made with the shipped form where nobody changed it yet."""
    form = shipped(key)
    with because("采用系统自带格式", user=None, post=None):
        return LedgerForm.objects.get_or_create(key=key, defaults={"title": form.title})[0]


def street_name() -> str:
    """The name of the street, as it stands in front of a ledger's title; "" when there is none."""
    found = Unit.objects.at(today()).filter(kind=Unit.Kind.STREET).first()
    return found.name if found else ""


def sheet_columns(form: Form) -> list[Column]:
    """The shown columns as a sheet is written with them."""
    return [Column(c.key, c.title, c.width, c.kind, c.wrap) for c in form.shown]


def template_columns(form: Form) -> list[TemplateColumn]:
    """The shown columns as an empty ledger is written with them."""
    return [
        TemplateColumn(
            key=c.key,
            title=c.title,
            width=c.width,
            kind=c.kind,
            wrap=c.wrap,
            choices=c.options(),
            note=c.note,
            required=c.required,
            example=c.example,
        )
        for c in form.shown
    ]


# What changed, in words


def differences(old: Any, new: Any) -> list[FieldChange]:
    """What changed in the columns between two history rows of one ledger (old None: shipped before)."""
    form = shipped(new.key)
    return changes(overlaid(form, old), overlaid(form, new))


def changes(old: Form, new: Form) -> list[FieldChange]:
    """Titles, widths, hidden and moved columns, in the order they stand now."""
    before = {column.key: column for column in old.columns}
    places = {column.key: place for place, column in enumerate(old.columns, 1)}
    moved = _moved([places[column.key] for column in new.columns])
    found = []
    for place, column in enumerate(new.columns, 1):
        was = before[column.key]
        told = [
            ("列名", was.title, column.title),
            ("宽度", f"{was.width}", f"{column.width}"),
            ("显示", "是" if was.shown else "否", "是" if column.shown else "否"),
        ]
        if places[column.key] in moved:
            told.append(("位置", f"第 {places[column.key]} 列", f"第 {place} 列"))
        found += [
            FieldChange(f"“{was.title}”{what}", said, says)
            for what, said, says in told
            if said != says
        ]
    return found


def _moved(places: Sequence[int]) -> set[int]:
    """The fewest former places that must move for the rest to have kept their order."""
    longest: list[list[int]] = []  # longest rising run that ends at each entry
    for place in places:
        behind = sorted((run for run in longest if run[-1] < place), key=len)
        longest.append([*(behind[-1] if behind else ()), place])
    return set(places).difference(*sorted(longest, key=len)[-1:])


TOLD["office.ledgerform.columns"] = differences
