"""What holds on a day: who stays out of a matter, who is asked to, which units it is about."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import F, Q, QuerySet

from casework.matters.models import (
    ConcernedUnit,
    Conflict,
    ItemLink,
    Matter,
    MatterLink,
    Recusal,
)
from casework.matters.queries import running
from office.clock import today
from office.models import Unit
from office.posts import posts_of
from office.separation import Part, Parts


def family(matter: Matter) -> QuerySet:
    """Ids of the matters that came in by an arrival of this one, and of those that were merged with
    it (`MatterLink`); itself left out.
    """
    return Matter.objects.filter(_together([matter.pk])).exclude(pk=matter.pk).values("pk")


def _together(matters: Any) -> Q:
    items = ItemLink.objects.filter(matter__in=matters).values("item")
    came = ItemLink.objects.filter(item__in=items).values("matter")
    links = MatterLink.objects.filter(until=None, merged=True)
    into = links.filter(matter__in=matters).values("to")
    beside = links.filter(Q(to__in=matters) | Q(to__in=into)).values("matter")
    return Q(pk__in=came) | Q(pk__in=into) | Q(pk__in=beside)


def recused(matter: Matter, on: date) -> QuerySet:
    """Ids of the people who on a day stay out of this matter or of another of the same arrival."""
    rows = Recusal.objects.filter(running(on))
    # What reached a sibling from a third matter, by another arrival, goes no further; what a sealed
    # one says goes nowhere.
    far = rows.filter(Q(conflict=None) | Q(conflict__matter=F("matter")), matter__sealed=False)
    return (rows.filter(matter=matter) | far.filter(matter__in=family(matter))).values("user")


def touched(on: date) -> set[int]:
    """Ids of the matters of which `recused` may name anybody on a day; of all others it names none."""
    matters = Recusal.objects.filter(running(on)).values("matter")
    rows = Matter.objects.filter(Q(pk__in=matters) | _together(matters))
    return set(rows.values_list("pk", flat=True))


def hidden_roots_for(user: Any, on: date | None = None) -> QuerySet:
    """Ids of the matters this person stays out of on a day: no door may name them, no log either."""
    return Recusal.objects.filter(running(on or today()), user=user).values("matter")


def asked_to_step_back(matter: Matter) -> QuerySet:
    """Ids of the people whom a petitioner asked to step back, while nobody has decided."""
    rows = Conflict.objects.filter(decision="", kind=Conflict.Kind.ASKED)
    return rows.filter(Q(matter=matter) | Q(matter__in=family(matter))).values("user")


def parts_of(matter: Matter, asker: int | None = None) -> Parts:
    """Who has been what to the record, as `office.separation` asks: askers and the concerned."""
    concerned = [row["user"] for row in recused(matter, today())]
    concerned += [row["user"] for row in asked_to_step_back(matter)]
    return {Part.CONCERNED: concerned, Part.ASKER: () if asker is None else (asker,)}


def concerned_units(matter: Matter, on: date) -> list[ConcernedUnit]:
    """The units whose act the matter is about, on a day."""
    rows = matter.concerned_units.filter(running(on)).select_related("unit", "entered_by")
    return list(rows.order_by("pk"))


def may_lead(matter: Matter, units: Iterable[Unit], on: date) -> list[Unit]:
    """Those of the units that the matter is not about."""
    rows = concerned_units(matter, on)
    return [unit for unit in units if not is_concerned(unit, rows)]


def is_concerned(unit: Unit, rows: Iterable[ConcernedUnit]) -> bool:
    """Whether a unit is, or belongs to, one of those the matter is about."""
    return any(unit.path.startswith(row.unit.path) for row in rows)


def works_for_concerned(user: Any, rows: Iterable[ConcernedUnit], on: date) -> bool:
    """Whether a person holds a post in one of the units the matter is about."""
    wanted = list(rows)
    return bool(wanted) and any(is_concerned(post.unit, wanted) for post in posts_of(user, on))
