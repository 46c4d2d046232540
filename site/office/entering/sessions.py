"""Sessions: at most so long, listed for their person, ended together."""

from collections.abc import Callable
from datetime import datetime, timedelta
from time import time
from typing import Any

from django.conf import settings
from django.contrib.auth import logout, update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.timezone import localtime

from office.clock import now
from office.entering.attempts import What, device_of, note
from office.entering.passwords import due
from office.forms import keep_form
from office.history import because
from office.http import ADMIN, address_of
from office.limits import LIMITS, limit
from office.models import DeskSession, User

UNTIL, DESK, DUE, EMERGENCY = "until", "desk", "password_due", "emergency_until"
_SEEN = 60  # seconds between two notes that a session is used


def begin(request: HttpRequest, user: User, typed: str = "") -> None:
    """A person has logged in: note the session, its end, and whether a new password is due."""
    moment = now()
    session, emergency = request.session, getattr(user, "emergency", None)
    session[UNTIL] = int(time()) + limit("session_hours") * 3600
    row = DeskSession.objects.create(
        account=user,
        began_at=moment,
        seen_at=moment,
        address=address_of(request) or None,
        device=device_of(request),
    )
    session[DESK] = row.pk
    if emergency is not None:
        ends = localtime(emergency.expires_at)
        session[EMERGENCY] = f"{ends.month}月{ends.day}日 {ends:%H:%M}"
        if emergency.used_at is None:
            emergency.used_at = moment
            with because("一次性密码已使用", user=user):
                emergency.save()
    if told := due(user, moment, typed):
        session[DUE] = told


def live(user: User, moment: datetime) -> list[DeskSession]:
    """Sessions of a person that were used within the time of an idle logout, newest first."""
    since = moment - timedelta(seconds=settings.SESSION_COOKIE_AGE + _SEEN)
    rows = DeskSession.objects.filter(account=user, ended_at=None, seen_at__gt=since)
    return list(rows.order_by("-pk"))


def mark_ended(user: User, *, but: int | None = None) -> None:
    """Write down that the sessions of a person are over; what ends them is the password or round."""
    for row in live(user, now()):
        if row.pk != but:
            row.ended_at = now()
            row.save(update_fields=["ended_at"])


def end_others(request: HttpRequest) -> None:
    """退出其他设备: every session of this person but the one that asks."""
    user: Any = request.user
    user.session_round = (user.session_round or 0) + 1
    with because("退出其他设备"):
        user.save()
    update_session_auth_hash(request, user)
    mark_ended(user, but=request.session.get(DESK))
    note(What.OTHERS, user, request)


def end_all(user: User) -> None:
    """Every session of an account, whoever asks."""
    user.session_round = (user.session_round or 0) + 1
    user.save()
    mark_ended(user)


class SessionLife:
    """Ends a session that has lasted its time; leads to the page of passwords when one is due."""

    def __init__(self, handler: Callable[[HttpRequest], HttpResponse]) -> None:
        self.handler = handler

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADMIN) or not request.user.is_authenticated:
            return self.handler(request)
        session = request.session
        if UNTIL not in session:
            session[UNTIL] = int(time()) + LIMITS["session_hours"].default * 3600
        if time() >= session[UNTIL]:
            return self._over(request)
        self._seen(session)
        if DUE in session and not _open_to_all(request.path):
            return _to_password(request)
        return self.handler(request)

    def _over(self, request: HttpRequest) -> HttpResponse:
        """Log out; a form that was being sent is kept by `KeepForm`, which comes next."""
        user: Any = request.user
        desk = request.session.get(DESK)
        note(What.OUT, user, request, text="登录时间已满")
        _mark(desk)
        logout(request)
        return self.handler(request)

    def _seen(self, session: Any) -> None:
        desk = session.get(DESK)
        if desk and time() - session.get("desk_seen", 0) > _SEEN:
            session["desk_seen"] = int(time())
            row = DeskSession.objects.filter(pk=desk).first()
            if row is not None:
                row.seen_at = now()
                row.save(update_fields=["seen_at"])


def _mark(desk: int | None) -> None:
    row = DeskSession.objects.filter(pk=desk).first()
    if row is not None:
        row.ended_at = now()
        row.save(update_fields=["ended_at"])


def leave(request: HttpRequest) -> None:
    """A person logs out by themselves; written before the session is gone."""
    if request.user.is_authenticated:
        note(What.OUT, request.user, request)
        _mark(request.session.get(DESK))


def _open_to_all(path: str) -> bool:
    """Addresses that work while a password is due: setting it, leaving, the texts of the frame."""
    return path in {
        reverse("office_password"),
        reverse("wagtailadmin_logout"),
        reverse("wagtailadmin_login"),
        reverse("wagtailadmin_sprite"),
        reverse("wagtailadmin_javascript_catalog"),
    }


def _to_password(request: HttpRequest) -> HttpResponse:
    """To the page of passwords, and back afterwards; a form that was sent is kept."""
    back = request.get_full_path()
    if request.method == "POST":
        back = ""
        if "form_owner" in request.POST and (kept := keep_form(request)):
            back = kept["Location"].partition("next=")[2]  # encoded already
            return redirect(f"{reverse('office_password')}?kept=1&next={back}")
    query = f"?{urlencode({'next': back})}" if back else ""
    return redirect(reverse("office_password") + query)
