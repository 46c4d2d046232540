"""判重: which earlier matters may be the same as one that was just registered (domain §2.7).

The machine proposes, a person decides. A proposal is number, date, subject and unit of a matter and
nothing else: no name, and not whether it was found by the person or by what was said. It needs an
arrival in hand, every check is a look, and who checks often is asked about (practice §5). Sealed
matters, reports, and matters the asker stays out of are in none, at the cost of the same queries.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q, QuerySet

from casework.matters.conflicts.standing import hidden_roots_for
from casework.matters.contacts import id_hashes, phone_hashes
from casework.matters.models import Matter, MatterLink, NotRepeat, Petitioner
from casework.matters.permissions import may, may_speak_for
from casework.matters.profiles import limits_of
from casework.matters.repeats.facts import same_arrival
from casework.matters.searching import KIND, SAID
from casework.matters.states import Klass, State
from office import search
from office.clock import now
from office.limits import limit
from office.looks import Act, Way, holding, log_look
from office.posts import post_for

VERB = "matters.link_repeat"
WHAT = "判重查找"
SHOWN = 8
#: such a look opens nothing of the vault: it is a place where nothing lies
_NOTHING = ("matters.repeats.",)
_WANTED = ("pk", "number", "received_on", "category", "lead_unit", "state")


@dataclass(frozen=True)
class Hint:
    """What the asker is told of a matter that may be the same: all there is in the table of roles."""

    number: str
    received_on: date
    category: str
    unit: str


def may_check(user: Any, matter: Matter) -> bool:
    """With the arrival in hand: whoever took it in, or heads the office, until it is accepted."""
    waits = matter.state in (State.REGISTERED, State.MERGED)
    if matter.sealed or not waits or not may(user, matter, VERB):
        return False
    links = matter.links.select_related("item")
    return any(may_speak_for(user, link.item) for link in links)


def possible(matter: Matter, by: Any) -> list[Hint]:
    """What may be the same as this matter, the newest first; written to the look ledger first.

    Raises PermissionDenied without an arrival in hand.
    """
    if not may_check(by, matter):
        raise PermissionDenied
    _log(matter, by)
    return [_hint(row) for row in proposals(matter, by)[:SHOWN]]


def _log(matter: Matter, by: Any) -> None:
    """One look for a quarter of an hour at one matter, like every reading of a record."""
    if any(look.what == WHAT for look in holding(by, matter, now())):
        return
    way = Way(Act.SEARCH, typed=False, opens=_NOTHING)
    why = "登记时核对是否重复"
    log_look(by, matter, WHAT, purpose=why, post=post_for(by, VERB), way=way)


def _hint(row: Matter) -> Hint:
    return Hint(
        number=row.number,
        received_on=row.received_on,
        category=str(row.category or "还没有分类"),
        unit=str(row.lead_unit or "还没有交办"),
    )


def proposals(matter: Matter, by: Any) -> list[Matter]:
    """The matters themselves, for the program: what the asker may know of them is a `Hint`.

    The same queries whatever there is: a hidden matter is left out where all are chosen.
    """
    since = matter.received_on - timedelta(days=limits_of(matter.profile)["repeat"].days)
    least = limit("repeat_likeness") / 100
    claim = matter.unlocked("claim")
    close = {
        *search.alike(SAID, claim, since, least),
        *search.alike(KIND, matter.title, since, least),
    }
    rows = open_to(by).filter(received_on__gte=since).exclude(pk__in=same_arrival(matter))
    rows = rows.exclude(pk__in=_decided(matter)).filter(_same_person(matter) | Q(pk__in=close))
    rows = rows.select_related("category", "lead_unit").only(*_WANTED, *_NAMES)
    return list(rows.distinct().order_by("-received_on", "-pk")[: SHOWN + 1])


_NAMES = ("category__name", "lead_unit__name")


def open_to(by: Any) -> QuerySet[Matter]:
    """Matters a proposal may name to this person: neither sealed, of class B, void nor destroyed,
    nor one they stay out of.
    """
    rows = Matter.objects.filter(sealed=False, destroyed_at=None)
    rows = rows.exclude(klass=Klass.REPORT).exclude(state=State.VOID)
    return rows.exclude(pk__in=hidden_roots_for(by))


def _decided(matter: Matter) -> QuerySet:
    """Ids of the matters of which a person said already what they are to this one."""
    different = NotRepeat.objects.filter(matter=matter).values("other")
    same = MatterLink.objects.filter(matter=matter, until=None).values("to")
    other_way = MatterLink.objects.filter(to=matter, until=None).values("matter")
    return Matter.objects.filter(Q(pk__in=different) | Q(pk__in=same) | Q(pk__in=other_way)).values(
        "pk"
    )


def _same_person(matter: Matter) -> Q:
    """Matters with at least one petitioner of this one: by phone, by paper, by name and place.

    Co-petitioners, representatives and whoever an agent speaks for are petitioners all alike.
    """
    phones: set[str] = set()
    papers: set[str] = set()
    names: set[str] = set()
    for row in matter.petitioners.order_by("pk"):
        row.matter = matter  # the key is at hand already
        phones |= phone_hashes(row.unlocked("phone"))
        papers |= id_hashes(row.unlocked("id_number"))
        names |= {row.name_hash} - {""}
    told = Petitioner.objects.filter(
        Q(phone_hash__in=phones or ["-"]) | Q(id_hash__in=papers or ["-"])
    )
    called = Petitioner.objects.filter(name_hash__in=names or ["-"])
    near = Q(community=matter.community_id) if matter.community_id else Q(pk=0)
    if matter.category_id:
        near |= Q(category=matter.category_id)
    return Q(pk__in=told.values("matter")) | (Q(pk__in=called.values("matter")) & near)
