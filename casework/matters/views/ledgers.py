"""Ledgers come in through the admin: upload, check, import in bites or by the worker, result."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.forms.ledgers import ChoiceForm, LayoutForm, UploadForm
from casework.matters.ledgers import jobs
from casework.matters.ledgers.importing import VERB
from casework.matters.ledgers.layouts import save_layout
from casework.matters.ledgers.naming import NO_SOURCE, file_name, name_for, origin, stem
from casework.matters.ledgers.opening import Ledger, Trial
from casework.matters.ledgers.showing import column_lines, progress_of, summary_of
from casework.matters.models import ImportJob, LedgerLayout
from casework.matters.views.frame import LIST, take_errors
from office.clock import now, today
from office.forms import first_result, once
from office.limits import limit
from office.scoping import require_visible
from office.sheets.problems import Problem
from office.sheets.reading import SheetError
from office.views import DeskView
from office.work import is_working

STEP = 1.5  # seconds of importing a request; reading the file comes on top
SHOWN = 50  # problems on a page; the copy has all of them
READING_AGAIN, RUNNING_AGAIN = 3, 5  # seconds until a page that waits for the worker loads anew
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
State = ImportJob.State


def job_url(job: ImportJob) -> str:
    return reverse("ledgers:job", args=[job.pk])


class LedgerDesk(DeskView):
    """A page of 导入台账, for those who may import."""

    permission_required = VERB
    page_title = "导入台账"
    header_icon = "table"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = [{"url": reverse("wagtailadmin_home"), "label": "首页"}]
        items += [{"url": reverse(LIST), "label": "信访事项"}]
        if self.page_title != LedgerDesk.page_title:
            items += [{"url": reverse("ledgers:upload"), "label": LedgerDesk.page_title}]
        return [*items, {"url": "", "label": self.page_title}]


class UploadPage(LedgerDesk):
    """Choose a file; what was imported lately."""

    template_name = "matters/ledgers/upload.html"

    def form(self, *data: Any) -> UploadForm:
        layouts = LedgerLayout.objects.visible_to(self.request.user).in_use()
        return UploadForm(*data, layouts=layouts)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST, request.FILES)
        try:
            if (done := first_result(request)) is not None:
                return done
            if form.is_valid():
                upload = form.cleaned_data["file"]
                received = jobs.receive(upload.read(), upload.name or "")
                return once(request, lambda: job_url(self.create(form, received)))
        except ValidationError as error:
            form.is_valid()
            take_errors(form, error)
        return self.show(form)

    def create(self, form: UploadForm, received: jobs.Received) -> ImportJob:
        layout = form.cleaned_data["layout"]
        source = form.cleaned_data["source"] or (layout.mapping.get("source") if layout else "")
        return jobs.store(
            received,
            by=self.request.user,
            source=source or self.source_of(received.name),
            options={"layout": layout.name if layout else ""},
        )

    def source_of(self, file_name: str) -> str:
        """The source named when this file, or the one it is a mended copy of, was brought before."""
        same = origin(file_name)
        for job in ImportJob.objects.visible_to(self.request.user)[:100]:
            if job.options.get("origin") == same:
                return job.source
        return NO_SOURCE

    def show(self, form: UploadForm) -> HttpResponse:
        user = self.request.user
        rows = ImportJob.objects.visible_to(user).select_related("started_by", "data_key")[:10]
        recent = [(job, summary_of(job), name_for(user, job)) for job in rows]
        context = self.get_context_data(form=form, recent=recent, kept=limit("upload_days"))
        return self.render_to_response(context, status=422 if form.errors else 200)


class JobDoor(LedgerDesk):
    """What concerns one import; 404 for somebody else's."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.job: ImportJob | None = None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.has_permission():
            return self.handle_no_permission()
        require_visible(ImportJob, request.user, kwargs["pk"])
        rows = ImportJob.objects.visible_to(request.user).select_related("data_key", "started_by")
        self.job = rows.get(pk=kwargs["pk"])
        jobs.look_at_work(self.job, request.user)
        return super().dispatch(request, *args, **kwargs)


class JobPage(JobDoor):
    """One import as it stands: being checked, running, or done."""

    templates = {
        State.READING: "reading",
        State.CHECKING: "check",
        State.RUNNING: "progress",
        State.STOPPED: "stopped",
    }
    titles = {
        State.READING: "正在读取",
        State.CHECKING: "核对台账",
        State.RUNNING: "正在导入",
        State.STOPPED: "导入停下了",
    }

    def get_page_title(self) -> str:
        return self.titles.get(self.job.state, "导入结果")

    page_title = property(get_page_title)

    def get_template_names(self) -> list[str]:
        return [f"matters/ledgers/{self.templates.get(self.job.state, 'result')}.html"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = self.job
        mine = job.started_by_id == request.user.pk
        if mine and not job.seen and job.state not in (State.READING, State.RUNNING):
            job.seen = True
            job.save(update_fields=["seen"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        job = self.job
        context = {
            "job": job,
            "name": name_for(self.request.user, job),
            "mine": job.started_by_id == self.request.user.pk,
            "upload_url": reverse("ledgers:upload"),
            "kept": limit("upload_days"),
        }
        if job.state == State.CHECKING:
            context |= self.checking(kwargs)
        else:
            context |= self.standing()
        return super().get_context_data(**context, **kwargs)

    def standing(self) -> dict[str, Any]:
        """How far an import has come, and what the worker does about it."""
        job = self.job
        by_worker = job.state == State.READING or (job.background and job.state == State.RUNNING)
        found, different = jobs.problems(job), jobs.notes(job)
        return {
            "summary": summary_of(job),
            "progress": progress_of(job),
            "by_worker": by_worker,
            "again": by_worker and (READING_AGAIN if job.state == State.READING else RUNNING_AGAIN),
            "resting": by_worker and not is_working(now()),
            "goes_on": job.path and not by_worker and "wait" not in self.request.GET,
            "why": job.options.get("stopped", ""),
            "problems": found[:SHOWN],
            "more": max(0, len(found) - SHOWN),
            "different": different[:SHOWN],
            "more_different": max(0, len(different) - SHOWN),
            "list_url": f"{reverse(LIST)}?tab=all&import_job={job.pk}",
        }

    def checking(self, given: dict[str, Any]) -> dict[str, Any]:
        """Columns, what is missing, and what would happen; or why the file cannot be read."""
        try:
            ledger = Ledger.open(self.job)
        except SheetError as error:
            return {"unreadable": str(error)}
        trial: Trial | None = Trial({}, [], [], 0)
        if not ledger.missing:
            user = self.request.user
            trial = jobs.found(self.job) if ledger.long else ledger.trial(user, today())
        told = trial or Trial({}, [], [], 0)
        passed = [note for note in told.notes if not note.heading]
        different = [note for note in told.notes if note.heading]
        return {
            "ledger": ledger,
            "choices": given.pop("form", None) or ChoiceForm(ledger=ledger),
            "layout_form": given.pop("layout_form", None) or LayoutForm(),
            "columns": column_lines(ledger),
            "trial": trial,
            "good": told.rows - told.counts.get("failed", 0),
            "problems": told.problems[:SHOWN],
            "more": max(0, len(told.problems) - SHOWN),
            "notes": passed[:SHOWN],
            "different": different[:SHOWN],
            "more_different": max(0, len(different) - SHOWN),
        }

    # Acts

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = self.acts().get(request.POST.get("act", ""))
        try:
            return act() if act else redirect(job_url(self.job))
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        except SheetError as error:
            messages.error(request, str(error))
        except jobs.Overtaken:
            return redirect(job_url(self.job))  # another page of the same import is at it
        return redirect(f"{job_url(self.job)}?wait=1")

    def acts(self) -> dict[str, Callable[[], HttpResponse]]:
        """What can be done now, by the name of its button."""
        state, drop = self.job.state, {"drop": self.drop}
        if state == State.CHECKING:
            return {
                "choose": self.choose,
                "layout": self.keep_layout,
                "commit": self.commit,
                **drop,
            }
        if state == State.RUNNING and not self.job.background:
            return {"step": self.step, **drop}
        if state == State.STOPPED:
            return {"resume": self.resume, **drop}
        return drop if state in (State.READING, State.RUNNING) else {}

    def choose(self) -> HttpResponse:
        self.take_choices()
        self.check_again()
        return redirect(f"{job_url(self.job)}#columns")

    def check_again(self) -> bool:
        """Leave a long ledger, of which nothing is known as it is chosen now, to the worker."""
        ledger = Ledger.open(self.job)
        if ledger.long and not ledger.missing and jobs.found(self.job) is None:
            jobs.check_later(self.job)
            return True
        return False

    def take_choices(self) -> bool:
        """Apply the form of sheet, source and columns; True when it changed anything."""
        form = ChoiceForm(self.request.POST, ledger=Ledger.open(self.job))
        if not form.is_valid():
            raise ValidationError([text for texts in form.errors.values() for text in texts])
        changed = form.apply(self.job)
        if changed:
            jobs.forget_trial(self.job)
            self.job.save(update_fields=["sheet", "source", "mapping", "found", "problems"])
        return changed

    def keep_layout(self) -> HttpResponse:
        self.take_choices()
        name = self.request.POST.get("layout_name", "")
        save_layout(Ledger.open(self.job), name, by=self.request.user)
        self.check_again()
        messages.success(self.request, "版式已保存。下次上传同样的台账会自动对应各列。")
        return redirect(f"{job_url(self.job)}#columns")

    def commit(self) -> HttpResponse:
        if (done := first_result(self.request)) is not None:
            return done
        changed = self.take_choices()
        if self.check_again() or changed:
            messages.warning(self.request, "列的对应刚改过，下面是改后的核对结果，请看过再导入。")
            return redirect(job_url(self.job))
        ledger = Ledger.open(self.job)
        return once(self.request, lambda: job_url(jobs.begin(ledger)))

    def step(self) -> HttpResponse:
        jobs.run(Ledger.open(self.job), self.request.user, seconds=STEP)
        return redirect(job_url(self.job))

    def resume(self) -> HttpResponse:
        jobs.resume(self.job)
        return redirect(job_url(self.job))

    def drop(self) -> HttpResponse:
        jobs.drop(self.job)
        messages.success(self.request, f"已放弃导入 {self.job.name}，上传的文件已删除。")
        return redirect("ledgers:upload")


class ErrorsView(JobDoor):
    """The sheet with a column 错误, for whoever brought it alone; a look: it shows personal data."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        job = self.job
        if not job.path or job.started_by_id != request.user.pk:
            raise Http404
        try:
            ledger = Ledger.open(job)
        except SheetError as error:
            raise Http404 from error
        jobs.look(job, request.user, "台账错误副本", "修改台账中的错误")
        copy = BytesIO(jobs.copy_with_errors(ledger, self.found(ledger)))
        name = f"{stem(file_name(job))}-错误.xlsx"
        return FileResponse(copy, as_attachment=True, filename=name, content_type=XLSX)

    def found(self, ledger: Ledger) -> list[Problem]:
        job = ledger.job
        if job.state != State.CHECKING or ledger.long:
            return [*jobs.problems(job), *(note for note in jobs.notes(job) if note.heading)]
        if ledger.missing:
            return []
        trial = ledger.trial(self.request.user, today())
        return [*trial.problems, *(note for note in trial.notes if note.heading)]
