"""What is told of a person: put together, looked over, printed, made into a file."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.rights.copies import FORMATS, KEY, may_copy
from casework.matters.rights.forms import BuildForm
from casework.matters.rights.opening import open_matters
from casework.matters.rights.states import Stage
from casework.matters.rights.telling import build, links_of, read
from casework.matters.rights.views.frame import RightsForm, RightsPage, url_of
from casework.matters.views.receipt import office_of
from office.exporting import runs
from office.forms import once
from office.models import ExportRun


class BuildPage(RightsForm):
    """整理要提供的内容: what others must not be in is looked over here, before anybody decides."""

    template_name = "matters/rights/build.html"
    page_title = "整理要提供的内容"

    def hindrance(self) -> HttpResponse | None:
        if self.asked.stage == Stage.CHECKED:
            return None
        messages.info(self.request, "先核实身份，才能整理；已提交审批的，请审批人退回后再改。")
        return redirect(url_of(self.asked))

    def form(self, data: Any) -> BuildForm:
        self.opened()
        form = BuildForm(data)
        form.initial["hidden"] = self.asked.text("hidden")
        return form

    def carry_out(self, form: BuildForm) -> str:
        document = build(self.asked, by=self.request.user, hidden=form.cleaned_data["hidden"])
        count = len(document["matters"])
        messages.success(
            self.request, f"已整理 {count} 件，遮盖 {document['count']} 处。请从头读一遍再提交。"
        )
        return url_of(self.asked, "build")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        return super().get_context_data(**kwargs) | {
            "links": links_of(self.asked, user),
            "document": read(self.asked, user),
        }


class DocumentPage(RightsPage):
    """The frozen document on A4; every opening is a look at the request and at each matter."""

    template_name = "matters/rights/document.html"
    page_title = "提供的内容"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.asked.document:
            raise Http404
        if not self.opened():
            messages.info(request, "先写明查看目的，再打开要提供的内容。")
            return redirect(url_of(self.asked))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "document": read(self.asked, self.request.user),
            "name": self.asked.text("name"),
            "draft": self.asked.stage not in (Stage.DECIDED, Stage.ANSWERED),
            **office_of(self.request.user),
        }


class FileView(RightsPage):
    """A file for one person: begun here, handed out, counted and forgotten by `office.exporting`."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user, asked = request.user, self.asked
        if asked.clerk_id != user.pk or not may_copy(asked):
            raise PermissionDenied
        wanted = request.POST.get("format", "")
        if wanted not in FORMATS:
            raise Http404
        made: list[ExportRun] = []
        response = once(request, partial(self._begin, wanted, made))
        for run in made:
            try:
                runs.make(run)
            except DatabaseError:
                runs.log.exception("export %s is left to a worker", run.pk)
        return response

    def _begin(self, wanted: str, made: list[ExportRun]) -> str:
        user, asked = self.request.user, self.asked
        open_matters(user, asked, links_of(asked, user))
        query = QueryDict(mutable=True)
        query["request"] = str(asked.pk)
        run = runs.begin(
            user, KEY, query, format=wanted, conditions=asked.number,
            purpose=f"把复制件交给请求人本人（{asked.number}）", here=True,
        )  # fmt: skip
        made.append(run)
        return reverse("exports:run", args=[run.pk]) + "?start=1"
