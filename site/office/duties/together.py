"""Who holds several roles together, since when and confirmed by whom; and what may not be together."""

from dataclasses import dataclass
from datetime import date
from itertools import combinations

from office.appointing.wording import Holding, confirmed_holdings
from office.duties.outlook import Staff, Term
from office.models import User
from office.roles import BY_KEY, ROLES, combination_refused


@dataclass(frozen=True)
class Combined:
    """One person, all that is held, and why it may not be; "" when it may."""

    user: User
    holdings: list[Holding]
    forbidden: str = ""


def combined(here: Staff, on: date) -> list[Combined]:
    """People with more than one role now or to come; forbidden ones first."""
    roles: dict[int, set[str]] = {}
    for term in here.terms:
        roles.setdefault(term.user, set()).add(term.role)
    several = [user for user, held in roles.items() if len(held) > 1]
    people = User.objects.in_bulk(several)
    found = [
        Combined(people[pk], confirmed_holdings(people[pk], on), forbidden(here, pk))
        for pk in several
    ]
    return sorted(found, key=lambda one: (not one.forbidden, one.user.name, one.user.pk))


def forbidden(here: Staff, user: int) -> str:
    """Why two roles held on the same day may not be; "" when all may."""
    own = [term for term in here.terms if term.user == user]
    for one, other in combinations(own, 2):
        if _together(one, other) and (said := combination_refused({one.role, other.role})):
            return said
    return ""


def _together(one: Term, other: Term) -> bool:
    starts = max(one.first, other.first)
    return one.on(starts) and other.on(starts)


def by_role(here: Staff, on: date) -> list[tuple[str, list[str]]]:
    """Each role with the names of those who hold it today, deputies included."""
    return [
        (BY_KEY[role.key].label, [here.names[pk] for pk in sorted(here.holding({role.key}, on))])
        for role in ROLES
    ]
