"""Pages about conflicts of interest: stepping back, saying so, deciding, answering, units."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.approvals import may_enter_district, record_district
from casework.matters.attaching import attach
from casework.matters.conflicts import asking, deciding, units
from casework.matters.conflicts.forms import (
    ConcernForm,
    DecideConflictForm,
    DeclareForm,
    DistrictForm,
    EndForm,
    SayForm,
    TellForm,
)
from casework.matters.conflicts.upward import OnPaper
from casework.matters.models import Approval, Conflict, Matter
from casework.matters.opening import open_for, open_until
from casework.matters.permissions import may
from casework.matters.recusals import ASK
from casework.matters.views.frame import LIST, DeskPage, FormPage, MatterPage, record_url
from office.clock import now


class DeclarePage(FormPage, MatterPage):
    """Stepping back oneself. Afterwards the matter is gone for this person, and so is its page."""

    template_name = "matters/conflicts/declare.html"
    page_title = "我要回避"
    sealed_too = True

    def admit(self) -> None:
        if not asking.may_declare(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> DeclareForm:
        return DeclareForm(data)

    def carry_out(self, form: DeclareForm) -> str:
        number = self.matter.number
        asking.declare(self.matter, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, f"已登记：您回避 {number}。从现在起您看不到这件事项。")
        return reverse("matters:stepped_back")


class SteppedBackPage(DeskPage):
    """What happens after somebody stepped back; it names no matter, whoever asks."""

    template_name = "matters/conflicts/stepped_back.html"
    page_title = "已回避"


class SayPage(FormPage, MatterPage):
    """The petitioner wants somebody to step back, or somebody is named in the matter."""

    template_name = "matters/conflicts/say.html"
    page_title = "登记利害关系"

    def admit(self) -> None:
        if not asking.may_say(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> SayForm:
        return SayForm(data)

    def carry_out(self, form: SayForm) -> str:
        user, given = self.request.user, form.cleaned_data
        conflict = asking.say(
            self.matter, given["user"], kind=given["kind"], reason=given["reason"], by=user
        )
        told = "从现在起看不到本件" if conflict.holds else "决定之前暂停办理"
        messages.success(
            self.request,
            f"已登记：{conflict.user}（{conflict.get_kind_display()}），{told}。"
            f"{deciding.deciders(conflict).told or '等另一位有权限的同事决定。'}",
        )
        return after(self.matter, user, "matters:stepped_back")


def after(matter: Matter, user: Any, otherwise: str = LIST) -> str:
    """Where to go on: the record, or `otherwise` for whoever sees it no longer."""
    seen = Matter.objects.visible_to(user).filter(pk=matter.pk).exists()
    return record_url(matter) if seen else reverse(otherwise)


class ConflictPage(FormPage, MatterPage):
    """A page about one conflict of the matter."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.conflicts.filter(pk=kwargs["conflict"])
        self.conflict: Conflict | None = rows.select_related("user", "asked_by").first()
        if self.conflict is None:
            raise Http404
        self.conflict.matter = self.matter

    def tell_and_leave(self, told: str) -> HttpResponse | None:
        if not told:
            return None
        messages.warning(self.request, told)
        return redirect(record_url(self.matter))

    def show(self, form: Any) -> HttpResponse:
        # Also after a refusal: whoever may not go on (any more) is not shown the reason.
        return self.hindrance() or super().show(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The reason is shown for the task at hand; the look at it is written first."""
        user, what = self.request.user, "回避的理由"
        if what not in open_until(user, self.matter, now()):
            open_for(user, self.matter, what, self.page_title, typed=False)
        return super().get_context_data(**kwargs) | {
            "conflict": self.conflict,
            "reason": self.conflict.text("reason"),
        }


class DecideConflictPage(ConflictPage):
    """回避 or 不回避: by somebody who neither is concerned nor said it."""

    template_name = "matters/conflicts/decide.html"
    page_title = "决定回避"

    def admit(self) -> None:
        user = self.request.user
        entitled = may(user, self.matter, deciding.VERB)
        if not entitled and not deciding.may_decide(user, self.conflict):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.conflict.decision:
            return self.tell_and_leave("这件回避已经有人决定过了。")
        return self.tell_and_leave(deciding.why_not_decide(self.request.user, self.conflict))

    def form(self, data: Any) -> DecideConflictForm:
        return DecideConflictForm(data)

    def carry_out(self, form: DecideConflictForm) -> str:
        given = form.cleaned_data
        row = deciding.decide(
            self.conflict,
            by=self.request.user,
            approve=given["decision"] == "approve",
            note=given["note"],
        )
        told = f"{row.user}{'不回避' if row.refused else '回避'}。"
        more = "请把决定答复信访人，并记下来。" if row.owes_answer else ""
        messages.success(self.request, f"已决定：{told}{more}")
        return record_url(self.matter)


class DistrictPage(FormPage, MatterPage):
    """Entering a decision of the district: its paper is scanned first, then the decision counts.

    A page gives `record(decision)`, which writes it where it belongs.
    """

    template_name = "matters/conflicts/district.html"
    page_title = "录入区级决定"
    record: Callable[[OnPaper], None]

    def form(self, data: Any) -> DistrictForm:
        return DistrictForm(data, self.request.FILES if data is not None else None)

    def carry_out(self, form: DistrictForm) -> str:
        given, user = form.cleaned_data, self.request.user
        try:
            paper = attach(self.matter, given["upload"], by=user, proof=True)
        except ValidationError as error:
            raise ValidationError({"upload": error.messages}) from error
        approve = given["decision"] == "approve"
        self.record(OnPaper(approve, given["authority"], paper, given["note"]))
        messages.success(self.request, "已录入区级决定，经过里标明“区级决定”。")
        return after(self.matter, user)


class DistrictConflictPage(DistrictPage, ConflictPage):
    """The district decides on a recusal."""

    def admit(self) -> None:
        if not deciding.may_enter_district(self.request.user, self.conflict):
            raise PermissionDenied

    def record(self, decision: OnPaper) -> None:
        deciding.record_district(self.conflict, decision, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"what": str(self.conflict)}


class DistrictApprovalPage(DistrictPage):
    """The district decides on a request that waits: voiding, correcting the received date."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.approvals.filter(pk=kwargs["approval"])
        self.approval: Approval | None = rows.select_related("asked_by").first()
        if self.approval is None:
            raise Http404
        self.approval.matter = self.matter

    def admit(self) -> None:
        if not may_enter_district(self.request.user, self.approval):
            raise PermissionDenied

    def record(self, decision: OnPaper) -> None:
        record_district(self.approval, decision, by=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"what": self.approval.get_act_display()}


class TellPage(ConflictPage):
    """The petitioner who asked is told what was decided; when and how is kept."""

    template_name = "matters/conflicts/tell.html"
    page_title = "答复回避要求"

    def admit(self) -> None:
        if not may(self.request.user, self.matter, ASK):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        told = "" if self.conflict.owes_answer else "这件回避要求没有要答复的，或者已经答复了。"
        return self.tell_and_leave(told)

    def form(self, data: Any) -> TellForm:
        return TellForm(data, initial={"on": self.today})

    def carry_out(self, form: TellForm) -> str:
        given = form.cleaned_data
        deciding.tell(self.conflict, by=self.request.user, on=given["on"], how=given["how"])
        messages.success(self.request, "已记下：答复了信访人。")
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"opinion": self.conflict.text("opinion")}


class ConcernPage(FormPage, MatterPage):
    """Noting the unit a matter is about; when it leads, the page moves the matter along."""

    template_name = "matters/conflicts/concern.html"
    page_title = "记被反映的单位"

    def admit(self) -> None:
        if not units.may_concern(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> ConcernForm:
        return ConcernForm(data, matter=self.matter)

    def carry_out(self, form: ConcernForm) -> str:
        given = form.cleaned_data
        row = units.concern(
            self.matter,
            given["unit"],
            source=given["source"],
            reason=given["reason"],
            support=given["support"],
            new_lead=given.get("new_lead"),
            by=self.request.user,
        )
        as_support = "，作为协办单位提供事实" if given["support"] else ""
        messages.success(self.request, f"已记：反映的是{row.unit}，它不主办{as_support}。")
        return after(self.matter, self.request.user)


class UnconcernPage(FormPage, MatterPage):
    """It is not about this unit after all."""

    template_name = "matters/conflicts/unconcern.html"
    page_title = "不再是被反映的单位"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.concerned_units.filter(pk=kwargs["concern"], until=None)
        self.row = rows.select_related("unit").first()
        if self.row is None:
            raise Http404
        self.row.matter = self.matter

    def admit(self) -> None:
        if not units.may_end(self.request.user, self.row):
            raise PermissionDenied

    def form(self, data: Any) -> EndForm:
        return EndForm(data)

    def carry_out(self, form: EndForm) -> str:
        units.end(self.row, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, f"已记：不再是反映{self.row.unit}的事项。")
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"row": self.row}
