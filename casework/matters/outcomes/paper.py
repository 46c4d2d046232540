"""纸质签批: what leaders signed on paper, entered by somebody else, confirmed by themselves (practice §2).

A leader who signs on paper leaves no trace in the record but a scan that a colleague entered. So it
is marked as such, the drafter never enters it, and the leader goes through a list of every month.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q

from casework.matters.models import Approval, Matter, MatterFile, PaperSignature
from casework.matters.moving import taken_up
from casework.matters.outcomes.signers import why_not
from casework.matters.permissions import may
from casework.matters.recording import as_of, log_move
from casework.matters.sealed.keys import key_for
from casework.matters.table import LABELS, RULES
from office.clock import now, today
from office.history import because
from office.models import Post, User
from office.roles import ROLES
from office.separation import ACTS_OF_TWO

ENTER, CONFIRM = "matters.enter_paper", "matters.confirm_paper"
#: verbs by which a leader signs
_SIGNED = {
    "matters.sign_opinion", "matters.decide_extension", "matters.decide_refusal",
    "matters.decide_reopen", "matters.decide_rerouting", "matters.decide_void",
    "matters.decide_served", "matters.decide_correction",
}  # fmt: skip
_LATELY = timedelta(days=365)
#: what may be signed besides the moves of the table and the acts of two
_OTHER = {"notice": "告知书", "letter": "函件", "document": "其他文书"}


def label_of(what: str) -> str:
    """What was signed, in words: a move, an act of two, or a kind of paper."""
    if what in ACTS_OF_TWO:
        return ACTS_OF_TWO[what].label
    return LABELS.get(what) or _OTHER.get(what, what)


def enter(
    matter: Matter,
    what: str,
    leader: User,
    signed_on: date,
    scan: MatterFile,
    by: Any,
    *,
    drafter: User | None = None,
    approval: Approval | None = None,
) -> PaperSignature:
    """Write down that `leader` signed on paper; he confirms it from the list of the month.

    what: name of the move, key of the act of two or kind of paper; scan: a file of the matter;
    drafter: who wrote what was signed. Raises ValidationError (field → sentence), PermissionDenied
    and Matter.DoesNotExist as `moving.move` does. May be called inside the caller's transaction.
    """
    with transaction.atomic():
        matter = taken_up(matter, by)
        if not may(by, matter, ENTER):
            raise PermissionDenied
        if wrong := why_not(matter, leader, signed_on, scan, by, drafter=drafter):
            raise ValidationError(wrong)
        row = PaperSignature(
            pk=key_for(matter.sealed), matter=matter, what=what, leader=leader,
            signed_on=signed_on, scan=scan, drafter=drafter, approval=approval, entered_by=by,
            entered_at=now(),
        )  # fmt: skip
        with because("录入纸质签批", **as_of(by, ENTER)):
            row.save()
        log_move(
            matter, "enter_paper", by=by, on=today(), source=matter.state, verb=ENTER,
            summary=f"{leader} {signed_on:%Y-%m-%d} 在纸上签批：{label_of(what)}（纸质签批，待本人核对）",
        )  # fmt: skip
    return row


def whats() -> list[tuple[str, str]]:
    """What leaders sign on paper, for a form: (key, label)."""
    acts = {key: act.label for key, act in ACTS_OF_TWO.items() if act.verb in _SIGNED}
    moves = {rule.name: rule.label for rule in RULES if rule.verb in _SIGNED}
    return list((moves | acts | _OTHER).items())


def leaders() -> list[User]:
    """Leaders of today and of lately: a paper may have been signed before a change."""
    roles = [role.key for role in ROLES if CONFIRM in role.verbs]
    posts = Post.objects.filter(role__in=roles).filter(
        Q(valid_to=None) | Q(valid_to__gte=today() - _LATELY)
    )
    return list(User.objects.filter(pk__in=posts.values("user")).order_by("name", "pk"))


def drafters() -> list[User]:
    """Who may have drafted it: people with a post today."""
    posts = Post.objects.on(today())
    return list(User.objects.filter(is_active=True, pk__in=posts.values("user")).order_by("name"))
