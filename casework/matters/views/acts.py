"""Pages of acts: one small form a move, a request for what needs two people, the second's decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.matters.approvals import (
    ACT,
    ask,
    decide,
    deciders,
    may_ask,
    may_decide,
    verb_to_ask,
    verb_to_decide,
    why_not_decide,
)
from casework.matters.attaching import attach
from casework.matters.forms.acts import (
    FORMS,
    ActForm,
    AskReceivedForm,
    AskVoidForm,
    DecideForm,
)
from casework.matters.lifecycle import BY_NAME
from casework.matters.models import Approval
from casework.matters.moving import move
from casework.matters.opening import TEXTS, open_by_task, open_for, open_until
from casework.matters.permissions import may
from casework.matters.reading import files_of, shown
from casework.matters.views.frame import FormPage, MatterPage, record_url
from casework.matters.views.sealing import after_sealing, told_of_sealing
from office.clock import now


class ActPage(FormPage, MatterPage):
    """One move. An act that is not possible now is told in words; one not theirs is refused."""

    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in FORMS:
            raise Http404
        self.rule = BY_NAME[kwargs["name"]]
        self.page_title = self.rule.label

    def admit(self) -> None:
        if not may(self.request.user, self.matter, self.rule.verb):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.matter.state in self.rule.sources:
            return None
        state = self.matter.get_state_display()
        messages.warning(
            self.request,
            f"{self.matter.number} 现在是“{state}”，不能{self.rule.label}。可能已有同事先办了。",
        )
        return redirect(record_url(self.matter))

    def get_template_names(self) -> list[str]:
        return [f"matters/acts/{self.rule.name}.html", "matters/acts/act.html"]

    def form(self, data: Any) -> ActForm:
        return FORMS[self.rule.name](data, matter=self.matter, today=self.today)

    def carry_out(self, form: ActForm) -> str:
        matter = move(
            self.matter, self.rule.name, by=self.request.user, on=form.day(), data=form.given()
        )
        messages.success(
            self.request, f"{matter.number} {self.rule.done}。{self._what_now(matter)}"
        )
        return record_url(matter) if self._still_theirs(matter) else self._list()

    def _what_now(self, matter: Any) -> str:
        return (
            f"下一个期限：{matter.due_on:%Y-%m-%d}。" if matter.due_on else "没有正在计算的期限了。"
        )

    def _still_theirs(self, matter: Any) -> bool:
        return type(matter).objects.visible_to(self.request.user).filter(pk=matter.pk).exists()

    def _list(self) -> str:
        return self.get_breadcrumbs_items()[1]["url"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = (
            {} if self.matter.sealed else open_by_task(self.request.user, self.matter, now(), TEXTS)
        )
        return super().get_context_data(**kwargs) | {
            "rule": self.rule,
            "claim": shown(self.matter, "claim", TEXTS in opened),
            "open_texts": opened.get(TEXTS),
        }


class AskPage(FormPage, MatterPage):
    """Asking for what a second person decides: voiding, correcting the received date."""

    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["act"] not in (ACT.VOID, ACT.RECEIVED):
            raise Http404
        self.act = ACT(kwargs["act"])
        if self.matter.sealed and self.act == ACT.VOID:
            raise Http404
        self.page_title = f"申请{self.act.label}"

    def admit(self) -> None:
        if not may(self.request.user, self.matter, verb_to_ask(self.matter, self.act)):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        told = ""
        if not may_ask(self.request.user, self.matter, self.act):
            state = self.matter.get_state_display()
            told = f"{self.matter.number} 现在是“{state}”，不能{self.act.label}。"
        elif self.matter.approvals.filter(act=self.act, decision="").exists():
            told = f"“{self.act.label}”已经申请过，正在等另一位同事审批。"
        if not told:
            return None
        messages.info(self.request, told)
        return redirect(record_url(self.matter))

    def get_template_names(self) -> list[str]:
        return [f"matters/acts/ask_{self.act.value}.html"]

    def form(self, data: Any) -> Any:
        if self.act == ACT.VOID:
            return AskVoidForm(data)
        opened = open_until(self.request.user, self.matter, now())
        names = {line.pk: line.name for line in files_of(self.matter, opened)}
        files = self.request.FILES if data is not None else None
        return AskReceivedForm(data, files, matter=self.matter, names=names)

    def carry_out(self, form: Any) -> str:
        user, given = self.request.user, form.cleaned_data
        evidence = given.get("evidence")
        if given.get("upload"):
            try:
                evidence = attach(self.matter, given["upload"], by=user, proof=True)
            except ValidationError as error:
                raise ValidationError({"upload": error.messages}) from error
        ask(
            self.matter,
            self.act,
            by=user,
            reason=given["reason"],
            new_date=given.get("new_date"),
            evidence=evidence,
        )
        messages.success(
            self.request, f"已申请{self.act.label}，等另一位有权限的同事审批。审批前一切照旧。"
        )
        return record_url(self.matter)


class DecidePage(FormPage, MatterPage):
    """The second person's decision. The reason is opened by the task of deciding, and logged."""

    template_name = "matters/acts/decide.html"
    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.approvals.filter(pk=kwargs["approval"])
        self.approval: Approval | None = rows.select_related("asked_by", "evidence").first()
        if self.approval is None or (self.matter.sealed and self.approval.act == ACT.VOID):
            raise Http404
        self.approval.matter = self.matter
        self.page_title = f"审批：{self.approval.get_act_display()}"

    def admit(self) -> None:
        user = self.request.user
        if not may(user, self.matter, self.verb) and not may_decide(user, self.approval):
            raise PermissionDenied

    @property
    def verb(self) -> str:
        return verb_to_decide(self.matter, self.approval.act)

    def hindrance(self) -> HttpResponse | None:
        told = ""
        if self.approval.decision:
            told = "这项申请已经有人审批过了。"
        elif why := why_not_decide(self.request.user, self.approval):
            told = f"{why}{deciders(self.approval).told}"
        if not told:
            return None
        messages.warning(self.request, told)
        return redirect(record_url(self.matter))

    def show(self, form: Any) -> HttpResponse:
        # Also a refused decision: whoever may not decide (any more) is not shown the reason.
        return self.hindrance() or super().show(form)

    def form(self, data: Any) -> DecideForm:
        return DecideForm(data)

    def carry_out(self, form: DecideForm) -> str:
        approve = form.cleaned_data["decision"] == "approve"
        note = form.cleaned_data["note"]
        matter = decide(self.approval, by=self.request.user, approve=approve, note=note)
        told = "已同意" if approve else "已退回申请人"
        if self.approval.act in (ACT.SEAL, ACT.UNSEAL):
            told = told_of_sealing(matter, approve)
        messages.success(self.request, f"{self.approval.get_act_display()}：{told}。")
        return after_sealing(self.request.user, matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        what = f"{self.approval.get_act_display()}的理由"
        opened = open_until(self.request.user, self.matter, now())
        if what not in opened:
            why, verb = f"审批{self.approval.get_act_display()}", self.verb
            open_for(self.request.user, self.matter, what, why, verb=verb, typed=False)
        return super().get_context_data(**kwargs) | {
            "approval": self.approval,
            "reason": self.approval.text("reason"),
            "evidence": self.approval.evidence,
        }
