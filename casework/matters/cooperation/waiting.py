"""What of working together waits for one person, as groups of lines: for the first page and the desk."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.cooperation import disputes, notes, supervising
from casework.matters.cooperation.queries import (
    disputes_open,
    reminders_for,
    tasks_for,
    to_answer,
    to_judge,
)
from casework.matters.cooperation.standing import DECIDE, NOTE, SUPERVISE
from casework.matters.models import DutyDispute
from office.posts import has_reach, post_for
from office.roles import Reach
from office.workdays import words_left

MOST = 50


@dataclass(frozen=True)
class Row:
    """One thing that waits: the matter's title, where to go, what it is, by when."""

    title: str
    url: str
    what: str
    left: str = ""
    late: bool = False


@dataclass(frozen=True)
class Group:
    """Things of one kind; `name` is the anchor on the desk."""

    name: str
    title: str
    rows: list[Row] = field(default_factory=list)


def waiting_for(user: Any, on: date, most: int = MOST) -> list[Group]:
    """The groups in which something waits, what others wait for first."""
    found: list[Group] = []
    if has_reach(user, Reach.UNIT):
        found += [
            Group("tasks", "请本单位协办的", _tasks(user, on, most)),
            Group("supervision", "要答复的督办", _supervisions(to_answer(user)[:most], "答复")),
            Group("reminders", "催办", _reminders(user, most)),
        ]
    if post_for(user, NOTE):
        found.append(Group("mentions", "提到我的", _mentions(user, most)))
    if has_reach(user, Reach.UNIT) or post_for(user, DECIDE):
        found.append(Group("disputes", "承办争议", _disputes(user, most)))
    if post_for(user, SUPERVISE):
        rows = [row for row in to_judge(user)[:most] if supervising.may_judge(user, row)]
        found.append(Group("judging", "等审核的督办答复", _supervisions(rows, "审核")))
    return [group for group in found if group.rows]


def _tasks(user: Any, on: date, most: int) -> list[Row]:
    return [
        Row(
            task.matter.title,
            reverse("matters:answer_support", args=[task.matter_id, task.pk]),
            f"{task.asked_by} 请{task.unit}协办{f'，{task.person}' if task.person else ''}",
            words_left(task.due_on, on),
            task.is_late(on),
        )
        for task in tasks_for(user)[:most]
    ]


def _mentions(user: Any, most: int) -> list[Row]:
    return [
        Row(
            row.matter.title,
            reverse("matters:read_note", args=[row.matter_id, row.note_id]),
            f"{row.note.author} 的备注（{row.note.get_kind_display()}）",
        )
        for row in notes.unread(user)[:most]
    ]


def _reminders(user: Any, most: int) -> list[Row]:
    return [
        Row(
            row.matter.title,
            reverse("matters:reply_reminder", args=[row.matter_id, row.pk]),
            f"{row.asked_by or '系统'}：{row.get_text_chosen_display()}",
        )
        for row in reminders_for(user)[:most]
    ]


def _supervisions(rows: Iterable[Any], what: str) -> list[Row]:
    name = "matters:answer_supervision" if what == "答复" else "matters:judge_supervision"
    return [
        Row(
            row.matter.title,
            reverse(name, args=[row.matter_id, row.pk]),
            f"{row.get_measure_display()}（{row.unit}，{row.get_ground_display()}）",
        )
        for row in rows
    ]


def _disputes(user: Any, most: int) -> list[Row]:
    """Those this person is to say a view on, and those they are to decide."""
    found = []
    for row in disputes_open(user)[:most]:
        if disputes.may_view(user, row):
            name, what = "matters:view_dispute", "请本单位表态"
        elif disputes.may_decide(user, row):
            name, what = "matters:decide_dispute", _asked(row)
        else:
            continue
        url = reverse(name, args=[row.matter_id, row.pk])
        found.append(Row(row.matter.title, url, f"{row.unit}认为不归它，{what}"))
    return found


def _asked(row: DutyDispute) -> str:
    if row.other is None:
        return "等裁定"
    return f"{row.other}{'已' if row.viewed_at else '还没'}表态，等裁定"
