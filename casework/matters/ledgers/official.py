"""信访台账 out of the records: the list of matters as one filtered it, as an official sheet."""

from array import array
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import chain, islice
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q, QuerySet
from django.http import QueryDict

from casework.matters.forms.filters import TABS, FilterForm, Options
from casework.matters.ledgers.official_cells import CELLS, Book, Chunk, among, rows_of
from casework.matters.listing import ORDERS, best_of
from casework.matters.models import Category, Matter
from casework.matters.states import Channel, Klass, Path, State
from office import ledger_forms
from office.clock import today
from office.exporting.lists import ExportList, Listing
from office.ledger_forms import form_of, sheet_columns, street_name
from office.posts import has_reach, post_for
from office.roles import Reach
from office.sheets.official import Head
from office.sheets.reading import Value

KEY = "matters"
MAY, ASK, DECIDE = (
    "matters.export_matter",
    "matters.ask_clear_export",
    "matters.decide_clear_export",
)
CHUNK = 500  # matters read at a time


class _Asked:
    """The list of matters under the conditions of an address, as one person may export it."""

    def __init__(self, user: Any, query: Mapping[str, str], on: date) -> None:
        self.user, self.on = user, on
        self.filter = FilterForm(_query(query), Options.read())

    def seen(self) -> QuerySet:
        """What the person may see of what the list shows, without a sealed one."""
        rows = Matter.objects.visible_to(self.user).filter(sealed=False)
        found = self.filter.narrow(rows, self.on)
        named = self.filter.of_sender([rows])
        if not named:
            return found
        either = Q(pk__in=found.order_by().values("pk"))
        for more in named:
            either |= Q(pk__in=more.order_by().values("pk"))
        return rows.filter(either)

    def ids(self) -> array:
        """Keys of the matters in the order of the list, eight bytes each."""
        best = self._best()
        rows = self.seen().order_by(*ORDERS[self.filter.sort].names())
        keys, known = rows.values_list("pk", flat=True).iterator(chunk_size=5_000), set(best)
        return array("q", chain(best, (pk for pk in keys if pk not in known)))

    def _best(self) -> list[int]:
        """The hits that the list ranks, in its order; older ones follow by their day."""
        found: list[int] = []
        while self.filter.sort == "best":
            page = best_of([self.seen()], self.filter.words, len(found)).page
            found += [matter.pk for matter in page.matters]
            if not page.later or not page.matters:
                break
        return found

    def chunks(self, book: Book) -> Iterator[Chunk]:
        """The matters, some hundred at a time. What was sealed or withdrawn meanwhile is left out."""
        ids = iter(self.ids())
        while some := list(islice(ids, CHUNK)):
            rows = Matter.objects.visible_to(self.user).filter(sealed=False, pk__in=among(some))
            found = {row.pk: row for row in rows.order_by().values_list(*book.columns, named=True)}
            yield Chunk([found[pk] for pk in some if pk in found], book)

    def words(self) -> str:
        """The conditions in words, as they stand above the header."""
        told = [f"{label}：{value}" for label, value, _ in self.filter.chips()]
        return "　".join([f"{TABS[self.filter.tab][0]}的信访事项", *told])

    def years(self) -> str:
        """2026年, 2024—2026年: the years that the conditions name; "" when they name none."""
        since, until = self.filter.given.get("since"), self.filter.given.get("until")
        if not since:
            return ""
        last = (until or self.on).year
        return f"{since.year}年" if last == since.year else f"{since.year}—{last}年"


def open_matters(user: Any, query: Mapping[str, str], clear: bool) -> Listing:
    """The 信访台账 for one person; its rows are read anew, under today's rights, on each call.

    Raises PermissionDenied for who may not (or not any more) export, or not in clear.
    """
    if not user.is_active or not user.has_perm(MAY) or (clear and not user.has_perm(ASK)):
        raise PermissionDenied
    on = today()
    asked, form = _Asked(user, query, on), form_of(KEY)
    if why := asked.filter.contradiction():
        raise ValidationError(why)
    keys = [column.key for column in form.shown]

    def rows() -> Iterator[Sequence[Value | None]]:
        book = Book(on, clear=clear)
        for chunk in asked.chunks(book):
            yield from rows_of(chunk, keys)

    return Listing(
        head=Head(
            title=f"{street_name()}{asked.years()}{form.title}",
            unit=_filled_in_by(user),
            by=user.name,
            on=on,
            conditions=asked.words(),
        ),
        columns=sheet_columns(form),
        rows=rows,
        conditions=asked.words(),
        at_most=lambda most: asked.seen().order_by()[:most].count(),
    )


def _query(query: Mapping[str, str]) -> QueryDict:
    """The address's parameters without a place in the list."""
    if isinstance(query, QueryDict):
        found = query.copy()
    else:
        found = QueryDict(mutable=True)
        for name, value in query.items():
            found[name] = value
    for name in ("after", "before", "last", "from"):
        found.pop(name, None)
    return found


def _filled_in_by(user: Any) -> str:
    """填报单位: the street for who sees all of it, else the unit of the post that exports."""
    street, post = street_name(), post_for(user, MAY)
    if post is None or has_reach(user, Reach.ALL):
        return street
    unit = post.unit.name
    return unit if unit.startswith(street) else f"{street}{unit}"


EXPORT = ExportList(
    key=KEY,
    label="信访事项",
    model=Matter,
    may=MAY,
    ask=ASK,
    decide=DECIDE,
    page="wagtailsnippets_matters_matter:list",
    open=open_matters,
)

_NOT_IN_A_LEDGER = {State.SEALED, State.HANDED_OVER}
ledger_forms.filled[KEY] = frozenset(CELLS)
ledger_forms.offers |= {
    "matters.channels": lambda: Channel.labels,
    "matters.classes": lambda: [k.label for k in Klass if k != Klass.REPORT],
    "matters.paths": lambda: Path.labels,
    "matters.states": lambda: [s.label for s in State if s not in _NOT_IN_A_LEDGER],
    "matters.categories": lambda: Category.objects.filter(active=True).values_list(
        "name", flat=True
    ),
}
