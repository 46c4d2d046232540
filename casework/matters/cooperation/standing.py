"""In which part somebody meets a matter: for its lead, for a unit that helps, for the petition office."""

from collections.abc import Collection
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.conflicts.standing import asked_to_step_back, concerned_units, is_concerned
from casework.matters.models import Matter
from casework.matters.moving import STEP_BACK
from casework.matters.queries import running
from office.clock import today
from office.models import Post, Unit
from office.posts import posts_of
from office.roles import BY_KEY, Reach

NOTE, ASK = "matters.note_matter", "matters.ask_cooperation"
ANSWER, RETURN = "matters.answer_matter", "matters.return_matter"
NAME = "matters.assign_officer"
SUPERVISE, DECIDE = "matters.supervise_matter", "matters.decide_dispute"
DANGER, URGENT = "matters.raise_danger", "matters.report_urgent"
FRESH = "请刷新页面查看现在的情况。"


def _posts(user: Any, verb: str, unit: Unit | None) -> list[Post]:
    """Posts of this person, deputised ones included, that give a verb over a unit."""
    if unit is None:
        return []
    return [
        post
        for post in posts_of(user)
        if verb in BY_KEY[post.role].verbs
        and BY_KEY[post.role].reach == Reach.UNIT
        and unit.path.startswith(post.unit.path)
    ]


def of_unit(user: Any, unit: Unit | None, verb: str, person: Any = None) -> bool:
    """May this person do it for the unit? When somebody is named for it: they, or their head."""
    roles = {post.role for post in _posts(user, verb, unit)}
    return "unit_head" in roles or bool(roles and person in (None, user.pk))


def heads(user: Any, unit: Unit | None) -> bool:
    """Is this person head of the unit, or acting as such?"""
    return any(post.role == "unit_head" for post in _posts(user, ANSWER, unit))


def of_lead(user: Any, matter: Matter, verb: str) -> bool:
    """May this person do it for the unit that leads the matter: its officer, or its head?"""
    return of_unit(user, matter.lead_unit, verb, matter.officer_id)


def of_office(user: Any, verb: str) -> bool:
    """Does this person have the verb by a post that sees the whole street: office head, leader?"""
    return any(
        verb in BY_KEY[post.role].verbs and BY_KEY[post.role].reach == Reach.ALL
        for post in posts_of(user)
    )


def works_in(user: Any, units: Collection[Unit]) -> bool:
    """Does this person hold a post in one of these units, or below it?"""
    return any(post.unit.path.startswith(unit.path) for post in posts_of(user) for unit in units)


def is_inside(user: Any, matter: Matter) -> bool:
    """Whether this person reads what colleagues of the matter say to each other.

    Those who lead it, see all, or registered it do. Whoever sees it only by helping does as well,
    unless their unit is the one complained about: it is told what it is asked, and no more.
    """
    concerned = concerned_units(matter, today())
    if not concerned:
        return True
    return any(
        BY_KEY[post.role].reach == Reach.ALL
        or not is_concerned(post.unit, concerned)
        and (BY_KEY[post.role].reach in (Reach.ENTRIES, Reach.REVIEW) or _reaches(post, matter))
        for post in posts_of(user)
    )


def _reaches(post: Post, matter: Matter) -> bool:
    """Whether the matter comes to this person by this post: by its lead, or a unit that helps."""
    if BY_KEY[post.role].reach != Reach.UNIT:
        return False
    lead = matter.lead_unit
    if lead is not None and lead.path.startswith(post.unit.path):
        return True
    helping = matter.supports.filter(running(today()))
    return helping.filter(unit__path__startswith=post.unit.path).exists()


def require(allowed: bool, matter: Matter, by: Any) -> None:
    """Raise PermissionDenied, or ValidationError for somebody who was asked to step back."""
    if matter.sealed or not allowed:
        raise PermissionDenied
    if asked_to_step_back(matter).filter(user=by.pk).exists():
        raise ValidationError(STEP_BACK)


def require_words(**texts: tuple[str, str]) -> None:
    """Raise ValidationError for every text (field → (text, what to write)) that says nothing."""
    gaps = {name: told for name, (text, told) in texts.items() if not text.strip()}
    if gaps:
        raise ValidationError(gaps)
