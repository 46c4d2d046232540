"""Pages of letters to bodies without an account, and of their answers."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from casework.matters.cooperation import letters
from casework.matters.cooperation.forms.together import LetterAnswerForm, LetterForm, WhyForm
from casework.matters.cooperation.standing import is_inside
from casework.matters.cooperation.views.frame import RowPage, TogetherPage
from casework.matters.models import OutsideLetter
from office.models import Unit

_USUAL = timedelta(days=10)  # a first guess for the form; the writer says the day


class SendPage(TogetherPage):
    template_name = "matters/cooperation/send.html"
    page_title = "致函外单位"
    button = "记为已发出"
    told = "派出所、法院、区级部门没有这里的账号：函照常发出，在这里记下，对方的答复收到后再录进来。街道不能给区级部门交办，可以提请区信访局协调或者呈报。"

    def allowed(self) -> bool:
        return letters.may_send(self.request.user, self.matter)

    def form(self, data: Any) -> LetterForm:
        upward = letters.may_send_up(self.request.user, self.matter)
        return LetterForm(
            data, upward=upward, sent_on=self.today, due_on=self.today + _USUAL, way="paper"
        )

    def carry_out(self, form: LetterForm) -> str:
        letter = letters.send(self.matter, letters.Wish(**form.cleaned_data), by=self.request.user)
        return self.done(f"已记：{letter}，{letter.due_on:%m-%d} 前答复。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kinds = (Unit.Kind.OUTSIDE, Unit.Kind.DISTRICT)
        bodies = Unit.objects.at(self.today).filter(kind__in=kinds).values_list("name", flat=True)
        return super().get_context_data(**kwargs) | {"bodies": list(bodies)}


class LetterPage(RowPage):
    rows, key, related = "outside_letters", "letter", ("sent_by",)
    secrets = True

    def visible(self, row: OutsideLetter) -> bool:
        return is_inside(self.request.user, self.matter)

    def too_late(self) -> str:
        return "" if self.row.waits else f"这封函{self.row.get_stage_display()}。"

    def allowed(self) -> bool:
        return letters.may_enter(self.request.user, self.row)

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        sent = f"{row.sent_on:%Y-%m-%d}　{row.get_way_display()}　{row.sent_by}"
        return (
            (row.get_kind_display(), row.body_name),
            ("发出", sent),
            ("期限", f"{row.due_on:%Y-%m-%d}{'　已超期' if row.is_late(self.today) else ''}"),
            ("请它办", row.text("what")),
        )


class LetterAnswerPage(LetterPage):
    page_title = "录入复函"
    button = "录入"

    def form(self, data: Any) -> LetterAnswerForm:
        files = self.request.FILES if data is not None else None
        return LetterAnswerForm(data, files, initial={"on": self.today})

    def carry_out(self, form: LetterAnswerForm) -> str:
        given = form.cleaned_data
        paper = self.take_file()
        letters.enter_answer(
            self.row, on=given["on"], text=given["answer"], paper=paper, by=self.request.user
        )
        return self.done(f"已录入{self.row.body_name}的答复。")


class WithdrawLetterPage(LetterPage):
    page_title = "撤回函件"
    button = "撤回"
    told = "记为不再等它答复；已经发出的纸，请另行告诉对方。"

    def form(self, data: Any) -> WhyForm:
        return WhyForm(data, label="为什么不等了", hint="例如：发错了单位；已由别的单位办妥。")

    def carry_out(self, form: WhyForm) -> str:
        letters.withdraw(self.row, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done(f"已撤回，不再等{self.row.body_name}答复。")
