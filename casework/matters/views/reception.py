"""At the counter: one short page an arrival. Sealed letters have pages of their own (`sealed`)."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from casework.matters.amending import person_of
from casework.matters.conflicts.registering import note_about, note_named
from casework.matters.forms.reception import MOST_CLAIMS, ClaimForm, ReceptionForm
from casework.matters.intake import Arrival, open_another, register, sender_day
from casework.matters.models import Item, Matter
from casework.matters.permissions import may_speak_for
from casework.matters.states import State
from casework.matters.views.drafting import DraftKeeping
from casework.matters.views.frame import DeskPage, FormPage, MatterPage, record_url

VERB = "matters.add_matter"
ADD = "wagtailsnippets_matters_matter:add"


def receipt_url(item: Any) -> str:
    return reverse("matters:receipt", args=[item.pk])


class Reception(PermissionCheckedMixin, DraftKeeping, DeskPage):
    """登记来件. “再加一件” works without scripts: the page comes back with one more claim."""

    model = Matter
    permission_required = "add"
    template_name = "matters/reception.html"
    page_title = "登记来件"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("go") == "another":
            claims = self._claims() + 1
            if claims > MOST_CLAIMS:
                messages.warning(
                    request, f"一次最多登记 {MOST_CLAIMS} 件，其余的登记后再“另立一件”。"
                )
            form = ReceptionForm(None, today=self.today, initial=request.POST.dict(), claims=claims)
            return self.show(form)
        return super().post(request, *args, **kwargs)

    def _claims(self) -> int:
        count = self.request.POST.get("claims", "1")
        return int(count) if count.isascii() and count.isdigit() and len(count) < 3 else 1

    def form(self, data: Any) -> ReceptionForm:
        claims = self._claims() if data is not None else 1
        return ReceptionForm(data, today=self.today, claims=claims)

    def from_draft(self, data: Any) -> ReceptionForm:
        count = data.get("claims", "1")
        claims = min(int(count), MOST_CLAIMS) if count.isascii() and count.isdigit() else 1
        return ReceptionForm(None, today=self.today, initial=data.dict(), claims=max(claims, 1))

    def take(self, form: Any, error: ValidationError) -> None:
        form.take(error)

    def carry_out(self, form: ReceptionForm) -> str:
        later = self.request.POST.get("go") == "later"
        item, matters = register(form.arrival(complete=not later), by=self.request.user)
        for matter, claim in zip(matters, form.claims, strict=True):
            note_about(matter, claim.cleaned_data["about"], by=self.request.user)
        note_named(matters, form.cleaned_data["named"], by=self.request.user)
        numbers = "、".join(matter.number for matter in matters)
        told = "稍后在“待补全”里补齐。" if later else "等信访办主任受理。"
        messages.success(self.request, f"已登记 {numbers}，{told}")
        for remark in form.remarks:
            messages.warning(self.request, remark)
        if not Item.objects.visible_to(self.request.user).filter(pk=item.pk).exists():
            return reverse("matters:stepped_back")  # who registers and is named gives no receipt
        return receipt_url(item)


class AnotherPage(FormPage, MatterPage):
    """一信多诉: a further matter of an arrival that is registered already."""

    template_name = "matters/another.html"
    page_title = "同一来件另立一件"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        link = self.matter.links.select_related("item").order_by("id").first()
        self.item: Item | None = link.item if link else None

    def admit(self) -> None:
        user = self.request.user
        if not user.has_perm(VERB) or (self.item and not may_speak_for(user, self.item)):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        told = ""
        if self.matter.state == State.VOID:
            told = f"{self.matter.number} 已作废，不能从它另立事项。"
        elif self.item is None:
            told = f"{self.matter.number} 由台账导入，没有来件可以另立，请另行登记。"
        if not told:
            return None
        messages.info(self.request, told)
        return redirect(record_url(self.matter))

    def show(self, form: ClaimForm) -> HttpResponse:
        return self.hindrance() or super().show(form)

    def form(self, data: Any) -> ClaimForm:
        return ClaimForm(data)

    def carry_out(self, form: ClaimForm) -> str:
        matter, item = self.matter, self.item
        if self.hindrance() is not None or item is None:
            return record_url(matter)
        people = []
        for row in matter.petitioners.order_by("pk"):
            row.matter = matter
            people.append(person_of(row))
        arrival = Arrival(
            channel=item.channel,
            received_on=matter.received_on,
            claims=[(form.cleaned_data["title"], form.cleaned_data["claim"])],
            people=people,
            community=matter.community,
            grid=matter.grid,
            people_count=matter.people_count,
            representatives=matter.representatives,
            source=matter.source,
            source_number=matter.source_number,
            sender_due=sender_day(matter),
        )
        [new] = open_another(item, arrival, by=self.request.user)
        note_about(new, form.cleaned_data["about"], by=self.request.user)
        messages.success(
            self.request, f"已从同一来件 {item.number} 另立 {new.number}，请重新打印回执。"
        )
        return receipt_url(item)
