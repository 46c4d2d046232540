"""Saying that somebody should stay out of a matter: oneself, by a petitioner's wish, by being named."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.conflicts.standing import recused
from casework.matters.models import Conflict, Matter
from casework.matters.moving import locked
from casework.matters.recusals import ASK, recuse
from casework.matters.states import State
from office.clock import today
from office.models import Post, User

KIND = Conflict.Kind
LEAST = 4  # characters of a reason that says something


def may_declare(user: Any, matter: Matter) -> bool:
    """Whoever sees a matter may step back from it; art. 28 makes it a duty."""
    return matter.state != State.VOID


def may_say(user: Any, matter: Matter) -> bool:
    """May this person enter whom a petitioner wants to step back, or who is named in the matter?"""
    return matter.state != State.VOID and not matter.sealed and user.has_perm(ASK)


def declare(matter: Matter, *, by: Any, reason: str) -> Conflict:
    """Step back oneself, at once. Raises ValidationError, Matter.DoesNotExist."""
    with transaction.atomic():
        matter = locked(matter, by)
        if not may_declare(by, matter):
            raise ValidationError(f"{matter.number} 已作废，不用回避。")
        _check(reason, required=not matter.sealed)
        return recuse(matter, by, kind=KIND.DECLARED, reason=reason, by=by)


def say(matter: Matter, user: User, *, kind: str, reason: str, by: Any) -> Conflict:
    """Enter that a petitioner wants `user` to step back ("asked"), or that `user` is "named".

    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        matter = locked(matter, by)
        if not may_say(by, matter):
            raise PermissionDenied
        if kind not in (KIND.ASKED, KIND.NAMED):
            raise ValidationError({"kind": "请选择是哪一种。"})
        _check(reason, required=True)
        if not user.is_active or not Post.objects.on(today()).filter(user=user).exists():
            raise ValidationError({"user": f"{user}现在没有岗位，不用回避。"})
        if recused(matter, today()).filter(user=user).exists():
            raise ValidationError({"user": f"{user}已经回避这件事项。"})
        return recuse(matter, user, kind=kind, reason=reason, by=by)


def staff() -> list[User]:
    """Who can be named or asked to step back: people with a post today, by name."""
    posts = Post.objects.on(today())
    return list(User.objects.filter(is_active=True, posts__in=posts).distinct().order_by("name"))


def _check(reason: str, *, required: bool) -> None:
    if required and len(reason.strip()) < LEAST:
        raise ValidationError(
            {"reason": "请写明理由，例如：是信访人的亲属、和事情有直接利害关系。"}
        )
