"""The index follows `office.Change`: a save costs nothing here, an interrupted run goes on."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial

from django.apps import apps
from django.db import connection, transaction
from django.db.models import QuerySet

from office.clock import now
from office.models import Change, Job, SearchEntry, SearchMark
from office.registries import searchable
from office.search.entries import BITE, write
from office.search.pieces import kind_number

JOB = "search"
_SETTLED = timedelta(seconds=60)


def behind() -> int:
    """How many changes the index has not seen, counted up to a hundred thousand.

    Those of the last minute are on their way and do not count.
    """
    seen = Job.objects.filter(name=JOB).values_list("cursor", flat=True).first() or 0
    late = Change.objects.filter(id__gt=seen, at__lte=now() - _SETTLED).order_by("id")
    return late[:100_000].count()


def index_changes(moment: datetime | None = None, most: int = 50_000) -> int:
    """Bring the index up to date with the changes; returns how many were read. Safe to repeat."""
    job, _ = Job.objects.get_or_create(name=JOB)
    mark, _ = SearchMark.objects.get_or_create(pk=1)
    settled = _settle(mark)
    read = 0
    for rows in _bites(mark.settled, most):
        with transaction.atomic():
            for kind in searchable:  # "matters.matter:text" follows the changes of "matters.matter"
                root = kind.partition(":")[0]
                if ids := {pk for _, its, pk in rows if its == root}:
                    write(kind, ids)
            last = rows[-1][0]
            Job.objects.filter(name=JOB, cursor__lt=last).update(cursor=last)
            SearchMark.objects.filter(pk=1, settled__lt=min(last, settled)).update(
                settled=min(last, settled)
            )
        read += len(rows)
    return read


def _bites(after: int, most: int) -> Iterator[list[tuple[int, str, int]]]:
    while most > 0:
        rows = list(
            Change.objects.filter(id__gt=after)
            .order_by("id")
            .values_list("id", "root_kind", "root_id")[: min(BITE, most)]
        )
        if not rows:
            return
        yield rows
        after, most = rows[-1][0], most - len(rows)


def _settle(mark: SearchMark) -> int:
    """The id up to which no change can appear any more.

    A transaction draws the ids of its changes after it has begun to write, and may end much later:
    the ids are settled once every transaction that was open when the highest of them was seen has
    ended. SQLite has one writer at a time: what is seen is settled.
    """
    newest = Change.objects.order_by("-id").values_list("id", flat=True)[:1]
    if connection.vendor != "postgresql":
        return newest.first() or 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,"
            " (SELECT coalesce(max(id), 0) FROM office_change) FROM pg_current_snapshot() s"
        )
        oldest_open, next_one, highest = cursor.fetchone()
    if oldest_open == next_one:
        return highest
    settled = mark.checkpoint if oldest_open >= mark.horizon else mark.settled
    if oldest_open >= mark.horizon:
        SearchMark.objects.filter(pk=1).update(checkpoint=highest, horizon=next_one)
    return settled


def reindex(kind: str) -> int:
    """Read every record of a kind anew; how many entries were changed. Entries without one go."""
    changed = 0
    own = SearchEntry.objects.filter(kind=kind_number(kind)).order_by("object_id")
    listed = searchable[kind].ids or partial(_ids_of_model, kind)
    for source in (listed, lambda a, most: _ids(own.filter(object_id__gt=a), "object_id", most)):
        after = -1
        while ids := source(after, BITE):
            changed += write(kind, ids)
            after = ids[-1]
    return changed


def _ids_of_model(kind: str, after: int, most: int) -> list[int]:
    model = apps.get_model(kind.partition(":")[0])
    return _ids(model._base_manager.filter(pk__gt=after).order_by("pk"), "pk", most)


def _ids(rows: QuerySet, name: str, most: int) -> list[int]:
    return list(rows.values_list(name, flat=True)[:most])
