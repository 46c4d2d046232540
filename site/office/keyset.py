"""Pages of a log that only grows: newest first, cut by id, without counting what there is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection, models
from django.http import QueryDict
from django.utils import timezone

PER_PAGE = 50
#: ids follow the time of writing up to a restart or a corrected clock; this much is allowed for
_DRIFT = timedelta(days=1)


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

    def between(self, since: date | None, until: date | None) -> None:
        """Keep what was written on these days (both included); the `at` and id indexes are used."""
        if since:
            start = _midnight(since)
            first = self.model.objects.filter(at__gte=start - _DRIFT).order_by("at", "pk").first()
            self.require("at >= %s AND id >= %s", _stored(start), first.pk if first else _BEYOND)
        if until:
            end = _midnight(until) + timedelta(days=1)
            last = self.model.objects.filter(at__lt=end + _DRIFT).order_by("-at", "-pk").first()
            self.require("at < %s AND id <= %s", _stored(end), last.pk if last else 0)

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


_BEYOND = 2**63 - 1


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _stored(moment: datetime) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)


@dataclass(frozen=True)
class Page:
    """One page of ids, newest first, and whether there is more on either side."""

    ids: list[int]
    older: bool
    newer: bool


def page(search: Search, query: QueryDict) -> Page:
    """The page that `?before=<id>` or `?after=<id>` asks for; the newest one otherwise."""
    before, after = _number(query.get("before")), _number(query.get("after"))
    if before is None and after is not None:
        found = search.ids(PER_PAGE + 1, after=after)
        if len(found) > PER_PAGE:
            return Page(found[1:], older=True, newer=True)
    found = search.ids(PER_PAGE + 1, before=before)
    return Page(found[:PER_PAGE], older=len(found) > PER_PAGE, newer=before is not None)


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
