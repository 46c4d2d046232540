"""Pages of acts: one small form a move, a request for what needs two people, the second's decision."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import FileField, Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import cached_property

from casework.matters.approvals import (
    ACT,
    ASK,
    ask,
    decide,
    deciders,
    may_ask,
    may_decide,
    not_yet,
    verb_to_ask,
    verb_to_decide,
    why_not_decide,
)
from casework.matters.attaching import attach
from casework.matters.explaining import hindered
from casework.matters.forms.acts import ActForm, DecideForm
from casework.matters.forms.asking import AskForm, lines
from casework.matters.forms.table import ASKS, FORMS
from casework.matters.models import Approval, Matter, MatterFile
from casework.matters.moving import move
from casework.matters.opening import DRAFT, TEXTS, open_by_task, open_for, open_until
from casework.matters.opinions import legal_review_of
from casework.matters.opinions_shown import draft_of
from casework.matters.packing import unpack
from casework.matters.permissions import may, may_move
from casework.matters.reading import shown
from casework.matters.table import BY_NAME
from casework.matters.views.frame import FormPage, MatterPage, record_url
from casework.matters.views.sealing import go_on, told_of_sealing
from office.clock import now


def stored(form: Form, matter: Matter, by: Any) -> dict[str, MatterFile]:
    """What was sent along, put into the file of the matter: name of the form's field → its row."""
    found = {}
    for name, field in form.fields.items():
        if not isinstance(field, FileField) or not form.cleaned_data.get(name):
            continue
        try:
            found[name] = attach(matter, form.cleaned_data[name], by=by, proof=True)
        except ValidationError as error:
            raise ValidationError({name: error.messages}) from error
    return found


#: acts of two of a sealed matter
UNDER_SEAL = (ACT.RECEIVED, ACT.SEAL, ACT.UNSEAL)


class FilesPage(FormPage):
    """A page whose form takes files: they come with the form that was sent."""

    @property
    def files(self) -> Any:
        return self.request.FILES if self.request.method == "POST" else None


#: acts that are done with the draft in hand: for what it is opened
_READS_DRAFT = {
    "review": "审核处理意见", "redraft": "审核处理意见", "review_paper": "录入书面审核",
    "sign": "签发处理意见", "unsign": "签发处理意见", "sign_paper": "录入纸质签批",
    "serve": "送达处理意见", "try_serve": "送达处理意见",
}  # fmt: skip


class ActPage(FilesPage, MatterPage):
    """One move. An act that is not possible now is told in words; one not theirs is refused."""

    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["name"] not in FORMS:
            raise Http404
        self.rule = BY_NAME[kwargs["name"]]
        self.page_title = self.rule.label

    def admit(self) -> None:
        if not may_move(self.request.user, self.matter, self.rule):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        state = self.matter.get_state_display()
        told = (
            f"{self.matter.number} 现在是“{state}”，不能{self.rule.label}。可能已有同事先办了。"
            if self.matter.state not in self.rule.sources
            else hindered(self.request.user, self.matter, self.rule)
        )
        if not told:
            return None
        messages.warning(self.request, told)
        return redirect(record_url(self.matter))

    def get_template_names(self) -> list[str]:
        return [f"matters/acts/{self.rule.name}.html", "matters/acts/act.html"]

    def form(self, data: Any) -> ActForm:
        return FORMS[self.rule.name](
            data, self.files, matter=self.matter, today=self.today, opened=self.opened
        )

    @cached_property
    def opened(self) -> dict[str, Any]:
        """What is open to the person: the texts by their task, a draft by the act on it."""
        user, matter, name = self.request.user, self.matter, self.rule.name
        if matter.sealed:
            return {}
        held = open_by_task(user, matter, now(), TEXTS)
        if name in _READS_DRAFT and not {DRAFT, TEXTS} & set(held):
            why = _READS_DRAFT[name]
            held[DRAFT] = open_for(user, matter, DRAFT, why, verb=self.rule.verb, typed=False)
        return held

    def carry_out(self, form: ActForm) -> str:
        data = form.given() | stored(form, self.matter, self.request.user)
        matter = move(self.matter, self.rule.name, by=self.request.user, on=form.day(), data=data)
        messages.success(
            self.request, f"{matter.number} {self.rule.done}。{self._what_now(matter)}"
        )
        return go_on(self.request.user, matter)

    def _what_now(self, matter: Any) -> str:
        return (
            f"下一个期限：{matter.due_on:%Y-%m-%d}。" if matter.due_on else "没有正在计算的期限了。"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = self.opened
        return super().get_context_data(**kwargs) | {
            "rule": self.rule,
            "claim": shown(self.matter, "claim", TEXTS in opened),
            "open_texts": opened.get(TEXTS),
            "opinion": draft_of(self.matter, opened) if self.rule.name in _READS_DRAFT else None,
        }


class AskPage(FilesPage, MatterPage):
    """Asking for what a second person decides: one form an act, in `forms.table.ASKS`."""

    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if kwargs["act"] not in ASKS or kwargs["act"] not in ASK:
            raise Http404
        self.act = ACT(kwargs["act"])
        if self.matter.sealed and self.act != ACT.RECEIVED:
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
        return [f"matters/acts/ask_{self.act.value}.html", "matters/acts/ask.html"]

    def form(self, data: Any) -> AskForm:
        opened = open_until(self.request.user, self.matter, now())
        return ASKS[self.act](data, self.files, matter=self.matter, today=self.today, opened=opened)

    def carry_out(self, form: AskForm) -> str:
        user, given = self.request.user, form.cleaned_data
        files = stored(form, self.matter, user)
        evidence = files.pop("upload", None) or given.get("evidence")
        request = ask(
            self.matter,
            self.act,
            by=user,
            reason=given["reason"],
            data=form.given() | files,
            new_date=given.get("new_date"),
            evidence=evidence,
        )
        told = deciders(request).told or form.told
        messages.success(self.request, f"已申请{self.act.label}。{told}")
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rule = BY_NAME.get(self.act)
        return super().get_context_data(**kwargs) | {"rule": rule, "act": self.act}


class DecidePage(FormPage, MatterPage):
    """The second person's decision. The reason is opened by the task of deciding, and logged."""

    template_name = "matters/acts/decide.html"
    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.approvals.filter(pk=kwargs["approval"])
        self.approval: Approval | None = rows.select_related("asked_by", "evidence").first()
        if self.approval is None or (self.matter.sealed and self.approval.act not in UNDER_SEAL):
            raise Http404
        self.approval.matter = self.matter
        self.page_title = f"审批：{self.approval.get_act_display()}"

    def admit(self) -> None:
        user = self.request.user
        if user.pk == self.approval.asked_by_id:
            return  # told in words that it is somebody else's to decide
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
        return go_on(self.request.user, matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        what = f"{self.approval.get_act_display()}的理由"
        opened = open_until(self.request.user, self.matter, now())
        if what not in opened:
            why, verb = f"审批{self.approval.get_act_display()}", self.verb
            open_for(self.request.user, self.matter, what, why, verb=verb, typed=False)
        law = legal_review_of(self.approval)
        if law is not None:
            law.matter = self.matter
        return super().get_context_data(**kwargs) | {
            "approval": self.approval,
            "reason": self.approval.text("reason"),
            "asked": asked_lines(self.approval),
            "evidence": self.approval.evidence,
            "rule": BY_NAME.get(self.approval.act),
            "law": law,
            "law_note": law.text("note") if law is not None else "",
            "not_yet": not_yet(self.approval),
        }


def asked_lines(approval: Approval) -> list[tuple[str, str]]:
    """(label, words) of the data somebody asked for; whoever reads them has opened the reason."""
    form = ASKS.get(approval.act)
    return list(lines(form, unpack(approval.terms, approval.text("texts")))) if form else []
