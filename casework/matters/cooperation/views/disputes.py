"""Pages of 承办争议: saying "not ours", the other unit's view, the decision, the district's paper."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.timezone import localtime

from casework.matters.conflicts.upward import OnPaper
from casework.matters.cooperation import disputes
from casework.matters.cooperation.forms.together import (
    DecideDisputeForm,
    DisputeForm,
    DistrictDisputeForm,
    Nothing,
    ViewForm,
)
from casework.matters.cooperation.standing import heads, is_inside
from casework.matters.cooperation.views.frame import RowPage, TogetherPage
from casework.matters.models import DutyDispute
from casework.matters.permissions import may


class RaisePage(TogetherPage):
    page_title = "提出承办争议"
    button = "提出"
    told = "由信访办主任裁定；信访办是一方的，由街道领导裁定。裁定之前您单位照常办理，期限不停。"

    def allowed(self) -> bool:
        return disputes.may_raise(self.request.user, self.matter)

    def form(self, data: Any) -> DisputeForm:
        units = disputes.candidates(self.matter, self.matter.lead_unit)
        return DisputeForm(data, units=units)

    def carry_out(self, form: DisputeForm) -> str:
        row = disputes.raise_dispute(self.matter, **form.cleaned_data, by=self.request.user)
        asked = f"，请{row.other}表态" if row.other else ""
        return self.done(f"已提出{asked}，等裁定。期限不停，请照常办理。")


class DisputePage(RowPage):
    rows, key, related = "duty_disputes", "dispute", ("unit", "other", "asked_by", "viewed_by")
    secrets = True

    def visible(self, row: DutyDispute) -> bool:
        user = self.request.user
        return is_inside(user, self.matter) or heads(user, row.other)

    def too_late(self) -> str:
        return "" if self.row.waits else "这起承办争议已经裁定或者撤回了。"

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        viewed = f"（{row.viewed_by}）" if row.viewed_by else ""
        return (
            ("提出", f"{row.unit}　{row.asked_by}　{localtime(row.asked_at):%Y-%m-%d %H:%M}"),
            ("为什么不归它", row.text("reason")),
            ("它认为归", row.other),
            (f"{row.other}的意见{viewed}", row.text("view")),
        )


class ViewPage(DisputePage):
    page_title = "对承办争议表态"
    button = "表态"
    told = "信访办主任裁定时看您单位的意见。裁定之前还是原来的单位办。"

    def allowed(self) -> bool:
        return disputes.may_view(self.request.user, self.row)

    def form(self, data: Any) -> ViewForm:
        return ViewForm(data)

    def carry_out(self, form: ViewForm) -> str:
        disputes.say_view(self.row, text=form.cleaned_data["view"], by=self.request.user)
        return self.done("已表态，等裁定。")


class WithdrawDisputePage(DisputePage):
    template_name = "matters/cooperation/confirm.html"
    page_title = "撤回承办争议"
    button = "撤回，由本单位办"
    told = "撤回以后由您单位接着办理。"

    def allowed(self) -> bool:
        return disputes.may_withdraw(self.request.user, self.row)

    def form(self, data: Any) -> Nothing:
        return Nothing(data)

    def carry_out(self, form: Nothing) -> str:
        disputes.withdraw(self.row, by=self.request.user)
        return self.done("已撤回，由您单位接着办理。")


class DecidePage(DisputePage):
    page_title = "裁定承办争议"
    button = "裁定"
    told = "裁定由别的单位办的，马上改交给它；期限不停。"

    def too_late(self) -> str:
        if found := super().too_late():
            return found
        user = self.request.user
        why = disputes.why_not_decide(user, self.row)
        return f"{why}{disputes.deciders(self.row).told}" if why and self._entitled() else ""

    def _entitled(self) -> bool:
        return may(self.request.user, self.matter, disputes.DECIDE)

    def allowed(self) -> bool:
        return self._entitled()

    def units(self) -> list[Any]:
        return disputes.candidates(self.matter)

    def form(self, data: Any) -> Any:
        return DecideDisputeForm(data, units=self.units(), now_is=self.matter.lead_unit_id)

    def chosen(self, form: Any) -> Any:
        """The unit the matter goes to; None when it stays where it is."""
        unit = form.cleaned_data["to_unit"]
        return None if unit.pk == self.matter.lead_unit_id else unit

    def carry_out(self, form: Any) -> str:
        unit = self.chosen(form)
        disputes.decide(
            self.row, to_unit=unit, note=form.cleaned_data["note"], by=self.request.user
        )
        return self.done(f"已裁定由{unit or self.matter.lead_unit}办理，期限不停。")


class DistrictPage(DecidePage):
    """Entering what the district decided, while nobody in the street can."""

    page_title = "录入区级裁定"
    button = "录入"
    told = "街道里没有人可以裁定，照区级文书录入。经过里标明“区级决定”。"

    def too_late(self) -> str:
        return "" if self.row.waits else "这起承办争议已经裁定或者撤回了。"

    def allowed(self) -> bool:
        if not self._entitled():
            raise PermissionDenied
        return disputes.may_enter_district(self.request.user, self.row)

    def form(self, data: Any) -> Any:
        form = DistrictDisputeForm(data, units=self.units(), now_is=self.matter.lead_unit_id)
        form.files = self.request.FILES if data is not None else form.files
        return form

    def carry_out(self, form: Any) -> str:
        given, unit = form.cleaned_data, self.chosen(form)
        paper = self.take_file()
        told = OnPaper(unit is not None, given["authority"], paper, given["note"])
        disputes.record_district(self.row, told, to_unit=unit, by=self.request.user)
        return self.done("已录入区级裁定。")
