"""Pages about repeats and joint matters."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.models import Matter
from casework.matters.opening import PEOPLE, TEXTS, open_by_task, open_until
from casework.matters.permissions import may
from casework.matters.reading import files_of, shown
from casework.matters.repeats import deciding, joining, visiting
from casework.matters.repeats.facts import join_of
from casework.matters.repeats.finding import VERB, may_check, possible
from casework.matters.repeats.forms import (
    AGAIN,
    DIFFERENT,
    ChooseForm,
    JoinForm,
    OfferForm,
    RepeatForm,
    UndoForm,
    VisitForm,
)
from casework.matters.states import State
from casework.matters.table import BY_NAME
from casework.matters.views.frame import FormPage, MatterPage, record_url
from casework.matters.views.reception import receipt_url
from office.clock import now

#: fields of a rule's answer → fields of the form
_SAID_AT = {"to": "typed", "reason": "note", "chosen": "chosen"}


class RepeatsPage(FormPage, MatterPage):
    """判重: what may be the same, and what a person says of it. Each look at it is in the ledger."""

    template_name = "matters/repeats/check.html"
    page_title = "判重"

    def admit(self) -> None:
        if not may(self.request.user, self.matter, VERB):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.matter.state == State.REGISTERED:
            return None
        state = self.matter.get_state_display()
        told = f"{self.matter.number} 现在是“{state}”，不在登记时判重了。可能已有同事先办了。"
        messages.warning(self.request, told)
        return redirect(record_url(self.matter))

    def form(self, data: Any) -> RepeatForm:
        user, matter = self.request.user, self.matter
        waits = matter.state == State.REGISTERED
        self.in_hand = waits and may_check(user, matter)
        hints = possible(matter, user) if self.in_hand else []
        return RepeatForm(data, matter=matter, today=self.today, hints=hints)

    def take(self, form: Any, error: ValidationError) -> None:
        for name, problems in getattr(error, "error_dict", {None: error}).items():
            name = _SAID_AT.get(name, name)
            form.add_error(name if name in form.fields else None, problems)

    def carry_out(self, form: RepeatForm) -> str:
        user, given, matter = self.request.user, form.cleaned_data, self.matter
        to, reason = deciding.named(given["chosen"], user), given["note"]
        if given["decision"] == DIFFERENT:
            deciding.different(matter, to, reason=reason, by=user)
            messages.success(self.request, f"已记下：和 {given['chosen']} 不是重复，以后不再提示。")
            return self.request.path
        if given["decision"] == AGAIN:
            deciding.again(matter, to, reason=reason, by=user)
            messages.success(self.request, "已认定是重复，另行办理：这一件照常受理、照常答复。")
            return record_url(matter)
        deciding.merge(matter, to, kind=given["kind"], reason=reason, by=user)
        messages.success(
            self.request, f"{matter.number} {BY_NAME['merge'].done}。告知期限没有停，请尽快告知。"
        )
        return self._after()

    def _after(self) -> str:
        seen = Matter.objects.visible_to(self.request.user).filter(pk=self.matter.pk).exists()
        return record_url(self.matter) if seen else reverse("matters:stepped_back")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        hints = kwargs["form"].possible
        rows = Matter.objects.visible_to(self.request.user)
        numbers = [hint.number for hint in hints]
        seen = {
            row.number: record_url(row)
            for row in rows.filter(number__in=numbers).only("pk", "number")
        }
        return super().get_context_data(**kwargs) | {
            "hints": [(hint, seen.get(hint.number, "")) for hint in hints],
            "in_hand": self.in_hand,
            "rule": BY_NAME["merge"],
        }


class UndoPage(FormPage, MatterPage):
    """The finding that it is a repeat was wrong."""

    template_name = "matters/repeats/undo.html"
    page_title = "撤销重复的认定"

    def admit(self) -> None:
        if not may(self.request.user, self.matter, VERB):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        row = join_of(self.matter)
        if row is not None and not row.merged:
            return None
        messages.info(self.request, "没有要撤销的认定。已经并入的，用“分出”。")
        return redirect(record_url(self.matter))

    def form(self, data: Any) -> UndoForm:
        return UndoForm(data)

    def carry_out(self, form: UndoForm) -> str:
        reason = form.cleaned_data["reason"]
        deciding.undo_again(self.matter, reason=reason, by=self.request.user)
        messages.success(self.request, "已撤销：这一件不算重复。")
        return record_url(self.matter)


class JoinPage(FormPage, MatterPage):
    """加入联名: one more petitioner, with a receipt of their own."""

    template_name = "matters/repeats/join.html"
    page_title = "加入联名"

    def admit(self) -> None:
        if not may(self.request.user, self.matter, joining.VERB):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if joining.may_join(self.request.user, self.matter):
            return None
        messages.info(self.request, f"{self.matter.number} 已经办完，新来的人请另行登记。")
        return redirect(record_url(self.matter))

    def form(self, data: Any) -> JoinForm:
        return JoinForm(data, today=self.today)

    def carry_out(self, form: JoinForm) -> str:
        given = form.cleaned_data
        row = joining.join(
            self.matter,
            form.person(),
            by=self.request.user,
            on=given["on"],
            channel=given["channel"],
        )
        messages.success(
            self.request, f"已加入 {self.matter.number}。这是他（她）自己的回执，请交给本人。"
        )
        return receipt_url(row.item)


class ChoosePage(FormPage, MatterPage):
    """推选代表: who speaks at a visit; nothing else follows from it."""

    template_name = "matters/repeats/choose.html"
    page_title = "推选代表"

    def admit(self) -> None:
        if not joining.may_join(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> ChooseForm:
        user, matter = self.request.user, self.matter
        opened = open_by_task(user, matter, now(), PEOPLE, TEXTS)
        self.masked = PEOPLE not in opened
        chosen = set(
            matter.co_petitioners.filter(representative=True).values_list("petitioner", flat=True)
        )
        people = []
        for n, row in enumerate(matter.petitioners.order_by("pk"), 1):
            row.matter = matter
            label = shown(row, "name", not self.masked) or "（没有登记姓名）"
            people.append((row.pk, f"{n}. {label}", row.pk in chosen))
        files = files_of(matter, opened)
        return ChooseForm(data, matter=matter, people=people, files=files)

    def carry_out(self, form: ChooseForm) -> str:
        given = form.cleaned_data
        count = joining.choose(
            self.matter, form.picked(), how=given["how"], paper=given["paper"],
            note=given["note"], by=self.request.user,
        )  # fmt: skip
        messages.success(self.request, f"已记下：代表 {count} 人。")
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"masked": self.masked}


class VisitPage(FormPage, MatterPage):
    """集体访."""

    template_name = "matters/repeats/visit.html"
    page_title = "记集体访"

    def admit(self) -> None:
        if not visiting.may_note_visit(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> VisitForm:
        first = {"on": self.today, "people": max(self.matter.people_count, 5)}
        chosen = self.matter.representatives
        return VisitForm(data, initial=first | ({"representatives": chosen} if chosen else {}))

    def carry_out(self, form: VisitForm) -> str:
        visiting.note_visit(self.matter, form.visit(), by=self.request.user)
        messages.success(self.request, "已记下这次集体访。")
        return record_url(self.matter)


class OfferPage(FormPage, MatterPage):
    """约访. Whoever declines is noted nowhere."""

    template_name = "matters/repeats/offer.html"
    page_title = "约访"

    def admit(self) -> None:
        if not may(self.request.user, self.matter, visiting.TALK):
            raise PermissionDenied
        if not visiting.may_offer(self.request.user, self.matter):
            raise Http404

    def form(self, data: Any) -> OfferForm:
        return OfferForm(data, initial={"on": self.today})

    def carry_out(self, form: OfferForm) -> str:
        given = form.cleaned_data
        visiting.offer(
            self.matter, by=self.request.user, on=given["on"], meet_on=given["meet_on"],
            note=given["note"],
        )  # fmt: skip
        messages.success(self.request, "已记下：提出了约访。")
        return record_url(self.matter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = open_until(self.request.user, self.matter, now())
        return super().get_context_data(**kwargs) | {"open_texts": opened.get(TEXTS)}
