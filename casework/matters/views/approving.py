"""Beside the decision of a second person: what the law says of a request, and a decision on paper."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.matters import legal
from casework.matters.approvals import (
    ENTER_PAPER,
    SignedPaper,
    decide_on_paper,
    verb_to_decide,
)
from casework.matters.forms.approving import LegalForm, OnPaperForm
from casework.matters.models import Approval
from casework.matters.opening import open_for, open_until
from casework.matters.opinions import legal_review_of
from casework.matters.permissions import may
from casework.matters.views.acts import FilesPage, asked_lines, stored
from casework.matters.views.frame import MatterPage, record_url
from casework.matters.views.sealing import go_on
from office.clock import now
from office.roles import BY_KEY


class _RequestPage(FilesPage, MatterPage):
    """A page about one request; its reason is opened by the task, and logged."""

    template_name = "matters/acts/beside.html"
    what_for = ""
    verb = ""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.approvals.filter(pk=kwargs["approval"])
        self.approval: Approval | None = rows.select_related("asked_by", "evidence").first()
        if self.approval is None:
            raise Http404
        self.approval.matter = self.matter
        self.page_title = f"{self.what_for}：{self.approval.get_act_display()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        what = f"{self.approval.get_act_display()}的理由"
        if what not in open_until(self.request.user, self.matter, now()):
            open_for(
                self.request.user, self.matter, what, self.page_title, verb=self.verb, typed=False
            )
        return super().get_context_data(**kwargs) | {
            "approval": self.approval,
            "reason": self.approval.text("reason"),
            "asked": asked_lines(self.approval),
        }


class LegalPage(_RequestPage):
    """法制审核 of a request: by a legal reviewer, or the paper of an outside counsel is entered."""

    what_for = "法制审核"

    @property
    def verb(self) -> str:  # type: ignore[override]
        return legal.REVIEW if legal.is_reviewer(self.request.user) else legal.PAPER

    def admit(self) -> None:
        if not may(self.request.user, self.matter, self.verb):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if legal.may_review(self.request.user, self.approval):
            return None
        told = "这项申请现在不由您审核：可能已经审核、审批过，或者您就是申请人。"
        if not self.approval.legal:
            told = "这项申请不用法制审核。"
        messages.info(self.request, told)
        return redirect(record_url(self.matter))

    def show(self, form: Any) -> HttpResponse:
        return self.hindrance() or super().show(form)

    def form(self, data: Any) -> LegalForm:
        on_paper = not legal.is_reviewer(self.request.user)
        return LegalForm(data, self.files, on_paper=on_paper)

    def carry_out(self, form: LegalForm) -> str:
        files = stored(form, self.matter, self.request.user)
        given = form.cleaned_data
        agrees = given["decision"] == "approve"
        legal.review(
            self.approval, by=self.request.user, agrees=agrees, note=given["note"],
            counsel=given.get("counsel") or "", paper=files.get("paper"),
        )  # fmt: skip
        messages.success(self.request, f"已记下法制审核：{'同意' if agrees else '不同意'}。")
        return go_on(self.request.user, self.matter)


class OnPaperPage(_RequestPage):
    """A leader decided on paper: entered by somebody other than the asker and the leader."""

    what_for = "录入纸质签批"
    verb = ENTER_PAPER

    def admit(self) -> None:
        if not may(self.request.user, self.matter, ENTER_PAPER):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        told = ""
        if self.approval.decision:
            told = "这项申请已经有人审批过了。"
        elif self.approval.asked_by_id == self.request.user.pk:
            told = "申请人不能录入自己申请的签批件，请交别的同事录入。"
        elif verb_to_decide(self.matter, self.approval.act) not in BY_KEY["leader"].verbs:
            told = "这项申请不由街道领导审批，请有权限的同事在系统里审批。"
        if not told:
            return None
        messages.info(self.request, told)
        return redirect(record_url(self.matter))

    def show(self, form: Any) -> HttpResponse:
        return self.hindrance() or super().show(form)

    def form(self, data: Any) -> OnPaperForm:
        return OnPaperForm(data, self.files, today=self.today)

    def carry_out(self, form: OnPaperForm) -> str:
        files, given = stored(form, self.matter, self.request.user), form.cleaned_data
        paper = SignedPaper(given["leader"], given["signed_on"], files["scan"])
        approve = given["decision"] == "approve"
        decide_on_paper(
            self.approval, paper, by=self.request.user, approve=approve, note=given["note"]
        )
        messages.success(self.request, "已录入纸质签批，等签批领导本人核对。")
        return go_on(self.request.user, self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"law": legal_review_of(self.approval)}
