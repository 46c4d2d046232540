"""The login record, and what follows from it: a locked account, an address that must wait.

Nothing else is kept: an account is locked because its newest lines say so, and free again when time
or a line of another kind says so (GB/T 22239-2019: five failures, thirty minutes; both are settings).
"""

import re
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.http import HttpRequest

from office.clock import now
from office.history import current
from office.http import address_of
from office.limits import limit
from office.models import SignIn, User

What = SignIn.What

#: lines that make an earlier failure count no more
_RESET = (What.OK, What.UNLOCKED, What.ACTIVATED, What.CHANGED)
_TRIED = (What.WRONG, What.LOCKED, What.CLOSED, What.BAD_CODE)
_LONGEST_WAIT = 60  # seconds
_WINDOW = timedelta(minutes=30)  # in which the failures of an address are counted

#: pattern in the browser's own words → what people call it
_PROGRAMS = (
    ("Edg/", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)  # fmt: skip
_SYSTEMS = (
    ("Android", "安卓手机"), ("iPhone", "苹果手机"), ("iPad", "平板"), ("Windows", "Windows"),
    ("Mac OS", "苹果电脑"), ("Linux", "Linux"),
)  # fmt: skip


def device_of(request: HttpRequest | None) -> str:
    """Browser and system in two words; "" when the browser does not say."""
    said = str(request.META.get("HTTP_USER_AGENT", "")) if request else ""
    found = (
        next((name for sign, name in table if re.search(sign, said)), "")
        for table in (_PROGRAMS, _SYSTEMS)
    )
    return " / ".join(name for name in found if name)


def note(
    what: str, account: User | None, request: HttpRequest | None, *, by: Any = None, text: str = ""
) -> SignIn:
    """Write one line of the login record."""
    address = address_of(request) if request else current().address
    return SignIn.objects.create(
        at=now(),
        what=what,
        account=account,
        by=by,
        address=address or None,
        device=device_of(request),
        note=text[:200],
    )


def locked_until(account_id: int, moment: datetime) -> datetime | None:
    """Until when an account is locked; None when it is not.

    Locked are accounts whose newest failures, as many as the limit allows and none of them made
    good since, lie within the time of a lock of each other.
    """
    allowed, span = limit("lock_failures"), timedelta(minutes=limit("lock_minutes"))
    rows = SignIn.objects.filter(account_id=account_id).order_by("-pk")
    made_good = rows.filter(what__in=_RESET).values_list("pk", flat=True).first() or 0
    wrong = rows.filter(what=What.WRONG, pk__gt=made_good).values_list("at", flat=True)
    newest = list(wrong[:allowed])
    if len(newest) < allowed or newest[0] - newest[-1] > span:
        return None
    end = newest[0] + span
    return end if end > moment else None


def wait_of(address: str, moment: datetime) -> int:
    """Seconds an address has to wait before its next attempt is looked at at all; 0: none.

    From the allowed number of failures on the wait doubles, up to a minute. Attempts made while
    waiting are not counted: a whole office behind one address is slowed down, never shut out.
    """
    if not address:
        return 0
    rows = SignIn.objects.filter(address=address, at__gt=moment - _WINDOW, what__in=_TRIED)
    allowed = limit("address_failures")
    newest = list(rows.order_by("-pk").values_list("at", flat=True)[: allowed + 8])
    if len(newest) < allowed:
        return 0
    wait = min(2 ** (len(newest) - allowed), _LONGEST_WAIT)
    return max(0, wait - int((moment - newest[0]).total_seconds()))


def judge(user: User | None, right: bool, request: HttpRequest | None) -> bool:
    """Whether somebody comes in; one line of the record either way.

    right: whether the password was. One after the other for each account, so that many guesses at
    once are no more guesses than one by one.
    """
    with transaction.atomic():
        if user is not None:
            User.objects.select_for_update(of=("self",)).get(pk=user.pk)
        locked = locked_until(user.pk if user else 0, now())
        if user is None or not right:
            note(What.LOCKED if locked else What.WRONG, user, request)
            return False
        if locked or not may_enter(user, now()):
            note(What.LOCKED if locked else What.CLOSED, user, request)
            return False
        note(What.OK, user, request)
        return True


def may_enter(user: User, moment: datetime) -> bool:
    """Whether the account is open at `moment`; an emergency account ends by itself."""
    emergency = getattr(user, "emergency", None)
    return user.is_active and (emergency is None or moment < emergency.expires_at)


def unlock(user: User, *, by: Any, reason: str, request: HttpRequest | None = None) -> None:
    """End a lock before its time; the line says who and why."""
    note(What.UNLOCKED, user, request, by=by, text=reason)


def locked_accounts(moment: datetime) -> list[tuple[User, datetime]]:
    """Accounts that are locked now, with the end of each lock."""
    since = moment - timedelta(minutes=limit("lock_minutes"))
    tried = SignIn.objects.filter(what=What.WRONG, at__gt=since).exclude(account=None)
    people = User.objects.filter(pk__in=tried.values("account"), is_active=True).order_by("name")
    found = ((user, locked_until(user.pk, moment)) for user in people)
    return [(user, end) for user, end in found if end]
