"""What is so of a matter and the others it belongs to; nothing here is a fact of a person."""

from django.db.models import Exists, OuterRef, QuerySet

from casework.matters.models import GroupVisit, ItemLink, Matter, MatterLink, Petitioner
from casework.matters.profiles import limits_of
from casework.matters.states import State


def join_of(matter: Matter) -> MatterLink | None:
    """What a person found this matter to be the same as, as long as that stands."""
    return matter.joins.filter(until=None).select_related("to").first()


def members_of(matter: Matter) -> QuerySet[Matter]:
    """The matters that were merged into this one and are so still."""
    rows = MatterLink.objects.filter(to=matter, until=None, merged=True)
    return Matter.objects.filter(pk__in=rows.values("matter"))


def is_repeat(matter: Matter) -> bool:
    """重复信访: this very matter was found to have been brought before by the same person."""
    return matter.joins.filter(until=None, kind=MatterLink.Kind.REPEAT).exists()


def is_first(matter: Matter) -> bool:
    """初次信访: nothing else was found."""
    return not is_repeat(matter)


def repeats() -> Exists:
    """A condition on matters, for counting: those that are repeats."""
    rows = MatterLink.objects.filter(matter=OuterRef("pk"), until=None)
    return Exists(rows.filter(kind=MatterLink.Kind.REPEAT))


def is_group(matter: Matter) -> bool:
    """Whether so many people stand behind a matter that it is one of a group, by its own profile."""
    return matter.people_count >= limits_of(matter.profile)["group"].days


def representatives(matter: Matter) -> QuerySet[Petitioner]:
    """Who was chosen to speak for the others."""
    return matter.petitioners.filter(joining__representative=True).order_by("pk")


def same_arrival(matter: Matter) -> QuerySet:
    """Ids of the matters that came in with this one, itself included."""
    items = ItemLink.objects.filter(matter=matter).values("item")
    return ItemLink.objects.filter(item__in=items).values("matter")


def can_take(to: Matter) -> bool:
    """Whether a matter can take another one in: it goes its own way and is not over."""
    gone = to.sealed or to.destroyed_at is not None or not to.is_open
    return not gone and to.state not in (State.MERGED, State.SEALED)


def visits_of(matter: Matter) -> QuerySet[GroupVisit]:
    return matter.group_visits.select_related("recorded_by").order_by("on", "pk")


def talks_wanted(matter: Matter) -> bool:
    """Whether a talk can be offered: what came on line is a repeat (practice §1)."""
    return matter.channel == "online" and is_repeat(matter)
