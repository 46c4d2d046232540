"""What of this package goes along when somebody hands their work to a colleague."""

from typing import Any

from django.db import transaction

from casework.matters.models import FollowUp, Matter
from casework.matters.outcomes.following import people_for
from office.history import because
from office.models import User


def open_of(user: User) -> list[FollowUp]:
    """The calls that were given to this person and are still owed, the earliest first."""
    rows = FollowUp.objects.filter(assigned_to=user, result="")
    return list(rows.select_related("matter__lead_unit").order_by("due_on", "pk"))


def move_open(from_user: User, to_user: User, by: Any) -> int:
    """Give the calls of one person to another and return how many.

    Where the other may not call (recused, another unit), the call goes back to whoever comes first.
    by: who hands over; the caller has checked that right.
    """
    moved = 0
    with transaction.atomic():
        for found in open_of(from_user):
            Matter.objects.select_for_update().get(pk=found.matter_id)
            row = FollowUp.objects.select_for_update().get(pk=found.pk)
            if row.result or row.assigned_to_id != from_user.pk:
                continue
            row.matter = found.matter
            fits = to_user.pk in {user.pk for user in people_for(row)}
            row.assigned_to = to_user if fits else None
            with because("移交手上的工作", user=by):
                row.save()
            moved += 1
    return moved
