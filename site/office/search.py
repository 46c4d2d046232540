"""Chinese search over records: pieces of two characters as candidates, substring as the judge.

A record's change is its own queue: the index follows `office.Change`, so saving costs nothing here
and an interrupted run goes on where it stood. Exact numbers are looked up without the index.
"""

import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models.expressions import RawSQL

from office.clock import now
from office.models import Change, Job, SearchEntry
from office.registries import searchable

JOB = "search"
BATCH = 1000
#: a change committed late may carry a lower id than one already seen: look this far back
_SETTLED = timedelta(seconds=60)


def fold(text: str) -> str:
    """NFKC, lower case, blanks collapsed: the form in which texts and queries are compared."""
    return " ".join(unicodedata.normalize("NFKC", text).lower().split())


def grams(text: str) -> set[str]:
    """Pieces of two letters, digits or characters, and each single one, of a folded text."""
    letters = {char for char in text if char.isalnum()}
    return letters | {
        first + second
        for first, second in zip(text, text[1:], strict=False)
        if first in letters and second in letters
    }


def matching(kind: str, query: str) -> RawSQL | None:
    """A subquery of the ids of records of `kind` whose text has every word of `query`.

    None when the query holds nothing to search for. Use as `filter(pk__in=…)` on a scoped queryset.
    """
    words = [word for word in fold(query).split(" ") if grams(word)]
    if not words:
        return None
    wanted = sorted(set().union(*(_needed(word) for word in words)))
    params: list[Any]
    inside = "instr(e.text, %s) > 0"
    if connection.vendor == "postgresql":
        inside = "position(%s in e.text) > 0"
        found, params = "g.grams @> %s", [wanted]
    else:
        found, params = (
            "g.office_searchgrams MATCH %s",
            [" AND ".join(f'"{gram}"' for gram in wanted)],
        )
    checks = " AND ".join([inside] * len(words))
    return RawSQL(
        "SELECT e.object_id FROM office_searchgrams g JOIN office_searchentry e ON e.id = g.rowid"
        f" WHERE {found} AND e.kind = %s AND {checks}",
        [*params, kind, *words],
    )


def _needed(word: str) -> set[str]:
    pieces = {gram for gram in grams(word) if len(gram) == 2}
    return pieces or grams(word)


def behind() -> int:
    """How many changes the index has not seen, counted up to a hundred thousand.

    Those of the last minute are on their way and do not count.
    """
    seen = Job.objects.filter(name=JOB).values_list("cursor", flat=True).first() or 0
    late = Change.objects.filter(id__gt=seen, at__lte=now() - _SETTLED).order_by("id")
    return late[:100_000].count()


def index_changes(moment: datetime | None = None, most: int = 50_000) -> int:
    """Bring the index up to date with the changes; returns how many were read. Safe to repeat."""
    job, _ = Job.objects.get_or_create(name=JOB)
    read, cursor, settled = 0, job.cursor, (moment or now()) - _SETTLED
    while read < most:
        rows = list(
            Change.objects.filter(id__gt=cursor)
            .order_by("id")
            .values_list("id", "root_kind", "root_id", "at")[:BATCH]
        )
        if not rows:
            break
        with transaction.atomic():
            for kind in {row[1] for row in rows} & searchable.keys():
                write(kind, {row[2] for row in rows if row[1] == kind})
            cursor, read = rows[-1][0], read + len(rows)
            done = [row[0] for row in rows if row[3] <= settled]
            if done:
                Job.objects.filter(name=JOB, cursor__lt=done[-1]).update(cursor=done[-1])
        if len(rows) < BATCH:
            break
    return read


def write(kind: str, ids: Iterable[int]) -> None:
    """Write the entries of these records anew where their text differs."""
    wanted = list(ids)
    texts = {pk: fold(text) for pk, text in searchable[kind](wanted).items()}
    have = {
        entry.object_id: entry
        for entry in SearchEntry.objects.filter(kind=kind, object_id__in=wanted)
    }
    stale = [e.pk for pk, e in have.items() if texts.get(pk) != e.text]
    fresh = [
        SearchEntry(kind=kind, object_id=pk, text=text)
        for pk, text in texts.items()
        if pk not in have or have[pk].text != text
    ]
    with connection.cursor() as cursor:
        if stale:
            marks = ",".join(str(pk) for pk in stale)
            cursor.execute(f"DELETE FROM office_searchgrams WHERE rowid IN ({marks})")
            SearchEntry.objects.filter(pk__in=stale).delete()
        SearchEntry.objects.bulk_create(fresh)
        cursor.executemany(
            "INSERT INTO office_searchgrams (rowid, grams) VALUES (%s, %s)",
            [(entry.pk, _stored(entry.text)) for entry in fresh],
        )


def _stored(text: str) -> Any:
    pieces = sorted(grams(text))
    return pieces if connection.vendor == "postgresql" else " ".join(pieces)
