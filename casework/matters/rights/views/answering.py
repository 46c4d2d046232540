"""The answer: written, printed in large letters, and how it reached the person."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from casework.matters.rights.answering import (
    corrections_of,
    keep_reply,
    points_of,
    reply_of,
)
from casework.matters.rights.forms import GivenForm, ReplyForm
from casework.matters.rights.moving import answer
from casework.matters.rights.papers import keep
from casework.matters.rights.replies import must_say
from casework.matters.rights.states import Done, Given, Paper, Stage
from casework.matters.rights.views.frame import RightsForm, RightsPage, url_of
from casework.matters.views.receipt import office_of


class _Decided(RightsForm):
    def hindrance(self) -> HttpResponse | None:
        if self.asked.stage == Stage.DECIDED:
            return None
        messages.info(self.request, "审批同意之后、登记答复之前，才能办这一步。")
        return redirect(url_of(self.asked))


class ReplyPage(_Decided):
    """The draft from what was decided; edited, kept, printed."""

    template_name = "matters/rights/reply.html"
    page_title = "写答复"

    def form(self, data: Any) -> ReplyForm:
        self.opened()
        form = ReplyForm(data)
        form.initial["reply"] = reply_of(self.asked, self.request.user)
        return form

    def carry_out(self, form: ReplyForm) -> str:
        keep_reply(self.asked, form.cleaned_data["reply"], by=self.request.user)
        messages.success(self.request, "答复已存。打印出来交给请求人，再登记已答复。")
        return url_of(self.asked, "letter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        corrections = corrections_of(self.asked, self.request.user)
        return super().get_context_data(**kwargs) | {
            "must": must_say(points_of(self.asked), corrections),
            "unsettled": any(row.done == Done.OPEN for row in corrections),
        }


class LetterPage(RightsPage):
    """The answer on one A4 page in large print."""

    template_name = "matters/rights/letter.html"
    page_title = "答复"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.asked.reply:
            raise Http404
        if not self.opened():
            messages.info(request, "先写明查看目的，再打开答复。")
            return redirect(url_of(self.asked))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked, user = self.asked, self.request.user
        return super().get_context_data(**kwargs) | {
            "reply": asked.text("reply"),
            "must": must_say(points_of(asked), corrections_of(asked, user)),
            "document_url": url_of(asked, "document") if asked.document else "",
            **office_of(user),
        }


class AnswerPage(_Decided):
    """登记已答复: in person with a signature, by post with its proof, or spoken with a note."""

    template_name = "matters/rights/answer.html"
    page_title = "登记已答复"

    def form(self, data: Any) -> GivenForm:
        self.opened()
        files = self.request.FILES if data is not None else None
        return GivenForm(data, files, today=self.today)

    def carry_out(self, form: GivenForm) -> str:
        given, user, receipt = form.cleaned_data, self.request.user, None
        if given.get("receipt"):
            try:
                receipt = keep(self.asked, given["receipt"], Paper.RECEIPT, by=user)
            except ValidationError as error:
                raise ValidationError({"receipt": error.messages}) from error
        answer(self.asked, by=user, given=given, receipt=receipt)
        messages.success(self.request, f"{self.asked.number} 已答复，期限不再计算。")
        return url_of(self.asked)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "letter_url": url_of(self.asked, "letter") if self.asked.reply else "",
            "spoken": Given.SPOKEN,
        }
