"""Rows that many tests begin with, made once by the real code and then put back as they were.

`remembered(name, make)` calls `make` the first time in a database and notes which rows went and came;
afterwards the same is done to the tables directly, keys included, and the caller gets a copy of what
`make` gave. Moments of the making become the moment of now. What was noted holds for a database in the
same stage, told by its last change; where a test made rows of its own before, `make` is called as ever.
"""

from collections.abc import Callable
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, connection, transaction

from office.models import Change

Rows = dict[str, tuple[list[str], list[tuple[Any, ...]]]]
#: name, last change before → (when, rows that went, rows that came, what was made)
_known: dict[tuple[str, int], tuple[datetime, Rows, Rows, Any]] = {}


def forget_remembered() -> None:
    """The database is another one: keys that were drawn here are not drawn there."""
    _known.clear()


def remembered(name: str, make: Callable[[], Any]) -> Any:
    """What `make` gives, with its rows in the database."""
    key = name, Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    if key in _known:
        then, gone, come, made = _known[key]
        try:
            with transaction.atomic():
                _delete(gone)
                _insert(come, then)
        except IntegrityError:
            return make()
        return deepcopy(made)
    before, then = _rows(), datetime.now(UTC)
    made = make()
    after = _rows()
    _known[key] = then, _beyond(before, after), _beyond(after, before), deepcopy(made)
    return made


def _beyond(rows: Rows, others: Rows) -> Rows:
    """What stands in `rows` and not in `others`."""
    found = {
        table: (columns, [row for row in some if row not in set(others[table][1])])
        for table, (columns, some) in rows.items()
    }
    return {table: one for table, one in found.items() if one[1]}


def _rows() -> Rows:
    """Every row of every table that holds records; the search index follows by itself."""
    found: Rows = {}
    with connection.cursor() as cursor:
        names = sorted(set(connection.introspection.table_names(cursor)))
        for table in names:
            if table.startswith(("office_search", "wagtailsearch", "django_migrations")):
                continue
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [one[0] for one in cursor.description]
            rows = [tuple(_plain(value) for value in row) for row in cursor.fetchall()]
            found[table] = (columns, rows)
    return found


def _plain(value: Any) -> Any:
    return bytes(value) if isinstance(value, memoryview) else value


def _delete(rows: Rows) -> None:
    """By the first column, which is the key."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for table, (columns, found) in rows.items():
            sql = f"DELETE FROM {quote(table)} WHERE {quote(columns[0])} = %s"
            cursor.executemany(sql, [row[:1] for row in found])


def _insert(rows: Rows, then: datetime) -> None:
    quote, moment = connection.ops.quote_name, datetime.now(UTC)

    def moved(value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        if value.tzinfo:
            return moment if value >= then else value
        return moment.replace(tzinfo=None) if value.replace(tzinfo=UTC) >= then else value

    with connection.cursor() as cursor:
        for table, (columns, found) in rows.items():
            names = ", ".join(map(quote, columns))
            marks = ", ".join(["%s"] * len(columns))
            rows_now = [tuple(map(moved, row)) for row in found]
            cursor.executemany(f"INSERT INTO {quote(table)} ({names}) VALUES ({marks})", rows_now)
