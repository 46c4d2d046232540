"""Logging in, and rights that follow from posts."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from office.clock import now, today
from office.demo import PASSWORD as DEMO_PASSWORD
from office.entering.attempts import judge, may_enter, wait_of
from office.entering.passwords import has_own
from office.http import address_of
from office.models import User
from office.posts import sync_groups


class PostBackend(ModelBackend):
    """Django's backend; the groups are brought up to date on the first request of each day."""

    def authenticate(
        self, request: Any, username: Any = None, password: Any = None, **kw: Any
    ) -> Any:
        """The person, when password, account and lock agree; the login record tells either way.

        Unknown, wrong, locked and closed take the same work and give the same answer, so nothing
        tells who has an account. The demo's shared password opens nothing outside demo mode.
        """
        if username is None or password is None:
            return None
        if request is not None and wait_of(address_of(request), now()):
            return None
        user = User.objects.select_related("emergency").filter(username=username).first()
        if user is None:
            make_password(password)  # as long as a check takes
            judge(None, False, request)
            return None
        right = user.check_password(password) and not _used_up(user)
        if password == DEMO_PASSWORD and not settings.DEMO:
            right = False
        return user if judge(user, right, request) else None

    def user_can_authenticate(self, user: Any) -> bool:
        return may_enter(user, now())

    def get_user(self, user_id: int) -> User | None:
        """The person of the session with their Wagtail profile, which every page of the admin reads."""
        people = User.objects.select_related("wagtail_userprofile", "emergency")
        user = people.filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        if user.groups_on != today():
            sync_groups(user, today())
        return user

    def _get_user_permissions(self, user_obj: Any) -> Any:
        return Permission.objects.none()  # rights come from roles alone


def _used_up(user: User) -> bool:
    """Whether the one-time password of an emergency account has been used and not been replaced."""
    emergency = getattr(user, "emergency", None)
    return emergency is not None and emergency.used_at is not None and not has_own(user)


class ThreeKindsValidator:
    """At least three of: capital letters, small letters, digits, signs (GB/T 22239-2019, setting)."""

    KINDS = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]")

    def validate(self, password: str, user: Any = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in self.KINDS) < 3:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return "密码须含大写字母、小写字母、数字、符号中的至少三种。"
