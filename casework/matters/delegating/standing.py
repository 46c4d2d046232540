"""常设授权 in force: may this person accept or settle this very matter on the spot (practice §2)?

Asked beside the rights of a post, and again in the transaction of the move: one that was revoked or
ran out while a form was open gives nothing. Never for refusing or routing, never for reports, sealed
and group matters, never for whoever is on leave.
"""

from datetime import date
from typing import Any

from django.db.models import Q

from casework.matters.models import Matter, Move, StandingAuthorisation, StandingUse
from casework.matters.profiles import limits_of
from casework.matters.states import Klass, Path, State
from office.clock import now, today
from office.models import Leave
from office.posts import posts_of

Act = StandingAuthorisation.Act
#: what an authorisation can be for: names of rules of the table of moves
ACTS = tuple(Act.values)
_ITSELF = "凭常设授权只能办建议意见和信访程序的简单事项，其他途径请交信访办主任。"
_SUBJECT = "您的常设授权不含这个分类。请选授权范围内的分类，或者交信访办主任办理。"


def covers(
    user: Any, matter: Matter, act: str, on: date, category: Any = None
) -> StandingAuthorisation | None:
    """The authorisation by which a person may do this to a matter on a day.

    act: the name of the rule, "accept" or "on_spot"; category: the subject it is given with the act,
    else the one it has. None without a subject: what it is about was not said yet.
    """
    subject = category or matter.category
    if subject is None:
        return None
    subjects = [pk for pk in (subject.pk, subject.parent_id) if pk]
    rows = _in_force(user, matter, act, on)
    return rows.filter(categories__category__in=subjects).first() if rows is not None else None


def might_cover(user: Any, matter: Matter, act: str, on: date) -> bool:
    """Whether the button is offered: one covers it, or would, once its subject is chosen."""
    if matter.category_id is not None:
        return covers(user, matter, act, on) is not None
    rows = _in_force(user, matter, act, on)
    return rows is not None and rows.exists()


def _in_force(user: Any, matter: Matter, act: str, on: date) -> Any:
    """Authorisations of this person for so simple a matter; None where there can be none."""
    if act not in ACTS or not user.is_active or not _is_simple(matter):
        return None
    if getattr(user, "emergency", None) is not None or _is_away(user, on):
        return None
    roles = {post.role for post in posts_of(user, on)}
    holder = Q(person=user.pk) | Q(person=None, role__in=roles)
    rows = StandingAuthorisation.objects.on(on).filter(holder, act=act).exclude(given_by=user.pk)
    return rows.filter(most_people__gte=matter.people_count).order_by("pk")


def _is_simple(matter: Matter) -> bool:
    """Neither sealed nor a report nor of a group, and still at the counter."""
    if matter.sealed or matter.klass == Klass.REPORT or matter.state != State.REGISTERED:
        return False
    return matter.people_count < limits_of(matter.profile)["group"].days


def _is_away(user: Any, on: date) -> bool:
    rows = Leave.objects.filter(person=user.pk, cancelled=False)
    return rows.filter(valid_from__lte=on, valid_to__gte=on).exists()


def beyond(leave: StandingAuthorisation | None, data: dict[str, Any]) -> dict[str, str]:
    """Why an act by authorisation goes too far with these data: field → sentence."""
    if leave is None:
        return {"category": _SUBJECT}
    if data.get("klass") == Klass.REPORT or data.get("path") not in (None, "", Path.PETITION):
        return {"klass": _ITSELF}
    return {}


def note_use(leave: StandingAuthorisation, matter: Matter, act: str) -> None:
    """Which move was made by it; in the transaction of the move."""
    row: Move | None = matter.moves.filter(name=act).order_by("-pk").first()
    if row is not None:
        StandingUse(authorisation=leave, move=row, at=now()).save()


def in_force(on: date | None = None) -> list[StandingAuthorisation]:
    """All in force on a day, for the page of separation."""
    rows = StandingAuthorisation.objects.on(on or today())
    return list(
        rows.select_related("person", "given_by")
        .prefetch_related("categories__category")
        .order_by("pk")
    )
