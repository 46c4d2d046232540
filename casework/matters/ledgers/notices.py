"""What a person is told of imports the worker has in hand, on the first page of the back office."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.ui.components import Component

from casework.matters.ledgers.importing import VERB
from casework.matters.ledgers.naming import name_for
from casework.matters.ledgers.showing import progress_of, summary_of
from casework.matters.models import ImportJob
from office.clock import now
from office.work import is_working

SHOWN = 5
_WORDS = {
    ImportJob.State.READING: "正在读取",
    ImportJob.State.CHECKING: "已读取，可以核对",
    ImportJob.State.RUNNING: "正在导入",
    ImportJob.State.STOPPED: "停下了",
    ImportJob.State.DONE: "导入完成",
}
_WORKING = (ImportJob.State.READING, ImportJob.State.RUNNING)


class ImportsPanel(Component):
    """Imports that are under way in the background, or ended since their person last looked."""

    order = 90
    template_name = "matters/ledgers/panel.html"

    class Media:
        css = {"all": ["matters/matters.css"]}

    def __init__(self, jobs: list[ImportJob]) -> None:
        self.jobs = jobs

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        waiting = any(job.state in _WORKING for job in self.jobs)
        return {
            "lines": [self._line(job, user) for job in self.jobs],
            "upload_url": reverse("ledgers:upload"),
            "resting": waiting and not is_working(now()),
        }

    def _line(self, job: ImportJob, user: Any) -> dict[str, str]:
        told = ""
        if job.state == ImportJob.State.DONE:
            told = f"：{summary_of(job)}"
        elif job.state == ImportJob.State.RUNNING:
            told = f"：{progress_of(job).done} / {job.rows} 行"
        return {
            "url": reverse("ledgers:job", args=[job.pk]),
            "name": name_for(user, job),
            "told": f"{_WORDS[ImportJob.State(job.state)]}{told}",
        }


def panels_for(request: HttpRequest) -> list[Component]:
    """The panel of imports for who imports and has one to hear of."""
    if not request.user.has_perm(VERB):
        return []
    rows = ImportJob.objects.visible_to(request.user).filter(started_by=request.user, seen=False)
    rows = rows.exclude(state=ImportJob.State.DROPPED).select_related("data_key")
    found = list(rows.order_by("-pk")[:SHOWN])
    return [ImportsPanel(found)] if found else []
