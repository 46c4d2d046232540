"""Answers proposed by the clerk, decided by somebody who prepared nothing of it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.matters.rights.answering import corrections_of, points_of
from casework.matters.rights.forms import AnswersForm, CheckForm, DecideForm
from casework.matters.rights.lifecycle import BY_NAME
from casework.matters.rights.moving import check, decide, submit
from casework.matters.rights.papers import keep
from casework.matters.rights.permissions import deciders, why_not_decide
from casework.matters.rights.states import Paper, marks_in_words
from casework.matters.rights.telling import links_of, read
from casework.matters.rights.views.frame import RightsForm, url_of


class _Step(RightsForm):
    """A form of one step; one that is over says so in words."""

    rule_name = ""

    def hindrance(self) -> HttpResponse | None:
        rule = BY_NAME[self.rule_name]
        if self.asked.stage in rule.sources:
            return None
        state = self.asked.get_stage_display()
        messages.warning(self.request, f"{self.asked.number} 现在是“{state}”，不能{rule.label}。")
        return redirect(url_of(self.asked))


class CheckPage(_Step):
    """核实身份."""

    template_name = "matters/rights/check.html"
    page_title = "核实身份"
    rule_name = "check"

    def form(self, data: Any) -> CheckForm:
        self.opened()
        files = self.request.FILES if data is not None else None
        return CheckForm(data, files, speaker=self.asked.speaker)

    def carry_out(self, form: CheckForm) -> str:
        user, given = self.request.user, form.cleaned_data
        if upload := given.get("authority"):
            try:
                keep(self.asked, upload, Paper.AUTHORITY, by=user)
            except ValidationError as error:
                raise ValidationError({"authority": error.messages}) from error
        check(self.asked, by=user, identity=given["identity"], note=given["identity_note"])
        messages.success(self.request, "身份已核实。接着核对是哪几件事项。")
        return url_of(self.asked, "gather")


class SubmitPage(_Step):
    """拟处理意见: each right for itself, with the usual reason to start from."""

    template_name = "matters/rights/submit.html"
    page_title = "拟处理意见，提交审批"
    rule_name = "submit"

    def form(self, data: Any) -> AnswersForm:
        opened = self.opened()
        return AnswersForm(data, points=points_of(self.asked), open_texts=opened)

    def carry_out(self, form: AnswersForm) -> str:
        submit(self.asked, form.said(), by=self.request.user)
        told = deciders(self.asked).told
        messages.success(self.request, f"{self.asked.number} 已提交审批，须另一位同事同意。{told}")
        return url_of(self.asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "links": links_of(self.asked, self.request.user),
            "built": bool(self.asked.document),
            "build_url": url_of(self.asked, "build"),
        }


class DecidePage(RightsForm):
    """The second person reads what would be told and why, then agrees or sends it back."""

    template_name = "matters/rights/decide.html"
    page_title = "审批个人信息请求"

    def admit(self) -> None:
        """Whoever may see the request and not decide is told why."""

    def hindrance(self) -> HttpResponse | None:
        why = why_not_decide(self.request.user, self.asked)
        if not why:
            return None
        messages.warning(self.request, why)
        return redirect(url_of(self.asked))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.hindrance() or super().post(request, *args, **kwargs)

    def form(self, data: Any) -> DecideForm:
        return DecideForm(data)

    def carry_out(self, form: DecideForm) -> str:
        agree, note = form.cleaned_data["decision"] == "approve", form.cleaned_data["note"]
        decide(self.asked, by=self.request.user, agree=agree, note=note)
        told = "已同意，等经办人答复" if agree else "已退回经办人"
        messages.success(self.request, f"{self.asked.number}：{told}。")
        return url_of(self.asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = self.asked, self.request.user
        self.opened()
        links = links_of(asked, user)
        return super().get_context_data(**kwargs) | {
            "name": asked.text("name"),
            "said": asked.text("asked"),
            "identity_note": asked.text("identity_note"),
            "points": [(row, row.text("reason")) for row in points_of(asked)],
            "corrections": [
                (row, row.text("old"), row.text("new")) for row in corrections_of(asked, user)
            ],
            "links": [
                (link, marks_in_words(link.marks),
                 link.text("basis"))
                for link in links
            ],
            "document": read(asked, user),
        }  # fmt: skip
