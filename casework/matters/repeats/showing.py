"""What the record says of repeats and of joint matters to one reader."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.models import GroupVisit, Matter, MatterLink, TalkOffer
from casework.matters.opening import PEOPLE, TEXTS
from casework.matters.permissions import may, may_speak_for
from casework.matters.profiles import representative_limit
from casework.matters.reading import shown
from casework.matters.repeats import joining, visiting
from casework.matters.repeats.facts import is_group, join_of, visits_of
from casework.matters.repeats.finding import VERB, Hint, may_check, possible
from casework.matters.states import State


@dataclass(frozen=True)
class Seen:
    """Another matter: its number and address where the reader may open it, else that there is one."""

    number: str
    url: str
    state: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Repeats:
    """判重 of a matter. into: what it was merged into or repeats; members: what was merged into it;
    hints: what may be the same, for whoever took it in; offers: talks offered.
    """

    join: MatterLink | None
    into: Seen | None
    reason: str
    members: list[Seen]
    hints: list[Hint]
    check_url: str
    undo_url: str
    offer_url: str
    offers: list[tuple[TalkOffer, str]]


def repeats(user: Any, matter: Matter, opened: Collection[str]) -> Repeats | None:
    """The section, None when there is nothing to say and nothing to do."""
    join, texts = join_of(matter), TEXTS in opened
    if join is not None:
        join.matter = matter
    joined = matter.joined.filter(until=None, merged=True).values("matter")
    members = Matter.objects.visible_to(user).filter(pk__in=joined).order_by("pk")
    hints = possible(matter, user) if join is None and _took_it_in(user, matter) else []
    mine = may(user, matter, VERB)
    found = Repeats(
        join=join,
        into=_seen(user, join.to) if join else None,
        reason=shown(join, "reason", texts) if join else "",
        members=[_line(row) for row in members],
        hints=hints,
        check_url=_check_url(user, matter) if join is None else "",
        undo_url=reverse("matters:no_repeat", args=[matter.pk]) if mine and _apart(join) else "",
        offer_url=_offer_url(user, matter),
        offers=_offers(matter, texts),
    )
    return found if any((join, found.members, hints, found.check_url, found.offers)) else None


def right_after(user: Any, matters: list[Matter]) -> list[tuple[Matter, int]]:
    """(matter, how many may be the same) of what this person has just registered, for the page that
    follows registration; each check is a look.
    """
    found = []
    for matter in matters:
        if _took_it_in(user, matter) and (hints := possible(matter, user)):
            found.append((matter, len(hints)))
    return found


def _took_it_in(user: Any, matter: Matter) -> bool:
    """The hints come by themselves to whoever has just registered the matter, to nobody else."""
    mine = matter.registered_by_id == user.pk and matter.state == State.REGISTERED
    return mine and may_check(user, matter)


def _apart(join: MatterLink | None) -> bool:
    return join is not None and not join.merged


def _check_url(user: Any, matter: Matter) -> str:
    waits = matter.state == State.REGISTERED
    return reverse("matters:repeats", args=[matter.pk]) if waits and may(user, matter, VERB) else ""


def _offer_url(user: Any, matter: Matter) -> str:
    may_offer = matter.is_open and visiting.may_offer(user, matter)
    return reverse("matters:offer_talk", args=[matter.pk]) if may_offer else ""


def _offers(matter: Matter, texts: bool) -> list[tuple[TalkOffer, str]]:
    found = []
    for row in matter.talk_offers.select_related("offered_by").order_by("pk"):
        row.matter = matter
        found.append((row, shown(row, "note", texts)))
    return found


def _seen(user: Any, other: Matter) -> Seen:
    """The other matter as this reader may know it; nothing tells why one cannot be opened."""
    if not Matter.objects.visible_to(user).filter(pk=other.pk).exists():
        return Seen("", "")
    return _line(other)


def _line(other: Matter) -> Seen:
    url = reverse("wagtailsnippets_matters_matter:inspect", args=[other.pk])
    return Seen(other.number, url, other.get_state_display(), other.due_on)


@dataclass(frozen=True)
class Joint:
    """联名与集体访: how many stand behind it, who speaks, how many came when.

    receipts: (who, address) of the arrivals of those who came later, for whoever gives receipts.
    """

    people: int
    group: bool
    limit: int
    speakers: list[str]
    visits: list[tuple[GroupVisit, str, str]]
    receipts: list[tuple[str, str]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)


def joint(user: Any, matter: Matter, opened: Collection[str]) -> Joint | None:
    """The section, None for a matter of one person of which nobody may make more."""
    names, texts = PEOPLE in opened, TEXTS in opened
    rows = list(matter.co_petitioners.select_related("petitioner", "item").order_by("pk"))
    for row in rows:
        row.petitioner.matter = matter
    visits = []
    for visit in visits_of(matter):
        visit.matter = matter
        visits.append((visit, shown(visit, "place", texts), shown(visit, "note", texts)))
    found = Joint(
        people=matter.people_count,
        group=is_group(matter),
        limit=representative_limit(matter.profile, matter.people_count).days,
        speakers=[
            shown(row.petitioner, "name", names) or "没有登记姓名"
            for row in rows
            if row.representative
        ],
        visits=visits,
        receipts=[
            (shown(row.petitioner, "name", names), reverse("matters:receipt", args=[row.item_id]))
            for row in rows
            if row.item is not None and may_speak_for(user, row.item)
        ],
        links=_to_do(user, matter),
    )
    return found if matter.people_count > 1 or rows or visits or found.links else None


def _to_do(user: Any, matter: Matter) -> list[tuple[str, str]]:
    found = []
    if joining.may_join(user, matter):
        found.append(("加入联名", reverse("matters:join", args=[matter.pk])))
        if matter.people_count > 1:
            found.append(("推选代表", reverse("matters:choose", args=[matter.pk])))
    if matter.people_count > 1 and visiting.may_note_visit(user, matter):
        found.append(("记集体访", reverse("matters:group_visit", args=[matter.pk])))
    return found
