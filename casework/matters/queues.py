"""Queues of matters: the first rows of several at once, in two queries, and how long they are, capped."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, QuerySet

from casework.matters.models import Matter

SHOWN = 5
COUNTED = 1000  # rows a count looks at: "999+" beyond, never an exact count over a large table


@dataclass(frozen=True)
class Queue:
    """One queue. narrow: its rows among those a person may see, in the order given; query: the
    address of the list that begins with the same rows, "" where the list cannot show them.
    """

    name: str
    title: str
    query: str
    empty: str
    narrow: Callable[[QuerySet, Any], QuerySet]
    order: tuple[str, ...] = ("due_on", "id")
    quiet: bool = False  # not shown at all while nothing waits in it


@dataclass(frozen=True)
class Head:
    """The first rows of a queue, and how many there are as far as that is counted (None: not)."""

    queue: Queue
    matters: list[Matter]
    count: int | None = None

    @property
    def told(self) -> str:
        """How many in words: 12, 999+; "" where nobody counted."""
        if self.count is None:
            return ""
        return f"{COUNTED - 1}+" if self.count >= COUNTED else str(self.count)


_WANTED = ("number", "title", "state", "sealed", "due_on", "due_kind", "registered_at")


def first_of_each(
    queues: Sequence[Queue], user: Any, limit: int = SHOWN + 1, *, counted: bool = False
) -> list[Head]:
    """The first rows of every queue: one query for all keys, one for all rows, one for all counts."""
    parts: list[tuple[int, str, tuple[Any, ...]]] = []
    seen = Matter.objects.visible_to(user)
    for n, queue in enumerate(queues):
        rows = queue.narrow(seen, user).order_by(*queue.order)
        try:
            most = COUNTED if counted else limit
            sql, given = (
                rows.annotate(found=F("pk")).values_list("found")[:most].query.sql_with_params()
            )
        except EmptyResultSet:
            continue
        parts.append((n, sql, given))
    keys = _keys(parts, limit) if counted else _union(parts)
    counts = _counts(parts) if counted else {}
    rows = Matter.objects.only(*_WANTED, "lead_unit").in_bulk({pk for _, pk in keys})
    return [
        Head(
            queue,
            _in_order([rows[pk] for m, pk in keys if m == n], queue.order),
            counts.get(n, 0) if counted else None,
        )
        for n, queue in enumerate(queues)
    ]


Parts = Sequence[tuple[int, str, tuple[Any, ...]]]


def _union(parts: Parts) -> list[tuple[int, int]]:
    return _ask([f"SELECT {n} AS queue, found FROM ({sql}) part{n}" for n, sql, _ in parts], parts)


def _keys(parts: Parts, limit: int) -> list[tuple[int, int]]:
    cut = [
        f"SELECT * FROM (SELECT {n} AS queue, found FROM ({sql}) part{n} LIMIT {int(limit)}) cut{n}"
        for n, sql, _ in parts
    ]
    return _ask(cut, parts)


def _counts(parts: Parts) -> dict[int, int]:
    return dict(
        _ask([f"SELECT {n} AS queue, count(*) FROM ({sql}) part{n}" for n, sql, _ in parts], parts)
    )


def _ask(statements: Sequence[str], parts: Parts) -> list[tuple[int, int]]:
    if not statements:
        return []
    params = [value for _, _, given in parts for value in given]
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(statements), params)
        return cursor.fetchall()


def _in_order(matters: list[Matter], order: tuple[str, ...]) -> list[Matter]:
    """Matters sorted by an order of plain names, all of them ascending or all descending."""
    names = [name.lstrip("-") for name in order]
    return sorted(
        matters,
        key=lambda row: [getattr(row, name) for name in names],
        reverse=order[0].startswith("-"),
    )
