"""The pages of requests for clear text: asking, deciding, taking back, looking through."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from office.exporting import requests, runs
from office.exporting.forms import AskForm, DecideForm
from office.exporting.views import ListPage
from office.forms import once
from office.history_view import page_number
from office.limits import limit
from office.models import ExportRequest
from office.posts import post_for
from office.registries import exports
from office.views import DeskPage

_MOST_COUNTED = 100_000
_PER_PAGE = 30


class AskPage(ListPage):
    """申请明文导出: what for; the conditions and the number of rows stand beside it."""

    template_name = "office/exports/ask.html"
    header_icon = "lock-open"
    verb = "ask"
    clear = True
    most_counted = _MOST_COUNTED

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"申请明文导出{self.list.label}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", AskForm())
        return super().get_context_data(hours=limit("clear_hours"), **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        form = AskForm(request.POST)
        if self.listing is None or not self.count or not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        conditions = self.listing.conditions

        def act() -> str:
            made = requests.ask(
                request.user, self.list.key, self.query, conditions=conditions, purpose=form.purpose
            )
            messages.success(request, "申请已提交，等另一位有审批权限的人审批。")
            return reverse("exports:request", args=[made.pk])

        return self.carried_out(form, act)


class RequestPage(DeskPage):
    """One request: what is asked, who decided, where its file stands; deciding and taking back."""

    template_name = "office/exports/request.html"
    header_icon = "lock-open"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"明文导出申请第 {self.kwargs['pk']} 号"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = requests.seen_by(request.user).filter(pk=kwargs["pk"]).first()
        if found is None:
            raise Http404
        self.asked: ExportRequest = found
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = self.asked, self.request.user
        listed = exports.get(asked.listing)
        why = requests.why_not_decide(asked, user)
        may_decide = not why
        if may_decide:
            kwargs.setdefault("form", DecideForm())
        own = asked.asked_by_id == user.pk
        decider = listed is not None and bool(post_for(user, listed.decide))
        return super().get_context_data(
            asked=asked,
            label=listed.label if listed else asked.listing,
            rows=self._rows() if asked.state == requests.State.ASKED else "",
            may_decide=may_decide,
            why_not=why if decider and own and asked.state == requests.State.ASKED else "",
            may_withdraw=own and asked.state == requests.State.ASKED,
            own=own,
            run=requests.run_of(asked),
            until=runs.clear_until(asked) if asked.state == requests.State.ALLOWED else None,
            hours=limit("clear_hours"),
            **kwargs,
        )

    def _rows(self) -> str:
        """How many records the asker would get now, in words."""
        listed = exports.get(self.asked.listing)
        if listed is None:
            return "这份名单已不能导出"
        try:
            listing = listed.open(self.asked.asked_by, runs.query_of(self.asked), True)
        except ValidationError as error:
            return "；".join(error.messages)
        except PermissionDenied:
            return "申请人现在没有这份名单的权限"
        count = listing.at_most(_MOST_COUNTED)
        return f"{count} 条" if count < _MOST_COUNTED else f"{_MOST_COUNTED} 条以上"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.POST.get("act") == "withdraw":
            return self._answered(None, self._withdraw)
        form = DecideForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self._answered(form, lambda: self._decide(form))

    def _answered(self, form: Any, act: Any) -> HttpResponseBase:
        """Do it once; a refusal is told on the page as the request stands now."""
        try:
            return once(self.request, act)
        except ValidationError as error:
            fresh = requests.seen_by(self.request.user).filter(pk=self.asked.pk).first()
            self.asked = fresh or self.asked
            if form is not None and not requests.why_not_decide(self.asked, self.request.user):
                form.add_error(None, error) if not hasattr(error, "error_dict") else [
                    form.add_error(name, told) for name, told in error.error_dict.items()
                ]
                return self.render_to_response(self.get_context_data(form=form))
            told = "；".join(error.messages)
            return self.render_to_response(self.get_context_data(told=told))

    def _withdraw(self) -> str:
        requests.withdraw(self.asked.pk, by=self.request.user)
        messages.success(self.request, "申请已撤回。")
        return reverse("exports:request", args=[self.asked.pk])

    def _decide(self, form: DecideForm) -> str:
        given = form.cleaned_data
        agree = given["agree"] == "yes"
        requests.decide(self.asked.pk, by=self.request.user, agree=agree, note=given["note"])
        told = (
            "已同意，文件正在为申请人生成。" if agree else "已记下：不同意。申请人会看到您的意见。"
        )
        messages.success(self.request, told)
        return reverse("exports:request", args=[self.asked.pk])


class RequestsPage(DeskPage):
    """明文导出申请: all that a person may open; an auditor sees every one."""

    template_name = "office/exports/requests.html"
    page_title = "明文导出申请"
    header_icon = "lock-open"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = requests.seen_by(self.request.user).order_by("-pk")
        page = Paginator(rows, _PER_PAGE).get_page(page_number(self.request.GET.get("p", "1")))
        listed = [
            (one, exports[one.listing].label if one.listing in exports else one.listing)
            for one in page
        ]
        return super().get_context_data(page_obj=page, requests=listed, **kwargs)
