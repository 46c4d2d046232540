"""A code in two halves, with which a person sets a password that nobody else has ever known.

One half each goes to the one who asked and the one who confirmed; either alone opens nothing. They
are made when they are taken, shown once and kept as hashes. Used up, expired, or mistyped too often,
a code is dead and a new one has to be asked for.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth.hashers import check_password, make_password
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.timezone import localtime

from office.clock import now
from office.entering.attempts import What, may_enter, note
from office.entering.sessions import mark_ended
from office.history import acting
from office.http import address_of
from office.limits import limit
from office.models import Activation, GrantRequest, User

_SIGNS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # none that is taken for another
_LENGTH = 8
_MOST_TRIES = 5
_NOTHING = make_password(None)

WRONG = "登录名或激活码不对，或者激活码已过期、已用过。请核对后再试，或者请安全管理员重新申请。"


def begin(user: User, request: GrantRequest | None = None) -> Activation:
    """A new code of this account, its halves not taken yet; earlier ones are dead."""
    moment = now()
    for old in Activation.objects.filter(account=user, used_at=None, expires_at__gt=moment):
        old.expires_at = moment
        old.save(update_fields=["expires_at"])
    return Activation.objects.create(
        account=user,
        request=request,
        anew=user.has_usable_password(),
        made_at=moment,
        expires_at=moment + timedelta(hours=limit("activation_hours")),
    )


def is_open(activation: Activation, moment: datetime) -> bool:
    """Whether a password can still be set with it."""
    return (
        activation.used_at is None
        and moment < activation.expires_at
        and activation.tries < _MOST_TRIES
    )


def new_half() -> str:
    """Eight signs that are not taken for one another: 40 bits, 80 for a whole code."""
    return "".join(secrets.choice(_SIGNS) for _ in range(_LENGTH))


def in_groups(half: str) -> str:
    """XXXX-XXXX, as it is read out and typed."""
    return f"{half[:4]}-{half[4:]}"


def cleaned(typed: str) -> str:
    """A half as it was typed, without blanks and dashes, in capitals."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())


def half_of(activation: Activation, person: Any) -> str:
    """Which half is this person's: "first" of who asked, "second" of who confirmed, "" of nobody."""
    request = activation.request
    if request is None or person.pk == activation.account_id:
        return ""
    return {request.asked_by_id: "first", request.decided_by_id: "second"}.get(person.pk, "")


def take_half(pk: int, *, by: Any, request: HttpRequest | None = None) -> str:
    """This person's half, made now and shown this once.

    Raises PermissionDenied for who has none, ValidationError when it was taken or is dead.
    """
    half = new_half()
    hashed = make_password(half)
    with transaction.atomic():
        rows = Activation.objects.select_for_update(of=("self",)).select_related("request")
        activation = rows.get(pk=pk)
        name = half_of(activation, by)
        if not name:
            raise PermissionDenied
        if not is_open(activation, now()):
            raise ValidationError("激活码已过期或已用过。需要时请重新申请。")
        if getattr(activation, name):
            raise ValidationError("您的一半已经领取过，只显示一次。没有记下来时，请重新申请。")
        setattr(activation, name, hashed)
        activation.save(update_fields=[name])
        note(What.HALF, activation.account, request, by=by)
    return half


def take_both(activation: Activation) -> tuple[str, str]:
    """Both halves at once: for the first administrators, whom nobody precedes."""
    first, second = new_half(), new_half()
    activation.first, activation.second = make_password(first), make_password(second)
    activation.save(update_fields=["first", "second"])
    return first, second


def check(username: str, first: str, second: str, request: HttpRequest | None = None) -> Activation:
    """The open code of this account that the two halves fit.

    Raises ValidationError with the same words and after the same work whatever was wrong; five
    mistakes kill a code.
    """
    user = User.objects.filter(username=username).first()
    rows = Activation.objects.filter(account=user).order_by("-pk")
    found = rows.first() if user is not None else None
    right = _fits(found, first, second)  # slow on purpose, so before the transaction
    with transaction.atomic():
        if found is not None:
            found = Activation.objects.select_for_update(of=("self",)).get(pk=found.pk)
            if right and is_open(found, now()):
                return found
            if is_open(found, now()):
                found.tries += 1
                found.save(update_fields=["tries"])
        note(What.BAD_CODE, user, request)
    raise ValidationError(WRONG)


def _fits(activation: Activation | None, first: str, second: str) -> bool:
    """Both halves are always compared, so that the answer takes as long for one wrong as for two."""
    hashes = (activation.first, activation.second) if activation else ("", "")
    one = check_password(cleaned(first), hashes[0] or _NOTHING)
    other = check_password(cleaned(second), hashes[1] or _NOTHING)
    return one and other


def activate(activation: Activation, password: str, request: HttpRequest | None = None) -> User:
    """Set the person's own password; the code is used up and every session of the account ends.

    Raises ValidationError when the code was used meanwhile or the account is closed.
    """
    user = User.objects.select_related("emergency").get(pk=activation.account_id)
    user.set_password(password)  # slow on purpose, so before the transaction
    with transaction.atomic():
        row = Activation.objects.select_for_update(of=("self",)).get(pk=activation.pk)
        if not is_open(row, now()) or not may_enter(user, now()):
            raise ValidationError(WRONG)
        row.used_at = now()
        row.save(update_fields=["used_at"])
        address = address_of(request) if request else ""
        with acting(user, "用激活码设置密码", address=address):
            user.save()
        mark_ended(user)
        note(What.ACTIVATED, user, request)
    return user


def untold(user: User) -> list[str]:
    """What a person must be told of passwords set anew in their name; told once, at the next login."""
    rows = Activation.objects.filter(account=user, anew=True, told_at=None).exclude(used_at=None)
    lines = []
    for row in rows.select_related("request__asked_by", "request__decided_by").order_by("pk"):
        row.told_at = now()
        row.save(update_fields=["told_at"])
        lines.append(told(row))
    return lines


def told(row: Activation) -> str:
    """By whom and when a password was set anew, for the person it belongs to."""
    who = row.request
    by = f"由{who.asked_by}申请、{who.decided_by}确认" if who else "在服务器上"
    at = f"{localtime(row.used_at):%Y-%m-%d %H:%M}"
    return f"您的密码于 {at} {by}重置。如果不是您本人设置的，请立即告诉审计管理员。"
