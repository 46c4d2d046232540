"""What the index needs from time to time: statistics for the planner, and no trace of the erased."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import connection, transaction

from office.models import SearchEntry, SearchFeed, SearchMark

_PAGES = 500  # pages of the index merged in one statement: a moment, so that nobody waits for it


def problems() -> list[str]:
    """What the index relies on and does not find in this database, for `manage.py check`.

    Nothing is missed before the migration that makes the index has run.
    """
    if "office_searchmark" not in connection.introspection.table_names():
        return []
    if connection.vendor == "postgresql":
        return list(_problems_of_postgresql())
    return list(_problems_of_sqlite())


def _problems_of_sqlite() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'office_searchgrams'")
        made = cursor.fetchone()
    if not made:
        yield "the search index office_searchgrams is missing"
        return
    # The same table in memory: numbers must come out as they went in, and be taken out again.
    with closing(sqlite3.connect(":memory:")) as trial:
        try:
            trial.execute(made[0])
            for rowid, grams in ((1, "0 7f ffffffff"), (2, "7f deadbeef")):
                trial.execute(
                    "INSERT INTO office_searchgrams (rowid, grams) VALUES (?, ?)", (rowid, grams)
                )
            trial.execute(
                "INSERT INTO office_searchgrams (office_searchgrams, rowid, grams)"
                " VALUES ('delete', 2, '7f deadbeef')"
            )
            found = [
                trial.execute(
                    "SELECT group_concat(rowid) FROM office_searchgrams WHERE office_searchgrams MATCH ?",
                    (asked,),
                ).fetchone()[0]
                for asked in ('"7f" AND "0"', '"ffffffff"', '"f"', '"deadbeef"')
            ]
        except sqlite3.Error as error:
            yield f"this SQLite ({sqlite3.sqlite_version}) cannot keep the search index: {error}"
            return
    if found != ["1", "1", None, None]:
        yield f"FTS5 of SQLite {sqlite3.sqlite_version} changes the pieces of the search index"


def _problems_of_postgresql() -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_encoding_to_char(encoding) FROM pg_database WHERE datname = current_database()"
        )
        encoding = cursor.fetchone()[0]
        cursor.execute(
            "SELECT i.indisvalid FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid"
            " WHERE c.relname = 'office_searchgrams_gin'"
        )
        made = cursor.fetchone()
    if encoding != "UTF8":
        yield f"the encoding of the database is {encoding}, not UTF8: Chinese text cannot be kept"
    if not made or not made[0]:
        yield "the index office_searchgrams_gin is missing or broken: searches would read everything"


def make_anew() -> None:
    """Make the table of pieces again and empty the index; `finish` makes what speeds it up."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS office_searchgrams")
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE TABLE office_searchgrams (rowid bigint PRIMARY KEY, grams integer[] NOT NULL)"
            )
        else:
            cursor.execute(
                "CREATE VIRTUAL TABLE office_searchgrams USING fts5"
                "(grams, content='', columnsize=0, detail=none, tokenize='ascii')"
            )
        SearchEntry.objects.all().delete()


def finish() -> None:
    """Make the index of the pieces when it is missing: over a full table that takes a tenth."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "CREATE INDEX IF NOT EXISTS office_searchgrams_gin ON office_searchgrams"
                " USING gin (grams) WITH (fastupdate = off)"
            )


def analyze(now: datetime | None = None) -> None:
    """Take the planner's statistics anew. PostgreSQL does that for all other tables by itself."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("ANALYZE office_searchentry, office_searchgrams")
        else:
            cursor.execute("PRAGMA analysis_limit = 1000")
            cursor.execute("ANALYZE")


def compact(now: datetime | None = None) -> bool:
    """Leave no trace of what `forget` took out of the index; False when there was nothing to do.

    Until then the pieces of a forgotten record lie, unreachable, in the index's free space. Copies
    of the database and its log of writes are kept and deleted by their own rules.
    """
    erased = SearchMark.objects.filter(pk=1).values_list("erased", flat=True).first() or 0
    if not erased:
        return False
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("VACUUM office_searchentry, office_searchgrams")
        else:
            cursor.execute("PRAGMA secure_delete = ON")
            _merge(cursor)
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    SearchMark.objects.filter(pk=1, erased=erased).update(erased=0)
    return True


def _merge(cursor) -> None:  # type: ignore[no-untyped-def]
    """Merge all of the FTS5 index into one segment, in small steps, until there is nothing left."""
    pages = -_PAGES  # a negative number starts a merge of everything
    while True:
        before = connection.connection.total_changes
        cursor.execute(
            "INSERT INTO office_searchgrams (office_searchgrams, rank) VALUES ('merge', %s)",
            [pages],
        )
        if connection.connection.total_changes - before < 2:
            return
        pages = _PAGES


def tell_service(now: datetime) -> int:
    """Tell the outer search service what has changed; without one, forget that there ever was."""
    if settings.OPENSEARCH_URL:
        return import_module("office.search.opensearch").feed(now)
    if SearchMark.objects.exclude(service="").update(service=""):
        SearchFeed.objects.all().delete()
    return 0


def service_state() -> tuple[bool, str] | None:
    """Whether the outer search service is well, in words; None when there is none."""
    if not settings.OPENSEARCH_URL:
        return None
    waiting = SearchFeed.objects.order_by("pk")[:100_000].count()
    problem = import_module("office.search.opensearch").probe()
    return not problem, problem or f"检索服务正常，还有 {waiting} 条待更新。"


def outage() -> str:
    """What to tell a reader while the outer search service does not answer; "" otherwise."""
    if not settings.OPENSEARCH_URL:
        return ""
    return import_module("office.search.opensearch").outage()
