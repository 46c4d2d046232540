"""Notices of what colleagues ask of each other: approvals, support, reminders, mentions."""

from collections.abc import Iterable
from typing import Any

from casework.matters.models import Approval, InternalNote, Matter, SupportTask
from casework.matters.notifying.hands import heads_of, tell
from casework.matters.notifying.kinds import ASKED, DECIDED, MENTIONED, PRESSED, SUPPORT, SUPPORTED


def tell_asked(approval: Approval, people: Iterable[Any]) -> None:
    """Tell those who can decide, or say what the law says, that a request waits."""
    facts = {"申请": approval.get_act_display()}
    tell(ASKED, approval.pk, approval.matter, people, facts, by=approval.asked_by)


def tell_decided(approval: Approval, by: Any) -> None:
    """Tell whoever asked what was decided."""
    facts = {"申请": approval.get_act_display(), "结果": approval.get_decision_display()}
    tell(DECIDED, approval.pk, approval.matter, [approval.asked_by], facts, by=by)


def tell_support(task: SupportTask, people: Iterable[Any]) -> None:
    """Tell the heads of the unit that is asked; `people` of it where it has none."""
    facts = {"单位": task.unit, "最后一天": task.due_on}
    tell(SUPPORT, task.pk, task.matter, heads_of(task.unit) or people, facts, by=task.asked_by)


def tell_supported(task: SupportTask, *, answered: bool, by: Any) -> None:
    """Tell whoever asked that the unit answered, or cannot."""
    facts = {"单位": task.unit, "结果": "已答复" if answered else "退回"}
    tell(SUPPORTED, task.pk, task.matter, [task.asked_by], facts, by=by)


def tell_pressed(matter: Matter, way: str, key: int, by: Any) -> None:
    """Tell the officer and the heads of the unit that leads. way: 催办 or 督办."""
    people = [*heads_of(matter.lead_unit), *([matter.officer] if matter.officer else [])]
    tell(PRESSED, f"{way}:{key}", matter, people, {"方式": way}, by=by)


def tell_mentioned(note: InternalNote, people: Iterable[Any]) -> None:
    """Tell colleagues that a note is for them."""
    tell(MENTIONED, note.pk, note.matter, people, {}, by=note.author)
