"""The record of a matter: what it is about, what happened, what runs, what comes next."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from casework.matters.approvals import ACT, may_ask, waiting
from casework.matters.attaching import may_attach
from casework.matters.clockcard import clock_card
from casework.matters.conflicts.showing import section
from casework.matters.forms.acts import PurposeForm
from casework.matters.leave import note_look
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter
from casework.matters.opening import BOTH, PEOPLE, TEXTS, open_by_task, open_for, task_of
from casework.matters.permissions import available, may_speak_for
from casework.matters.profiles import limits_of
from casework.matters.reading import (
    Happening,
    answers,
    extra_lines,
    files_of,
    last_days,
    moves_of,
    people,
    shown,
    timeline,
    why_no_change,
)
from casework.matters.retaining import kept_card
from casework.matters.sealed.desk import content_open
from casework.matters.sealed.views.record import SealedRecord
from casework.matters.states import State
from casework.matters.steps import next_step, path_of
from casework.matters.views.frame import FormPage, MatterPage, record_url
from casework.matters.views.looks import may_read_looks
from office.clock import now
from office.forms import safe_path


@dataclass(frozen=True)
class Action:
    """A button of the record: verb and address; the primary one is filled."""

    label: str
    url: str
    primary: bool = False


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
        officer = matter.officer_id is not None
        return super().get_context_data(**kwargs) | {
            "steps": path_of(matter.state, last_days(moves), matter.due_on, officer),
            "coming": next_step(matter.state, matter.klass, limits, officer),
            "clock": clock_card(matter, self.today),
            "actions": actions(user, matter),
            "more": more_actions(user, matter),
            "timeline": story,
            "approvals": waiting(user, matter),
            "fixed": why_no_change(matter),
            "open_people": opened.get(PEOPLE),
            "open_texts": opened.get(TEXTS),
            "by_task": task_of(user, matter),
            "purpose_form": PurposeForm(),
            "kept": kept_card(user, matter),
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
            "conflicts": section(user, matter, opened),
            "supports": matter.supports.filter(until=None).select_related("unit"),
            "items": [link.item for link in links],
            "siblings": siblings.exclude(pk=matter.pk).distinct().order_by("pk")[:20],
        }


def _after_destruction(matter: Matter) -> dict[str, Any]:
    """Nothing can be done with a destroyed matter, and nothing opened; its history stays."""
    history = reverse("wagtailsnippets_matters_matter:history", args=[matter.pk])
    nothing: dict[str, Any] = {"actions": [], "files": [], "to_open": "", "may_attach": False}
    return nothing | {"more": [Action("修改历史", history)], "coming": None}


def _to_open(matter: Matter, more: bool) -> str:
    """What a reader opens with a purpose: the claim, else what `more` there is; "" for nothing."""
    if matter.claim:
        return "打开诉求"
    return "打开经过和材料" if more or matter.extra else ""


#: moves that are needed now and then
_SELDOM = ("reassign",)


def actions(user: Any, matter: Matter) -> list[Action]:
    """The moves this person can make now, the most likely one filled and last."""
    rules = [rule for rule in available(user, matter) if rule.name not in _SELDOM]
    likely = _likely(rules, matter)
    return [
        Action(
            _verb(rule, matter), reverse("matters:do", args=[matter.pk, rule.name]), rule == likely
        )
        for rule in sorted(rules, key=lambda rule: rule == likely)
    ]


def _likely(rules: list[Rule], matter: Matter) -> Rule | None:
    """What usually comes next: name the officer while there is none, else go on in the path."""
    forward = [rule for rule in rules if rule.name != "return"]
    if matter.officer_id is not None or matter.state != State.HANDLING:
        forward = [rule for rule in forward if rule.name != "name_officer"]
    return forward[0] if forward else None


def _verb(rule: Rule, matter: Matter) -> str:
    return "改派承办人" if rule.name == "name_officer" and matter.officer_id else rule.label


def more_actions(user: Any, matter: Matter) -> list[Action]:
    """What is needed now and then: corrections, receipt, another matter, history."""
    pk, found = matter.pk, []
    may_enter = user.has_perm("matters.add_matter")
    if user.has_perm("matters.change_matter") and not why_no_change(matter):
        if not matter.complete:
            found.append(Action("补全登记", reverse("matters:complete", args=[pk]), True))
        found.append(
            Action("修改登记信息", reverse("wagtailsnippets_matters_matter:edit", args=[pk]))
        )
    link = matter.links.select_related("item").order_by("id").first() if may_enter else None
    if link and may_speak_for(user, link.item):
        found.append(Action("打印回执", reverse("matters:receipt", args=[link.item_id])))
        if not matter.sealed and matter.state != State.VOID:
            found.append(Action("同一来件另立一件", reverse("matters:another", args=[pk])))
    if not matter.sealed:
        if may_ask(user, matter, ACT.SEAL):
            found.append(Action("转为密件", reverse("matters:seal", args=[pk])))
        asks = ((ACT.RECEIVED, "申请更正收到日期"), (ACT.VOID, "申请作废"))
        found += [
            Action(label, reverse("matters:ask", args=[pk, act.value]))
            for act, label in asks
            if may_ask(user, matter, act)
        ]
    if not matter.sealed and may_read_looks(user):
        found.append(Action("查看记录", reverse("matters:looks", args=[pk])))
    found += [
        Action(rule.label, reverse("matters:do", args=[pk, rule.name]))
        for rule in available(user, matter)
        if rule.name in _SELDOM
    ]
    found.append(Action("修改历史", reverse("wagtailsnippets_matters_matter:history", args=[pk])))
    return found


class OpenPage(FormPage, MatterPage):
    """Stating why personal data are opened; the look is written, then the record shows them."""

    template_name = "matters/open.html"
    page_title = "查看个人信息"
    sealed_too = True

    def admit(self) -> None:
        if self.matter.sealed and not content_open(self.matter):
            raise Http404

    def form(self, data: Any) -> PurposeForm:
        what = (data or self.request.GET).get("what")
        return PurposeForm(data, initial={"what": what if what in BOTH else TEXTS})

    def carry_out(self, form: PurposeForm) -> str:
        user = self.request.user
        open_for(user, self.matter, form.cleaned_data["what"], form.cleaned_data["purpose"])
        return safe_path(self.request.POST.get("next") or record_url(self.matter))
