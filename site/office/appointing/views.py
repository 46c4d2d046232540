"""授权申请: the list, asking, and one request with what it would change; taking a half of a code."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables

from office.appointing import asking, wording
from office.appointing.forms import FORMS, DecideForm, PostGrantForm
from office.clock import now, today
from office.entering import activation
from office.forms import first_result, once
from office.history_view import entries, page_number
from office.models import GrantRequest
from office.posts import post_for
from office.separation import Act, who_decides
from office.views import DeskPage

_PER_PAGE = 30
_HISTORY = 20
INTRO = "授权由一人提出、另一人确认，确认后才生效；提前结束、停用账号一人即可办理。"


def may_ask(user: Any) -> bool:
    """Whether this person can ask for anything at all today."""
    if post_for(user, asking.ASK) or post_for(user, asking.NAME):
        return True
    return user in who_decides(asking.ASK, {}, today(), Act.OTHER).people


class GrantPage(DeskPage):
    """What the pages of grants share: crumbs back to the list."""

    header_icon = "key"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("grants:list"), "label": GrantsPage.page_title}, here]


class GrantsPage(DeskPage):
    """授权申请: what waits first, then all others, newest first."""

    template_name = "office/appointing/list.html"
    page_title = "授权申请"
    header_icon = "key"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not asking.may_look(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = asking.seen_by(user).order_by("-pk")
        page = Paginator(rows, _PER_PAGE).get_page(page_number(self.request.GET.get("p", "1")))
        kinds = asking.Kind.choices if may_ask(user) else []
        if kinds and not post_for(user, asking.ASK):  # a leader names custodians
            kinds = [
                one for one in kinds if one[0] != "password" or not post_for(user, asking.NAME)
            ]
        return super().get_context_data(
            page_obj=page,
            waiting={request.pk for request in asking.waiting_for(user)},
            kinds=kinds,
            intro=INTRO,
            **kwargs,
        )


class AskPage(GrantPage):
    """Asking for one kind of grant."""

    template_name = "office/appointing/ask.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"申请{asking.Kind(self.kwargs['kind']).label}"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["kind"] not in FORMS:
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_ask(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def form(self, data: Any = None) -> Any:
        shape, user = FORMS[self.kwargs["kind"]], self.request.user
        given = {name: self.request.GET.get(name, "") for name in ("user", "post")}
        options: dict[str, Any] = {"asker": user}
        if data is None:
            options["initial"] = {name: pk for name, pk in given.items() if pk.isdecimal()}
        if shape is PostGrantForm:
            options["namer"] = bool(post_for(user, asking.NAME))
            options["keeper"] = bool(post_for(user, asking.ASK)) or not options["namer"]
        return shape(data, **options)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("form", self.form())
        return super().get_context_data(intro=INTRO, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.form(request.POST)
        try:
            if (done := first_result(request)) is not None:
                return done
            if form.is_valid():
                return once(request, lambda: self._asked(form))
        except ValidationError as error:
            form.is_valid()
            take_errors(form, error)
        return self.render_to_response(self.get_context_data(form=form))

    def _asked(self, form: Any) -> str:
        made = asking.ask(self.request.user, form.wish(), reason=form.cleaned_data["reason"])
        messages.success(self.request, "申请已提交，确认以后生效。")
        return reverse("grants:request", args=[made.pk])


def take_errors(form: Any, error: ValidationError) -> None:
    """Put what a rule refused into the form: at the field it names, else on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.error_dict.items():
        form.add_error(name if name in form.fields else None, problems)


@method_decorator(never_cache, name="dispatch")
class RequestPage(GrantPage):
    """One request: before → after, the decision, the halves of a code, its history."""

    template_name = "office/appointing/request.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return f"授权申请第 {self.kwargs['pk']} 号"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if request.user.is_authenticated:
            self.asked = self._found()

    def _found(self) -> GrantRequest:
        found = asking.seen_by(self.request.user).filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = self.asked, self.request.user
        is_open = asked.state == asking.State.ASKED
        why = asking.why_not_decide(asked, user)
        if not why:
            kwargs.setdefault("form", DecideForm())
        code = asked.activations.order_by("-pk").first()
        listed, _ = entries(GrantRequest, asked.pk, 1)
        return super().get_context_data(
            asked=asked,
            effect=wording.effect(asking.wish_of(asked)) if is_open else None,
            deciders=asking.deciders(asked) if is_open else None,
            may_decide=not why,
            may_withdraw=is_open and asked.asked_by_id == user.pk,
            code=code,
            code_open=code is not None and activation.is_open(code, now()),
            may_take=code is not None and self._may_take(code),
            entries=listed[:_HISTORY],
            **kwargs,
        )

    def _may_take(self, code: Any) -> bool:
        half = activation.half_of(code, self.request.user)
        return bool(half) and not getattr(code, half) and activation.is_open(code, now())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        act = request.POST.get("act")
        if act == "half":
            return self._half()
        if act == "withdraw":
            return self._answered(None, self._withdraw)
        form = DecideForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        return self._answered(form, lambda: self._decide(form))

    @sensitive_variables("half")
    def _half(self) -> HttpResponse:
        """Shown in this answer and nowhere else: no message, no cookie, no address holds it."""
        code = self.asked.activations.order_by("-pk").first()
        if code is None:
            raise Http404
        try:
            half = activation.take_half(code.pk, by=self.request.user, request=self.request)
        except ValidationError as error:
            told = "；".join(error.messages)
            return self.render_to_response(self.get_context_data(told=told))
        which = "前半" if activation.half_of(code, self.request.user) == "first" else "后半"
        shown = {"half": activation.in_groups(half), "which": which}
        return self.render_to_response(self.get_context_data(**shown))

    def _answered(self, form: Any, act: Any) -> HttpResponse:
        """Do it once; a refusal is told on the page as the request stands now."""
        try:
            return once(self.request, act)
        except ValidationError as error:
            self.asked = self._found()
            if form is not None and not asking.why_not_decide(self.asked, self.request.user):
                take_errors(form, error)
                return self.render_to_response(self.get_context_data(form=form))
            told = "；".join(error.messages)
            return self.render_to_response(self.get_context_data(told=told))

    def _withdraw(self) -> str:
        asking.withdraw(self.asked.pk, by=self.request.user)
        messages.success(self.request, "申请已撤回。")
        return reverse("grants:request", args=[self.asked.pk])

    def _decide(self, form: DecideForm) -> str:
        given = form.cleaned_data
        agree = given["agree"] == "yes"
        asking.decide(self.asked.pk, by=self.request.user, agree=agree, note=given["note"])
        told = "已同意，现在生效。" if agree else "已记下：不同意。提出的人会看到您的意见。"
        messages.success(self.request, told)
        return reverse("grants:request", args=[self.asked.pk])
