"""What others wait for from an officer: support tasks, supervisions, reminders, notes that name them."""

from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.cooperation import notes
from casework.matters.cooperation.queries import reminders_for, tasks_for, to_answer
from casework.matters.desks.duties import MOST, Duty
from casework.matters.models import Clock


def support_tasks(user: Any, on: date) -> list[Duty]:
    """What other units asked this person's unit for, the earliest day first. One query."""
    address = reverse("matters:answer_support", args=[0, 1])
    return [
        Duty(
            what="协办，答复主办单位", number=task.matter.number, title=task.matter.title,
            url=address.replace("/0/", f"/{task.matter_id}/").replace("/1/", f"/{task.pk}/"),
            due=task.due_on, kind="协办",
        )
        for task in tasks_for(user)[:MOST]
    ]  # fmt: skip


def supervisions(user: Any, on: date) -> list[Duty]:
    """Supervisions to answer, with the days of their clocks. Two queries."""
    rows = list(to_answer(user)[:MOST])
    ids = [row.matter_id for row in rows]
    clocks = Clock.objects.filter(
        matter__in=ids, kind="supervision", status=Clock.Status.RUNNING
    ).values_list("matter_id", "subject", "due_on")
    days = {(pk, subject): due for pk, subject, due in clocks}
    return [
        Duty(
            what=f"答复{row.get_measure_display()}：{row.get_ground_display()}",
            number=row.matter.number, title=row.matter.title,
            url=reverse("matters:answer_supervision", args=[row.matter_id, row.pk]),
            due=days.get((row.matter_id, row.subject)), kind="督办",
        )
        for row in rows
    ]  # fmt: skip


def reminders(user: Any, on: date) -> list[Duty]:
    """Reminders nobody has taken note of. One query."""
    return [
        Duty(
            what=row.get_text_chosen_display().rstrip("。"), number=row.matter.number,
            title=row.matter.title,
            url=reverse("matters:reply_reminder", args=[row.matter_id, row.pk]), kind="催办",
        )
        for row in reminders_for(user)[:MOST]
    ]  # fmt: skip


def mentions(user: Any, on: date) -> list[Duty]:
    """Notes that name this person and were not read. One query."""
    return [
        Duty(
            what=f"看 {row.note.author} 的备注", number=row.matter.number, title=row.matter.title,
            url=reverse("matters:read_note", args=[row.matter_id, row.note_id]), kind="提到您",
        )
        for row in notes.unread(user)[:MOST]
    ]  # fmt: skip
