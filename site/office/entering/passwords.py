"""Passwords: how old, which ones do not come back, when a new one is due (GB/T 22239-2019)."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password, is_password_usable
from django.core.exceptions import ValidationError

from office.clock import now
from office.demo import PASSWORD as DEMO_PASSWORD
from office.limits import limit
from office.models import PasswordRecord, User

_MOST = 24  # hashes kept of one person; the setting goes no higher


class NotUsedLately:
    """Validator of Django's list: none of the last passwords again, and each new one is noted."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or user.pk is None:
            return
        known = list(_of(user).values_list("value", flat=True)[: limit("barred_passwords")])
        if user.password and is_password_usable(user.password) and user.password not in known:
            known.append(user.password)
        if any(check_password(password, value) for value in known):
            raise ValidationError(f"不能用最近 {limit('barred_passwords')} 次用过的密码。")

    def password_changed(self, password: str, user: Any = None) -> None:
        """Called by Django after a new password was saved."""
        if user is None or not is_password_usable(user.password):
            return
        PasswordRecord.objects.create(account=user, at=now(), value=user.password)
        for old in _of(user)[_MOST : _MOST + 10]:
            old.delete()

    def get_help_text(self) -> str:
        return "不能用最近用过的密码。"  # asked for where there is no database


def _of(user: User) -> Any:
    return PasswordRecord.objects.filter(account=user).order_by("-pk")


def set_on(user: User) -> datetime:
    """Since when the present password is used; the account's first day when that is not known."""
    return _of(user).values_list("at", flat=True).first() or user.date_joined


def due(user: User, moment: datetime, typed: str = "") -> str:
    """Why a new password must be set before anything else, as a sentence; "" when it need not.

    typed: the password as it was typed; the demo's shared one is exempt, in the demo alone.
    """
    if settings.DEMO and typed == DEMO_PASSWORD:
        return ""
    if getattr(user, "emergency", None) is not None and not has_own(user):
        return "一次性密码只能用这一次，请先设置自己的密码。"
    days = limit("password_days")
    if moment - set_on(user) >= timedelta(days=days):
        return f"密码已用满 {days} 天，请先换一个新密码，再继续办理。"
    return ""


def has_own(user: User) -> bool:
    """Whether the person of an emergency account has replaced the one-time password."""
    used_at = user.emergency.used_at
    return used_at is not None and _of(user).filter(at__gt=used_at).exists()
