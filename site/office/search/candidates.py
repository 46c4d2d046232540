"""Candidates: the entries whose pieces fit, from the index of the database in use."""

from collections.abc import Callable, Sequence
from importlib import import_module
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models.expressions import RawSQL

from office.search.entries import signed
from office.search.pieces import All, Either, Wanted
from office.search.pieces import Any as AnyOf

_LEAVES = 6  # pieces of a word, and words, whose frequency is asked for


def stream() -> bool:
    """Whether the newest few candidates cost no more when there are many."""
    return connection.vendor == "sqlite" or bool(settings.OPENSEARCH_URL)


def seem_few(wanted: Wanted, most: int) -> bool:
    """Whether, by the planner's statistics, so few records have the pieces that they are looked up.

    It decides what is tried first, never what is found.
    """
    if connection.vendor != "postgresql":
        return False
    leaves: list[AnyOf] = []
    estimate = _estimate(wanted, leaves)
    each = " UNION ALL ".join(
        ["SELECT 1 FROM office_searchgrams WHERE grams && %s::integer[]"] * len(leaves)
    )
    given = [[signed(number) for number in leaf.numbers] for leaf in leaves]
    with connection.cursor() as cursor:
        # A cursor's plan is never spread over several processes, so each leaf has a row of its own.
        cursor.execute(f"EXPLAIN (FORMAT JSON) DECLARE leaves CURSOR FOR {each}", given)
        plan = cursor.fetchone()[0][0]["Plan"]
    plans = plan["Plans"] if len(leaves) > 1 else [plan]
    return estimate([one["Plan Rows"] for one in plans]) <= most


def _estimate(wanted: Wanted, leaves: list[AnyOf]) -> Callable[[list[int]], int]:
    """How many records fit at most, given how many have each of `leaves` (which are collected).

    The rarest piece decides: neighbouring pieces come together, so their shares are not multiplied.
    """
    if isinstance(wanted, AnyOf):
        leaves.append(wanted)
        return itemgetter(len(leaves) - 1)
    several = isinstance(wanted, All)
    parts = [_estimate(part, leaves) for part in wanted.parts[: _LEAVES if several else None]]
    return lambda rows: (min if several else sum)(part(rows) for part in parts)


def newest(kind: str, wanted: Wanted, between: Sequence[int], most: int) -> list[int]:
    """The ids of candidate entries from between[0] to between[1], both included, highest first."""
    if settings.OPENSEARCH_URL:
        service = import_module("office.search.opensearch")
        try:
            return service.newest(kind, wanted, between, most)
        except service.Unanswered:
            pass  # the database answers
    asked = ids(wanted, between)
    sql = f"{asked.sql} ORDER BY rowid DESC LIMIT %s"
    if connection.vendor == "postgresql":
        # By the pieces first, whatever the planner believes of the way along the ids.
        sql = f"WITH near AS MATERIALIZED ({asked.sql}) SELECT rowid FROM near ORDER BY 1 DESC LIMIT %s"
    with connection.cursor() as cursor:
        cursor.execute(sql, [*asked.params, most])
        return [row[0] for row in cursor.fetchall()]


def ids(wanted: Wanted, between: Sequence[int]) -> RawSQL:
    """A subquery of the ids of all candidate entries from between[0] to between[1]."""
    if connection.vendor == "postgresql":
        condition, params = _array_condition(wanted)
    else:
        condition, params = "office_searchgrams MATCH %s", [_fts_expression(wanted)]
    return RawSQL(
        f"SELECT rowid FROM office_searchgrams WHERE {condition} AND rowid BETWEEN %s AND %s",
        [*params, *between],
    )


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
            return "grams @> %s::integer[]", [[signed(number)]]
        case AnyOf(numbers):
            return "grams && %s::integer[]", [[signed(number) for number in numbers]]
        case All(parts):
            glue = " AND "
        case Either(parts):
            glue = " OR "
    found = [_array_condition(part) for part in parts]
    return (
        f"({glue.join(sql for sql, _ in found)})",
        [param for _, params in found for param in params],
    )
