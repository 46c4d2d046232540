"""The queue in the database: django-tasks-db keeps the messages, our threads carry them out."""

from datetime import timedelta
from itertools import chain

from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.backend import DatabaseBackend
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

_KEPT_DAYS = 2  # of a message that was carried out: the rows of the rooms say how it went
_LOST_AFTER = timedelta(days=1)  # no worker has one message in hand for so long


class WorkerDied(Exception):
    """A message stayed in the hands of a worker that is gone: the library never takes it back."""


class DatabaseQueue(DatabaseBackend):
    """The library's backend, and what `office.tasking.queue.WorkersSide` wants of one."""

    def waiting(self, kind: str) -> bool:
        ready = DBTaskResult.objects.ready()
        return ready.filter(backend_name=self.alias, queue_name=kind).exists()

    def carry_out(self, kind: str) -> bool:
        Worker(
            queue_names=[kind],
            excluded_queue_names=[],
            backend_name=self.alias,
            worker_id=f"work-{kind}"[:64],
            batch=True,
            max_tasks=1,
            interval=0,
            startup_delay=False,
        ).run()
        return True

    def tidy(self) -> None:
        held = DBTaskResult.objects.running().filter(backend_name=self.alias)
        for message in held.filter(started_at__lt=timezone.now() - _LOST_AFTER):
            message.set_failed(WorkerDied())
        told = {"--backend": self.alias, "--queue-name": "*", "--min-age-days": str(_KEPT_DAYS)}
        call_command("prune_db_task_results", *chain(*told.items()), verbosity=0)
