"""The class and the last day a matter gets when it ends (domain §2.6 Archives).

The last day is fixed then. A term that is shortened later holds for later matters alone, a longer one
for all: nobody shortens what runs by changing a setting.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from casework.matters.models import Matter
from casework.matters.profiles import limits_of
from casework.matters.states import OPEN, Path, State
from office.history import acting
from office.limits import limit
from office.retention.classes import LONG, PERMANENT, SHORT, last_day, terms

_BITE = 500


@dataclass(frozen=True)
class Rules:
    """What decides the class of an ended matter. crowd: people from which on it is of public weight;
    years: terms in force by class. From how many on it is a group matter its own profile says.
    """

    crowd: int
    years: dict[str, int | None]

    @classmethod
    def here(cls) -> "Rules":
        return cls(limit("crowd_people"), terms())


def _is_group(matter: Matter) -> bool:
    return matter.people_count >= limits_of(matter.profile)["group"].days


_Condition = Callable[[Matter, Rules], bool]
#: the first condition that holds decides; ended matters that fit none are kept for the short term
_CLASSES: tuple[tuple[str, _Condition], ...] = (
    (SHORT, lambda matter, rules: matter.state == State.VOID),
    (PERMANENT, lambda matter, rules: matter.people_count >= rules.crowd),
    (LONG, lambda matter, rules: matter.sealed or _is_group(matter)),
    (LONG, lambda matter, rules: matter.path in (Path.PETITION, Path.DUTY)),
)


def class_of(matter: Matter, rules: Rules) -> str:
    """The class a matter has by rule when it ends."""
    return next((key for key, holds in _CLASSES if holds(matter, rules)), SHORT)


def ended_on(matter: Matter) -> date:
    """The day from which the term counts."""
    return matter.closed_on or matter.answered_on or matter.received_on


def give_term(matter: Matter, rules: Rules | None = None) -> None:
    """Give an ended matter its class and its last day; the row is not saved.

    One whose class was chosen by hand keeps it when it ends again.
    """
    rules = rules or Rules.here()
    matter.retention = matter.retention or class_of(matter, rules)
    matter.keep_until = last_day(ended_on(matter), rules.years[matter.retention])


def last_day_of(matter: Matter, rules: Rules) -> date | None:
    """The last day a matter is kept: the one it was given, or a later one by the term in force."""
    if not matter.retention or matter.keep_until is None:
        return None
    now_in_force = last_day(ended_on(matter), rules.years[matter.retention])
    return None if now_in_force is None else max(matter.keep_until, now_in_force)


def give_terms(moment: datetime) -> int:
    """The worker's turn: matters that ended without a term (ledgers, older versions) get one."""
    rows = Matter.objects.filter(retention="", due_on=None).exclude(state__in=OPEN)
    rules, found = Rules.here(), list(rows.order_by("pk").values_list("pk", flat=True)[:_BITE])
    for pk in found:
        with transaction.atomic(), acting(None, "定保管期限"):
            matter = Matter.objects.select_for_update().get(pk=pk)
            if not matter.retention and matter.state not in OPEN:
                give_term(matter, rules)
                matter.save()
    return len(found)
