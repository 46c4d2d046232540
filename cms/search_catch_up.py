"""What the signals missed comes into the index by and by: a killed save, rows written in bulk, a
database restored from before. Each run is small and may be repeated.

A run looks at three things: rows without an entry and entries without a row, whatever their number;
pages changed within the last hour; and the next `BITE` rows in turn, whose texts are read and
compared. The last needs no stamp and finds every difference in time.
"""

from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.db.models import Q
from wagtail.models import Page

from cms.search_backend import Index, SearchBackend
from cms.search_texts import alive, indexed, kind_of, kinds
from office.models import Job
from office.registries import jobs
from office.search import write

BITE = 200
EVERY = 300  # seconds
_RECENT = timedelta(hours=1)


def job_of(kind: str) -> str:
    return f"search:{kind}"


def catch_up(kind: str, now: datetime) -> int:
    """Compare and mend the entries of a kind; returns how many rows were looked at."""
    index = Index(SearchBackend({}), kind)
    index.drop_orphans()
    wanted = (alive(kind) - indexed(kind)) | _recent(kind, now) | _in_turn(kind)
    write(kind, wanted)
    return len(wanted)


def _recent(kind: str, now: datetime) -> set[int]:
    """Pages saved or published within the last hour; other kinds keep no such moment."""
    if kind != kind_of(Page):
        return set()
    since = now - _RECENT
    fresh = Q(latest_revision_created_at__gte=since) | Q(last_published_at__gte=since)
    return set(Page.objects.filter(fresh).values_list("pk", flat=True))


def _in_turn(kind: str) -> set[int]:
    """The next rows after those of the last run; after the last row it begins anew."""
    job, _ = Job.objects.get_or_create(name=job_of(kind))
    turn = sorted(pk for pk in alive(kind) if pk > job.cursor)[:BITE]
    job.cursor = turn[-1] if len(turn) == BITE else 0
    job.save(update_fields=["cursor"])
    return set(turn)


def register_jobs() -> None:
    for kind, models in kinds().items():
        label = f"核对检索：{_root_name(models[0])}"
        jobs.append((job_of(kind), label, EVERY, partial(catch_up, kind)))


def _root_name(model: Any) -> str:
    parents = model._meta.get_parent_list()
    return str((parents[-1] if parents else model)._meta.verbose_name)
