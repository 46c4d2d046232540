"""Files that are written anew, because a record has left all lists since they were begun.

Which rows a file holds is kept nowhere, so every file that could hold the record is written again,
for the same person and under the same conditions; what is no longer theirs to see is not in it.
"""

from collections.abc import Collection
from datetime import datetime
from functools import partial

from django.db import transaction

from office import private_files
from office.clock import now
from office.exporting.runs import JOB
from office.models import ExportRun
from office.tasking.queue import wanted
from office.vault import destroy, new_data_key

State = ExportRun.State


def renew(listings: Collection[str], since: datetime) -> int:
    """Take back the files of these lists written or begun since a moment; how many there were.

    Their keys are destroyed in the caller's transaction, so that no copy opens any more; a worker
    that is writing one finds that it has lost it, and begins anew like all others.
    """
    rows = ExportRun.objects.select_for_update(of=("self",)).select_related("data_key")
    begun = rows.filter(listing__in=listings, state__in=(State.DONE, State.RUNNING))
    found = list(begun.exclude(finished_at__lt=since).order_by("pk"))
    for run in found:
        old, path = run.data_key, run.path
        key = new_data_key()
        key.save()
        run.state, run.data_key, run.path, run.rows, run.size = State.WAITING, key, "", 0, 0
        run.sha256, run.seen, run.held_until = "", False, None
        run.finished_at = run.expires_at = None
        run.save()
        wanted(JOB, run.pk)
        destroy(old, now())
        if path:
            transaction.on_commit(partial(private_files.remove, path))
    return len(found)
