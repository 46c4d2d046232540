"""Which acts on which matter: the verb comes from the role, the row from the post's unit."""

from typing import Any

from casework.matters.conflicts.standing import parts_of
from casework.matters.delegating.standing import might_cover
from casework.matters.lifecycle import Rule
from casework.matters.models import Item, Matter
from casework.matters.opinions import authors
from casework.matters.states import State
from casework.matters.table import RULES
from office.clock import today
from office.posts import posts_of
from office.roles import BY_KEY
from office.separation import Act, Part, holding, refused

#: verbs that belong to the lead unit; an officer uses them on own or unclaimed matters only
_NAME_OFFICER = "matters.assign_officer"
_OF_LEAD = {"matters.answer_matter", "matters.return_matter", _NAME_OFFICER}
#: verbs of the petition office without which a matter stands still: a leader uses them when nobody
#: else is left for this matter (practice §2: upward, never unlocked)
_REVIEW = "matters.review_opinion"
#: whoever wrote a draft is not offered to enter the paper on which it was reviewed or signed
_PAPER = "matters.enter_paper"
#: roles of the petition office; papers are entered by them and by the lead unit, not by who helps
_OF_OFFICE = {"registrar", "office_head"}
_UPWARD = {
    "matters.accept_matter", "matters.assign_matter", "matters.close_matter", _NAME_OFFICER, _REVIEW,
}  # fmt: skip
#: of the lead unit too, but the office head does it as well: service, more time
_OF_LEAD_OR_HEAD = {"matters.serve_opinion", "matters.ask_extension"}


def may(user: Any, matter: Matter, verb: str) -> bool:
    """May `user` do this to a matter they can see? Support units read, they do not decide."""
    return _may_by_post(user, matter, verb) or stands_in(user, matter, verb)


def may_move(user: Any, matter: Matter, rule: Rule) -> bool:
    """May this person make the move: by the verb, or by a standing authorisation for this very act?

    The move asks the authorisation once more, with its data (`moving.move`).
    """
    return may(user, matter, rule.verb) or might_cover(user, matter, rule.name, today())


def stands_in(user: Any, matter: Matter, verb: str) -> bool:
    """Does an act come up to this person, because those whose act it is all stay out of the matter?

    Naming an officer comes to the office head first; all else of the petition office to a leader. Who
    wrote a draft is nobody to review it.
    """
    held = {post.role for post in posts_of(user)}
    if verb not in _UPWARD or not held & {"office_head", "leader"}:
        return False
    parts, on, act = parts_of(matter), today(), Act.OTHER
    if verb == _REVIEW:
        parts, act = {**parts, Part.AUTHOR: authors(matter)}, Act.REVIEW

    def nobody(verb: str, over: Any = None) -> bool:
        people = holding(verb, on, over)
        return all(refused(act, one, parts) for one in people)

    if verb == _NAME_OFFICER:
        if matter.lead_unit is None or not nobody(verb, matter.lead_unit):
            return False
        if "office_head" in held:
            return True
        verb = "matters.assign_matter"
    return "leader" in held and nobody(verb)


def _may_by_post(user: Any, matter: Matter, verb: str) -> bool:
    if not user.has_perm(verb):
        return False
    if verb in _OF_LEAD_OR_HEAD and heads_office(user):
        return True
    posts = [post for post in posts_of(user) if verb in BY_KEY[post.role].verbs]
    if verb == _PAPER and not any(post.role in _OF_OFFICE for post in posts):
        return any(_covers(post, matter) for post in posts)
    if verb not in _OF_LEAD | _OF_LEAD_OR_HEAD:
        return True
    # The post that gives the verb must be the one over the lead unit: heads of one section are
    # not heads of another in which they only handle.
    roles = {
        post.role
        for post in posts_of(user)
        if verb in BY_KEY[post.role].verbs and _covers(post, matter)
    }
    return "unit_head" in roles or bool(roles and matter.officer_id in (None, user.pk))


def heads_office(user: Any) -> bool:
    """Is this person head of the petition office today, or acting as such?"""
    return any(post.role == "office_head" for post in posts_of(user))


def heads_lead(user: Any, matter: Matter) -> bool:
    """Is this person head of the unit that leads the matter?"""
    return any(post.role == "unit_head" and _covers(post, matter) for post in posts_of(user))


def may_speak_for(user: Any, item: Item) -> bool:
    """Receipt, query code and further matters are for whoever took the arrival in, and the head;
    of a sealed one for whoever took it in alone.
    """
    entered = item.registered_by_id is not None and item.registered_by_id == user.pk
    if item.sealed:
        return entered and user.has_perm("matters.enter_sealed")
    return user.has_perm("matters.add_matter") and (entered or heads_office(user))


def _covers(post: Any, matter: Matter) -> bool:
    lead = matter.lead_unit
    return lead is not None and lead.path.startswith(post.unit.path)


def available(user: Any, matter: Matter) -> list[Rule]:
    """The moves `user` can make now, in the order of the table; the buttons of the record."""
    return [
        rule
        for rule in RULES
        if matter.state in rule.sources
        and not rule.second
        and (rule.fits is None or rule.fits(matter))
        and may_move(user, matter, rule)
        and not (rule.verb == _PAPER and _wrote_draft(user, matter))
    ]


def _wrote_draft(user: Any, matter: Matter) -> bool:
    """Is this person the author of what waits to be reviewed or signed?"""
    return matter.state in (State.DRAFTED, State.REVIEWED) and user.pk in authors(matter)
