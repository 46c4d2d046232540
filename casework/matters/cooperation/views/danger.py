"""Pages of 眼前危险: the numbers at once, the word on the matter, and the roster of duty."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.matters.cooperation import danger
from casework.matters.cooperation.forms.pressing import DangerForm, DutyForm, ProlongForm
from casework.matters.cooperation.forms.together import WhyForm
from casework.matters.cooperation.standing import DANGER, is_inside
from casework.matters.cooperation.views.frame import RowPage, TogetherPage
from casework.matters.models import Danger, DutyDay
from casework.matters.permissions import heads_office
from casework.matters.views.frame import DeskPage, FormPage
from office.limits import limit
from office.posts import post_for


class Numbers:
    """Whom to call, on top of a page."""

    request: Any
    today: date

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {  # type: ignore[misc]
            "duty": danger.on_duty(self.today),
            "may_roster": heads_office(self.request.user),
        }


class NowPage(Numbers, DeskPage):
    """The numbers alone, for a counter where nothing is registered yet."""

    template_name = "matters/cooperation/danger_now.html"
    page_title = "眼前危险"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if post_for(request.user, DANGER) is None:
            raise PermissionDenied
        return super().get(request, *args, **kwargs)


class RaiseDangerPage(Numbers, TogetherPage):
    """The numbers at once; beneath them the word for this matter."""

    template_name = "matters/cooperation/danger.html"
    page_title = "眼前危险"
    button = "标在这件事项上"

    def standing(self) -> Danger | None:
        return danger.standing(self.matter, self.today)

    def allowed(self) -> bool:
        user = self.request.user
        return danger.may_raise(user, self.matter) or (
            self.standing() is not None and user.has_perm(DANGER)
        )

    def form(self, data: Any) -> DangerForm:
        until = self.today + timedelta(days=limit("danger_days"))
        return DangerForm(data, initial={"until": until})

    def carry_out(self, form: DangerForm) -> str:
        row = danger.raise_danger(self.matter, **form.cleaned_data, by=self.request.user)
        return self.done(f"已标注眼前危险，到 {row.until:%m-%d} 自动解除。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"standing": self.standing()}


class DangerPage(RowPage):
    rows, key, related = "dangers", "danger", ("raised_by",)
    secrets = True

    def visible(self, row: Danger) -> bool:
        return is_inside(self.request.user, self.matter)

    def too_late(self) -> str:
        return "" if self.row.stands(self.today) else "这个标注已经解除或者到期了。"

    def allowed(self) -> bool:
        return danger.may_end(self.request.user, self.row)

    def facts(self) -> Iterable[tuple[str, Any]]:
        row = self.row
        return (
            ("什么危险", row.text("reason")),
            ("标注", f"{row.raised_on:%Y-%m-%d}　{row.raised_by}"),
            ("到", f"{row.until:%Y-%m-%d}，到期自动解除"),
        )


class ProlongPage(DangerPage):
    page_title = "延长眼前危险"
    button = "延长"

    def form(self, data: Any) -> ProlongForm:
        return ProlongForm(data)

    def carry_out(self, form: ProlongForm) -> str:
        danger.prolong(self.row, until=form.cleaned_data["until"], by=self.request.user)
        return self.done("已延长。")


class EndDangerPage(DangerPage):
    page_title = "解除眼前危险"
    button = "解除"
    told = "解除以后列表和事项上不再显示，经过里留着。"

    def form(self, data: Any) -> WhyForm:
        return WhyForm(data, label="为什么可以解除", hint="例如：民警到场，人已安全离开。")

    def carry_out(self, form: WhyForm) -> str:
        danger.end(self.row, reason=form.cleaned_data["reason"], by=self.request.user)
        return self.done("已解除。")


class RosterPage(FormPage, DeskPage):
    """值班表: two weeks, by the head of the petition office."""

    template_name = "matters/cooperation/roster.html"
    page_title = "值班表"

    def admit(self) -> None:
        if not heads_office(self.request.user):
            raise PermissionDenied

    def days(self) -> list[tuple[date, DutyDay | None]]:
        return danger.roster(self.today)

    def form(self, data: Any) -> DutyForm:
        return DutyForm(data, days=self.days())

    def carry_out(self, form: DutyForm) -> str:
        changed = [row for row in form.claims if row.has_changed()]
        for row in changed:
            given = row.cleaned_data
            danger.put_on_duty(row.day, given["name"], given["phone"])
        messages.success(self.request, f"已保存 {len(changed)} 天的值班。")
        return reverse("matters:roster")
