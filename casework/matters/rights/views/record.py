"""One request: what is asked, what was gathered, what happened, what comes next."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.timezone import localdate

from casework.matters.forms.acts import WhyForm
from casework.matters.models import RightsRequest
from casework.matters.reading import changes_of
from casework.matters.rights.answering import corrections_of, points_of
from casework.matters.rights.clock import card
from casework.matters.rights.copies import FORMATS, may_copy
from casework.matters.rights.forms import NoteForm
from casework.matters.rights.lifecycle import LABELS, outcome
from casework.matters.rights.moving import take, withdraw
from casework.matters.rights.opening import open_request
from casework.matters.rights.permissions import deciders, may_handle, may_take, why_not_decide
from casework.matters.rights.states import Answer, Done, Right, Stage, marks_in_words
from casework.matters.rights.telling import links_of
from casework.matters.rights.views.frame import RightsForm, RightsPage, url_of
from casework.matters.views.frame import FormPage
from office.history_view import page_number

_PATH = (
    (Stage.RECEIVED, "登记"),
    (Stage.CHECKED, "核实身份"),
    (Stage.GATHERED, "整理、提交审批"),
    (Stage.DECIDED, "审批"),
    (Stage.ANSWERED, "答复"),
)


@dataclass(frozen=True)
class Action:
    """A button: verb and address; the primary one is filled."""

    label: str
    url: str
    primary: bool = False


def actions(user: Any, asked: RightsRequest) -> list[Action]:
    """What this person can do now, the likely next step filled and last."""
    found = []
    if may_take(user, asked):
        found.append(Action("由我接手", url_of(asked, "take")))
    if not why_not_decide(user, asked):
        found.append(Action("审批", url_of(asked, "decide"), True))
    if may_handle(user, asked):
        found += _of_clerk(asked)
    return found


def _of_clerk(asked: RightsRequest) -> list[Action]:
    withdrawn = Action("请求人撤回", url_of(asked, "withdraw"))
    submit = Action("拟处理意见，提交审批", url_of(asked, "submit"))
    match asked.stage:
        case Stage.RECEIVED:
            return [withdrawn, submit, Action("核实身份", url_of(asked, "check"), True)]
        case Stage.CHECKED:
            ready = bool(asked.document)
            steps = [
                withdrawn,
                Action("核对事项", url_of(asked, "gather"), not ready),
                Action("整理要提供的内容", url_of(asked, "build")),
                Action(submit.label, submit.url, ready),
            ]
            return sorted(steps, key=lambda step: step.primary)
        case Stage.DECIDED:
            return [
                withdrawn,
                Action("写答复", url_of(asked, "reply"), not asked.reply),
                Action("登记已答复", url_of(asked, "answer"), bool(asked.reply)),
            ]
    return [withdrawn]


class RecordPage(RightsPage):
    """Where every row of the list leads."""

    template_name = "matters/rights/record.html"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.asked.number

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return super().get_breadcrumbs_items()[:-2] + [{"url": "", "label": self.asked.number}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked, opened = self.request.user, self.asked, self.opened()
        points = points_of(asked)
        links = links_of(asked, user)
        waiting = asked.stage == Stage.GATHERED
        return super().get_context_data(**kwargs) | {
            "opened": opened,
            "purpose_form": WhyForm(),
            "person": self._person(opened),
            "said": asked.text("asked") if opened else asked.masked("asked"),
            "identity_note": asked.text("identity_note") if opened else "",
            "points": [
                (row, row.text("reason") if opened else row.masked("reason")) for row in points
            ],
            "outcome": dict(Answer.choices).get(outcome(row.answer for row in points), ""),
            "links": [(link, marks_in_words(link.marks)) for link in links],
            "corrections": self._corrections(opened),
            "may_correct": may_handle(user, asked) and asked.stage == Stage.CHECKED
            and bool(links) and any(row.right == Right.CORRECT for row in points),
            "may_settle": may_handle(user, asked) and asked.stage == Stage.DECIDED,
            "papers": self._papers(opened),
            "moves": self._moves(opened),
            "clock": card(asked, self.today),
            "steps": self._steps(),
            "actions": actions(user, asked),
            "history_url": url_of(asked, "history"),
            "told": deciders(asked).told if waiting else "",
            "document_url": url_of(asked, "document") if asked.document else "",
            "reply_url": url_of(asked, "letter") if asked.reply else "",
            "formats": FORMATS if asked.clerk_id == user.pk and may_copy(asked) else (),
        }  # fmt: skip

    def _person(self, opened: bool) -> list[tuple[str, str]]:
        asked = self.asked
        lines = []
        for name in ("name", "phone", "address", "agent"):
            text = asked.text(name) if opened else asked.masked(name)
            if text:
                lines.append((str(asked._meta.get_field(name).verbose_name), text))
        return lines

    def _corrections(self, opened: bool) -> list[dict[str, Any]]:
        return [
            {
                "row": row,
                "old": row.text("old") if opened else row.masked("old"),
                "new": row.text("new") if opened else row.masked("new"),
                "reason": row.text("reason") if opened else "",
                "open": row.done == Done.OPEN,
                "approval": row.approval.get_decision_display() if row.approval else "",
            }
            for row in corrections_of(self.asked, self.request.user)
        ]

    def _papers(self, opened: bool) -> list[dict[str, Any]]:
        found = []
        for paper in self.asked.papers.select_related("added_by").order_by("pk"):
            paper.request = self.asked
            found.append(
                {
                    "url": reverse("rights:paper", args=[self.asked.pk, paper.pk]),
                    "label": paper.get_what_display(),
                    "name": paper.text("name") if opened else "",
                    "added": f"{paper.added_by} {localdate(paper.added_at):%Y-%m-%d}",
                }
            )
        return found

    def _moves(self, opened: bool) -> list[dict[str, Any]]:
        found = []
        for move in self.asked.moves.select_related("actor", "post__unit").order_by("-pk"):
            move.request = self.asked
            found.append(
                {
                    "at": move.at,
                    "label": LABELS.get(move.name, move.name),
                    "who": str(move.actor),
                    "post": str(move.post or ""),
                    "summary": move.summary,
                    "note": move.text("note") if opened else move.masked("note"),
                }
            )
        return found

    def _steps(self) -> list[dict[str, str]]:
        order = [stage for stage, _ in _PATH]
        if self.asked.stage == Stage.WITHDRAWN:
            return [{"label": "已撤回", "place": "here", "note": ""}]
        here = order.index(Stage(self.asked.stage))
        # The step that waits is the one after the stage that was reached.
        return [
            {
                "label": label,
                "place": "done" if n <= here else "here" if n == here + 1 else "",
                "note": "",
            }
            for n, (_, label) in enumerate(_PATH)
        ]


class OpenPage(FormPage, RightsPage):
    """Stating why a request that is not one's own task is opened; the look is written first."""

    template_name = "matters/rights/form.html"
    page_title = "查看请求人信息"

    def form(self, data: Any) -> WhyForm:
        return WhyForm(data)

    def carry_out(self, form: WhyForm) -> str:
        open_request(self.request.user, self.asked, form.cleaned_data["purpose"])
        return url_of(self.asked)


class WithdrawPage(RightsForm):
    """The person takes the request back."""

    page_title = "请求人撤回"

    def form(self, data: Any) -> NoteForm:
        return NoteForm(data)

    def carry_out(self, form: NoteForm) -> str:
        withdraw(self.asked, by=self.request.user, note=form.cleaned_data["note"])
        messages.success(self.request, f"{self.asked.number} 已撤回，随时可以重新提出。")
        return url_of(self.asked)


class TakePage(RightsForm):
    """An office head takes a request over: the clerk left, or stepped back."""

    template_name = "matters/rights/take.html"
    page_title = "接手请求"

    def admit(self) -> None:
        if not may_take(self.request.user, self.asked):
            raise PermissionDenied

    def form(self, data: Any) -> Any:
        return _Nothing(data)

    def carry_out(self, form: Any) -> str:
        take(self.asked, by=self.request.user)
        messages.success(self.request, f"{self.asked.number} 由您经办，审批须另一位同事。")
        return url_of(self.asked)


class _Nothing(NoteForm):
    """A form of one button."""

    note = None


class HistoryPage(RightsPage):
    """修改历史 of a request and all that belongs to it."""

    template_name = "office/history.html"
    page_title = "修改历史"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        page = page_number(request.GET.get("p", "1"))
        entries, shown = changes_of(self.asked, request.user, page)
        context = self.get_context_data(entries=entries, page_obj=shown)
        return self.render_to_response(context | {"page_subtitle": self.asked.number})
