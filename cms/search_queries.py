"""Wagtail's query objects as conditions on a queryset, and the results in their order.

Filters, exclusions and orders of the queryset are the database's own business here, so any may be
used (`FilterField` or not); only the names in `fields=` and of a facet are checked, as ever.
"""

from collections import OrderedDict
from collections.abc import Iterable
from functools import reduce
from operator import and_, or_
from typing import Any

from django.db.models import Count, FloatField, Q, QuerySet, Value
from modelsearch.backends.base import (
    BaseSearchQueryCompiler,
    BaseSearchResults,
    FilterFieldError,
    SearchFieldError,
)
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase, PlainText, SearchQuery

from cms.search_texts import field_texts, kind_of, kinds, text_of
from office.registries import Text
from office.search import fold, matching, ranked, words
from office.search.conditions import fits

_NONE = Q(pk__in=[])
_ALL = ~_NONE
_EVERYTHING = 2**31  # more rows than a list of pages ever has
_BITE = 500  # rows whose fields are read at a time


class UnsupportedQuery(ValueError):
    """A kind of query this search cannot answer; said at once rather than answered wrongly."""


class Query(BaseSearchQueryCompiler):
    """One search over a queryset. A word is whatever stands between blanks; all must be held."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind_of(self.queryset.model)

    def check(self) -> None:
        """Every name in `fields` is a searchable field; raises SearchFieldError otherwise."""
        model = self.queryset.model
        fields = [*model.get_searchable_search_fields(), *model.get_autocomplete_search_fields()]
        known = {field.field_name for field in fields}
        for name in self.fields or []:
            if name not in known:
                raise SearchFieldError(
                    f'Cannot search with field "{name}". Please add index.SearchField("{name}")'
                    f" to {model.__name__}.search_fields.",
                    field_name=name,
                )

    def rows(self) -> QuerySet:
        """The rows of the queryset that fit, in the queryset's order."""
        return self.queryset.filter(self.condition(self.query))

    def condition(self, query: SearchQuery) -> Q:
        """A condition on the primary key; raises UnsupportedQuery for what cannot be asked."""
        match query:
            case MatchAll():
                return _ALL
            case PlainText(operator="or"):
                return _any(self._holding([word]) for word in words(query.query_string))
            case PlainText():
                return self._holding(words(query.query_string))
            case Phrase():
                return self._holding([fold(query.query_string)])
            case Boost():
                return self.condition(query.subquery)  # the order has no weights to change
            case Not():
                return ~self.condition(query.subquery)
            case And():
                return _every(self.condition(part) for part in query.subqueries)
            case Or():
                return _any(self.condition(part) for part in query.subqueries)
        raise UnsupportedQuery(f"{type(query).__name__} queries are not supported")

    def asked(self, query: SearchQuery | None = None) -> str:
        """The words that give the results their order: those that every result holds."""
        match query or self.query:
            case PlainText(operator="and", query_string=text) | Phrase(query_string=text):
                return " ".join(words(text))
            case Boost(subquery=part):
                return self.asked(part)
            case And(subqueries=parts):
                return " ".join(filter(None, map(self.asked, parts)))
        return ""

    def _holding(self, wanted: list[str]) -> Q:
        """Rows that hold every one of these pieces of text, in the fields asked for."""
        found = matching(self.kind, " ".join(wanted))
        if found is None:
            return _NONE
        candidates = Q(pk__in=found)
        if self.fields or any(" " in piece for piece in wanted):
            return Q(pk__in=list(self._read(candidates, wanted)))
        return candidates

    def _read(self, candidates: Q, wanted: list[str]) -> Iterable[int]:
        """Which of the candidates hold the pieces in the fields asked for, by reading these."""
        scope = self.queryset.model._base_manager.filter(candidates).values_list("pk", flat=True)
        for model in kinds()[self.kind]:
            rows = model.get_indexed_objects().filter(pk__in=scope)
            for row in rows.iterator(_BITE):
                yield from [row.pk] if self._fits(row, wanted) else []

    def _fits(self, row: Any, wanted: list[str]) -> bool:
        """Whether a row holds every piece in the fields asked for, by the kernel's own measure."""
        text = text_of(row)
        if self.fields:
            values = field_texts(row)
            chosen = [line for name in self.fields if name != "title" for line in values[name]]
            title = text.title if "title" in self.fields else ""
            text = Text(title=title, body="\n".join(chosen))
        parts = [fold(part) for part in (text.title, text.names, text.body)]
        phrases = [piece for piece in wanted if " " in piece]
        return fits(" ".join(wanted), text) and all(
            any(phrase in part for part in parts) for phrase in phrases
        )


class Results(BaseSearchResults):
    """The rows found: title hits first, then the newest; in the queryset's own order on request."""

    supports_facet = True

    def _do_search(self) -> Iterable[Any]:
        rows, asked = self.query_compiler.rows(), self.query_compiler.asked()
        if self._score_field:  # a place in the list is all there is
            score = Value(None, output_field=FloatField())
            rows = rows.annotate(**{self._score_field: score})
        if self.query_compiler.order_by_relevance and asked:
            return self._ranked(rows, asked)
        if not rows.query.order_by:
            rows = rows.order_by("-pk")
        return rows[self.start : self.stop]

    def _ranked(self, rows: QuerySet, asked: str) -> list[Any]:
        size = _EVERYTHING if self.stop is None else self.stop - self.start
        kind = self.query_compiler.kind
        ids = ranked(kind, asked, rows.order_by(), limit=size, offset=self.start)
        found = {row.pk: row for row in rows.filter(pk__in=ids)}
        return [found[pk] for pk in ids if pk in found]

    def _do_count(self) -> int:
        return self.query_compiler.rows()[self.start : self.stop].count()

    def facet(self, field_name: str) -> OrderedDict[Any, int]:
        """How many results have each value of a FilterField, the most frequent first.

        Raises FilterFieldError for a field that is none.
        """
        model = self.query_compiler.queryset.model
        if self.query_compiler._get_filterable_field(field_name) is None:
            raise FilterFieldError(
                f'Cannot facet search results with field "{field_name}". Please add'
                f' index.FilterField("{field_name}") to {model.__name__}.search_fields.',
                field_name=field_name,
            )
        values = self.query_compiler.rows().order_by().values(field_name)
        groups = values.annotate(count=Count("pk")).order_by("-count", field_name)
        return OrderedDict((group[field_name], group["count"]) for group in groups)


def _every(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions, _ALL)


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, _NONE)
