"""What waits for whom in working together; every read begins with the matters the person sees."""

from typing import Any

from django.db.models import Q, QuerySet

from casework.matters.models import (
    DutyDispute,
    Matter,
    Reminder,
    Supervision,
    SupportTask,
)
from casework.matters.queries import at_visible
from office.posts import posts_of, unit_ids
from office.roles import Reach


def seen_by(user: Any) -> QuerySet:
    """Keys of the matters this person may open, without those that have no text any more."""
    return Matter.objects.visible_to(user).filter(sealed=False, destroyed_at=None).values("pk")


def _mine_alone(user: Any) -> bool:
    """Whether this person handles matters of the unit without heading it."""
    return not any(post.role == "unit_head" for post in posts_of(user))


def tasks_asked(user: Any) -> QuerySet:
    """Support tasks asked of this person: named for them, or for nobody yet, in their units; for a
    head all of the unit. Whether they still see the matter is the reader's to ask.
    """
    units = unit_ids(user, Reach.UNIT)
    if not units:
        return SupportTask.objects.none()
    rows = SupportTask.objects.filter(stage=SupportTask.Stage.ASKED, unit__in=units)
    if _mine_alone(user):
        rows = rows.filter(Q(person=None) | Q(person=user))
    return rows.order_by("due_on", "pk")


def tasks_for(user: Any) -> QuerySet:
    """Support tasks that wait for this person, of matters they see. The earliest day first."""
    rows = tasks_asked(user).filter(at_visible(user), matter__destroyed_at=None)
    return rows.select_related("matter", "unit", "asked_by", "person")


def tasks_in_hand(user: Any) -> QuerySet:
    """Support tasks that wait for this person by name: they go to somebody else before they leave."""
    return SupportTask.objects.filter(
        person=user, stage=SupportTask.Stage.ASKED, matter__sealed=False, matter__destroyed_at=None
    )


def reminders_sent(user: Any) -> QuerySet:
    """Reminders nobody of the lead unit has taken note of, for its officer or head; seen or not."""
    units = unit_ids(user, Reach.UNIT)
    if not units:
        return Reminder.objects.none()
    rows = Reminder.objects.filter(read_at=None, unit__in=units)
    if _mine_alone(user):
        rows = rows.filter(Q(matter__officer=None) | Q(matter__officer=user))
    return rows.order_by("pk")


def reminders_for(user: Any) -> QuerySet:
    """Those of them at matters this person sees."""
    rows = reminders_sent(user).filter(at_visible(user), matter__destroyed_at=None)
    return rows.select_related("matter", "unit", "asked_by")


def answers_owed(user: Any) -> QuerySet:
    """Supervisions this person's unit has to answer, seen or not."""
    units = unit_ids(user, Reach.UNIT)
    if not units:
        return Supervision.objects.none()
    rows = Supervision.objects.filter(stage=Supervision.Stage.ASKED, unit__in=units)
    if _mine_alone(user):
        rows = rows.filter(Q(matter__officer=None) | Q(matter__officer=user))
    return rows.order_by("pk")


def to_answer(user: Any) -> QuerySet:
    """Those of them at matters this person sees."""
    rows = answers_owed(user).filter(at_visible(user), matter__destroyed_at=None)
    return rows.select_related("matter", "unit")


def supervisions_for(user: Any) -> QuerySet:
    """Supervisions that run, of the matters this person sees; the oldest first."""
    rows = Supervision.objects.filter(at_visible(user), stage__in=("asked", "answered"))
    return rows.select_related("matter", "unit").order_by("pk")


def to_judge(user: Any) -> QuerySet:
    """Answers to supervisions that wait for a supervisor."""
    return supervisions_for(user).filter(stage=Supervision.Stage.ANSWERED)


def disputes_open(user: Any) -> QuerySet:
    """Disputes over duty that wait, of the matters this person sees."""
    rows = DutyDispute.objects.filter(at_visible(user), decision="", withdrawn_at=None)
    return rows.select_related("matter", "unit", "other").order_by("pk")
