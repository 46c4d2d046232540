"""What of a page, an image or a document is searched: the words its readers see.

A kind of the index is the label of a root model ("wagtailcore.page", "wagtailimages.image"): all
page types share one. A page type says by Wagtail's `search_fields` what is searched.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from functools import partial
from typing import Any

from django.db.models import Manager, Model
from django.utils.timezone import localtime
from modelsearch.backends.base import get_model_root
from modelsearch.index import AutocompleteField, RelatedFields, SearchField, get_indexed_models

from office.models import SearchEntry
from office.registries import Searchable, Text, searchable
from office.search.entries import span

# Where the day of an entry is found, the one residents see first.
_DATED = ("dated", "created_at", "latest_revision_created_at")


def kind_of(model: type[Model]) -> str:
    """The kind under which rows of this model are indexed."""
    return get_model_root(model)._meta.label_lower


def kinds() -> dict[str, list[type[Model]]]:
    """Every kind with the indexed models it holds."""
    found: dict[str, list[type[Model]]] = {}
    for model in get_indexed_models():
        found.setdefault(kind_of(model), []).append(model)
    return found


def register_kinds() -> None:
    """Tell the kernel how the texts of each kind are read; called once all models are loaded."""
    for kind in kinds():
        searchable[kind] = Searchable(texts=partial(texts_of, kind))


def alive(kind: str) -> set[int]:
    """Ids of the rows that should have an entry."""
    return {
        pk
        for model in kinds()[kind]
        for pk in model.get_indexed_objects().values_list("pk", flat=True)
    }


def indexed(kind: str) -> set[int]:
    """Ids of the rows that have an entry."""
    entries = SearchEntry.objects.filter(pk__range=span(kind))
    return set(entries.values_list("object_id", flat=True))


def texts_of(kind: str, ids: Iterable[int]) -> dict[int, Text]:
    """The texts of those rows that still exist; one query for each model of the kind."""
    wanted = list(ids)
    return {
        found.pk: text_of(found)
        for model in kinds()[kind]
        for found in model.get_indexed_objects().filter(pk__in=wanted)
    }


def text_of(found: Any) -> Text:
    """The text of a row: title, names (tags, kind, laws), all else, and the day it is dated."""
    values = field_texts(found)
    title = " ".join(values.pop("title", [str(found)]))
    names = [*_names(found), *getattr(found, "search_names", [])]
    body = [line for lines in values.values() for line in lines]
    return Text(
        title=title,
        body="\n".join(filter(None, body)),
        names="\n".join(filter(None, names)),
        day=_day(found),
    )


def field_texts(found: Any) -> dict[str, list[str]]:
    """The searchable fields of a row, each with its pieces of text."""
    return {
        field.field_name: list(_flat(field.get_value(found)))
        for field in found.get_search_fields()
        if isinstance(field, SearchField | AutocompleteField)
    }


def _names(found: Any) -> Iterator[str]:
    """The texts of related rows that `search_fields` names, such as tags."""
    for related in found.get_search_fields():
        if not isinstance(related, RelatedFields):
            continue
        value = related.get_value(found)
        rows = value.all() if isinstance(value, Manager) else [value] if value else []
        texts = [field for field in related.fields if isinstance(field, SearchField)]
        for row in rows:
            for field in texts:
                yield from _flat(field.get_value(row))


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, list | tuple | set):
        for part in value:
            yield from _flat(part)
    elif value is not None:
        yield str(value)


def _day(found: Any) -> date | None:
    """The day of a page or a file, Asia/Shanghai; a draft counts from its last change."""
    for name in _DATED:
        moment = getattr(found, name, None)
        if isinstance(moment, datetime):
            return localtime(moment).date()
    return None
