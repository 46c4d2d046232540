"""Pages after the end: calls, the archive on paper, signatures on paper."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.models import ArchiveFile, FollowUp, PaperSignature
from casework.matters.opening import PEOPLE, RESULTS, TEXTS, open_for, open_until
from casework.matters.outcomes import archiving, confirming, counted, following, paper, queues
from casework.matters.outcomes.forms import (
    AnswerPaperForm,
    CallForm,
    EnterPaperForm,
    FindingForm,
    GiveForm,
    file_choices,
)
from casework.matters.outcomes.showing import name_of
from casework.matters.outcomes.views import OutcomePage, ProofPage
from casework.matters.permissions import may
from casework.matters.reading import people
from casework.matters.views.frame import DeskPage, FormPage, MatterPage, record_url
from office.clock import now
from office.posts import post_for
from office.retention.classes import label, terms

#: rights of those who see the whole office
OVERSEE = (confirming.CONFIRM, confirming.LOOK_INTO, confirming.AUDIT)


class CallsPage(DeskPage):
    """Every call this person may make, the earliest day first."""

    template_name = "matters/outcomes/calls.html"
    page_title = "回访"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if post_for(request.user, following.VERB) is None:
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = queues.open_calls(self.request.user)
        return super().get_context_data(**kwargs) | {"rows": rows}


class CountedPage(DeskPage):
    """办结、化解、缓和 by month, for those who answer for the whole office and those who audit it."""

    template_name = "matters/outcomes/counted.html"
    page_title = "办结与化解"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not any(post_for(request.user, verb) for verb in OVERSEE):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = {"months": counted.months(self.request.user, self.today)}
        return super().get_context_data(**kwargs) | found


class OneCall(OutcomePage):
    """A page about one call of the matter."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        row = self.matter.follow_ups.filter(pk=kwargs["follow_up"]).first()
        if row is None:
            raise Http404
        self.row: FollowUp = row
        self.row.matter = self.matter

    def hindrance(self) -> HttpResponse | None:
        if not self.row.result:
            return None
        messages.info(self.request, "这次回访已经有结果了。")
        return redirect(record_url(self.matter))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row": self.row}


class FollowUpPage(OneCall):
    """Whom to call and how (the look is written first), what was tried, what was heard."""

    template_name = "matters/outcomes/follow_up.html"
    page_title = "回访"

    def admit(self) -> None:
        if self.row.result:
            allowed = may(self.request.user, self.matter, following.VERB)
        else:
            allowed = following.may_call(self.request.user, self.row)
        if not allowed:
            raise PermissionDenied

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.admit()  # the form opens who is to be called: not when there is nobody to call
        return self.hindrance() or super().post(request, *args, **kwargs)

    def form(self, data: Any) -> CallForm:
        held = open_until(self.request.user, self.matter, now())
        if PEOPLE not in held:
            why = f"{self.row.get_kind_display()}"
            open_for(self.request.user, self.matter, PEOPLE, why, verb=following.VERB, typed=False)
        self.open_results()
        rows = sorted(self.matter.petitioners.all(), key=lambda row: (not row.main, row.pk))
        for row in rows:
            row.matter = self.matter
        self.people = rows
        return CallForm(data, people=rows, initial={"on": self.today})

    def carry_out(self, form: CallForm) -> str:
        row = following.call(self.row, by=self.request.user, **form.cleaned_data)
        if not row.result:
            return self.back(f"已记下，没有联系上。{row.due_on:%Y-%m-%d} 前再联系。")
        if row.result == FollowUp.Result.BROKEN:
            return self.back(
                "已记下：没有落实或有反复。请看是否要恢复办理，承诺没有兑现的可以直接恢复。"
            )
        return self.back(f"已记下：{row.get_result_display()}。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calls = list(self.row.calls.select_related("by"))
        for one in calls:
            one.matter = self.matter
        wishes = [text for row in self.people if (text := row.text("contact_note"))]
        return super().get_context_data(**kwargs) | {
            "wishes": wishes,
            "people": people(self.matter, {PEOPLE}),
            "calls": [(one, one.text("words")) for one in calls],
            "may_give": following.may_give(self.request.user, self.row),
        }


class GivePage(OneCall):
    template_name = "matters/outcomes/give.html"
    page_title = "指定回访人"

    def admit(self) -> None:
        if not self.row.result and not following.may_give(self.request.user, self.row):
            raise PermissionDenied

    def form(self, data: Any) -> GiveForm:
        chosen = {"to": self.row.assigned_to_id}
        return GiveForm(data, people=following.people_for(self.row), initial=chosen)

    def carry_out(self, form: GiveForm) -> str:
        row = following.give(self.row, form.cleaned_data["to"], by=self.request.user)
        told = f"由{row.assigned_to}回访" if row.assigned_to else "不指定回访人"
        return self.back(f"已改为{told}。")


class ArchivePaperPage(MatterPage):
    """封面 and 卷内目录 to print; names on it are opened for the archivist, and logged."""

    template_name = "matters/outcomes/archive_paper.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        row = ArchiveFile.objects.filter(matter=self.matter).select_related("archived_by").first()
        if row is None:
            raise Http404
        self.row: ArchiveFile = row
        self.page_title = row.number

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may(request.user, self.matter, archiving.VERB):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self._look()
        lines = archiving.lines_of(self.row)
        pages, uncounted = archiving.pages_of(lines)
        main = self.matter.petitioners.order_by("-main", "pk").first()
        if main is not None:
            main.matter = self.matter
        return super().get_context_data(**kwargs) | {
            "row": self.row,
            "lines": [(line, self._name(line)) for line in lines],
            "pages": pages,
            "uncounted": uncounted,
            "who": main.text("name") if main else "",
            "kept": label(self.row.retention, terms().get(self.row.retention)),
        }

    def _look(self) -> None:
        held = open_until(self.request.user, self.matter, now())
        for what in (PEOPLE, RESULTS):
            if what not in held and not (what == RESULTS and TEXTS in held):
                open_for(
                    self.request.user, self.matter, what, "打印归档封面和卷内目录",
                    verb=archiving.VERB, typed=False,
                )  # fmt: skip

    def _name(self, line: Any) -> str:
        return name_of(self.matter, line.file, True) if line.file else ""


class EnterPaperPage(ProofPage):
    """What a leader signed on paper, by somebody who did not draft it."""

    template_name = "matters/outcomes/enter_paper.html"
    page_title = "录入纸质签批"

    def admit(self) -> None:
        if self.matter.sealed or not may(self.request.user, self.matter, paper.ENTER):
            raise PermissionDenied

    def form(self, data: Any) -> EnterPaperForm:
        self.open_results()
        return EnterPaperForm(
            data, self.files, choices=file_choices(self.matter, self.own_files()),
            whats=paper.whats(), leaders=paper.leaders(), staff=paper.drafters(),
        )  # fmt: skip

    def carry_out(self, form: EnterPaperForm) -> str:
        given, user = form.cleaned_data, self.request.user
        scan = self.proof(form, "upload")
        row = paper.enter(
            self.matter, given["what"], given["leader"], given["signed_on"], scan, user,
            drafter=given["drafter"],
        )  # fmt: skip
        return self.back(f"已录入，标为“纸质签批”。{row.leader}会在本月的核对单里看到。")


class PaperPage(FormPage, MatterPage):
    """One signature on paper: the leader says whether it is so; a denial is looked into."""

    template_name = "matters/outcomes/paper.html"
    page_title = "纸质签批"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.paper_signatures.select_related(
            "leader", "entered_by", "drafter", "settled_by"
        )
        row = rows.filter(pk=kwargs["paper"]).first()
        if row is None:
            raise Http404
        self.row: PaperSignature = row
        self.row.matter = self.matter
        user = request.user
        self.mine = not row.answer and row.leader_id == user.pk
        self.mine = self.mine and post_for(user, confirming.CONFIRM) is not None
        self.settles = confirming.may_settle(user, row)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.mine or self.settles:
            return super().post(request, *args, **kwargs)
        if self.row.leader_id != request.user.pk:
            raise PermissionDenied
        messages.info(request, "这份纸质签批您已经核对过了。")
        return redirect(reverse("matters:papers"))

    def form(self, data: Any) -> Any:
        return FindingForm(data) if self.settles else AnswerPaperForm(data)

    def carry_out(self, form: Any) -> str:
        user, given = self.request.user, form.cleaned_data
        if self.settles:
            confirming.settle(self.row, by=user, finding=given["finding"])
            messages.success(self.request, "查明的情况已记下。")
            return reverse("matters:papers")
        signed = given["decision"] == "yes"
        confirming.answer(self.row, by=user, signed=signed, reason=given["reason"])
        told = (
            "已核对：属实。" if signed else "已记下：不属实。信访办主任和审计员会看到，请等查明。"
        )
        messages.success(self.request, told)
        return reverse("matters:papers")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        held = open_until(self.request.user, self.matter, now())
        if self.settles and TEXTS not in held and RESULTS not in held:
            open_for(self.request.user, self.matter, RESULTS, "查明纸质签批", typed=False)
            held[RESULTS] = now()
        opened = TEXTS in held or RESULTS in held
        said = {
            name: self.row.text(name) if opened else self.row.masked(name)
            for name in ("reason", "finding")
        }
        return super().get_context_data(**kwargs) | said | {
            "row": self.row,
            "what": paper.label_of(self.row.what),
            "late": confirming.is_late(self.row, self.today),
            "mine": self.mine,
            "settles": self.settles,
        }  # fmt: skip


class PapersPage(DeskPage):
    """核对单 of a leader by month; for auditors the share of paper, what is late, what is denied."""

    template_name = "matters/outcomes/papers.html"
    page_title = "纸质签批"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user = request.user
        self.leads = post_for(user, confirming.CONFIRM) is not None
        self.audits = post_for(user, confirming.AUDIT) is not None
        self.heads = post_for(user, confirming.LOOK_INTO) is not None
        if not (self.leads or self.audits or self.heads):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, first = self.request.user, self._month()
        found: dict[str, Any] = {"month": first, "leads": self.leads}
        if self.leads:
            rows = [(row, paper.label_of(row.what)) for row in confirming.of_month(user, first)]
            before = confirming.month_of(date.fromordinal(first.toordinal() - 1))
            after = confirming.next_month(first)
            found |= {
                "rows": rows, "before": before, "after": after if after <= self.today else None,
                "waiting": confirming.waiting_for(user).count(),
            }  # fmt: skip
        if self.audits or self.heads:
            found |= {
                "late": [(row, paper.label_of(row.what)) for row in confirming.overdue(user, self.today)[:100]],
                "denied": [(row, paper.label_of(row.what)) for row in confirming.denied(user)[:100]],
                "months": confirming.months(user, self.today),
            }  # fmt: skip
        return super().get_context_data(**kwargs) | found

    def _month(self) -> date:
        """The month asked for, else the present one; what is no month is the present one too."""
        try:
            asked = date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            asked = self.today
        return confirming.month_of(min(asked, self.today))
