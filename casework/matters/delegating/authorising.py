"""Giving and taking back a standing authorisation: the office head's, in writing, to a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from casework.matters.delegating.standing import ACTS
from casework.matters.models import Category, StandingAuthorisation, StandingCategory
from casework.matters.profiles import limits_of, profile_on
from casework.matters.recording import as_of
from office.clock import now, today
from office.history import because
from office.models import User
from office.numbers import draw
from office.posts import posts_of
from office.roles import BY_KEY

VERB = StandingAuthorisation.VERB
ROLES = ("registrar",)  # who stands at the counter
LONGEST = timedelta(days=366)
_SERIES = "SQ"


@dataclass(frozen=True)
class Wish:
    """What is to be allowed to whom: a person, or everybody of a role."""

    act: str
    categories: Sequence[Category]
    most_people: int
    valid_from: date
    valid_to: date
    reason: str
    person: User | None = None
    role: str = ""


def authorise(wish: Wish, *, by: Any) -> StandingAuthorisation:
    """Write an authorisation down. Raises PermissionDenied, ValidationError (field → sentence)."""
    if not by.has_perm(VERB):
        raise PermissionDenied
    if gaps := _gaps(wish, by):
        raise ValidationError(gaps)
    with transaction.atomic():
        year = timezone.localtime(now()).year
        row = StandingAuthorisation(
            act=wish.act, person=wish.person, role=wish.role, most_people=wish.most_people,
            valid_from=wish.valid_from, valid_to=wish.valid_to, reason=wish.reason.strip(),
            given_by=by, given_at=now(), number=f"{_SERIES}{year}-{draw(_SERIES, year):06d}",
        )  # fmt: skip
        with because("常设授权", **as_of(by, VERB)):
            row.save()
            for category in wish.categories:
                StandingCategory(authorisation=row, category=category).save()
    return row


def _gaps(wish: Wish, by: Any) -> dict[str, str]:
    gaps = {}
    if wish.act not in ACTS:
        gaps["act"] = "请选择授权办理什么。"
    if (wish.person is None) == (wish.role == ""):
        gaps["holder"] = "请选一位同事，或者一个岗位。"
    elif wish.person is not None:
        gaps |= _unfit(wish.person, by)
    elif wish.role not in ROLES:
        gaps["holder"] = "只能授权给登记员。"
    if not wish.categories:
        gaps["categories"] = "请至少选一个分类：常设授权只管选定的分类。"
    if not wish.reason.strip():
        gaps["reason"] = "请写明为什么授权，例如：窗口人多，简单的事当场受理。"
    return gaps | _wrong_days(wish) | _too_many(wish)


def _unfit(person: User, by: Any) -> dict[str, str]:
    if person.pk == by.pk:
        return {"holder": "不能授权给自己。"}
    roles = {post.role for post in posts_of(person, today()) if post.user_id == person.pk}
    if not person.is_active or not roles & set(ROLES):
        labels = "、".join(BY_KEY[role].label for role in ROLES)
        return {"holder": f"{person} 现在不是{labels}，不能授权。"}
    return {}


def _wrong_days(wish: Wish) -> dict[str, str]:
    if wish.valid_from < today():
        return {"valid_from": "授权不能从过去的日子开始。"}
    if wish.valid_to < wish.valid_from:
        return {"valid_to": "结束日期不能早于开始日期。"}
    if wish.valid_to - wish.valid_from > LONGEST:
        return {"valid_to": "一次最多授权一年，到期再定。"}
    return {}


def _too_many(wish: Wish) -> dict[str, str]:
    group = limits_of(profile_on(today()))["group"].days
    if not 1 <= wish.most_people < group:
        return {"most_people": f"填 1 至 {group - 1}：{group} 人以上的群体事项不能授权。"}
    return {}


def revoke(row: StandingAuthorisation, *, by: Any, reason: str) -> None:
    """Take it back, at once. Raises as `authorise` does."""
    if not by.has_perm(VERB):
        raise PermissionDenied
    with transaction.atomic():
        row = StandingAuthorisation.objects.select_for_update().get(pk=row.pk)
        if row.revoked_on is not None:
            raise ValidationError("这项授权已经收回了，请刷新页面查看。")
        if not reason.strip():
            raise ValidationError({"reason": "请写明为什么收回。"})
        row.revoked_on, row.revoked_by, row.revoke_reason = today(), by, reason.strip()
        with because("收回常设授权", **as_of(by, VERB)):
            row.save()
