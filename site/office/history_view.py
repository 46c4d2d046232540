"""The history page of a record: who, when, why, and every old → new value in Chinese labels."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.snippets.views.snippets import HistoryView

from office.vault import GONE, VaultField

PER_PAGE = 20
#: fields that hold codes of the program; what they mean stands in the record's name and other fields
CODES = {"listing", "query", "key"}
_SKIP = {"id", "version", "data_key", *CODES}

#: "app.model.field" → function (old history row or None, new one) -> [FieldChange]: for values that
#: are no text for people
TOLD: dict[str, Callable[[Any, Any], "list[FieldChange]"]] = {}


@dataclass(frozen=True)
class FieldChange:
    """One field of one change, ready to show."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One change of a record."""

    at: datetime
    who: str
    action: str
    reason: str
    fields: list[FieldChange]


def field_label(model: type[models.Model], name: str) -> str:
    """The Chinese label of a field; its name when the field no longer exists."""
    try:
        return str(model._meta.get_field(name).verbose_name)
    except FieldDoesNotExist:
        return name


def shown_value(field: models.Field, value: Any, record: Any = None) -> str:
    """A stored value as an office would write it; vault contents masked, with the `record`'s key.

    Of a destroyed record no former state of what was emptied is shown either.
    """
    if value and field.name in getattr(record, "erased", ()) and record.destroyed_at:
        return GONE
    if isinstance(field, VaultField):
        return record.masked_blob(field.name, value) if value and record else "（空）"
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    # Blocks of a page render themselves as HTML: their words are what changed.
    return " ".join(strip_tags(str(value)).split()) or "（空）"


def has_chinese_label(field: models.Field) -> bool:
    """Whether a field is for people: hashes and other technical columns have no Chinese label."""
    return any("\u4e00" <= sign <= "\u9fff" for sign in str(field.verbose_name))


def differences(
    model: type[models.Model], old: Any, new: Any, record: Any = None
) -> list[FieldChange]:
    """What changed between two history rows of `model` (old None: the record was new)."""
    return differences_of_many([(old, new, record)])[0]


def differences_of_many(changes: Sequence[tuple[Any, Any, Any]]) -> list[list[FieldChange]]:
    """What changed in each (old history row or None, new one, record) of one model, in order.

    Names behind foreign keys cost one query a foreign key, however many changes there are.
    """
    raw = [list(_changed_values(old, new)) for old, new, _ in changes]
    named = _names_of_related(value for values in raw for value in values)

    def shown(field: models.Field, value: Any, record: Any) -> str:
        name = named.get((field, value)) if field.remote_field else None
        return name or shown_value(field, value, record)

    def told(field: models.Field, before: Any, after: Any, change: Any) -> list[FieldChange]:
        old, new, record = change
        if tell := TOLD.get(f"{new.instance_type._meta.label_lower}.{field.name}"):
            return tell(old, new)
        was = "" if old is None else shown(field, before, record)
        return [FieldChange(str(field.verbose_name), was, shown(field, after, record))]

    return [
        [line for value in values for line in told(*value, change)]
        for change, values in zip(changes, raw, strict=True)
    ]


_Raw = tuple[models.Field, Any, Any]


def _changed_values(old: Any, new: Any) -> Iterator[_Raw]:
    for field in new.tracked_fields:
        if field.name in _SKIP or not has_chinese_label(field):
            continue
        before, after = getattr(old, field.attname, None), getattr(new, field.attname)
        if before != after and not (old is None and after in (None, "", b"", False)):
            yield field, before, after


def _names_of_related(values: Iterable[_Raw]) -> dict[Any, str]:
    """Names of the records that foreign keys pointed to; one query a foreign key."""
    wanted: dict[models.Field, set] = {}
    for field, before, after in values:
        if field.remote_field:
            wanted.setdefault(field, set()).update({before, after} - {None})
    names = {}
    for field, keys in wanted.items():
        rows = field.remote_field.model._base_manager.filter(pk__in=keys).select_related()
        names |= {(field, row.pk): str(row) for row in rows}
    return names


def page_number(text: str) -> int:
    """The number of a page as asked for in an address; 1 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 1


def entries(model: type[models.Model], pk: Any, page: int) -> tuple[list[Entry], Any]:
    """One page of a record's history, newest first, and the paginator's page."""
    rows = model.history.filter(id=pk).select_related("history_user").order_by("-history_id")
    shown = Paginator(rows, PER_PAGE).get_page(page)
    listed = list(shown)
    older = rows.filter(history_id__lt=listed[-1].history_id).first() if listed else None
    pairs = zip(listed, [*listed[1:], older], strict=True) if listed else []
    record = model._base_manager.get(pk=pk)
    fields = differences_of_many([(old, row, record) for row, old in pairs])
    return [
        Entry(
            at=row.history_date,
            who=str(row.history_user or "系统"),
            action="新增" if row.history_type == "+" else "修改",
            reason=row.history_change_reason or "",
            fields=changed,
        )
        for row, changed in zip(listed, fields, strict=True)
    ], shown


class RecordHistoryView(HistoryView):
    """Wagtail's history address with the one history there is."""

    template_name = "office/history.html"
    page_title = "修改历史"
    any_permission_required = ("view", "change")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = request.GET.get("p", "1")
        listed, shown = entries(self.model, self.object.pk, page_number(page))
        context = self.get_context_data_for(listed, shown)
        return TemplateResponse(request, self.template_name, context)

    def get_context_data_for(self, listed: list[Entry], shown: Any) -> dict[str, Any]:
        return {
            "view": self,
            "object": self.object,
            "entries": listed,
            "page_obj": shown,
            "page_title": self.page_title,
            "page_subtitle": str(self.object),
            "header_icon": "history",
            "breadcrumbs_items": self.get_breadcrumbs_items(),
        }
