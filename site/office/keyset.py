"""Pages of a log that only grows: newest first, cut by id, without counting what there is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.http import QueryDict
from django.utils import timezone

from office.cursors import cursor, number

PER_PAGE = 50
_ENOUGH = 2000  # rows that are read along one index without being felt


@dataclass(frozen=True)
class Branch:
    """Rows that share a value in the leading columns of an index ending in id."""

    columns: tuple[str, ...] = ()
    values: tuple[Any, ...] = ()


@dataclass
class Search:
    """Conditions on a log: any of `branches` and all of `where` (SQL without values, `values`)."""

    model: type[models.Model]
    branches: Sequence[Branch] = (Branch(),)
    where: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def require(self, condition: str, *values: Any) -> None:
        self.where.append(condition)
        self.values.extend(values)

    def narrowest(self, *ways: Sequence[Branch]) -> None:
        """Read along that one of several ways (branches each) which has the fewest rows."""
        if len(ways) > 1:
            ways = tuple(sorted(ways, key=self._rows_along))
        if ways:
            self.branches = ways[0]

    def _rows_along(self, way: Sequence[Branch]) -> int:
        """How many rows the branches have, counted up to `_ENOUGH`."""
        other = Search(self.model, way)
        return len(other.ids(_ENOUGH))

    def between(self, since: date | None, until: date | None) -> None:
        """Keep what was written on these days (both included).

        The ids between which these rows lie are looked up first: they bound every index, which
        the time alone would not. Ids need not follow the time for this to be right.
        """
        days = []
        if since:
            days.append(("at >= %s", _stored(since, 0)))
        if until:
            days.append(("at < %s", _stored(until, 1)))
        if not days:
            return
        conditions, moments = " AND ".join(c for c, _ in days), [m for _, m in days]
        # "+ 0" keeps PostgreSQL from walking the whole primary key towards the first match.
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT MIN(id + 0), MAX(id + 0) FROM {table} WHERE {conditions}", moments
            )
            first, last = cursor.fetchone()
        self.require(f"{conditions} AND id BETWEEN %s AND %s", *moments, first or 0, last or 0)

    def ids(self, limit: int, before: int | None = None, after: int | None = None) -> list[int]:
        """At most `limit` ids, newest first: those below `before`, or the next ones above `after`."""
        where, values = [*self.where], [*self.values]
        for sign, bound in (("<", before), (">", after)):
            if bound is not None:
                where.append(f"id {sign} %s")
                values.append(bound)
        way = "ASC" if after is not None else "DESC"
        parts, given = [], []
        for branch in self.branches:
            conditions = [*(f"{column} = %s" for column in branch.columns), *where]
            order = ", ".join(f"{column} {way}" for column in (*branch.columns, "id"))
            table = connection.ops.quote_name(self.model._meta.db_table)
            parts.append(
                f"SELECT id FROM (SELECT id FROM {table}"
                f" WHERE {' AND '.join(conditions) or '1 = 1'} ORDER BY {order} LIMIT %s) b"
            )
            given += [*branch.values, *values, limit]
        if not parts:
            return []
        with connection.cursor() as cursor:
            cursor.execute(" UNION ".join(parts) + f" ORDER BY id {way} LIMIT %s", [*given, limit])
            return sorted((row[0] for row in cursor.fetchall()), reverse=True)


def _stored(day: date, later: int) -> Any:
    """The midnight at the start of `day`, `later` days on, as the database stores moments."""
    moment = timezone.make_aware(datetime.combine(day, time.min)) + timedelta(days=later)
    return connection.ops.adapt_datetimefield_value(moment)


@dataclass(frozen=True)
class Page:
    """One page of ids, newest first, and whether there is more on either side."""

    ids: list[int]
    older: bool
    newer: bool
    log: str = ""  # which log: a cursor of one is none of another

    @property
    def before(self) -> str:
        """The cursor behind which the older ones follow; "" at the end."""
        return cursor(self.log, str(self.ids[-1])) if self.older and self.ids else ""

    @property
    def after(self) -> str:
        """The cursor before which the newer ones lie; "" on the newest page."""
        return cursor(self.log, str(self.ids[0])) if self.newer and self.ids else ""


def page(search: Search, query: QueryDict) -> Page:
    """The page that `?before=` or `?after=` asks for with a cursor; the newest one otherwise."""
    log = search.model._meta.label_lower
    before, after = number(log, query.get("before")), number(log, query.get("after"))
    if before is None and after is not None:
        found = search.ids(PER_PAGE + 1, after=after)
        if len(found) > PER_PAGE:
            return Page(found[1:], older=True, newer=True, log=log)
    found = search.ids(PER_PAGE + 1, before=before)
    older, newer = len(found) > PER_PAGE, before is not None
    return Page(found[:PER_PAGE], older, newer, log)
