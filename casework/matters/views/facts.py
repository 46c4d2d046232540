"""Correcting and completing a registration."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from casework.matters.amending import VERB, Overtaken, amend, complete, last_change
from casework.matters.desks.waiting import INCOMPLETE
from casework.matters.forms.facts import CompleteForm, FactsForm
from casework.matters.models import Matter
from casework.matters.opening import TEXTS, open_by_task, open_until
from casework.matters.reading import why_no_change
from casework.matters.views.drafting import DraftKeeping
from casework.matters.views.frame import FormPage, MatterPage, record_url
from office.clock import now

_MOST = 100  # further entries that are counted


class FactsPage(PermissionCheckedMixin, FormPage, MatterPage):
    """Registration facts: corrected while the matter is open, with everybody's changes in view."""

    model = Matter
    permission_required = "change"
    template_name = "matters/facts.html"
    page_title = "修改登记信息"
    facts_form: type[FactsForm] = FactsForm
    sealed_too = True  # told why there is nothing to change

    def admit(self) -> None:
        if not self.request.user.has_perm(VERB):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        why = why_no_change(self.matter)
        if not why:
            return None
        messages.info(self.request, why)
        return redirect(record_url(self.matter))

    def form(self, data: Any) -> FactsForm:
        return self.facts_form(
            data,
            matter=self.matter,
            today=self.today,
            seen=last_change(self.matter),
            claim_open=TEXTS in self._opened(show=data is None),
        )

    def _opened(self, show: bool) -> dict[str, Any]:
        """What is open to this person; showing the page for a task of theirs writes the look."""
        user = self.request.user
        if show:
            return open_by_task(user, self.matter, now(), TEXTS)
        return open_until(user, self.matter, now())

    def carry_out(self, form: FactsForm) -> str:
        changed = amend(self.matter, form.amendment(), by=self.request.user)
        self._remark(form)
        told = f"已修改：{'、'.join(changed)}。" if changed else "没有改动，什么都没有写。"
        messages.success(self.request, told)
        return record_url(self.matter)

    def _remark(self, form: FactsForm) -> None:
        for remark in form.remarks:
            messages.warning(self.request, remark)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return super().post(request, *args, **kwargs)
        except Overtaken:  # saved between the form's check and the write
            form = self.form(request.POST)
            form.is_valid()
            form.refuse_stale()
            return self.show(form)

    def take(self, form: FactsForm, error: ValidationError) -> None:
        super().take(form, error)
        form.data = form.data.copy()
        form.data["seen"] = str(last_change(self.matter))


class CompletePage(DraftKeeping, FactsPage):
    """补全登记: the queue's form; “先存着” keeps it in the queue, “接着下一件” goes on in it."""

    template_name = "matters/complete.html"
    page_title = "补全登记"
    facts_form = CompleteForm

    def hindrance(self) -> HttpResponse | None:
        if not self.matter.complete or self.matter.sealed:
            return super().hindrance()
        messages.info(self.request, f"{self.matter.number} 已经补全过了。")
        return redirect(record_url(self.matter))

    def carry_out(self, form: FactsForm) -> str:
        if "later" in self.request.POST:
            amend(self.matter, form.amendment(), by=self.request.user)
            messages.success(self.request, f"{self.matter.number} 先存着，还在“待补全”里。")
        else:
            matter = complete(self.matter, form.amendment(), by=self.request.user)
            messages.success(self.request, f"{matter.number} 登记已补全，等信访办主任受理。")
        self._remark(form)
        queue = self._queue() if "next" in self.request.POST else []
        return reverse("matters:complete", args=[queue[0]]) if queue else record_url(self.matter)

    def _queue(self) -> list[Any]:
        """Keys of what else this person has to complete, the most urgent first; cut at `_MOST`."""
        user = self.request.user
        rows = INCOMPLETE.narrow(Matter.objects.visible_to(user), user).exclude(pk=self.matter.pk)
        return list(rows.order_by(*INCOMPLETE.order).values_list("pk", flat=True)[:_MOST])

    def from_draft(self, data: Any) -> FactsForm:
        self._opened(show=True)
        return super().from_draft(data)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = self._queue()
        told = f"{_MOST - 1}+" if len(queue) == _MOST else str(len(queue))
        return super().get_context_data(**kwargs) | {"waiting": told if queue else ""}
