"""OpenSearch as a source of candidates: the same pieces, the same judge.

One index a kind, in which a record is its entry id and its pieces; no text leaves the database, so
what lies there says no more than the index here. A search asks it for candidates and looks at the
text in the database. What was written here and not told there yet (`SearchFeed`) is a candidate by
itself, so nothing is missed while the service lags or after it was down; when it does not answer,
the index of the database does, for `_PAUSE` seconds without asking again.
"""

import logging
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from django.conf import settings
from django.db import transaction
from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException
from opensearchpy.helpers import bulk

from office.models import SearchEntry, SearchFeed, SearchMark
from office.registries import searchable
from office.search.entries import numbers, span, tokens
from office.search.pieces import All, Either, Wanted, kind_number
from office.search.pieces import Any as AnyOf

OUTAGE = "检索服务没有应答，已改用数据库检索。"
_BITE = 500  # records told in one request
_PAGE = 10_000  # the most hits the service gives at once
_WAITING = 5_000  # records not told yet, beyond which the database is asked
_TIMEOUT, _PAUSE = 3, 30  # seconds
_TIDE = "tide"  # the document that says how often an index was told something
_SETTINGS = {
    "settings": {
        "index": {"number_of_shards": 1, "sort.field": "entry", "sort.order": "desc"},
        "analysis": {
            "analyzer": {"cjk_pieces": {"type": "custom", "tokenizer": "whitespace"}}
        },
    },
    "mappings": {
        "dynamic": False,
        "_source": {"enabled": False},
        "properties": {
            "entry": {"type": "long"},
            "fed": {"type": "long", "store": True},
            "pieces": {
                "type": "text",
                "analyzer": "cjk_pieces",
                "norms": False,
                "index_options": "docs",
            },
        },
    },
}  # fmt: skip
_log = logging.getLogger(__name__)
_silent_until = 0.0


class Unanswered(Exception):
    """The service cannot be relied on now; the database is to be asked."""


@cache
def client(url: str, user: str, password: str, authority: str) -> OpenSearch:
    """A client for the service named by the settings."""
    return OpenSearch(
        [url],
        http_auth=(user, password) if user else None,
        ca_certs=authority or None,
        verify_certs=True,
        timeout=_TIMEOUT,
        max_retries=0,
    )


def _client() -> OpenSearch:
    return client(
        settings.OPENSEARCH_URL,
        settings.OPENSEARCH_USER,
        settings.OPENSEARCH_PASSWORD,
        settings.OPENSEARCH_CA,
    )


def outage() -> str:
    """What to tell a reader while the service does not answer; "" when it does."""
    return OUTAGE if time.monotonic() < _silent_until else ""


def probe() -> str:
    """What is wrong with the service, in words; "" when it can be relied on."""
    mark = SearchMark.objects.filter(pk=1).first()
    try:
        if mark and mark.service and _whole(mark):
            return ""
    except OpenSearchException:
        return OUTAGE
    return "检索服务还没有建好索引，现在用数据库检索；后台工作会自动建立。"


def index_name(kind: str, generation: str) -> str:
    return f"minsheng-{generation}-{kind.replace(':', '-')}"


# --- Asking --------------------------------------------------------------------------------------
def newest(kind: str, wanted: Wanted, between: Sequence[int], most: int) -> list[int]:
    """The ids of candidate entries, highest first, as `candidates.newest`. Raises Unanswered."""
    global _silent_until
    if time.monotonic() < _silent_until:
        raise Unanswered
    mark = SearchMark.objects.filter(pk=1).first()
    if mark is None or not mark.service:
        raise Unanswered  # it was never told everything
    waiting = _waiting(kind)
    try:
        told = list(_hits(index_name(kind, mark.service), wanted, between, most))
    except OpenSearchException as error:
        _silent_until = time.monotonic() + _PAUSE
        _log.warning("OpenSearch does not answer, the database does: %s", error)
        raise Unanswered from error
    found = sorted({*told, *(pk for pk in waiting if between[0] <= pk <= between[1])}, reverse=True)
    return found[:most]


def _waiting(kind: str) -> list[int]:
    """Entries of records whose last change the service was not told of. Raises Unanswered."""
    feed = SearchFeed.objects.filter(kind=kind_number(kind)).values_list("object_id", flat=True)
    records = list(feed.distinct()[: _WAITING + 1])
    if len(records) > _WAITING:
        raise Unanswered
    own = SearchEntry.objects.filter(kind=kind_number(kind), object_id__in=records)
    return list(own.values_list("pk", flat=True)) if records else []


def _hits(index: str, wanted: Wanted, between: Sequence[int], most: int) -> Iterator[int]:
    last = between[1]
    while most > 0:
        within = {"range": {"entry": {"gte": between[0], "lte": last}}}
        size = min(most, _PAGE)
        answer = _client().search(
            index=index,
            body={
                "query": {"bool": {"filter": [within, clause(wanted)]}},
                "sort": [{"entry": "desc"}],
                "size": size,
                "track_total_hits": False,
                "docvalue_fields": ["entry"],
                "stored_fields": "_none_",
            },
        )
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise OpenSearchException("an incomplete answer")
        pks = [hit["fields"]["entry"][0] for hit in answer["hits"]["hits"]]
        yield from pks
        if len(pks) < size:
            return
        last, most = pks[-1] - 1, most - size


def clause(wanted: Wanted) -> dict[str, Any]:
    """The query of the service for what a record must have."""
    match wanted:
        case AnyOf(found):
            return {"terms": {"pieces": tokens(found).split()}}
        case All(parts):
            return {"bool": {"filter": [clause(part) for part in parts]}}
        case Either(parts):
            return {"bool": {"should": [clause(part) for part in parts], "minimum_should_match": 1}}


# --- Telling -------------------------------------------------------------------------------------
def feed(now: datetime) -> int:
    """Tell the service what has changed since it was last told; how many records that were.

    What it did not take stays in `SearchFeed`, so a service that was down is told later. One that
    is empty, new, or put back to an earlier day is told everything.
    """
    mark, _ = SearchMark.objects.get_or_create(pk=1)
    if not mark.service or not _whole(mark):
        return feed_all()
    told = 0
    while rows := _next_rows():
        for kind in searchable:
            changed = {pk for _, number, pk in rows if number == kind_number(kind)}
            told += _tell(kind, mark.service, _actions(kind, changed))
        _done(mark, mark.service, [row[0] for row in rows])
    return told


def _next_rows() -> list[tuple[int, int, int]]:
    rows = SearchFeed.objects.order_by("pk").values_list("pk", "kind", "object_id")
    return list(rows[:_BITE])


def _done(mark: SearchMark, generation: str, rows: list[int]) -> None:
    """Note there and here that the service was told once more; these rows wait no longer."""
    mark.service, mark.fed = generation, mark.fed + 1
    for kind in searchable:
        index = index_name(kind, generation)
        _client().index(index=index, id=_TIDE, body={"fed": mark.fed}, refresh=True)
    with transaction.atomic():
        SearchMark.objects.filter(pk=1).update(service=generation, fed=mark.fed)
        SearchFeed.objects.filter(pk__in=rows).delete()


def feed_all() -> int:
    """Tell the service everything, into new indices; the former ones are deleted afterwards."""
    mark, _ = SearchMark.objects.get_or_create(pk=1)
    generation = uuid.uuid4().hex[:12]
    rows = list(SearchFeed.objects.values_list("pk", flat=True))
    told = 0
    for kind in searchable:
        _client().indices.create(index=index_name(kind, generation), body=_SETTINGS)
        told += _tell(kind, generation, _all_actions(kind))
    _done(mark, generation, rows)
    for name in _client().indices.get(index="minsheng-*"):
        if not name.startswith(f"minsheng-{generation}-"):
            _client().indices.delete(index=name)
    return told


def _all_actions(kind: str) -> Iterator[dict[str, Any]]:
    last = span(kind)[0] - 1
    while found := list(
        SearchEntry.objects.filter(pk__gt=last, pk__lte=span(kind)[1]).order_by("pk")[:_BITE]
    ):
        yield from (_document(kind, one) for one in found)
        last = found[-1].pk


def _actions(kind: str, changed: Iterable[int]) -> Iterator[dict[str, Any]]:
    gone = set(changed)
    for one in SearchEntry.objects.filter(kind=kind_number(kind), object_id__in=gone):
        gone = gone - {one.object_id}
        yield _document(kind, one)
    yield from ({"_op_type": "delete", "_id": str(pk)} for pk in gone)


def _document(kind: str, one: SearchEntry) -> dict[str, Any]:
    return {
        "_op_type": "index",
        "_id": str(one.object_id),
        "entry": one.pk,
        "pieces": tokens(numbers(kind, one)),
    }


def _tell(kind: str, generation: str, actions: Iterable[dict[str, Any]]) -> int:
    """Send documents; they are found when this returns. A record that was never there may be deleted."""
    index = index_name(kind, generation)
    counted = ({**action, "_index": index} for action in actions)
    done, errors = bulk(
        _client(), counted, chunk_size=_BITE, raise_on_error=False, refresh=True, request_timeout=60
    )
    bad = [error for error in errors if error.get("delete", {}).get("status") != 404]
    if bad:
        raise OpenSearchException(f"{len(bad)} records were refused, the first: {bad[0]}")
    return done


def _whole(mark: SearchMark) -> bool:
    """Whether every index is there and was told as often as we believe."""
    for kind in searchable:
        answer = _client().get(
            index=index_name(kind, mark.service), id=_TIDE, stored_fields="fed", ignore=404
        )
        if not answer.get("found") or answer["fields"]["fed"] != [mark.fed]:
            return False
    return True
