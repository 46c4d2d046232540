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

from office.models import Deputy, Leave, Post, Unit, User
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


@dataclass(frozen=True)
class ActOfTwo:
    """An act that one person asks for and another decides.

    verb: the right to decide it, "" while its room is still to come; source: where it is said.
    """

    label: str
    verb: str
    source: str


_PRACTICE = "practice §2"
#: every act that takes two persons; whatever is not here is done by one and at once
ACTS_OF_TWO: Mapping[str, ActOfTwo] = {
    "refuse": ActOfTwo("不予受理", "matters.decide_refusal", _PRACTICE),
    "not_support": ActOfTwo("不予支持", "matters.sign_opinion", _PRACTICE),
    "extend": ActOfTwo("延长期限", "matters.decide_extension", _PRACTICE),
    "seal": ActOfTwo("转为密件", "matters.decide_seal", _PRACTICE),
    "unseal": ActOfTwo("解除密件", "matters.unseal", _PRACTICE),
    "void": ActOfTwo("作废", "matters.decide_void", _PRACTICE),
    "received": ActOfTwo("更正收到日期", "matters.decide_correction", _PRACTICE),
    "served": ActOfTwo("更正送达日期", "matters.decide_served", _PRACTICE),
    "reopen": ActOfTwo("恢复办理", "matters.decide_reopen", _PRACTICE),
    "bar": ActOfTwo("不再受理", "matters.decide_refusal", "《信访工作条例》第三十六条"),
    "route": ActOfTwo("导入法定途径", "matters.review_opinion", "《信访工作条例》第三十一条"),
    "reroute": ActOfTwo("改走法定途径", "matters.decide_rerouting", "practice §1"),
    "grant": ActOfTwo("授权变更", "office.confirm_grant", _PRACTICE),
    "clear_export": ActOfTwo("明文导出", "matters.decide_clear_export", _PRACTICE),
    # by law or by the design of the record, beside the list of practice §2
    "recusal": ActOfTwo("回避", "matters.decide_recusal", "《信访工作条例》第二十八条"),
    "sealed_audit": ActOfTwo("密件审计", "matters.decide_sealed_audit", "design §5"),
    "rights": ActOfTwo("个人信息请求", "matters.decide_rights", "《个人信息保护法》第五十条"),
    "destroy": ActOfTwo("销毁", "office.approve_destruction", "design §5"),
    "profile": ActOfTwo("规则方案", "matters.approve_profile", "design §5"),
    "emergency": ActOfTwo("核销应急账号", "office.close_emergency", "practice §2"),
}


def needs_second(act: str) -> bool:
    """Does this act take a second person? Everything that is not in the table does not."""
    return act in ACTS_OF_TWO


_LEADER = "leader"
_EMERGENCY = "应急账号可以提出，不能当第二个人审批。请由另一位有权限的同事审批。"
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

    parts: ids of the people who have been something to the record already. An emergency account is
    nobody's second person: whoever opened it may be the one who asked.
    """
    if user.pk in set(parts.get(Part.CONCERNED, ())):
        return _CONCERNED
    if act == Act.APPROVE and getattr(user, "emergency", None) is not None:
        return _EMERGENCY
    part, sentence = _BARRED.get(act, (None, ""))
    return sentence if part is not None and user.pk in set(parts.get(part, ())) else ""


def not_own(user: User, asker: str = "asked_by") -> Q:
    """Requests that others made: the rule asker ≠ approver for a list. asker: the column."""
    return ~Q(**{asker: user.pk})


def holding(
    verb: str, on: date, over: Unit | None = None, *, even_away: bool = False
) -> list[User]:
    """Active people who may use a verb on a day and are not on leave: by a post of theirs or as deputy.

    over: only posts in this unit or in one above it; even_away: those on leave too.
    """
    roles = {role.key for role in ROLES if verb in role.verbs}
    return _with_roles(roles, on, over, even_away=even_away)


def who_decides(verb: str, parts: Parts, on: date, act: Act = Act.APPROVE) -> Deciders:
    """Who can decide an act that needs `verb`; a leader when nobody is left, else the district.

    Leaders who have the right themselves may decide beside others; once no others are left, it is
    said that the act goes to them. Nobody becomes able to decide because somebody is missing.
    """
    roles = {role.key for role in ROLES if verb in role.verbs}
    here = tuple(u for u in _with_roles(roles, on) if not refused(act, u, parts))
    beside = {user.pk for user in _with_roles(roles - {_LEADER} or roles, on)}
    if any(user.pk in beside for user in here):
        return Deciders(here, Level.SAME)
    leaders = tuple(u for u in _with_roles({_LEADER}, on) if not refused(act, u, parts))
    if leaders:
        names = "、".join(user.name for user in leaders)
        return Deciders(
            leaders, Level.LEADER, f"没有别的同事可以审批，请报街道领导（{names}）决定。"
        )
    told = "街道里没有人可以审批，请报区级主管部门决定，并把决定的文书留档。"
    return Deciders((), Level.DISTRICT, told)


def _with_roles(
    keys: set[str], on: date, over: Unit | None = None, *, even_away: bool = False
) -> list[User]:
    posts = Post.objects.on(on).filter(role__in=keys)
    if over is not None:
        steps = range(Unit.steplen, len(over.path) + 1, Unit.steplen)
        posts = posts.filter(unit__path__in=[over.path[:n] for n in steps])
    acting = Deputy.objects.filter(post__in=posts, valid_from__lte=on, valid_to__gte=on)
    wanted = Q(pk__in=posts.values("user")) | Q(pk__in=acting.values("user"))
    away = Leave.objects.filter(cancelled=False, valid_from__lte=on, valid_to__gte=on)
    people = User.objects.filter(wanted, is_active=True)
    if not even_away:
        people = people.exclude(pk__in=away.values("person"))
    return list(people.select_related("emergency").order_by("pk"))
