"""One page of matters: cut by the order's own key, never by counting (design §7).

The first rows of each branch of `branches_for(user)` are read as keys alone and merged by the
database; the rows behind them come in the same statement, petitioner included.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import EmptyResultSet
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from casework.matters.cooperation.danger import standing_rows
from casework.matters.models import Matter, Petitioner
from office.clock import today
from office.cursors import cursor, place
from office.registries import Text
from office.search import fold, words
from office.search.conditions import fits

PER_PAGE = 50
RANKED = 500  # hits among which the best ones are looked for


@dataclass(frozen=True)
class Order:
    """A sequence of matters. field: the key before the id; descending: newest or latest first.

    The order of registration is that of the numbers, not of the ids: a number keeps its place in
    the list whichever row carries it (`sealing`).
    """

    field: str
    descending: bool
    label: str

    @property
    def by_number(self) -> bool:
        """Whether the key alone tells all matters apart."""
        return self.field == "number"

    def names(self, backwards: bool = False) -> list[str]:
        sign = "-" if self.descending != backwards else ""
        return [
            f"{sign}{name}" for name in ([self.field] if self.by_number else [self.field, "id"])
        ]

    def beyond(self, cursor: "Cursor", backwards: bool) -> Q:
        """Rows after the cursor; before it when `backwards`. Leads with the index's own column."""
        way = "lt" if self.descending != backwards else "gt"
        if self.by_number:
            return Q(**{f"number__{way}": cursor.key})
        ties = Q(**{f"{self.field}__{way}": cursor.key}) | Q(**{f"id__{way}": cursor.id})
        return Q(**{f"{self.field}__{way}e": cursor.key}) & ties


ORDERS = {
    "due": Order("due_on", False, "期限近的在前"),
    "-due": Order("due_on", True, "期限远的在前"),
    "-number": Order("number", True, "新登记的在前"),
    "number": Order("number", False, "早登记的在前"),
    "-received": Order("received_on", True, "新收到的在前"),
    "received": Order("received_on", False, "早收到的在前"),
    "best": Order("received_on", True, "最相关的在前"),
}


@dataclass(frozen=True)
class Cursor:
    """A place between two rows: the key and the id of the row it was taken from.

    What an address carries of it says neither (`office.cursors`).
    """

    key: date | str
    id: int = 0

    @classmethod
    def read(cls, text: str, order: Order) -> "Cursor | None":
        """The cursor written in an address; None when it makes no sense in this order."""
        found = place(f"matters.{order.field}", text)
        if not found:
            return None
        if order.by_number:
            return cls(found)
        key, _, pk = found.partition(" ")
        return cls(date.fromisoformat(key), int(pk))

    @classmethod
    def of(cls, matter: Matter, order: Order) -> str:
        """The text of the cursor that stands at `matter`."""
        key = getattr(matter, order.field)
        told = key if order.by_number else f"{key:%Y-%m-%d} {matter.pk}"
        return cursor(f"matters.{order.field}", told)


@dataclass(frozen=True)
class Page:
    """The matters of one page in their order, and whether there are more on either side."""

    matters: list[Matter]
    earlier: bool = False
    later: bool = False


#: what a row shows, and what opens the petitioner's name to its mask
_SHOWN = (
    "number", "title", "state", "sealed", "complete", "people_count", "received_on", "due_on",
    "due_kind", "lead_unit__name", "data_key__ref", "data_key__wrapped", "data_key__master",
    "data_key__destroyed_at",
)  # fmt: skip


def page_of(
    branches: Iterable[QuerySet], order: Order, query: Mapping[str, str], limit: int = PER_PAGE
) -> Page:
    """The page an address asks for: ?after=…, ?before=…, ?last=1, else the first one.

    One query, however many branches there are.
    """
    after = Cursor.read(query.get("after", ""), order)
    before = None if after else Cursor.read(query.get("before", ""), order)
    backwards = before is not None or (after is None and bool(query.get("last")))
    cursor = before or after
    rows = list(branches)
    if cursor:
        rows = [branch.filter(order.beyond(cursor, backwards)) for branch in rows]
    found = first_rows(rows, order, limit + 1, backwards)
    more, found = len(found) > limit, found[:limit]
    if backwards:
        return Page(found[::-1], earlier=more, later=before is not None)
    return Page(found, earlier=after is not None, later=more)


def first_rows(
    branches: Sequence[QuerySet], order: Order, limit: int, backwards: bool = False
) -> list[Matter]:
    """The first `limit` matters of the union of `branches`, with what a row shows.

    Each branch is read as keys alone, in its own index; the rows behind the first keys of all
    follow in the same statement.
    """
    keys = _first_keys(branches, order.names(backwards), limit)
    if keys is None:
        return []
    return _in_order(_rows(keys), order, backwards)


def _in_order(rows: Iterable[Matter], order: Order, backwards: bool) -> list[Matter]:
    return sorted(
        rows,
        key=lambda row: (getattr(row, order.field), row.pk),
        reverse=order.descending != backwards,
    )


def _rows(keys: RawSQL | Sequence[int]) -> QuerySet:
    """The matters with these keys, in no order, with what a row of the list shows."""
    main = Petitioner.objects.filter(matter=OuterRef("pk"), main=True).order_by("pk")
    return (
        Matter.objects.filter(pk__in=keys)
        .select_related("data_key", "lead_unit")
        .only(*_SHOWN)
        .annotate(
            main_name=Subquery(main.values("name")[:1]),
            danger=Exists(standing_rows(today()).filter(matter=OuterRef("pk"))),
        )
        .order_by()
    )


@dataclass(frozen=True)
class Best:
    """One page of the best hits. start: place of its first row; cut: there are more than were ranked."""

    page: Page
    start: int
    cut: bool


def best_of(branches: Iterable[QuerySet], query: str, start: int) -> Best:
    """The page from place `start` on of what fits best: that number, then title hits, then the newest.

    Two queries. The newest `RANKED` hits are ranked; what is older comes by the other orders.
    """
    order = ORDERS["best"]
    keys = _first_keys(list(branches), order.names(), RANKED + 1)
    found: list[tuple[int, str, str, date]] = []
    if keys is not None:
        shown = ("pk", "title", "source_number", "received_on")
        found = list(Matter.objects.filter(pk__in=keys).order_by().values_list(*shown))
    number, heard = fold(query), any(word.isascii() for word in words(query))

    def rank(row: tuple[int, str, str, date]) -> tuple[bool, bool, date, int]:
        pk, title, told, day = row
        return fold(told) == number, fits(query, Text(title), by_sound=heard), day, pk

    newest = sorted(found, key=lambda row: (row[3], row[0]), reverse=True)[:RANKED]
    ids = [row[0] for row in sorted(newest, key=rank, reverse=True)]
    here = ids[start : start + PER_PAGE]
    rows = {row.pk: row for row in _rows(here)}
    page = Page([rows[pk] for pk in here if pk in rows], start > 0, len(ids) > start + PER_PAGE)
    return Best(page, start, len(found) > RANKED)


def _first_keys(branches: Sequence[QuerySet], names: Sequence[str], limit: int) -> RawSQL | None:
    """The ids of the first `limit` rows as a subquery; None when no branch can hold any."""
    keys = {f"key_{n}": F(name.lstrip("-")) for n, name in enumerate(names)} | {"found": F("pk")}
    parts, params = [], []
    for branch in branches:
        rows = branch.order_by(*names).annotate(**keys).values_list(*keys)[:limit]
        try:
            sql, given = rows.query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT * FROM ({sql}) part{len(parts)}")
        params += given
    if not parts:
        return None
    ways = ", ".join(f"{n + 1}{' DESC' if name[0] == '-' else ''}" for n, name in enumerate(names))
    union = f"{' UNION '.join(parts)} ORDER BY {ways} LIMIT %s"
    return RawSQL(f"SELECT found FROM ({union}) firsts", [*params, limit])


def masked_petitioner(matter: Matter) -> str:
    """Who came, as a list may show it: 韦* 等3人; "" when nobody is named."""
    blob = getattr(matter, "main_name", None)
    name = Petitioner(matter=matter).masked_blob("name", blob) if blob else ""
    if matter.people_count > 1:
        return f"{name or '来访群众'} 等{matter.people_count}人"
    return name
