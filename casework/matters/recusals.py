"""Who stepped back: from one matter of an arrival means from all that the arrival opened (art. 28)."""

from datetime import date

from django.db.models import QuerySet

from casework.matters.models import Item, ItemLink, Matter, Recusal
from casework.matters.queries import running
from office.history import because


def recused(matter: Matter, on: date) -> QuerySet:
    """Ids of the people who on a day stay out of this matter or of another of the same arrival."""
    items = ItemLink.objects.filter(matter=matter).values("item")
    related = ItemLink.objects.filter(item__in=items).values("matter")
    rows = Recusal.objects.filter(running(on))
    return (rows.filter(matter=matter) | rows.filter(matter__in=related)).values("user")


def carry_recusals(item: Item, matter: Matter, on: date) -> None:
    """Whoever stays out of a matter of the arrival stays out of its new matter from the start."""
    others = ItemLink.objects.filter(item=item).exclude(matter=matter).values("matter")
    rows = Recusal.objects.filter(running(on), matter__in=others)
    with because("同一来件的回避"):
        for user in rows.order_by("user").values_list("user", flat=True).distinct():
            Recusal(matter=matter, user_id=user, since=on).save()
