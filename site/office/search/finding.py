"""Finding: the records that hold every word, and in which order a person sees them.

Pieces give candidates, the stored text decides. What many records have is not looked up: a list of a
hundred thousand candidates costs more than the few that are shown, so the newest records are read
one after the other until there are enough.
"""

import json
from collections.abc import Iterable, Iterator, Sequence

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable, RawSQL

from office.models import SearchEntry
from office.registries import searchable
from office.search import candidates
from office.search.conditions import fits, holds
from office.search.entries import span
from office.search.folding import words
from office.search.pieces import FIELDS, NAMES, TITLE, kind_number, wanted

#: fields in which every word must be: the narrower, the higher a hit stands
_RANKS: tuple[Sequence[str], ...] = ((TITLE,), (TITLE, NAMES), FIELDS)
_SAMPLE = 2000  # entries looked at to learn whether words are common
_COMMON = 10  # hits among them from which on words are common
_LIST = 20_000  # hits that are handed over as a list of ids
_CHUNK = 200  # hits looked at in one go, growing by _GROWTH
_GROWTH = 4


def matching(kind: str, query: str) -> Combinable | QuerySet | None:
    """The ids of records of `kind` that hold every word, for `filter(pk__in=…)` on a scoped queryset.

    Exact for plain kinds, a superset for keyed kinds (see `confirm`). None when there is nothing
    to search for. The plan is chosen here, by how many records hold the words: a list of ids, or
    a look at each record that the reader's own order brings up.
    """
    asked = wanted(kind, query)
    if asked is None:
        return None
    if not searchable[kind].keyed and _is_common(kind, query):
        return (
            SearchEntry.objects.filter(holds(query))
            .filter(kind=kind_number(kind), object_id=OuterRef("pk"))
            .values("object_id")
        )
    near = _rowids(candidates.ids(asked, span(kind), _LIST + 1))
    if len(near) > _LIST:
        return _candidates(kind, query, candidates.ids(asked, span(kind))).values("object_id")
    found = _candidates(kind, query, _listed(near))
    return _listed(list(found.values_list("object_id", flat=True)))


def _is_common(kind: str, query: str) -> bool:
    newest = SearchEntry.objects.filter(pk__range=span(kind)).order_by("-pk")[:_SAMPLE]
    return _in(newest, holds(query))[:_COMMON].count() == _COMMON


def _in(newest: QuerySet, condition: Q) -> QuerySet:
    """Those among the first entries of a sliced queryset that fit a condition."""
    return SearchEntry.objects.filter(pk__in=newest.values("pk")).filter(condition)


def _candidates(kind: str, query: str, ids: RawSQL, fields: Sequence[str] = FIELDS) -> QuerySet:
    """Entries among the candidates that hold the words; of a keyed kind, all candidates."""
    found = SearchEntry.objects.filter(pk__in=ids)
    return found if searchable[kind].keyed else found.filter(holds(query, fields))


def _listed(pks: list[int]) -> RawSQL:
    if connection.vendor == "postgresql":
        return RawSQL("SELECT unnest(%s::bigint[])", [pks])
    return RawSQL("SELECT value FROM json_each(%s)", [json.dumps(pks)])


def confirm(kind: str, query: str, ids: Iterable[int]) -> set[int]:
    """Which of these records really hold every word: their texts are read and looked at."""
    if not words(query):
        return set()
    plain = not searchable[kind].keyed
    texts = searchable[kind].texts(list(ids))
    return {pk for pk, text in texts.items() if fits(query, text, by_sound=plain)}


def ranked(kind: str, query: str, rows: QuerySet, limit: int = 20, offset: int = 0) -> list[int]:
    """The ids of the records of `rows` that hold every word, best first.

    Title hits stand before hits in title and names, those before the rest; then the newest day,
    then the highest id. Of a keyed kind the newest day alone counts, and hits are certain.
    rows: what the reader may see, already scoped. Never counts all hits.
    """
    if not words(query):
        return []
    found: dict[int, None] = {}
    for rank in _RANKS[-1:] if searchable[kind].keyed else _RANKS:
        for pks in _hits(kind, query, rank):
            pks = [pk for pk in pks if pk not in found]
            seen = set(rows.order_by().filter(pk__in=pks).values_list("pk", flat=True))
            if searchable[kind].keyed:
                seen = confirm(kind, query, seen)
            found.update((pk, None) for pk in pks if pk in seen)
            if len(found) >= offset + limit:
                return list(found)[offset : offset + limit]
    return list(found)[offset : offset + limit]


def _hits(kind: str, query: str, fields: Sequence[str]) -> Iterator[list[int]]:
    """Records whose words all lie in these fields, newest first, in growing chunks."""
    asked = wanted(kind, query, fields)
    assert asked is not None
    first, last = span(kind)
    chunk = _CHUNK
    while True:
        ids = _rowids(candidates.ids(asked, (first, last), chunk))
        if ids:
            found = _candidates(kind, query, _listed(ids), fields)
            yield list(found.order_by("-pk").values_list("object_id", flat=True))
        if len(ids) < chunk:
            return
        last, chunk = ids[-1] - 1, chunk * _GROWTH


def _rowids(ids: RawSQL) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(ids.sql, ids.params)
        return [row[0] for row in cursor.fetchall()]
