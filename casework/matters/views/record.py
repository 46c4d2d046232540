"""The record of a matter: what it is about, what happened, what runs, what comes next."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from casework.matters.approvals import Waiting, verb_to_decide, waiting
from casework.matters.attaching import may_attach
from casework.matters.clockcard import clock_card
from casework.matters.clocks import Limit
from casework.matters.coming import Facts, Next, names_of, next_step, on_request
from casework.matters.forms.acts import PurposeForm
from casework.matters.leave import note_look
from casework.matters.models import Matter
from casework.matters.opening import (
    BOTH,
    PEOPLE,
    TEXTS,
    masked_only,
    open_by_task,
    open_for,
    task_of,
)
from casework.matters.profiles import limits_of
from casework.matters.reading import (
    Happening,
    answers,
    extra_lines,
    files_of,
    moves_of,
    people,
    shown,
    timeline,
    why_no_change,
)
from casework.matters.retaining import kept_card
from casework.matters.sealed.desk import content_open
from casework.matters.sealed.views.record import SealedRecord
from casework.matters.steps import path_of, standing_of, way_told
from casework.matters.views.buttons import (
    Buttons,
    buttons_of,
    complete_url,
    far_from_closing,
    history_action,
)
from casework.matters.views.frame import FormPage, MatterPage, record_url
from casework.matters.views.sections import sections_of
from office.clock import now
from office.forms import safe_path


class RecordPage(PermissionCheckedMixin, MatterPage):
    """Where every row of the list leads. Sealed matters have a page of their own."""

    model = Matter
    any_permission_required = ("view",)
    template_name = "matters/record.html"
    sealed_too = destroyed_too = leave_too = True

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.matter.sealed:  # its own page: hardly anything of this one is true for it
            note_look(request.user, self.matter)
            return SealedRecord.as_view()(request, *args, **kwargs)
        return super().get(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return self.matter.number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        items = super().get_breadcrumbs_items()
        return [*items[:-2], {"url": "", "label": self.matter.number}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, matter = self.request.user, self.matter
        whats = () if matter.sealed else BOTH
        opened = {} if matter.destroyed_at else open_by_task(user, matter, now(), *whats)
        moves = moves_of(matter)
        story = timeline(matter, moves, opened)
        limits = limits_of(matter.profile)
        standing = standing_of(matter, moves)
        requests = waiting(user, matter)
        coming, names = _coming(matter, requests, limits)
        held = coming is not None and coming.request
        steps, buttons = path_of(standing), buttons_of(user, matter, limits, held=held)
        return super().get_context_data(**kwargs) | {
            "steps": steps,
            "way": way_told(standing),
            "coming": coming,
            "coming_names": names,
            "clock": clock_card(matter, self.today),
            "buttons": buttons,
            "far": far_from_closing(steps, coming, buttons.closed),
            "complete_url": complete_url(user, matter),
            "timeline": story,
            "approvals": requests,
            "fixed": why_no_change(matter),
            "open_people": opened.get(PEOPLE),
            "masked_only": masked_only(user, matter),
            "open_texts": opened.get(TEXTS),
            "by_task": task_of(user, matter),
            "purpose_form": PurposeForm(),
            "kept": kept_card(user, matter),
            "sections": sections_of(user, matter, opened),
            **({} if matter.sealed else self._facts(opened, story)),
            **(_after_destruction(matter) if matter.destroyed_at else {}),
        }

    def _facts(self, opened: dict[str, Any], story: list[Happening]) -> dict[str, Any]:
        user, matter = self.request.user, self.matter
        links = list(matter.links.select_related("item").order_by("id"))
        items = [link.item_id for link in links]
        siblings = Matter.objects.visible_to(user).filter(links__item__in=items)
        files, said = files_of(matter, opened), answers(matter, opened)
        return {
            "people": people(matter, opened),
            "claim": shown(matter, "claim", TEXTS in opened),
            "place": shown(matter, "place", TEXTS in opened),
            "extra": extra_lines(matter, opened),
            "answers": said,
            "files": files,
            "to_open": _to_open(matter, bool(said or files or any(row.masked for row in story))),
            "may_attach": may_attach(user, matter),
            "supports": matter.supports.filter(until=None).select_related("unit"),
            "items": [link.item for link in links],
            "siblings": siblings.exclude(pk=matter.pk).distinct().order_by("pk")[:20],
        }


def _coming(
    matter: Matter, requests: list[Waiting], limits: Mapping[str, Limit]
) -> tuple[Next | None, str]:
    """The next step and the names of those who take it: a request that waits comes first."""
    for one in requests:
        verb = verb_to_decide(matter, one.row.act)
        if step := on_request(one.row.act, matter.state, verb):
            return step, one.who
    step = next_step(Facts.of(matter), limits)
    return step, names_of(step, matter)


def _after_destruction(matter: Matter) -> dict[str, Any]:
    """Nothing can be done with a destroyed matter, and nothing opened; its history stays."""
    nothing: dict[str, Any] = {"files": [], "to_open": "", "may_attach": False, "coming": None}
    nothing["far"] = ""
    return nothing | {"buttons": Buttons(more=[history_action(matter)])}


def _to_open(matter: Matter, more: bool) -> str:
    """What a reader opens with a purpose: the claim, else what `more` there is; "" for nothing."""
    if matter.claim:
        return "打开诉求"
    return "打开经过和材料" if more or matter.extra else ""


class OpenPage(FormPage, MatterPage):
    """Stating why personal data are opened; the look is written, then the record shows them."""

    template_name = "matters/open.html"
    page_title = "查看个人信息"
    sealed_too = True

    def admit(self) -> None:
        if self.matter.sealed and not content_open(self.matter):
            raise Http404
        if masked_only(self.request.user, self.matter):
            raise PermissionDenied

    def form(self, data: Any) -> PurposeForm:
        what = (data or self.request.GET).get("what")
        return PurposeForm(data, initial={"what": what if what in BOTH else TEXTS})

    def carry_out(self, form: PurposeForm) -> str:
        user = self.request.user
        open_for(user, self.matter, form.cleaned_data["what"], form.cleaned_data["purpose"])
        return safe_path(self.request.POST.get("next") or record_url(self.matter))
