"""The buttons of the record: what this reader can do now, the likely next step filled and last."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse

from casework.matters.approvals import ACT, askable, may_ask
from casework.matters.clocks import Limit
from casework.matters.coming import Next
from casework.matters.explaining import Closed, Told, hindered, told_of
from casework.matters.forms.table import ASKS, FORMS
from casework.matters.lifecycle import Rule
from casework.matters.models import Matter
from casework.matters.permissions import available, may_speak_for
from casework.matters.reading import why_no_change
from casework.matters.states import State
from casework.matters.steps import Step
from casework.matters.table import BY_NAME
from casework.matters.views.looks import may_read_looks


@dataclass(frozen=True)
class Action:
    """A button of the record: verb and address; the primary one is filled. told: what it does;
    name: the row of the table, "" for what is no move.
    """

    label: str
    url: str
    primary: bool = False
    told: Told | None = None
    name: str = ""


@dataclass(frozen=True)
class Buttons:
    """main: at most `_SEEN` beside the title; more: the rest, behind 更多; closed: what fits the
    state and is not possible yet, with the reason.
    """

    main: list[Action] = field(default_factory=list)
    more: list[Action] = field(default_factory=list)
    closed: list[Closed] = field(default_factory=list)

    @property
    def primary(self) -> Action | None:
        return next((one for one in self.main if one.primary), None)

    @property
    def explained(self) -> list[Action]:
        """The acts whose working can be told, the likely one first."""
        told = [one for one in (*self.main, *self.more) if one.told and one.told.short]
        return sorted(told, key=lambda one: not one.primary)


_SEEN = 3  # buttons beside the title: more of them would hide the one that is needed
#: steps back, exits, and what only records what somebody else did: never the filled button
_NOT_ON = {
    "return", "redraft", "recall_draft", "unsign", "send_back", "on_spot", "tell", "settle", "broken",
    "ask_review", "ask_final", "review_upheld", "review_changed", "review_revoked", "final_upheld",
    "final_changed", "final_revoked", "review_declined", "final_declined", "objection_upheld", "objection_refused", "undo_withdraw",
}  # fmt: skip
#: steps that are behind once the one after them is possible
_BEFORE = {"hear": "draft"}
#: corrections: asked for now and then, at the end of 更多
_ASKED_SELDOM = {
    ACT.RECEIVED: "申请更正收到日期",
    ACT.VOID: "申请作废",
    ACT.SERVED: "申请更正送达日期",
}


def buttons_of(
    user: Any, matter: Matter, limits: Mapping[str, Limit], held: bool = False
) -> Buttons:
    """Every act this reader can do to the matter now, and what is not possible yet.

    held: a request waits that would take the matter elsewhere, so no button is the likely one.
    """
    rules, closed = [], []
    for rule in available(user, matter):
        if rule.name not in FORMS:
            continue
        if why := hindered(user, matter, rule):
            if not rule.seldom and rule.name not in _NOT_ON:
                closed.append(Closed(rule.label, why))
        else:
            rules.append(rule)
    usual = [rule for rule in rules if not rule.seldom]
    likely = None if held else _likely(usual, matter)
    moves = [_button(rule, matter, limits, rule == likely) for rule in usual]
    asks = _asks(user, matter, limits)
    shown = moves + [one for one in asks if not BY_NAME[one.name].seldom]
    shown.sort(key=lambda one: not one.primary)
    main = sorted(shown[:_SEEN], key=lambda one: one.primary)
    seldom = [_button(rule, matter, limits) for rule in rules if rule.seldom]
    seldom += [one for one in asks if BY_NAME[one.name].seldom]
    return Buttons(main, [*shown[_SEEN:], *seldom, *_more(user, matter)], closed)


def far_from_closing(steps: Sequence[Step], coming: Next | None, closed: list[Closed]) -> str:
    """Why an open matter cannot be closed yet, from the stations ahead; "" where a gate says it."""
    ahead = [step.label for step in steps if step.place == "ahead"]
    if coming is None or len(ahead) < 2 or any(one.label == ahead[-1] for one in closed):
        return ""
    between = f"，再经过{'、'.join(ahead[:-1])}" if ahead[:-1] else ""
    return f"先{coming.what}{between}，才能{ahead[-1]}。"


def _button(
    rule: Rule, matter: Matter, limits: Mapping[str, Limit], primary: bool = False
) -> Action:
    label = "改派承办人" if rule.name == "name_officer" and matter.officer_id else rule.label
    url = reverse("matters:do", args=[matter.pk, rule.name])
    return Action(label, url, primary, told_of(rule, matter, limits), rule.name)


def _likely(rules: list[Rule], matter: Matter) -> Rule | None:
    """What usually comes next: name the officer while there is none, else go on in the path."""
    names = {rule.name for rule in rules}
    forward = [
        rule
        for rule in rules
        if rule.name not in _NOT_ON and _BEFORE.get(rule.name, "") not in names
    ]
    if matter.officer_id is not None or matter.state != State.HANDLING:
        forward = [rule for rule in forward if rule.name != "name_officer"]
    return forward[0] if forward else None


def _asks(user: Any, matter: Matter, limits: Mapping[str, Limit]) -> list[Action]:
    """Requests for acts of two that belong to the procedure."""
    acts = [act for act in askable(user, matter) if act in BY_NAME and act in ASKS]
    return [
        Action(
            f"申请{act.label}", reverse("matters:ask", args=[matter.pk, act.value]),
            told=told_of(BY_NAME[act], matter, limits), name=act.value,
        )
        for act in acts
        if act not in _ASKED_SELDOM
    ]  # fmt: skip


def history_action(matter: Matter) -> Action:
    url = reverse("wagtailsnippets_matters_matter:history", args=[matter.pk])
    return Action("修改历史", url)


def _more(user: Any, matter: Matter) -> list[Action]:
    """What is needed now and then: corrections, receipt, another matter, history."""
    pk, found = matter.pk, []
    may_enter = user.has_perm("matters.add_matter")
    if user.has_perm("matters.change_matter") and not why_no_change(matter):
        if not matter.complete:
            found.append(Action("补全登记", reverse("matters:complete", args=[pk])))
        found.append(
            Action("修改登记信息", reverse("wagtailsnippets_matters_matter:edit", args=[pk]))
        )
    link = matter.links.select_related("item").order_by("id").first() if may_enter else None
    if link and may_speak_for(user, link.item):
        found.append(Action("打印回执", reverse("matters:receipt", args=[link.item_id])))
        if matter.state != State.VOID:
            found.append(Action("同一来件另立一件", reverse("matters:another", args=[pk])))
            if matter.is_open:
                found.append(Action("拆分", reverse("matters:split", args=[pk])))
    if may_ask(user, matter, ACT.SEAL):
        found.append(Action("转为密件", reverse("matters:seal", args=[pk])))
    found += [
        Action(label, reverse("matters:ask", args=[pk, act.value]))
        for act, label in _ASKED_SELDOM.items()
        if act in ASKS and may_ask(user, matter, act)
    ]
    if may_read_looks(user):
        found.append(Action("查看记录", reverse("matters:looks", args=[pk])))
    return [*found, history_action(matter)]


def complete_url(user: Any, matter: Matter) -> str:
    """Where a registration is completed; "" for whoever cannot, or when nothing is missing."""
    may = user.has_perm("matters.change_matter") and not why_no_change(matter)
    return reverse("matters:complete", args=[matter.pk]) if may and matter.lacks_facts else ""
