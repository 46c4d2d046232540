"""Trying an act without keeping it: what it would lead to, and that a refusal leaves nothing."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction

from casework.matters.models import Matter

REFUSALS = (ValidationError, PermissionDenied, Matter.DoesNotExist)


def everything() -> Any:
    """How many rows each table has, and how far each number series is."""
    tables = [f"SELECT '{name}', count(*) FROM \"{name}\"" for name in _tables()]
    with connection.cursor() as cursor:
        rows = []
        for n in range(0, len(tables), 100):  # SQLite joins no more than 500 at once
            cursor.execute(" UNION ALL ".join(tables[n : n + 100]))
            rows += cursor.fetchall()
        cursor.execute("SELECT series, year, last FROM office_numberseries ORDER BY series, year")
        return dict(rows), cursor.fetchall()


def _tables() -> list[str]:
    return sorted(set(connection.introspection.table_names()) - {"office_searchgrams"})


class Undone(Exception):
    """Ends a trial: what it wrote is gone."""


def outcome(act: Any, *args: Any, **named: Any) -> Any:
    """The new state of a matter after an act that is undone again, or the refusal it met.

    A refusal that left a row in any table is an error.
    """
    before, result = everything(), None
    try:
        with transaction.atomic():
            result = act(*args, **named).state
            raise Undone
    except Undone:
        return result
    except REFUSALS as refusal:
        assert everything() == before
        return type(refusal)
