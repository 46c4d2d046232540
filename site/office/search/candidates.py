"""Candidates: the entries whose pieces fit, from the index of the database in use."""

from collections.abc import Sequence
from typing import Any

from django.db import connection
from django.db.models.expressions import RawSQL

from office.search.entries import signed
from office.search.pieces import All, Either, Wanted
from office.search.pieces import Any as AnyOf


def ids(wanted: Wanted, between: Sequence[int], most: int | None = None) -> RawSQL:
    """A subquery of the ids of candidate entries from between[0] to between[1], both included.

    most: the newest so many at most.
    """
    table = "office_searchgrams"
    if connection.vendor == "postgresql":
        condition, params = _array_condition(wanted)
    else:
        condition, params = "office_searchgrams MATCH %s", [_fts_expression(wanted)]
    sql = f"SELECT rowid FROM {table} WHERE {condition} AND rowid BETWEEN %s AND %s"
    params += between
    newest = ""
    if most is not None:
        newest = " ORDER BY rowid DESC LIMIT %s"
        params.append(most)
    if connection.vendor == "postgresql":
        # By the pieces first, whatever the planner believes of the way along the ids.
        sql = f"WITH near AS MATERIALIZED ({sql}) SELECT rowid FROM near"
    return RawSQL(f"{sql}{newest}", params)


def _fts_expression(wanted: Wanted) -> str:
    match wanted:
        case AnyOf(numbers):
            return "(" + " OR ".join(f'"{number:x}"' for number in numbers) + ")"
        case All(parts):
            return "(" + " AND ".join(map(_fts_expression, parts)) + ")"
        case Either(parts):
            return "(" + " OR ".join(map(_fts_expression, parts)) + ")"


def _array_condition(wanted: Wanted) -> tuple[str, list[Any]]:
    match wanted:
        case AnyOf((number,)):
            return "grams @> %s", [[signed(number)]]
        case AnyOf(numbers):
            return "grams && %s", [[signed(number) for number in numbers]]
        case All(parts):
            glue = " AND "
        case Either(parts):
            glue = " OR "
    found = [_array_condition(part) for part in parts]
    return (
        f"({glue.join(sql for sql, _ in found)})",
        [param for _, params in found for param in params],
    )
