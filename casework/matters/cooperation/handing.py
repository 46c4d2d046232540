"""Support tasks in somebody's hands: counted and handed over with the rest of their work."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from casework.matters.cooperation.standing import FRESH
from casework.matters.cooperation.support import put_person, why_not_named
from casework.matters.models import Matter, SupportTask

VERB = "matters.hand_over_work"


def open_tasks(user: Any) -> QuerySet:
    """Support tasks that wait for this person by name; of sealed and destroyed matters none."""
    return SupportTask.objects.filter(
        person=user, stage=SupportTask.Stage.ASKED, matter__sealed=False, matter__destroyed_at=None
    )


def open_work(user: Any) -> int:
    """How many support tasks must be handed over before this person goes."""
    return open_tasks(user).count()


def move_open(from_user: Any, to_user: Any, by: Any) -> tuple[list[SupportTask], list[str]]:
    """Give the tasks of one person to another of the same units: (moved, why the others stay).

    The caller has checked that `by` may hand over this work. A task whose new person cannot see the
    matter, or does not work in its unit, stays and is told of by the number of its matter. What `by`
    does not see is not told of and moves as well: nobody learns of it.
    """
    moved, stays = [], []
    with transaction.atomic():
        wanted = open_tasks(from_user).order_by("matter_id", "pk").values_list("pk", "matter_id")
        for pk, matter_id in wanted:
            matter = Matter.objects.select_for_update().get(pk=matter_id)
            task = SupportTask.objects.select_for_update().get(pk=pk)
            task.matter = matter
            if not task.waits or task.person_id != from_user.pk:
                stays.append(f"{matter.number} 的协办刚刚有变动。{FRESH}")
            elif why := why_not_named(task, to_user):
                if Matter.objects.visible_to(by).filter(pk=matter_id).exists():
                    stays.append(f"{matter.number} 的协办：{why}")
            else:
                put_person(task, to_user, by=by, verb=VERB)
                moved.append(task)
    return moved, stays
