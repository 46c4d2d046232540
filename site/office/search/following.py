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
from office.search.upkeep import analyze

JOB = "search"
_ON_THEIR_WAY = timedelta(seconds=60)
_ALL = (1 << 63) - 1
_BIG = 10_000  # changes in one run after which the planner's statistics are taken anew


def behind() -> int:
    """How many changes the index has not seen, counted up to a hundred thousand.

    Those of the last minute are on their way and do not count.
    """
    seen = Job.objects.filter(name=JOB).values_list("cursor", flat=True).first() or 0
    late = Change.objects.filter(id__gt=seen, at__lte=now() - _ON_THEIR_WAY).order_by("id")
    return late[:100_000].count()


def index_changes(moment: datetime | None = None, most: int = 50_000) -> int:
    """Bring the index up to date with the changes; returns how many were read. Safe to repeat.

    A change is read as soon as it is seen, and once more when no earlier one can appear any more.
    """
    job, _ = Job.objects.get_or_create(name=JOB)
    final = settled()
    start = SearchMark.objects.values_list("settled", flat=True).get(pk=1)
    read = 0
    for rows in _bites(start, final, most):
        read += _take_up(rows, SearchMark.objects.filter(pk=1, settled__lt=rows[-1][0]))
    for rows in _bites(max(final, job.cursor), _ALL, most):
        read += _take_up(rows)
    if read >= _BIG:
        analyze()
    return read


def _take_up(rows: list[tuple[int, str, int]], mark: QuerySet[SearchMark] | None = None) -> int:
    """Write the entries of the changed records and note the place, all or nothing."""
    last = rows[-1][0]
    with transaction.atomic():
        for kind in searchable:
            root = kind.partition(":")[0]
            if ids := {pk for _, its, pk in rows if its == root}:
                write(kind, ids)
        Job.objects.filter(name=JOB, cursor__lt=last).update(cursor=last)
        if mark is not None:
            mark.update(settled=last)
    return len(rows)


def _bites(after: int, until: int, most: int) -> Iterator[list[tuple[int, str, int]]]:
    while most > 0:
        rows = list(
            Change.objects.filter(id__gt=after, id__lte=until)
            .order_by("id")
            .values_list("id", "root_kind", "root_id")[: min(BITE, most)]
        )
        if not rows:
            return
        yield rows
        after, most = rows[-1][0], most - len(rows)


def settled() -> int:
    """The id up to which no change can appear any more, for whoever follows the changes.

    A transaction writes a record before it draws the id of the change, and may end much later. When
    the highest id is seen it is noted together with the next transaction's number: once every
    transaction below that number has ended, all changes up to that id are there. So it matters
    how long a transaction is open, and no span of time is taken for long enough. SQLite has one
    writer at a time: what is seen is settled.
    """
    mark, _ = SearchMark.objects.get_or_create(pk=1)
    if connection.vendor != "postgresql":
        return Change.objects.order_by("-id").values_list("id", flat=True).first() or 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_snapshot_xmin(s)::text::bigint, pg_snapshot_xmax(s)::text::bigint,"
            " (SELECT coalesce(max(id), 0) FROM office_change) FROM pg_current_snapshot() s"
        )
        oldest_open, next_one, highest = cursor.fetchone()
    if oldest_open == next_one:  # nobody is writing
        return highest
    if oldest_open < mark.horizon:
        return mark.settled
    SearchMark.objects.filter(pk=1).update(checkpoint=highest, horizon=next_one)
    return mark.checkpoint


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
