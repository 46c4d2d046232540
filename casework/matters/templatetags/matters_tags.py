"""What the pages of matters say in dates, words and colours."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from casework.matters.clocks import KINDS, MAY_ASK, OWED
from casework.matters.models import Matter
from casework.matters.purposes import usual_for
from casework.matters.states import State
from office.workdays import words_left

register = template.Library()

SOON = 7  # days: how the list is coloured, no limit of law
_WEEKDAYS = "一二三四五六日"
_TONES = {
    State.REGISTERED: "wait", State.OBJECTED: "wait", State.MERGED: "wait",
    State.ACCEPTED: "wait", State.HANDLING: "run", State.DRAFTED: "run", State.REVIEWED: "run",
    State.SIGNED: "run", State.ANSWERED: "rest", State.PERFORMING: "run",
    State.REVIEWING: "rest", State.UPHELD: "rest", State.FINAL_REVIEW: "rest",
    State.ROUTED: "run", State.ASSIGNED_OUT: "rest", State.CLOSED: "done",
    State.ARCHIVED: "done", State.WITHDRAWN: "off", State.VOID: "off", State.SEALED: "wait",
    State.HANDED_OVER: "done",
}  # fmt: skip


@register.filter
def tone(state: str) -> str:
    """Which of the five looks the badge of a state has; the state's own word stands in it."""
    return _TONES[State(state)]


@register.filter
def left(matter: Matter, on: date) -> str:
    """还有 47 天, 今天到期, 超期 3 天; "" when nothing is running.

    A day until which the petitioner may act is none the office can miss: 至 12-24, then 期满.
    """
    if matter.due_on is None or not _is_others(matter):
        return matter.days_left(on)
    if KINDS[matter.due_kind].by == MAY_ASK:
        return "期满" if matter.due_on < on else f"至 {matter.due_on:%m-%d}"
    return "上级" + matter.days_left(on)


@register.filter
def days_left(due_on: date | None, on: date) -> str:
    """The same for a bare date."""
    return words_left(due_on, on) if due_on else ""


@register.filter
def urgency(due_on: date | None, on: date) -> str:
    """late, soon, fine or none: the colour beside the words of `left`."""
    if due_on is None:
        return "none"
    days = (due_on - on).days
    if days < 0:
        return "late"
    return "soon" if days <= SOON else "fine"


def _is_others(matter: Matter) -> bool:
    """Whether the limit that leads is somebody else's: the petitioner's, a superior's."""
    return matter.due_kind in KINDS and KINDS[matter.due_kind].by != OWED


@register.filter
def tension(matter: Matter, on: date) -> str:
    """The colour beside the words of `left` for a whole matter: what others may miss is calm."""
    if _is_others(matter) and KINDS[matter.due_kind].by == MAY_ASK:
        return "fine"
    return urgency(matter.due_on, on)


@register.filter
def whole_day(value: date | None) -> str:
    """2026年11月24日（周二）: a day on paper."""
    if not value:
        return ""
    return f"{value.year}年{value.month}月{value.day}日（周{_WEEKDAYS[value.weekday()]}）"


@register.filter
def size(count: int) -> str:
    """Bytes as people read them: 340 KB, 2.1 MB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


@dataclass(frozen=True)
class Problem:
    """One thing to put right: where (id of the control, "" for the whole form), and what."""

    target: str
    label: str
    text: str


_LINE = (
    '<li><span class="mt-urgent--{}"><b>{}</b>{}</span>'
    '<span><a href="{}">{}</a><small>{}{}</small></span><span>{}{}{}</span></li>'
)


@register.simple_tag
def duty_lines(lines: Iterable[Any]) -> SafeString:
    """Lines of a desk: left, title with number, what is next. Made here: a template would cost as
    much as the whole page.
    """
    return format_html_join(
        "",
        _LINE,
        (
            (
                line.tone,
                line.left,
                format_html("<small>{}</small>", f"{line.duty.due:%m-%d}") if line.dated else "",
                line.duty.url,
                line.duty.title,
                line.duty.number,
                f"　{line.duty.also}" if line.duty.also else "",
                format_html('<i class="desk-badge">{}</i> ', line.duty.kind)
                if line.duty.kind
                else "",
                f"等{line.duty.waits}：" if line.duty.waits else "",
                line.duty.what,
            )
            for line in lines
        ),
    )


@register.simple_tag
def usual_purposes(user: Any) -> list[str]:
    """What to offer as a purpose of opening personal data."""
    return usual_for(user)


@register.simple_tag
def problems(form: Any, claims: Any = "") -> list[Problem]:
    """Everything wrong with a sent form and the forms of its claims, in the order of the page."""
    found = []
    for one in [form, *(claims or [])]:
        if not one.is_bound:
            continue
        found += [Problem("", "", text) for text in one.non_field_errors()]
        found += [
            Problem(field.id_for_label or field.auto_id, str(field.label), "".join(field.errors))
            for field in one
            if field.errors
        ]
    return found
