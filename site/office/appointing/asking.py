"""三员分立 over rights: who may ask for one, who may confirm it, and what a confirmation writes.

The security administrator asks, the system administrator confirms; a custodian of sealed letters is
asked for by a leader. Nobody does either for themselves. Where nobody is left it goes upward
(`office.separation`); it never unlocks. Ending something early narrows and needs one person alone.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse

from office.clock import now, today
from office.entering import activation
from office.history import acting, current
from office.models import Deputy, Emergency, GrantRequest, Post, Unit, User
from office.outbox.naming import tell_deputy
from office.posts import check_combination, post_for, renew, roles_between
from office.roles import combination_refused
from office.separation import Act, Deciders, Part, refused, who_decides

Kind, State = GrantRequest.Kind, GrantRequest.State
ASK, CONFIRM, NAME = "office.ask_grant", "office.confirm_grant", "matters.name_custodian"
SEE = "office.view_separation"
NAMED = {"custodian"}  # roles a leader alone may ask for

_OWN = "不能给自己办理授权，请由另一名管理员办理。"
_PASSED = "任职日期不能早于今天：权限不能倒签。"


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What is asked for. post: the one to be deputised for or extended; dates as the kind needs."""

    kind: str
    user: User
    unit: Unit | None = None
    role: str = ""
    title: str = ""
    post: Post | None = None
    valid_from: date | None = None
    valid_to: date | None = None

    @property
    def of_role(self) -> str:
        """The role whose rights it gives; "" for a password."""
        return self.post.role if self.post is not None else self.role

    @property
    def concerned(self) -> set[int]:
        """Whom it is about: they neither ask nor confirm."""
        return {self.user.pk} | ({self.post.user_id} if self.post is not None else set())


def wish_of(request: GrantRequest) -> Wish:
    """What a stored request asks for."""
    return Wish(
        kind=request.kind,
        user=request.user,
        unit=request.unit,
        role=request.role,
        title=request.title,
        post=request.post,
        valid_from=request.valid_from,
        valid_to=request.valid_to,
    )


def is_naming(wish: Wish) -> bool:
    """Whether it makes a custodian of sealed letters, or keeps one longer."""
    return wish.kind != Kind.PASSWORD and wish.of_role in NAMED


def verb_to_ask(wish: Wish) -> str:
    return NAME if is_naming(wish) else ASK


def why_not_ask(person: User, wish: Wish) -> str:
    """Why this person may not ask for it, as a sentence; "" when they may."""
    if person.pk in wish.concerned:
        return _OWN
    if is_naming(wish):
        if post_for(person, NAME):
            return ""
        return "密件保管人由街道领导指定，请领导在“授权申请”里提出。"
    asking = who_decides(ASK, {Part.CONCERNED: wish.concerned}, today(), Act.OTHER)
    return "" if person in asking.people else "您没有提出这项授权的权限。"


def why_not_grant(wish: Wish) -> str:
    """Why it cannot be given at all as things stand today; "" when it can."""
    if wish.kind == Kind.PASSWORD:
        if Emergency.objects.filter(user=wish.user).exists():
            return "应急账号到期自动失效，不能再激活。"
        return ""
    if not wish.user.is_active:
        return f"{wish.user} 的账号已停用，请先申请激活账号。"
    if wish.kind == Kind.DEPUTY:
        return _why_no_deputy(wish)
    if wish.kind == Kind.EXTEND:
        return _why_no_longer_term(wish)
    return _refused_together(wish, wish.valid_from or today(), wish.valid_to)


def _why_no_deputy(wish: Wish) -> str:
    post = wish.post
    assert post is not None
    if post.user_id == wish.user.pk:
        return "代行人不能是本人。"
    if wish.valid_to is None or wish.valid_to < today():
        return "代行的结束日期已经过去。"
    if post.valid_to and post.valid_to < today():
        return "这个岗位已经结束，不能再代行。"
    return _refused_together(wish, wish.valid_from or today(), wish.valid_to)


def _why_no_longer_term(wish: Wish) -> str:
    post = wish.post
    assert post is not None
    if post.valid_to is None:
        return "这个岗位没有离任日期，不用延长。"
    if wish.valid_to is not None and wish.valid_to <= post.valid_to:
        return "新的离任日期要晚于原来的；提前结束请在岗位页办理，不用两人。"
    if post.valid_to < today():
        return "这个岗位已经结束。请另外任命一个岗位，从今天起算。"
    return _refused_together(wish, post.valid_from, wish.valid_to)


def _refused_together(wish: Wish, start: date, end: date | None) -> str:
    leave_out = wish.post if wish.kind == Kind.EXTEND else None
    held = roles_between(wish.user, start, end, leave_out)
    if said := combination_refused(held | {wish.of_role}):
        return f"{wish.user}：{said}请先结束原来的岗位或代行。"
    return ""


@transaction.atomic
def ask(person: Any, wish: Wish, *, reason: str) -> GrantRequest:
    """File a request. Raises ValidationError (Chinese) for what may not be asked or given."""
    if not reason.strip():
        raise ValidationError({"reason": "请写明理由，确认的人要看。"})
    if why := why_not_ask(person, wish) or why_not_grant(wish):
        raise ValidationError(why)
    if wish.valid_from and wish.valid_from < today():
        raise ValidationError({"valid_from": _PASSED})
    facts = {
        "kind": wish.kind, "user": wish.user, "unit": wish.unit, "role": wish.role,
        "post": wish.post,
    }  # fmt: skip
    if twin := GrantRequest.objects.filter(state=State.ASKED, **facts).first():
        raise ValidationError(f"同样的申请（第 {twin.pk} 号）还在等确认，不用再提。")
    request = GrantRequest(
        **facts,
        title=wish.title.strip(),
        valid_from=wish.valid_from,
        valid_to=wish.valid_to,
        reason=reason.strip(),
        asked_by=person,
        asked_at=now(),
    )
    with _as(person, verb_to_ask(wish), "提出授权申请"):
        request.save()
    return request


def deciders(request: GrantRequest) -> Deciders:
    """Who can confirm it today; an emergency account may ask but never confirms."""
    wish = wish_of(request)
    emergencies = set(Emergency.objects.values_list("user", flat=True))
    parts = {Part.ASKER: {request.asked_by_id}, Part.CONCERNED: wish.concerned | emergencies}
    return who_decides(CONFIRM, parts, today())


def why_not_decide(request: GrantRequest, by: Any) -> str:
    """Why this person does not decide on the request; "" when they do."""
    if request.state != State.ASKED:
        return _over(request)
    if by.pk in wish_of(request).concerned:
        return _OWN
    if said := refused(Act.APPROVE, by, {Part.ASKER: {request.asked_by_id}}):
        return said
    if by not in deciders(request).people:
        return "您没有确认这项授权的权限。"
    return ""


def _over(request: GrantRequest) -> str:
    if request.state == State.WITHDRAWN:
        return "提出的人已经撤回，不用再确认。"
    return f"{request.decided_by} 已经办理：{request.get_state_display()}。没有再次处理。"


def decide(pk: int, *, by: Any, agree: bool, note: str = "") -> GrantRequest:
    """Confirm, which writes the post, the deputy, the term or the code; or refuse, with a note.

    Raises ValidationError (Chinese) when it was decided or taken back meanwhile, by who may not, for
    a refusal without a note, and when it can no longer be given.
    """
    with transaction.atomic():
        request = _locked(pk)
        if why := why_not_decide(request, by):
            raise ValidationError(why)
        if not agree and not note.strip():
            raise ValidationError({"note": "不同意时请写明理由，提出的人会看到。"})
        with _as(by, CONFIRM, f"确认授权申请第 {pk} 号：{request.reason}"):
            if agree:
                _grant(request)
            request.state = State.GRANTED if agree else State.REFUSED
            request.decided_by, request.decided_at, request.note = by, now(), note.strip()
            request.save()
            if agree and request.kind == Kind.PASSWORD:
                activation.begin(request.user, request)
    return request


def _grant(request: GrantRequest) -> None:
    """Write what was asked for, in force from today at the earliest."""
    wish, start = wish_of(request), max(request.valid_from or today(), today())
    if why := why_not_grant(wish):
        raise ValidationError(f"现在不能确认：{why}")
    if wish.valid_to and wish.valid_to < start:
        raise ValidationError("结束日期已经过去，不能再确认。请选“不同意”。")
    if wish.kind == Kind.POST:
        post = Post(
            user=wish.user, unit=wish.unit, role=wish.role, title=wish.title,
            valid_from=start, valid_to=wish.valid_to,
        )  # fmt: skip
        check_combination(post)
        post.save()
        request.made_post = post
    elif wish.kind == Kind.DEPUTY:
        deputy = Deputy(post=wish.post, user=wish.user, valid_from=start, valid_to=wish.valid_to)
        deputy.save()
        request.made_deputy = deputy
        tell_deputy(deputy)
    elif wish.kind == Kind.EXTEND:
        _extend(wish)
        request.made_post = wish.post
    else:
        _open_again(wish.user)
    renew(wish.user)


def _extend(wish: Wish) -> None:
    post = wish.post
    assert post is not None
    post.valid_to = wish.valid_to
    post.save()
    for person in User.objects.filter(deputising__post=post).distinct():
        renew(person)


def _open_again(user: User) -> None:
    """A closed account opens with its code alone: the password it had opens nothing any more."""
    if not user.is_active:
        user.is_active = True
        user.set_unusable_password()
        user.save()


def withdraw(pk: int, *, by: Any) -> GrantRequest:
    """Take one's own request back while nobody has decided. Raises ValidationError otherwise."""
    with transaction.atomic():
        request = _locked(pk)
        if request.asked_by_id != by.pk:
            raise ValidationError("只有提出的人可以撤回。")
        if request.state != State.ASKED:
            raise ValidationError(_over(request))
        request.state = State.WITHDRAWN
        with _as(by, verb_to_ask(wish_of(request)), "撤回授权申请"):
            request.save()
    return request


def _locked(pk: int) -> GrantRequest:
    rows = GrantRequest.objects.select_for_update(of=("self",))
    return rows.select_related(*_WITH).get(pk=pk)


_WITH = ("user", "unit", "post__unit", "post__user", "asked_by", "decided_by")


def _as(person: Any, verb: str, reason: str) -> Any:
    return acting(person, reason, post_for(person, verb), current().address)


# Who sees which


def may_look(user: Any) -> bool:
    """Whether somebody sees all requests: who asks, confirms, names, or oversees the separation."""
    return user.is_active and any(post_for(user, verb) for verb in (ASK, CONFIRM, NAME, SEE))


def seen_by(user: Any) -> QuerySet:
    """Requests a person may open: all of them for whom it is work, their own for everybody."""
    rows = GrantRequest.objects.select_related(*_WITH)
    if not user.is_active:
        return rows.none()
    return rows if may_look(user) else rows.filter(Q(user=user) | Q(asked_by=user))


def has_part(user: Any) -> bool:
    """Whether somebody asks for grants or may come to decide on them, not only oversees them."""
    return user.is_active and any(post_for(user, verb) for verb in (ASK, CONFIRM, NAME))


def waiting_for(user: Any) -> list[GrantRequest]:
    """Requests this person can decide on now, the oldest first."""
    if not has_part(user):
        return []
    rows = seen_by(user).filter(state=State.ASKED).order_by("pk")
    return [request for request in rows if not why_not_decide(request, user)]


def codes_for(user: Any) -> list[Any]:
    """Codes of which this person has a half to take."""
    rows = activation.Activation.objects.filter(used_at=None, expires_at__gt=now())
    rows = rows.filter(Q(request__asked_by=user, first="") | Q(request__decided_by=user, second=""))
    return list(rows.select_related("request", "account").order_by("pk"))


def names(ids: list[int]) -> dict[int, str]:
    """What an auditor reads of requests."""
    rows = GrantRequest.objects.filter(pk__in=ids)
    return {row.pk: f"{row}（{row.get_kind_display()}）" for row in rows}


def links(user: Any, ids: list[int]) -> dict[int, str]:
    """Addresses of the requests among `ids` that this person may open."""
    found = seen_by(user).filter(pk__in=ids).values_list("pk", flat=True)
    return {pk: reverse("grants:request", args=[pk]) for pk in found}
