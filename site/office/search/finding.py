"""Finding: the records that hold every word, and in which order a person sees them.

Pieces give candidates, the stored text decides. What many records have is not looked up where that
means a list of a hundred thousand candidates: the newest records are read one after the other until
there are enough. Which way is taken depends on how many hold the words, never on the planner.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection
from django.db.models import Case, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.db.models.expressions import Combinable, RawSQL

from office.models import SearchEntry
from office.registries import searchable
from office.search import candidates
from office.search.conditions import fits, holds
from office.search.entries import span
from office.search.folding import words
from office.search.pieces import FIELDS, NAMES, TITLE, Wanted, kind_number, wanted

#: fields in which every word must be: the narrower, the higher a hit stands
_RANKS: tuple[Sequence[str], ...] = ((TITLE,), (TITLE, NAMES), FIELDS)
_SLICES, _SLICE, _COMMON = 8, 400, 1  # words are common when each slice has so many hits
_FEW = 2000  # candidates that are all looked at before anything is known of their number
_LIST = 20_000  # candidates that may become a list of ids
_CHUNK = 200  # hits looked at in one go at first
_SPARSE = 100  # entries read for one hit, on average, before the pieces are asked instead
_TABLE = ' FROM "office_searchentry"'


def matching(kind: str, query: str) -> Combinable | QuerySet | None:
    """The ids of records of `kind` that hold every word, for `filter(pk__in=…)` on a scoped queryset.

    Exact for plain kinds, a superset for keyed kinds (see `confirm`). None when there is nothing
    to search for, or far more than a person types. Asks the index at once: build it once a
    request. The plan is chosen here: a list of ids, or a look at each record that the order of the
    queryset brings up.
    """
    asked = wanted(kind, query)
    if asked is None:
        return None
    near = _all_near(kind, query, asked)
    if near is not None:
        found = _among(kind, query, near)
        return _listed(list(found.values_list("object_id", flat=True)))
    if not searchable[kind].keyed and _is_common(kind, query):
        own = SearchEntry.objects.filter(kind=kind_number(kind), object_id=OuterRef("pk"))
        return own.filter(holds(query)).values("object_id")
    inside = SearchEntry.objects.filter(pk__in=candidates.ids(asked, span(kind)))
    if not searchable[kind].keyed:
        inside = inside.filter(holds(query))
    return inside.values("object_id")


def _all_near(kind: str, query: str, asked: Wanted) -> list[int] | None:
    """All candidates when they are few enough to be listed, else None."""
    if candidates.stream():
        near = candidates.newest(kind, asked, span(kind), _FEW + 1)
        if len(near) <= _FEW:
            return near
    if not candidates.seem_few(asked, _LIST) and _is_common(kind, query):
        return None
    near = candidates.newest(kind, asked, span(kind), _LIST + 1)
    return near if len(near) <= _LIST else None


def _is_common(kind: str, query: str) -> bool:
    """Whether wherever one begins to read, a record that holds the words is not far.

    Looks at _SLICES runs of records, evenly spread over their ids.
    """
    if searchable[kind].keyed:
        return False
    number = kind_number(kind)
    end = "(SELECT object_id FROM office_searchentry WHERE kind = %s ORDER BY object_id {} LIMIT 1)"
    run = (
        "SELECT * FROM office_searchentry WHERE kind = %s AND object_id <= %s"
        f" ORDER BY object_id DESC LIMIT {_SLICE}"
    )
    hits = SearchEntry.objects.filter(holds(query)).values("pk")[:_COMMON]
    sql, params = _inside(hits, run)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {end.format('ASC')}, {end.format('DESC')}", [number, number])
        first, last = cursor.fetchone()
        if first is None:
            return False
        ends = [last - (last - first + 1) * n // _SLICES for n in range(_SLICES)]
        counts = (f"(SELECT count(*) FROM ({sql}) AS slice{n})" for n in range(_SLICES))
        given = [one for end_of_slice in ends for one in (number, end_of_slice, *params)]
        cursor.execute(f"SELECT {', '.join(counts)}", given)
        return min(cursor.fetchone()) == _COMMON


def _inside(hits: QuerySet, run: str) -> tuple[str, list]:
    """The statement of `hits` over the entries of `run` alone, read in their order."""
    sql, params = hits.query.sql_with_params()
    return sql.replace(_TABLE, f" FROM ({run}) AS {_TABLE[6:]}", 1), list(params)


def _first(condition: Q, between: Sequence[int], hits: int, entries: int) -> list[tuple[int, int]]:
    """(entry, record) of the first hits among so many entries, newest first."""
    run = (
        "SELECT * FROM office_searchentry WHERE id BETWEEN %s AND %s"
        f" ORDER BY id DESC LIMIT {entries}"
    )
    found = SearchEntry.objects.filter(condition).order_by("-pk").values_list("pk", "object_id")
    sql, params = _inside(found[:hits], run)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*between, *params])
        return cursor.fetchall()


def _among(
    kind: str, query: str, ids: list[int], fields: Sequence[str] = FIELDS
) -> QuerySet[SearchEntry]:
    """Entries among the candidates that hold the words; of a keyed kind, all candidates."""
    found = SearchEntry.objects.filter(pk__in=_listed(ids))
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
    asked = wanted(kind, query)
    if asked is None or limit <= 0:
        return []
    near = _all_near(kind, query, asked)
    if near == []:
        return []
    hits = _by_rank(kind, query) if near is None else _sorted_hits(kind, query, near)
    return list(islice(_seen(kind, query, rows, hits, offset + limit), offset, offset + limit))


#: a source of hits: given how many are wanted, yields that many or fewer when they end
Hits = Callable[[int], list[int]]


def _seen(
    kind: str, query: str, rows: QuerySet, hits: Iterator[Hits], wanted: int
) -> Iterator[int]:
    """The hits that are in `rows`. How many are asked for at a time follows from how many were."""
    done: set[int] = set()
    looked_at = 0
    rows = rows.order_by()
    for source in hits:
        size = max(_CHUNK, wanted)
        while pks := source(size):
            fresh = [pk for pk in pks if pk not in done]
            seen = set(rows.filter(pk__in=fresh).values_list("pk", flat=True)) if fresh else set()
            if searchable[kind].keyed:
                seen = confirm(kind, query, seen)
            yield from (pk for pk in fresh if pk in seen)
            done |= seen
            looked_at += len(pks)
            share = (len(done) + 0.5) / looked_at
            size = min(max(int(1.2 * (wanted - len(done)) / share), _CHUNK), 20_000)


def _sorted_hits(kind: str, query: str, near: list[int]) -> Iterator[Hits]:
    """All hits among the candidates, in one source."""
    found = _among(kind, query, near)
    if searchable[kind].keyed:
        found = found.order_by("-pk")
    else:
        cases = [When(holds(query, fields), Value(n)) for n, fields in enumerate(_RANKS)]
        rank = Case(*cases, default=Value(len(_RANKS)), output_field=IntegerField())
        found = found.order_by(rank, "-pk")
    pks = iter(list(found.values_list("object_id", flat=True)))
    yield lambda size: list(islice(pks, size))


def _by_rank(kind: str, query: str) -> Iterator[Hits]:
    """One source for each rank: those of a higher one come again in the lower ones."""
    for fields in _RANKS[-1:] if searchable[kind].keyed else _RANKS:
        yield _Newest(kind, query, fields)


class _Newest:
    """The hits in these fields, newest first."""

    def __init__(self, kind: str, query: str, fields: Sequence[str]) -> None:
        self.kind, self.query, self.fields = kind, query, fields
        asked = wanted(kind, query, fields)
        assert asked is not None
        self.asked = asked
        self.first, self.last = span(kind)
        self.walking = not candidates.stream() and not searchable[kind].keyed
        self.condition = holds(query, fields)
        self.tried = False

    def __call__(self, size: int) -> list[int]:
        while self.first <= self.last:
            found = self._walk(size) if self.walking else self._look_up(size)
            if found:
                return found
        return []

    def _walk(self, size: int) -> list[int]:
        """Read on entry by entry; where hits are thin, the pieces take over."""
        size = size if self.tried else min(size, _CHUNK // 4)
        self.tried = True
        between = (self.first, self.last)
        found = _first(self.condition, between, size, size * _SPARSE)
        if len(found) < size:
            self.walking = False
            return []
        self.last = found[-1][0] - 1
        return [pk for _, pk in found]

    def _look_up(self, size: int) -> list[int]:
        ids = candidates.newest(self.kind, self.asked, (self.first, self.last), size)
        self.last = ids[-1] - 1 if len(ids) == size else self.first - 1
        found = _among(self.kind, self.query, ids, self.fields).order_by("-pk")
        return list(found.values_list("object_id", flat=True)) if ids else []
