"""The record of a sealed matter, for whoever keeps it; its outside at once, its content after a look."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.approvals import ACT, may_ask, may_decide
from casework.matters.clockcard import clock_card
from casework.matters.forms.acts import PurposeForm
from casework.matters.leave import leave_for
from casework.matters.models import Approval
from casework.matters.moving import locked, log_move
from casework.matters.opening import PEOPLE, TEXTS, open_until
from casework.matters.reading import extra_lines, last_days, moves_of, people, shown, timeline
from casework.matters.sealed.desk import (
    content_open,
    custody_story,
    files_of_sealed,
    keepers_told,
    lists_with,
)
from casework.matters.sealed.envelope import letter_of, note_concerned, where_to
from casework.matters.sealed.forms import ConcernedForm
from casework.matters.sealed.handing import VERB, running_list
from casework.matters.states import State
from casework.matters.steps import sealed_path
from casework.matters.views.frame import FormPage, MatterPage, record_url
from office.clock import now, today


class SealedRecord(MatterPage):
    """Number, deadline, envelope and path; whose hands it went through; content by look alone.

    After the hand-over number and path stay readable, the content does not.
    """

    template_name = "matters/sealed/record.html"
    sealed_too = destroyed_too = leave_too = True

    def get_page_title(self) -> str:
        return self.matter.number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        return [*items[:-2], {"url": "", "label": self.matter.number}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, matter = self.request.user, self.matter
        opens = content_open(matter)
        opened = open_until(user, matter, now()) if opens else {}
        moves = moves_of(matter)
        letter = letter_of(matter)
        return super().get_context_data(**kwargs) | {
            "letter": letter,
            "steps": sealed_path(matter.state, last_days(moves), matter.due_on),
            "clock": clock_card(matter, self.today),
            "timeline": timeline(matter, moves, opened),
            "custodies": custody_story(matter),
            "lists": lists_with(matter, user),
            "approvals": self._approvals(),
            "purpose_form": PurposeForm(),
            "coming": self._next(),
            "more": self._more(),
            "keepers_told": keepers_told(matter) if matter.is_open else "",
            "opens": opens and letter.opened,
            **(self._content(opened) if opens and letter.opened else {}),
        }

    def _content(self, opened: dict[str, Any]) -> dict[str, Any]:
        matter = self.matter
        return {
            "people": people(matter, opened),
            "claim": shown(matter, "claim", TEXTS in opened),
            "place": shown(matter, "place", TEXTS in opened),
            "extra": extra_lines(matter, opened),
            "files": files_of_sealed(matter, TEXTS in opened),
            "open_people": opened.get(PEOPLE),
            "open_texts": opened.get(TEXTS),
        }

    def _next(self) -> dict[str, str]:
        """What comes next: {what, url, verb}; no url for whoever only waits."""
        matter, user = self.matter, self.request.user
        if matter.state != State.SEALED:
            return {}
        if not user.has_perm(VERB):
            return {"what": where_to(matter), "url": "", "verb": ""}
        listed = running_list(matter)
        if listed is not None and not lists_with(matter, user).filter(pk=listed.pk).exists():
            return {"what": "已列上清单，由另一位保管人经办。", "url": "", "verb": ""}
        if listed is not None:
            return {
                "what": f"已列在清单 {listed} 上，送{listed.body}，取回签收单后登记签收。",
                "url": reverse("matters:hand_over", args=[listed.pk]),
                "verb": "看清单",
            }
        return {
            "what": "列上转交清单，送纪检监察机关，取回签收单（《信访工作条例》第三十条）。",
            "url": f"{reverse('matters:hand_over_new')}?matter={matter.pk}",
            "verb": "做转交清单",
        }

    def _papers(self) -> list[tuple[str, str]]:
        """What can be printed while the matter waits, and noted by its custodians."""
        matter, user, found = self.matter, self.request.user, []
        entered = matter.registered_by_id == user.pk
        link = matter.links.filter(item__sealed=True).first()
        if entered and link:
            found.append(("打印回执", reverse("matters:receipt", args=[link.item_id])))
        if entered or user.has_perm(VERB):
            note = "打印密件交接单" if letter_of(matter).opened else "打印不开封转交单"
            found.append((note, reverse("matters:sealed_note", args=[matter.pk])))
        if user.has_perm(VERB):
            found.append(("补记涉及人员", reverse("matters:concerned", args=[matter.pk])))
        return found

    def _more(self) -> list[tuple[str, str]]:
        """(label, address) of what is needed now and then."""
        matter, user = self.matter, self.request.user
        found = self._papers() if matter.state == State.SEALED else []
        if may_ask(user, matter, ACT.RECEIVED):
            ask = reverse("matters:ask", args=[matter.pk, ACT.RECEIVED.value])
            found.append(("申请更正收到日期", ask))
        if may_ask(user, matter, ACT.UNSEAL):
            found.append(("申请解除密件", reverse("matters:unseal", args=[matter.pk])))
        if matter.state == State.SEALED and not leave_for(user, matter):
            found.append(("我要回避", reverse("matters:declare", args=[matter.pk])))
        history = reverse("wagtailsnippets_matters_matter:history", args=[matter.pk])
        return [*found, ("修改历史", history)]

    def _approvals(self) -> list[tuple[Approval, bool]]:
        found = []
        for row in self.matter.approvals.filter(decision="").select_related("asked_by"):
            row.matter = self.matter
            found.append((row, may_decide(self.request.user, row)))
        return found


class ConcernedPage(FormPage, MatterPage):
    """补记涉及人员: what turned out after the registration; who is named sees it no longer."""

    template_name = "matters/sealed/concerned.html"
    page_title = "补记涉及人员"
    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.matter.sealed:
            raise Http404

    def admit(self) -> None:
        if not self.request.user.has_perm(VERB):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.matter.state == State.SEALED:
            return None
        messages.info(
            self.request, f"{self.matter.number} {self.matter.get_state_display()}，不再补记。"
        )
        return redirect(record_url(self.matter))

    def form(self, data: Any) -> ConcernedForm:
        return ConcernedForm(data, by=self.request.user, today=self.today)

    def carry_out(self, form: ConcernedForm) -> str:
        user = self.request.user
        with transaction.atomic():
            matter = locked(self.matter, user)
            if matter.state != State.SEALED:
                return record_url(matter)
            leader, named = form.cleaned_data["about_leader"], form.named()
            note_concerned(matter, about_leader=leader, named=named, by=user)
            told = "涉及街道领导" if leader else ""
            log_move(
                matter, "note_concerned", by=user, on=today(), source=matter.state, verb=VERB,
                summary=told,
            )  # fmt: skip
        messages.success(self.request, "已补记。勾选的人从现在起看不到这件。")
        if running_list(matter) is not None:
            messages.warning(self.request, "这件已列在清单上，请核对清单的接收机关。")
        return record_url(matter)
