"""Pages of 重大紧急: reporting, telling further bodies, receipts, following up, ending."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.timezone import localtime

from casework.matters.cooperation import urgent
from casework.matters.cooperation.forms.pressing import (
    NoticeForm,
    ReceiptForm,
    StepForm,
    UrgentForm,
    minute,
)
from casework.matters.cooperation.standing import is_inside
from casework.matters.cooperation.views.frame import RowPage, TogetherPage
from casework.matters.models import UrgentNotice, UrgentReport
from office.clock import now


class ReportPage(TogetherPage):
    template_name = "matters/cooperation/urgent.html"
    page_title = "报告重大紧急"
    button = "登记报告"
    told = "先打电话报，再在这里登记。可能造成社会影响的重大、紧急信访事项，应当及时报告，不得隐瞒、谎报、缓报（《信访工作条例》第二十五条）。"

    def allowed(self) -> bool:
        return urgent.may_report(self.request.user, self.matter)

    def form(self, data: Any) -> UrgentForm:
        return UrgentForm(data, at=now())

    def carry_out(self, form: UrgentForm) -> str:
        given = form.cleaned_data
        told = [row.told for row in form.claims if row.told]
        row = urgent.report(
            self.matter, facts=given["facts"], people=given["people"] or 0,
            found_at=given["found_at"], told=told, by=self.request.user,
        )  # fmt: skip
        gaps = "、".join(urgent.missing(row))
        return self.done(f"已登记报告。{f'还没有报{gaps}，请马上补报。' if gaps else ''}")


class UrgentPage(RowPage):
    rows, key, related = "urgent_reports", "urgent", ("reported_by",)
    secrets = True

    def visible(self, row: UrgentReport) -> bool:
        return is_inside(self.request.user, self.matter)

    def too_late(self) -> str:
        return "这次重大紧急报告已经结束。" if self.row.ended_at else ""

    def allowed(self) -> bool:
        return urgent.may_write(self.request.user, self.row)

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        return (
            ("得知", f"{localtime(row.found_at):%Y-%m-%d %H:%M}"),
            ("涉及人数", row.people_affected),
            ("发生了什么", row.text("facts")),
            ("还没有报", "、".join(urgent.missing(row))),
        )


class TellPage(UrgentPage):
    page_title = "补报"
    button = "登记补报"

    def form(self, data: Any) -> NoticeForm:
        return NoticeForm(data, initial={"told_at": minute(now()), "way": "phone"})

    def carry_out(self, form: NoticeForm) -> str:
        given = form.cleaned_data
        told = urgent.Told(given["to"], given["who"], given["way"], given["told_at"])
        notice = urgent.tell(self.row, told, by=self.request.user)
        return self.done(f"已登记报{notice.get_to_display()}。")


class ReceiptPage(UrgentPage):
    page_title = "记回执"
    button = "记下"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = self.row.notices.filter(pk=kwargs["notice"]).first()
        if found is None:
            raise Http404
        self.notice: UrgentNotice = found
        self.notice.matter, self.notice.report = self.matter, self.row

    def too_late(self) -> str:
        told = "回执已经记过了，后来的指示请写在续报里。" if self.notice.receipt_at else ""
        return super().too_late() or told

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.notice
        told = f"{localtime(row.told_at):%Y-%m-%d %H:%M}　{row.get_way_display()}"
        return (("报给谁", row.get_to_display()), ("接报", row.text("who")), ("何时", told))

    def form(self, data: Any) -> ReceiptForm:
        return ReceiptForm(data, initial={"at": minute(now())})

    def carry_out(self, form: ReceiptForm) -> str:
        given = form.cleaned_data
        urgent.take_receipt(
            self.notice, text=given["receipt"], at=given["at"], by=self.request.user
        )
        return self.done("已记下回执。")


class StepPage(UrgentPage):
    page_title = "续报"
    button = "登记续报"

    def form(self, data: Any) -> StepForm:
        return StepForm(data)

    def carry_out(self, form: StepForm) -> str:
        urgent.follow(self.row, text=form.cleaned_data["body"], by=self.request.user)
        return self.done("已登记续报。")


class EndUrgentPage(UrgentPage):
    page_title = "处置结束"
    button = "结束"
    told = "写明最后怎么样了。条例要求报的都报过了才能结束。"

    def form(self, data: Any) -> StepForm:
        return StepForm(data)

    def carry_out(self, form: StepForm) -> str:
        urgent.end(self.row, text=form.cleaned_data["body"], by=self.request.user)
        return self.done("已结束。")
