"""销毁清册: what is due, proposing, approving, running, and the register on paper."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from office.clock import now, today
from office.forms import once
from office.history_view import page_number
from office.posts import post_for
from office.retention import lists, register
from office.retention.classes import CLASSES, label
from office.retention.forms import DecideForm, ProposeForm
from office.retention.kinds import destroyable
from office.retention.lists import LineState, State
from office.roles import BY_KEY
from office.views import DeskPage, DeskView

_PER_PAGE = 30
_MOST_SHOWN = 500  # due records on one page; the rest follows when these are gone


class ListsPage(DeskView):
    """What is due today, and all lists there have been."""

    permission_required = lists.VIEW
    template_name = "office/retention/lists.html"
    page_title = "销毁清册"
    header_icon = "bin"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        found = [
            (row, row.due) for row in lists.due_for(user, today()) if row.due and row.line is None
        ]
        free = [(row, due) for row, due in found if not due.kept]
        page = Paginator(lists.seen_by(user).order_by("-pk"), _PER_PAGE)
        may_propose = bool(free) and post_for(user, lists.PROPOSE) is not None
        if may_propose:
            kwargs.setdefault("form", ProposeForm())
        return super().get_context_data(
            due=[(row, _address(due), _klass(row.klass)) for row, due in free[:_MOST_SHOWN]],
            more=max(0, len(free) - _MOST_SHOWN),
            kept=[(row, _address(due)) for row, due in found if due.kept][:_MOST_SHOWN],
            may_propose=may_propose,
            chosen=set(self.request.POST.getlist("chosen")),
            page_obj=page.get_page(page_number(self.request.GET.get("p", "1"))),
            intro="保管期限已满的事项。一人提出、两人审批（至少一位街道领导）、执行后谁也恢复不了。",
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if post_for(request.user, lists.PROPOSE) is None:
            raise PermissionDenied
        form = ProposeForm(request.POST)
        if form.is_valid():
            try:
                return once(request, lambda: self._proposed(form))
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _proposed(self, form: ProposeForm) -> str:
        chosen = self.request.POST.getlist("chosen")
        made = lists.propose(self.request.user, chosen, note=form.cleaned_data["note"])
        messages.success(self.request, f"{made.number} 已提出，共 {len(chosen)} 件，等两人审批。")
        return reverse("office_destruction", args=[made.pk])


class OneList(PermissionRequiredMixin, DeskPage):
    """A page about one list."""

    permission_required = lists.VIEW
    raise_exception = True
    header_icon = "bin"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.found.number

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        found = lists.seen_by(request.user).filter(pk=kwargs["pk"]).first()
        if request.user.has_perm(lists.VIEW) and found is None:
            raise Http404
        self.found: Any = found  # None: refused by the verb below
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        listed = {"url": reverse("office_destructions"), "label": ListsPage.page_title}
        return [*before, listed, here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = lists.lines_seen_by(self.request.user, self.found)
        done = [line for line in lines if line.state == LineState.DONE]
        return super().get_context_data(
            found=self.found,
            lines=[
                (line, _klass(line.klass), destroyable[line.kind].address(line.object_id))
                for line in lines
            ],
            hidden=self.found.lines.count() - len(lines),
            approvals=[
                (one, BY_KEY[one.role].label if one.role in BY_KEY else one.role)
                for one in self.found.approvals.select_related("person").order_by("pk")
            ],
            destroyed=len(done),
            files=sum(line.files for line in done),
            shared=max((line.shared for line in done), default=0),
            at=now(),
            **kwargs,
        )


class ListPage(OneList):
    """One list: approving, taking back, running; afterwards what became of each line."""

    template_name = "office/retention/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, found = self.request.user, self.found
        why = lists.why_not_decide(found, user)
        if not why:
            kwargs.setdefault("form", DecideForm())
        decider = post_for(user, lists.APPROVE) is not None and found.state == State.PROPOSED
        proposer = post_for(user, lists.PROPOSE) is not None
        return super().get_context_data(
            why_not=why if decider else "",
            needed=lists.still_needed(found) if found.state == State.PROPOSED else "",
            may_withdraw=found.proposed_by_id == user.pk
            and found.state in (State.PROPOSED, State.APPROVED),
            may_start=proposer and found.state == State.APPROVED,
            running=found.state == State.RUNNING,
            left=found.lines.filter(state__in=register.OPEN).count(),
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        act = request.POST.get("act")
        if act in ("withdraw", "start"):
            return self._answered(None, self._withdraw if act == "withdraw" else self._start)
        form = DecideForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        return self._answered(form, lambda: self._decide(form))

    def _answered(self, form: Any, act: Callable[[], str]) -> HttpResponseBase:
        """Do it once; a refusal is told on the page as the list stands now."""
        try:
            return once(self.request, act)
        except ValidationError as error:
            self.found = lists.seen_by(self.request.user).get(pk=self.found.pk)
            if form is None or lists.why_not_decide(self.found, self.request.user):
                told = "；".join(error.messages)
                return self.render_to_response(self.get_context_data(told=told), status=422)
            form.add_error("note" if hasattr(error, "error_dict") else None, error.messages)
            return self.render_to_response(self.get_context_data(form=form), status=422)

    def _here(self) -> str:
        return reverse("office_destruction", args=[self.found.pk])

    def _withdraw(self) -> str:
        lists.withdraw(self.found.pk, by=self.request.user)
        messages.success(self.request, f"{self.found.number} 已撤回，一件也没有销毁。")
        return self._here()

    def _start(self) -> str:
        if self.request.POST.get("typed", "").strip() != self.found.number:
            raise ValidationError(f"请照抄清册编号 {self.found.number}，确认执行。")
        lists.start(self.found.pk, by=self.request.user)
        messages.success(self.request, "已开始销毁，由后台逐件执行。刷新本页看进度。")
        return self._here()

    def _decide(self, form: DecideForm) -> str:
        given = form.cleaned_data
        agree = given["agree"] == "yes"
        found = lists.decide(self.found.pk, by=self.request.user, agree=agree, note=given["note"])
        told = "已记下：不同意，清册作废。"
        if agree:
            over = found.state == State.APPROVED
            told = "已批准，可以执行。" if over else "已同意，还要另一位有权限的人审批。"
        messages.success(self.request, told)
        return self._here()


class PaperPage(OneList):
    """The list on paper, with places for signatures."""

    template_name = "office/retention/paper.html"


def _klass(key: str) -> str:
    return label(key) if key in CLASSES else key


def _address(due: Any) -> str:
    return destroyable[due.kind].address(due.object_id)
