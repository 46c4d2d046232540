"""Pages of 协办: asking, answering, returning, naming who does it, withdrawing, ending."""

from collections.abc import Iterable
from typing import Any

from casework.matters.cooperation import support
from casework.matters.cooperation.forms.together import (
    AnswerSupportForm,
    AskSupportForm,
    Nothing,
    PersonForm,
    WhyForm,
)
from casework.matters.cooperation.standing import is_inside, works_in
from casework.matters.cooperation.views.frame import RowPage, TogetherPage
from casework.matters.models import SupportTask


class AskSupportPage(TogetherPage):
    """Asking a unit of the street; `?again=` begins with what was asked before."""

    page_title = "请求协办"
    button = "请它协办"
    told = "协办单位从现在起看得到这件事项（信访人的姓名、电话遮住），只办您写的这一项，不作答复。本事项的期限不停。"
    secrets = True

    def allowed(self) -> bool:
        return support.may_ask(self.request.user, self.matter)

    def before(self) -> SupportTask | None:
        key = self.request.GET.get("again", "")
        if not (key.isascii() and key.isdigit() and len(key) < 19):
            return None
        found = self.matter.support_tasks.filter(pk=int(key)).select_related("unit").first()
        if found is None:
            return None
        found.matter = self.matter
        return found if support.may_ask_again(self.request.user, found) else None

    def form(self, data: Any) -> AskSupportForm:
        task = self.before()
        initial = {"unit": task.unit_id} if task else {}
        return AskSupportForm(data, units=support.candidates(self.matter), **initial)

    def facts(self) -> Iterable[tuple[str, Any]]:
        task = self.before()
        if task is None:
            return ()
        return (
            ("上一次请它做", task.text("what")),
            ("它的答复", task.text("answer")),
            ("退回的理由", task.text("reason")),
        )

    def carry_out(self, form: AskSupportForm) -> str:
        task = support.ask(
            self.matter, **form.cleaned_data, by=self.request.user, again=self.before()
        )
        return self.done(f"已请{task.unit}协办，{task.due_on:%m-%d} 前答复。")


class TaskPage(RowPage):
    """A page about one support task: for those it is asked of and those who asked."""

    rows, key = "support_tasks", "task"
    related = ("unit", "asked_by", "person")

    def visible(self, row: SupportTask) -> bool:
        user = self.request.user
        return is_inside(user, self.matter) or works_in(user, [row.unit])

    def too_late(self) -> str:
        return "" if self.row.waits else f"这项协办{self.row.get_stage_display()}，不用再办。"

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        return (
            ("协办单位", f"{row.unit}{f'　{row.person}' if row.person else ''}"),
            ("请求人", row.asked_by),
            ("期限", f"{row.due_on:%Y-%m-%d}{'　已超期' if row.is_late(self.today) else ''}"),
            ("请做什么", row.text("what") if self.secrets else ""),
        )


class AnswerSupportPage(TaskPage):
    template_name = "matters/cooperation/answer_support.html"
    page_title = "答复协办"
    button = "答复"
    told = "只答复请您单位做的这一项；不答复信访人，也不用替主办单位下结论。"
    secrets = True

    def allowed(self) -> bool:
        return support.may_answer(self.request.user, self.row)

    def form(self, data: Any) -> AnswerSupportForm:
        return AnswerSupportForm(data)

    def carry_out(self, form: AnswerSupportForm) -> str:
        files = self.take_files()
        text = form.cleaned_data["answer"]
        support.answer(self.row, text=text, by=self.request.user, files=files)
        return self.done("已答复，主办单位看得到了。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, row = self.request.user, self.row
        return super().get_context_data(**kwargs) | {
            "task": row,
            "may_return": support.may_return(user, row),
            "may_name": support.may_name(user, row),
        }


class ReturnSupportPage(TaskPage):
    page_title = "退回协办"
    button = "退回"
    told = "退回以后，没有别的协办，您单位就看不到这件事项了。请早退，期限不停。"
    secrets = True

    def allowed(self) -> bool:
        return support.may_return(self.request.user, self.row)

    def form(self, data: Any) -> WhyForm:
        return WhyForm(
            data, label="为什么办不了", hint="写清应当找谁。例如：监控由派出所保管，请致函派出所。"
        )

    def carry_out(self, form: WhyForm) -> str:
        support.give_back(self.row, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done("已退回，主办单位看得到理由。")


class WithdrawSupportPage(TaskPage):
    page_title = "撤回协办"
    button = "撤回"
    told = "撤回以后它不用再答复；没有别的协办，它就看不到这件事项了。"
    secrets = True

    def allowed(self) -> bool:
        return support.may_withdraw(self.request.user, self.row)

    def form(self, data: Any) -> WhyForm:
        return WhyForm(data, label="为什么不用了", hint="例如：已从别处取得。对方看得到。")

    def carry_out(self, form: WhyForm) -> str:
        support.withdraw(self.row, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done(f"已撤回，不再请{self.row.unit}办这一项。")


class NamePersonPage(TaskPage):
    page_title = "指定协办人"
    button = "指定"

    def allowed(self) -> bool:
        return support.may_name(self.request.user, self.row)

    def form(self, data: Any) -> PersonForm:
        return PersonForm(data, people=support.people_of(self.row), now_is=self.row.person_id)

    def carry_out(self, form: PersonForm) -> str:
        person = form.cleaned_data["person"]
        support.name_person(self.row, person, by=self.request.user)
        return self.done(f"已请{person}办理。" if person else "不再指定，本单位谁先办都行。")


class EndSupportPage(RowPage):
    """A unit that answered all it was asked helps no longer."""

    rows, key, related = "supports", "support", ("unit",)
    template_name = "matters/cooperation/confirm.html"
    page_title = "结束协办"
    button = "结束协办"

    def too_late(self) -> str:
        if self.row.until is not None and self.row.until < self.today:
            return f"{self.row.unit}已经不再协办。"
        return support.why_kept(self.matter, self.row.unit)

    def admit(self) -> None:
        TogetherPage.admit(self)  # why it helps on is told to those alone who may end it

    def allowed(self) -> bool:
        return support.may_ask(self.request.user, self.matter)

    @property
    def told(self) -> str:  # type: ignore[override]
        return f"{self.row.unit}从现在起看不到这件事项，已经答复的都留着。需要时可以再请它协办。"

    def form(self, data: Any) -> Any:
        return Nothing(data)

    def carry_out(self, form: Any) -> str:
        support.end_support(self.matter, self.row, by=self.request.user)
        return self.done(f"{self.row.unit}不再协办。")
