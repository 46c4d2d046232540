"""What others wait for from an officer: support tasks, supervisions, reminders, notes that name them."""

from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.cooperation.notes import mentioned
from casework.matters.cooperation.queries import answers_owed, reminders_sent, tasks_asked
from casework.matters.desks.duties import MOST, Pointer
from casework.matters.models import Clock, InternalNote, Reminder, Supervision


def support_tasks(user: Any, on: date) -> list[Pointer]:
    """What other units asked this person's unit for, the earliest day first. One query."""
    rows = tasks_asked(user).values_list("pk", "matter_id", "due_on")[:MOST]
    address = _pattern("matters:answer_support")
    return [
        Pointer(matter, "协办，答复主办单位", address(matter, pk), due, "协办")
        for pk, matter, due in rows
    ]


def supervisions(user: Any, on: date) -> list[Pointer]:
    """Supervisions to answer, with the days of their clocks. Two queries at most."""
    rows = list(answers_owed(user).values_list("pk", "matter_id", "measure", "ground")[:MOST])
    if not rows:
        return []
    clocks = Clock.objects.filter(
        matter__in=[row[1] for row in rows], kind="supervision", status=Clock.Status.RUNNING
    )
    days = dict(clocks.values_list("subject", "due_on"))
    address = _pattern("matters:answer_supervision")
    return [
        Pointer(
            matter,
            f"答复{Supervision.Measure(measure).label}：{Supervision.Ground(ground).label}",
            address(matter, pk),
            days.get(f"supervision:{abs(pk)}"),
            "督办",
        )
        for pk, matter, measure, ground in rows
    ]


def reminders(user: Any, on: date) -> list[Pointer]:
    """Reminders nobody has taken note of. One query."""
    rows = reminders_sent(user).values_list("pk", "matter_id", "text_chosen")[:MOST]
    address = _pattern("matters:reply_reminder")
    return [
        Pointer(
            matter, Reminder.Text(told).label.rstrip("。"), address(matter, pk), kind="催办"
        )
        for pk, matter, told in rows
    ]  # fmt: skip


def mentions(user: Any, on: date) -> list[Pointer]:
    """Notes that name this person and were not read. One query."""
    rows = mentioned(user).values_list("note_id", "matter_id", "note__author__name", "note__kind")
    address = _pattern("matters:read_note")
    return [
        Pointer(
            matter, f"看 {who} 的备注（{InternalNote.Kind(kind).label}）", address(matter, note),
            kind="提到您",
        )
        for note, matter, who, kind in rows[:MOST]
    ]  # fmt: skip


def _pattern(name: str) -> Any:
    """Addresses of one page, looked up once and not for each line: (matter, row) → address."""
    first, second = 900000000000001, 900000000000002
    pattern = reverse(name, args=[first, second])

    def address(matter: int, pk: int) -> str:
        return pattern.replace(str(first), str(matter)).replace(str(second), str(pk))

    return address
