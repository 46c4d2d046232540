"""后台任务: the page for whoever runs the installation; it tells of no record and no person's data."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from office.clock import now
from office.tasking.showing import State, retry, rows
from office.views import DeskView
from office.work import is_working

_EVERY = 10  # seconds between two looks while something is under way
_LOOKS = 60  # then the page stays as it is: an open page does not keep a session alive for ever
_UNDER_WAY = {State.TRYING, State.RUNNING, State.WAITING}


class TasksPage(DeskView):
    """What is queued, under way, stopped or done; 重试 for what failed."""

    permission_required = "office.view_task"
    template_name = "office/tasks.html"
    page_title = "后台任务"
    header_icon = "tasks"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        moment = now()
        found = rows(moment)
        under_way = any(row.state in _UNDER_WAY for row in found)
        looked = _number(self.request.GET.get("looked", ""))
        return super().get_context_data(
            rows=found,
            resting=under_way and not is_working(moment),
            again=_EVERY if under_way and looked < _LOOKS else 0,
            looked=looked + 1,
            intro="长名单的导出、大台账的导入这类要做几分钟的事，排队由后台做。中断了会自动接着做。",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        kind, piece = request.POST.get("kind", ""), _number(request.POST.get("piece", ""))
        try:
            row = retry(kind, piece, now())
        except LookupError as error:
            raise Http404 from error
        except ValidationError as error:
            messages.warning(request, "；".join(error.messages))
        else:
            messages.success(request, f"已重新排队：{row.label}（{row.piece.what}）。")
        return redirect("office_tasks")


def _number(text: str) -> int:
    """A number from an address or a form; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
