"""The same-record rules of a small office, in one place (practice §2).

An office of five separates by record and by act, not by headcount: one person may be registrar,
officer and editor, but not twice in the wrong parts of one record. Where nobody is left, the act
goes upward; it never unlocks.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db.models import Q

from office.models import Deputy, Post, User
from office.roles import ROLES


class Part(StrEnum):
    """What somebody has been to a record before."""

    ASKER = "asker"
    DRAFTER = "drafter"
    AUTHOR = "author"
    SERVER = "server"
    CONCERNED = "concerned"


class Act(StrEnum):
    """What somebody is about to do to it."""

    APPROVE = "approve"
    SIGN = "sign"
    REVIEW = "review"
    WITNESS = "witness"
    OTHER = "other"


class Level(StrEnum):
    """Where an act is decided: among those who hold the right, by a leader, by the district."""

    SAME = "same"
    LEADER = "leader"
    DISTRICT = "district"


Parts = Mapping[Part, Iterable[int]]

_CONCERNED = "您与本件有利害关系，应当回避，不能办理（《信访工作条例》第二十八条）。"
#: act → the part that bars from it, and the sentence; the concerned are barred from everything
_BARRED = {
    Act.APPROVE: (Part.ASKER, "申请人不能审批自己的申请，请由另一位有权限的同事审批。"),
    Act.SIGN: (Part.DRAFTER, "拟稿人不能签发自己拟的文书，请由另一位有权限的同事签发。"),
    Act.REVIEW: (Part.AUTHOR, "作者不能审核自己写的内容，请由另一位同事审核。"),
    Act.WITNESS: (Part.SERVER, "留置送达不能只由送达人自己见证，请另找一位见证人。"),
}


@dataclass(frozen=True)
class Deciders:
    """Who can decide, at which level, and what to tell when it is not the usual one."""

    people: tuple[User, ...]
    level: Level
    told: str = ""


def refused(act: Act, user: User, parts: Parts) -> str:
    """Why `user` may not do this to the record, as a Chinese sentence; "" when they may.

    parts: ids of the people who have been something to the record already.
    """
    if user.pk in set(parts.get(Part.CONCERNED, ())):
        return _CONCERNED
    part, sentence = _BARRED.get(act, (None, ""))
    return sentence if part is not None and user.pk in set(parts.get(part, ())) else ""


def holding(verb: str, on: date) -> list[User]:
    """Active people who may use a verb on a day: by a post of their own or as deputy."""
    return _with_roles({role.key for role in ROLES if verb in role.verbs}, on)


def who_decides(verb: str, parts: Parts, on: date, act: Act = Act.APPROVE) -> Deciders:
    """Who can decide an act that needs `verb`; a leader when nobody is left, else the district."""
    here = tuple(user for user in holding(verb, on) if not refused(act, user, parts))
    if here:
        return Deciders(here, Level.SAME)
    leaders = tuple(u for u in _with_roles({"leader"}, on) if not refused(act, u, parts))
    if leaders:
        names = "、".join(user.name for user in leaders)
        return Deciders(
            leaders, Level.LEADER, f"没有别的同事可以审批，请报街道领导（{names}）决定。"
        )
    told = "街道里没有人可以审批，请报区级主管部门决定，并把决定的文书留档。"
    return Deciders((), Level.DISTRICT, told)


def _with_roles(keys: set[str], on: date) -> list[User]:
    posts = Post.objects.on(on).filter(role__in=keys)
    acting = Deputy.objects.filter(post__in=posts, valid_from__lte=on, valid_to__gte=on)
    wanted = Q(pk__in=posts.values("user")) | Q(pk__in=acting.values("user"))
    return list(User.objects.filter(wanted, is_active=True).order_by("pk"))
