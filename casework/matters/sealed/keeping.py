"""密件保管人: whom a leader named, who keeps which sealed matter, and how it changes hands.

Rights follow from the post alone; naming says which holders of a custodian's post keep what comes in.
Until a leader has named anybody, all who hold the post do (`holding`).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from casework.matters.models import Custodian, Custody, Matter
from casework.matters.moving import as_of, log_move
from casework.matters.queries import running
from casework.matters.sealed.holding import ROLE, in_keeping, keepers
from casework.matters.states import State
from office.clock import today
from office.history import because
from office.models import User
from office.posts import holders

VERB = "matters.name_custodian"
WANTED = 2  # practice §2: two people for every act on what is sealed
NO_POST = (
    "{user}没有“密件保管人”岗位，指定了也看不到密件。"
    "请先由安全管理员提出、系统管理员确认授予这个岗位，再来指定。"
)


def give_custody(matter: Matter, registrar: Any) -> None:
    """Give a new sealed matter to all custodians who may keep it, and to whoever entered it."""
    out = set(matter.recusals.filter(running(today())).values_list("user_id", flat=True))
    entered = {registrar.pk: registrar} if registrar else {}
    for user in (entered | {user.pk: user for user in keepers(today())}).values():
        if user.pk not in out:
            Custody(matter=matter, user=user, since=today()).save()


@dataclass(frozen=True)
class Line:
    """A custodian as the leader's page shows them. holds: whether the post is (still) theirs."""

    row: Custodian
    holds: bool


def named_now() -> list[Line]:
    """Custodians named and not ended, the earliest first."""
    held = {user.pk for user in holders(ROLE, today())}
    rows = Custodian.objects.filter(until=None).select_related("user", "named_by").order_by("pk")
    return [Line(row, row.user_id in held) for row in rows]


def ended() -> QuerySet:
    """Custodians of former days, the last ended first."""
    rows = Custodian.objects.exclude(until=None).select_related("user", "named_by")
    return rows.order_by("-until", "-pk")


def nameable() -> list[User]:
    """Holders of a custodian's post who are not named yet."""
    named = Custodian.objects.filter(until=None).values("user")
    return list(holders(ROLE, today()).exclude(pk__in=named).order_by("pk"))


def street_total() -> tuple[int, int]:
    """(waiting, handed over) sealed matters of the whole street: all a leader is told of them."""
    rows = Matter.objects.filter(sealed=True)
    return (
        rows.filter(state=State.SEALED).count(),
        rows.filter(state=State.HANDED_OVER).count(),
    )


def name_custodian(user: User, *, by: Any, reason: str) -> Custodian:
    """Name a holder of the post; matters with fewer than two custodians come into their keeping too.

    Raises ValidationError (field → sentence).
    """
    with transaction.atomic(), because(reason.strip(), **as_of(by, VERB)):
        row = _named(user, by, reason)
        for matter in _kept():
            hands = in_keeping(matter, today())
            if len(hands) < WANTED and user not in hands:
                _take(matter, user)
    return row


def replace_custodian(row: Custodian, successor: User, *, by: Any, reason: str) -> Custodian:
    """One act: all that `row.user` keeps goes to the successor, both are in each matter's path.

    What the successor must not see stays where it is. Raises ValidationError (field → sentence).
    """
    with transaction.atomic(), because(reason.strip(), **as_of(by, VERB)):
        row = _running(row)
        if successor.pk == row.user_id:
            raise ValidationError({"user": "接任的还是原来的保管人，请选另一位。"})
        known = Custodian.objects.filter(user=successor, until=None).first()
        named = known or _named(successor, by, reason)
        _end(row)
        for matter in _kept().filter(pk__in=_kept_by(row.user)):
            if _take(matter, successor):
                _give_up(matter, row.user)
                log_move(
                    matter, "custody", by=by, on=today(), source=matter.state, verb=VERB,
                    summary=f"{row.user} → {successor}",
                )  # fmt: skip
            else:
                _leave(matter, row.user)
    return named


def end_custodian(row: Custodian, *, by: Any, reason: str) -> None:
    """End one; what nobody else keeps stays with them until a successor is named.

    Raises ValidationError when they are the last one.
    """
    with transaction.atomic(), because(reason.strip(), **as_of(by, VERB)):
        row = _running(row)
        others = [line for line in named_now() if line.holds and line.row.pk != row.pk]
        if not others:
            raise ValidationError(
                "这是最后一位保管人，不能只结束不接任。请用“更换”，或先指定另一位。"
            )
        _end(row)
        for matter in _kept().filter(pk__in=_kept_by(row.user)):
            _leave(matter, row.user)


def _named(user: User, by: Any, reason: str) -> Custodian:
    if not reason.strip():
        raise ValidationError({"reason": "请写明理由，例如：机要员岗位调整。"})
    if user.pk == by.pk:
        raise ValidationError({"user": "不能指定自己，请选另一位同事。"})
    if not holders(ROLE, today()).filter(pk=user.pk).exists():
        raise ValidationError({"user": NO_POST.format(user=user)})
    row = Custodian(user=user, since=today(), named_by=by, reason=reason.strip())
    row.validate_constraints()
    row.save()
    return row


def _running(row: Custodian) -> Custodian:
    found = Custodian.objects.select_for_update().get(pk=row.pk)
    if found.until is not None:
        raise ValidationError(f"{found.user}已经不是保管人了，请刷新页面查看。")
    return found


def _end(row: Custodian) -> None:
    row.until = today()
    row.save()


def _kept() -> QuerySet:
    """All sealed matters, locked: what custodians hand on when they change."""
    return Matter.objects.select_for_update().filter(sealed=True).order_by("pk")


def _kept_by(user: User) -> Iterable[int]:
    return list(Custody.objects.filter(user=user, until=None).values_list("matter_id", flat=True))


def _take(matter: Matter, user: User) -> bool:
    """Give one matter to a custodian; False when they must stay out of it."""
    if matter.recusals.filter(running(today()), user=user).exists():
        return False
    if not Custody.objects.filter(matter=matter, user=user, until=None).exists():
        Custody(matter=matter, user=user, since=today()).save()
    return True


def _give_up(matter: Matter, user: User) -> None:
    for row in Custody.objects.filter(matter=matter, user=user, until=None):
        row.until = today()
        row.save()


def _leave(matter: Matter, user: User) -> None:
    """Give a matter up where somebody else keeps it: nothing sealed is ever in nobody's hands."""
    if any(other.pk != user.pk for other in in_keeping(matter, today())):
        _give_up(matter, user)
