"""Pages of the seal: asking for it, what is left to say to whoever asked, asking for its end."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.approvals import ACT, ASK, ask, may_ask
from casework.matters.desks.registry import desks_of
from casework.matters.forms.sealing import AskSealForm, AskUnsealForm
from casework.matters.models import Matter
from casework.matters.permissions import may
from casework.matters.sealing import keepers_of
from casework.matters.views.frame import LIST, DeskPage, FormPage, MatterPage, record_url
from office.separation import Part, who_decides


def go_on(user: Any, matter: Matter) -> str:
    """Where to go on: the record while it is still theirs to see, else what waits for them."""
    seen = Matter.objects.visible_to(user).filter(pk=matter.pk).exists()
    if seen:
        return record_url(matter)
    return reverse("matters:desk") if desks_of(user) else reverse(LIST)


def told_of_sealing(matter: Matter, approve: bool) -> str:
    """What became of a request about the seal, for the second person."""
    if matter.sealed:
        return "已确认，请按期转交纪检监察机关" if approve else "未解除，仍是密件"
    return f"已解除，现在是 {matter.number}"


class _SealingPage(FormPage, MatterPage):
    """A request about the seal of one matter."""

    act: ACT

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if self.matter.sealed != (self.act == ACT.UNSEAL):
            raise Http404

    def admit(self) -> None:
        if not may(self.request.user, self.matter, ASK[self.act]):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        told = ""
        if not may_ask(self.request.user, self.matter, self.act):
            state = self.matter.get_state_display()
            told = f"{self.matter.number} 现在是“{state}”，不能{self.act.label}。"
        elif self.matter.approvals.filter(act__in=(ACT.SEAL, ACT.UNSEAL), decision="").exists():
            told = "这件密件已有一项申请在等另一位保管人审批。"
        if not told:
            return None
        messages.info(self.request, told)
        return redirect(record_url(self.matter))


class SealPage(_SealingPage):
    """转为密件: a matter already registered turns out to be a report on somebody's conduct."""

    act = ACT.SEAL
    page_title = "转为密件"
    template_name = "matters/sealing/seal.html"

    def form(self, data: Any) -> AskSealForm:
        return AskSealForm(data)

    def carry_out(self, form: AskSealForm) -> str:
        ask(self.matter, self.act, by=self.request.user, reason=form.cleaned_data["reason"])
        return reverse("matters:sealed_now")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = [user for user in keepers_of(self.matter) if user.pk != self.request.user.pk]
        return super().get_context_data(**kwargs) | {"keepers": others}


class SealedNowPage(DeskPage):
    """What whoever asked is told: nothing about the matter, which is no longer theirs to see."""

    template_name = "matters/sealing/sealed_now.html"
    page_title = "已转为密件"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not request.user.has_perm(ASK[ACT.SEAL]):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UnsealPage(_SealingPage):
    """解除密件: asked by one custodian, decided by the other."""

    act = ACT.UNSEAL
    sealed_too = True
    page_title = "申请解除密件"
    template_name = "matters/sealing/unseal.html"

    def form(self, data: Any) -> AskUnsealForm:
        return AskUnsealForm(data)

    def carry_out(self, form: AskUnsealForm) -> str:
        ask(self.matter, self.act, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, "已申请解除密件，等另一位保管人审批。审批前仍是密件。")
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        parts = {Part.ASKER: (self.request.user.pk,)}
        return super().get_context_data(**kwargs) | {
            "told": who_decides(ASK[self.act], parts, self.today).told,
            "born": not self.matter.history.filter(sealed=False).exists(),
        }
