"""Pages of 催办 and 督办: pressing, answering, judging the answer, the register of both."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime

from casework.matters.cooperation import supervising
from casework.matters.cooperation.counts import supervised
from casework.matters.cooperation.forms.pressing import (
    AnswerSupervisionForm,
    JudgeForm,
    RemindForm,
    ReplyForm,
    SuperviseForm,
)
from casework.matters.cooperation.forms.together import WhyForm
from casework.matters.cooperation.queries import supervisions_for
from casework.matters.cooperation.standing import SUPERVISE, is_inside, of_office, works_in
from casework.matters.cooperation.views.frame import RowPage, TogetherPage
from casework.matters.models import Reminder, Supervision
from casework.matters.views.frame import DeskPage


class RemindPage(TogetherPage):
    page_title = "催办"
    button = "催办"
    told = "承办人和单位负责人的首页会看到。催办用现成的话，不写别的。"

    def allowed(self) -> bool:
        return supervising.may_press(self.request.user, self.matter)

    def facts(self) -> Iterable[tuple[str, Any]]:
        limit = f"{self.matter.due_on:%Y-%m-%d}" if self.matter.due_on else ""
        return (("催办谁", self.matter.lead_unit), ("承办人", self.matter.officer), ("期限", limit))

    def form(self, data: Any) -> RemindForm:
        return RemindForm(data)

    def carry_out(self, form: RemindForm) -> str:
        text = form.cleaned_data["text_chosen"]
        row = supervising.remind(self.matter, text=text, by=self.request.user)
        return self.done(f"已催办{row.unit}。")


class ReplyPage(RowPage):
    rows, key, related = "reminders", "reminder", ("unit", "asked_by")
    page_title = "回复催办"
    button = "知道了"

    def visible(self, row: Reminder) -> bool:
        return is_inside(self.request.user, self.matter)

    def too_late(self) -> str:
        return "这次催办已经回复过了。" if self.row.answered_at else ""

    def allowed(self) -> bool:
        return supervising.may_reply(self.request.user, self.row)

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        return (
            ("谁催办的", f"{row.asked_by or '系统'}　{localtime(row.asked_at):%Y-%m-%d %H:%M}"),
            ("催办内容", row.get_text_chosen_display()),
        )

    def form(self, data: Any) -> ReplyForm:
        return ReplyForm(data)

    def carry_out(self, form: ReplyForm) -> str:
        supervising.reply(self.row, text=form.cleaned_data["answer"], by=self.request.user)
        return self.done("已回复催办。")


class SupervisePage(TogetherPage):
    page_title = "督办"
    button = "督办"
    told = "督办对单位，要它书面答复，有自己的答复期限；按单位计数，不计到个人，也不影响谁的评分。"

    def allowed(self) -> bool:
        return supervising.may_press(self.request.user, self.matter)

    def facts(self) -> Iterable[tuple[str, Any]]:
        earlier = [
            f"{row.asked_on:%Y-%m-%d} {row.get_measure_display()}（{row.get_stage_display()}）"
            for row in self.matter.supervisions.order_by("pk")
        ]
        return (("督办谁", self.matter.lead_unit), ("此前的督办", "、".join(earlier)))

    def form(self, data: Any) -> SuperviseForm:
        return SuperviseForm(data)

    def carry_out(self, form: SuperviseForm) -> str:
        last = self.matter.supervisions.exclude(stage="withdrawn").order_by("-pk").first()
        order = supervising.Order(**form.cleaned_data, before=last)
        row = supervising.supervise(self.matter, order, by=self.request.user)
        return self.done(f"已发{row.get_measure_display()}，等{row.unit}答复。")


class SupervisionPage(RowPage):
    rows, key, related = "supervisions", "supervision", ("unit", "asked_by")
    secrets = True

    def visible(self, row: Supervision) -> bool:
        user = self.request.user
        return is_inside(user, self.matter) or works_in(user, [row.unit])

    def too_late(self) -> str:
        return "" if self.row.is_running else f"这项督办{self.row.get_stage_display()}。"

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        return (
            (row.get_measure_display(), f"{row.unit}　{row.asked_on:%Y-%m-%d}　{row.asked_by}"),
            ("事由", row.get_ground_display()),
            ("要求", row.text("what")),
            ("建议", row.text("suggestion")),
            *self._last(),
        )

    def _last(self) -> Iterable[tuple[str, Any]]:
        said = self.row.answers.select_related("answered_by").order_by("pk").last()
        if said is None:
            return ()
        said.matter = self.matter
        adoption = f"{said.get_adoption_display()}：{said.text('adoption_note')}"
        return (
            ("答复", f"{said.answered_on:%Y-%m-%d}　{said.answered_by}"),
            ("答复内容", said.text("body")),
            ("建议采纳", adoption if said.adoption else ""),
            ("退回重答的理由", said.text("verdict_note") if said.verdict == "sent_back" else ""),
        )


class AnswerSupervisionPage(SupervisionPage):
    page_title = "答复督办"
    button = "答复"

    def too_late(self) -> str:
        if self.row.stage == supervising.STAGE.ANSWERED:
            return "已经答复过了，正在等督办人审核。"
        return super().too_late()

    def allowed(self) -> bool:
        return supervising.may_answer(self.request.user, self.row)

    def form(self, data: Any) -> AnswerSupervisionForm:
        files = self.request.FILES if data is not None else None
        return AnswerSupervisionForm(data, files, suggested=bool(self.row.suggestion))

    def carry_out(self, form: AnswerSupervisionForm) -> str:
        given = form.cleaned_data
        supervising.answer(
            self.row, text=given["body"], adoption=given.get("adoption", ""),
            adoption_note=given.get("adoption_note", ""), paper=self.take_file(),
            by=self.request.user,
        )  # fmt: skip
        return self.done("已答复督办，等督办人审核。")


class JudgePage(SupervisionPage):
    template_name = "matters/cooperation/judge.html"
    page_title = "审核督办答复"

    def too_late(self) -> str:
        if self.row.stage == supervising.STAGE.ASKED:
            return "单位还没有答复。"
        return super().too_late()

    def allowed(self) -> bool:
        return supervising.may_judge(self.request.user, self.row)

    def form(self, data: Any) -> JudgeForm:
        return JudgeForm(data)

    def carry_out(self, form: JudgeForm) -> str:
        given = form.cleaned_data
        accept = given["decision"] == "accept"
        supervising.judge(
            self.row, accept=accept, note=given["note"], due_on=given["due_on"],
            by=self.request.user,
        )  # fmt: skip
        return self.done("已采信，督办结束。" if accept else "已退回，等单位重新答复。")


class WithdrawSupervisionPage(SupervisionPage):
    page_title = "撤销督办"
    button = "撤销"
    told = "撤销以后单位不用再答复；督办过的事实和理由都留着，统计里另列。"

    def allowed(self) -> bool:
        return supervising.may_withdraw(self.request.user, self.row)

    def form(self, data: Any) -> WhyForm:
        return WhyForm(data, label="为什么撤销", hint="例如：事项已改交别的单位；发错了。")

    def carry_out(self, form: WhyForm) -> str:
        supervising.withdraw(self.row, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done("已撤销督办。")


class RegisterPage(DeskPage):
    """督办台账: what runs, and how many there were this year, by unit and by ground."""

    template_name = "matters/cooperation/register.html"
    page_title = "督办台账"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not of_office(request.user, SUPERVISE):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        start = self.today.replace(month=1, day=1)
        return super().get_context_data(**kwargs) | {
            "rows": supervisions_for(user),
            "since": start,
            "by_unit": supervised(user, start, self.today, "unit"),
            "by_ground": supervised(user, start, self.today, "ground"),
        }
