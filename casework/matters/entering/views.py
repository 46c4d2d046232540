"""Pages of the entry side: the guided choice, leading elsewhere, splitting, reporting upward."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.approvals import may_ask
from casework.matters.entering import late, splitting
from casework.matters.entering.forms import MOST_PARTS, ReportUpForm, SplitForm
from casework.matters.entering.reporting import (
    mark_publishable,
    may_publish,
    may_report_up,
    report_up,
)
from casework.matters.entering.ways import ELSE
from casework.matters.forms.asking import AskForm
from casework.matters.models import Matter
from casework.matters.opening import TEXTS, open_by_task
from casework.matters.permissions import available
from casework.matters.table import BY_NAME
from casework.matters.views.acts import ActPage, AskPage
from casework.matters.views.frame import DeskPage, FormPage, MatterPage, record_url
from casework.matters.views.reception import receipt_url
from office.clock import now
from office.limits import limit

_SHOWN = 50


class AcceptPage(ActPage):
    """受理 as a guided choice: what is decided here, what is led elsewhere, what leaves the house."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs | {"name": "accept"})

    def get_template_names(self) -> list[str]:
        return ["matters/entering/accept.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, matter = self.request.user, self.matter
        now_possible = {rule.name for rule in available(user, matter)}
        elsewhere = []
        for name, asked in ELSE:
            if may_ask(user, matter, name) if asked else name in now_possible:
                page = "matters:ask" if asked else "matters:do"
                elsewhere.append((BY_NAME[name], reverse(page, args=[matter.pk, name])))
        return super().get_context_data(**kwargs) | {
            "elsewhere": elsewhere,
            "may_route": may_ask(user, matter, "route"),
            "may_split": splitting.may_split(user, matter) and not splitting.hindrance(matter),
            "may_report_up": may_report_up(user, matter),
        }


class RoutePage(AskPage):
    """导入法定途径: begun with a path of the guided choice (?path=C2)."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs | {"act": "route"})

    def get_template_names(self) -> list[str]:
        return ["matters/entering/route.html"]

    def form(self, data: Any) -> AskForm:
        form = super().form(data)
        if data is None:
            seen = Matter.objects.visible_to(self.request.user)
            form.start_from(self.request.GET.get("path", ""), seen)
        return form


class SplitPage(FormPage, MatterPage):
    """拆分: sentences are chosen for the matters they belong to; the text is opened by a look first."""

    template_name = "matters/entering/split.html"
    page_title = "拆分"

    def admit(self) -> None:
        if not splitting.may_split(self.request.user, self.matter):
            if splitting.item_of(self.matter) is None and not splitting.hindrance(self.matter):
                return
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        told = splitting.hindrance(self.matter)
        if not told:
            return None
        messages.info(self.request, told)
        return redirect(record_url(self.matter))

    @property
    def text(self) -> str:
        """The claim when it is open to this person, "" before they have said why."""
        held = open_by_task(self.request.user, self.matter, now(), TEXTS)
        self.opened = TEXTS in held
        return self.matter.text("claim") if self.opened else ""

    def _count(self) -> int:
        count = self.request.POST.get("count", "2")
        return int(count) if count.isascii() and count.isdigit() and len(count) < 3 else 2

    def form(self, data: Any) -> SplitForm:
        return SplitForm(data, matter=self.matter, text=self.text, count=self._count())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("go") != "another":
            return super().post(request, *args, **kwargs)
        self.admit()
        count = self._count() + 1
        if count > MOST_PARTS:
            messages.warning(request, f"一次最多拆出 {MOST_PARTS} 件，其余的拆完再拆。")
        form = SplitForm(
            None, matter=self.matter, text=self.text, count=count, initial=request.POST.dict()
        )
        return self.hindrance() or self.show(form)

    def carry_out(self, form: SplitForm) -> str:
        found = splitting.split(
            self.matter, form.found(), by=self.request.user, title=form.cleaned_data["title"]
        )
        numbers = "、".join(new.number for new in found)
        messages.success(
            self.request,
            f"已从 {self.matter.number} 拆出 {numbers}，各算各的期限。回执是同一张，请重新打印。",
        )
        item = splitting.item_of(self.matter)
        return receipt_url(item) if item else record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.text
        return super().get_context_data(**kwargs) | {"opened": self.opened, "text": text}


class ReportUpPage(FormPage, MatterPage):
    """呈报区信访部门: a record and its document; the matter stays where it is."""

    template_name = "matters/entering/report_up.html"
    page_title = "呈报"

    def admit(self) -> None:
        if not may_report_up(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> ReportUpForm:
        return ReportUpForm(data)

    def carry_out(self, form: ReportUpForm) -> str:
        report_up(self.matter, by=self.request.user, **form.cleaned_data)
        messages.success(
            self.request, f"已记下呈报。{self.matter.number} 还在本街道手上，期限照算。"
        )
        return record_url(self.matter)


class PublishablePage(FormPage, MatterPage):
    """标为可公开: the answer to a suggestion; a publisher takes it from there."""

    template_name = "matters/entering/publishable.html"
    page_title = "标为可公开"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.row = self.matter.documents.filter(pk=kwargs["document"]).first()
        if self.row is None:
            raise Http404

    def admit(self) -> None:
        if not may_publish(self.request.user, self.matter, self.row):
            raise PermissionDenied

    def form(self, data: Any) -> Form:
        return Form(data)

    def carry_out(self, form: Form) -> str:
        mark_publishable(self.matter, self.row.pk, by=self.request.user)
        messages.success(
            self.request, "已标为可公开。公开的内容不含任何人的信息，由宣传员另行编写。"
        )
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"document": self.row}


class LateEntriesPage(DeskPage):
    """补登与临期改途径, for auditors: what was entered late, what was led away late."""

    template_name = "matters/entering/late.html"
    page_title = "补登与临期改途径"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.has_perm(late.AUDIT):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, query = self.request.user, self.request.GET
        entries = Paginator(late.entries(user), _SHOWN).get_page(query.get("p"))
        return super().get_context_data(**kwargs) | {
            "entries": entries,
            "reroutings": late.reroutings(user)[:_SHOWN],
            "late_days": limit("late_entry_days"),
            "reroute_days": limit("reroute_days"),
        }
