"""Wagtail's searches, answered by the kernel's index: what a substring scan finds, Chinese included.

Named in settings.WAGTAILSEARCH_BACKENDS. Wagtail's own signals call `add` and `delete` at every
save; `cms.search_catch_up` brings in what they missed. A row's entry is written only where it
differs, so everything here may be repeated.
"""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Model
from modelsearch.backends.base import BaseIndex, BaseSearchBackend

from cms.search_queries import Query, Results
from cms.search_texts import alive, indexed, kind_of, text_of
from office.search import forget, put


class Index(BaseIndex):
    """The entries of one kind."""

    def __init__(self, backend: BaseSearchBackend, kind: str) -> None:
        super().__init__(backend)
        self.kind = kind

    def __str__(self) -> str:
        return self.kind

    def get_key(self) -> str:
        return self.kind

    def add_items(self, model: type[Model], items: Iterable[Any]) -> None:
        """Write the entries of rows of a kind where they differ from what is kept."""
        # A savepoint: an index out of order must not spoil the transaction of the save it follows.
        with transaction.atomic():
            put(self.kind, {item.pk: text_of(item) for item in items})

    def delete_item(self, item: Any) -> None:
        with transaction.atomic():
            forget(self.kind, [item.pk])

    def reset(self) -> None:
        forget(self.kind, indexed(self.kind))

    def drop_orphans(self) -> int:
        """Forget entries whose row is gone, however it went; returns how many."""
        orphans = indexed(self.kind) - alive(self.kind)
        forget(self.kind, orphans)
        return len(orphans)


class Rebuilder:
    """`manage.py update_index`: rows are written over what is there, so a search never misses."""

    def __init__(self, index: Index) -> None:
        self.index = index

    def start(self) -> Index:
        return self.index

    def finish(self) -> None:
        self.index.drop_orphans()


class SearchBackend(BaseSearchBackend):
    query_compiler_class = Query
    autocomplete_query_compiler_class = Query  # a part of a word is found by every search
    results_class = Results
    rebuilder_class = Rebuilder
    catch_indexing_errors = True  # logged; the page is saved all the same and caught up later

    def get_index_for_model(self, model: type[Model]) -> Index:
        return Index(self, kind_of(model))
