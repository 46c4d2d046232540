"""The pages of exports: a new file, one's own files, one file, its bytes."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.generic import View

from office.clock import now
from office.exporting import runs
from office.exporting.addresses import filters_of
from office.exporting.forms import ExportForm
from office.exporting.lists import ExportList, Listing
from office.exporting.requests import seen_by, waiting_for
from office.forms import once
from office.limits import limit
from office.models import ExportRun
from office.posts import post_for
from office.registries import exports
from office.sheets.official import KIND
from office.views import DeskPage
from office.work import is_working

KINDS = {"xlsx": KIND, "csv": "text/csv; charset=utf-8", "zip": "application/zip"}
SHOWN = 30
_REFRESH = 5  # seconds between two looks at a run that is being written
_PATIENCE = timedelta(minutes=30)  # a page left open does not keep its session alive for ever


def listed(key: str) -> ExportList:
    """The list of this key; Http404 for any other, and for one that is not offered as a list."""
    if key not in exports or not exports[key].offered:
        raise Http404
    return exports[key]


class ListPage(DeskPage):
    """A page about a list under the filters in its address."""

    verb: str  # name of the ExportList's attribute with the verb that opens the page
    clear = False
    most_counted = 0  # records are counted up to so many, or up to what is written at once
    listing: Listing | None = None
    refused = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.list = listed(kwargs["key"])
        verb = getattr(self.list, self.verb)
        if not verb or post_for(request.user, verb) is None:
            raise PermissionDenied
        self.query = filters_of(request.GET)
        try:
            self.listing = self.list.open(request.user, self.query, self.clear)
            self.most = self.most_counted or limit("background_rows")
            self.count = self.listing.at_most(self.most + 1)
        except ValidationError as error:
            self.refused = "；".join(error.messages)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        back = reverse(self.list.page) if self.list.page else reverse("wagtailadmin_home")
        return super().get_context_data(
            list=self.list,
            listing=self.listing,
            refused=self.refused,
            count=None if self.refused else self.count,
            many=not self.refused and self.count > self.most,
            most=None if self.refused else self.most,
            back=f"{back}?{self.query.urlencode()}" if self.list.page else back,
            query=self.query.urlencode(),
            **kwargs,
        )

    def carried_out(self, form: Any, act: Callable[[], str]) -> HttpResponseBase:
        """Do it once; what is refused comes back as an error of the form."""
        try:
            return once(self.request, act)
        except ValidationError as error:
            form.add_error(None, error)
            return self.render_to_response(self.get_context_data(form=form))


class NewPage(ListPage):
    """导出: format and purpose. A short file is written at once, a long one in the background."""

    template_name = "office/exports/new.html"
    header_icon = "download"
    verb = "may"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"导出{self.list.label}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", ExportForm(personal=self.list.personal))
        may_ask = self.list.can_be_clear and post_for(self.request.user, self.list.ask)
        return super().get_context_data(
            may_ask=may_ask, days=limit("export_days"), hours=limit("clear_hours"), **kwargs
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = ExportForm(request.POST, personal=self.list.personal)
        if self.listing is None or not self.count or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        here, conditions, made = self.count <= self.most, self.listing.conditions, []

        def act() -> str:
            run = runs.begin(
                request.user,
                self.list.key,
                self.query,
                format=form.cleaned_data["format"],
                conditions=conditions,
                purpose=form.purpose,
                here=here,
            )
            made.append(run)
            return reverse("exports:run", args=[run.pk]) + ("?start=1" if here else "")

        response = self.carried_out(form, act)
        if here and made and response.status_code == 302:
            _make(made[0])
        return response


def _make(run: ExportRun) -> None:
    """Write a short file in the request; a worker goes on where the database gave up."""
    try:
        runs.make(run)
    except DatabaseError:
        runs.log.exception("export %s is left to a worker", run.pk)


class MinePage(DeskPage):
    """我的导出: one's own files and requests, the newest first."""

    template_name = "office/exports/mine.html"
    page_title = "我的导出"
    header_icon = "download"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = list(ExportRun.objects.filter(person=user).order_by("-pk")[:SHOWN])
        asked = seen_by(user).filter(asked_by=user).order_by("-pk")[:SHOWN]
        return super().get_context_data(
            runs=[(run, _label(run.listing)) for run in own],
            requests=[(one, _label(one.listing)) for one in asked],
            waiting=[(one, _label(one.listing)) for one in waiting_for(user)[:SHOWN]],
            sees_more=seen_by(user).exclude(asked_by=user).exists(),
            **kwargs,
        )


def _label(key: str) -> str:
    return exports[key].label if key in exports else key


def own_run(request: HttpRequest, pk: int) -> ExportRun:
    """The run of the person asking; anybody else's is a 404 like one that does not exist."""
    rows = ExportRun.objects.select_related("request__decided_by", "data_key", "post")
    run = rows.filter(pk=pk, person_id=request.user.pk).first()
    if run is None:
        raise Http404
    return run


class RunPage(DeskPage):
    """One file: where it stands, until when it may be had; looks again by itself while it is made."""

    template_name = "office/exports/run.html"
    header_icon = "download"
    page_title = "导出文件"
    refused = ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = kwargs.pop("run", None) or own_run(self.request, kwargs["pk"])
        moment, fresh = now(), not run.seen
        if fresh and run.state in runs.ENDED:
            run.seen = True
            run.save(update_fields=["seen"])
        user: Any = self.request.user
        refused = self.refused or runs.refusal(run, user, moment)
        making = run.state in runs.OPEN
        start = fresh and not refused and not run.clear and "start" in self.request.GET
        return super().get_context_data(
            run=run,
            label=_label(run.listing),
            making=making,
            refused="" if making else refused,
            start=start,
            refresh=_REFRESH if making and moment - run.created_at < _PATIENCE else 0,
            idle=making and not is_working(moment),
            **kwargs,
        )


class RefusedRun(RunPage):
    """The page of a file that is not handed out, with the reason."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.refused = kwargs.pop("why")
        return super().get_context_data(**kwargs)


class FilePage(View):
    """The bytes of a file, for its person, after the download has been logged."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        run, moment = own_run(request, pk), now()
        person: Any = request.user
        if why := runs.refusal(run, person, moment):
            return _refused(request, run, why, status_of(run, moment))
        try:
            content = runs.hand_out(run, person)
        except ValidationError as error:
            return _refused(request, run, "；".join(error.messages), 500)
        if not run.seen:
            run.seen = True
            run.save(update_fields=["seen"])
        response = StreamingHttpResponse(content, content_type=KINDS[run.format])
        response["Content-Length"] = str(run.size)
        response["Content-Disposition"] = content_disposition_header(True, runs.file_name(run))
        return response


def status_of(run: ExportRun, moment: datetime) -> int:
    """410 for what is gone, 409 for what is not there yet, 403 for what one may not have."""
    if run.state in runs.OPEN or run.state == ExportRun.State.FAILED:
        return 409
    gone = run.state == ExportRun.State.GONE or run.expires_at is None or run.expires_at <= moment
    return 410 if gone else 403


def _refused(request: HttpRequest, run: ExportRun, why: str, status: int) -> HttpResponse:
    page: Any = RefusedRun()
    page.setup(request, pk=run.pk)
    response = page.render_to_response(page.get_context_data(run=run, why=why, pk=run.pk))
    response.status_code = status
    return response
