"""Logging in, and rights that follow from posts."""

import re
from typing import Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError

from office.clock import today
from office.demo import PASSWORD as DEMO_PASSWORD
from office.models import User
from office.posts import sync_groups


class PostBackend(ModelBackend):
    """Django's backend; the groups are brought up to date on the first request of each day."""

    def authenticate(
        self, request: Any, username: Any = None, password: Any = None, **kw: Any
    ) -> Any:
        """Django's check; the demo's shared password opens nothing outside demo mode."""
        if password == DEMO_PASSWORD and not settings.DEMO:
            return None
        return super().authenticate(request, username=username, password=password, **kw)

    def get_user(self, user_id: int) -> User | None:
        """The person of the session with their Wagtail profile, which every page of the admin reads."""
        user = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        if user is None or not self.user_can_authenticate(user):
            return None
        if user.groups_on != today():
            sync_groups(user, today())
        return user

    def _get_user_permissions(self, user_obj: Any) -> Any:
        return Permission.objects.none()  # rights come from roles alone


class ThreeKindsValidator:
    """At least three of: capital letters, small letters, digits, signs (GB/T 22239-2019, setting)."""

    KINDS = (r"[A-Z]", r"[a-z]", r"[0-9]", r"[^A-Za-z0-9]")

    def validate(self, password: str, user: Any = None) -> None:
        if sum(bool(re.search(kind, password)) for kind in self.KINDS) < 3:
            raise ValidationError(self.get_help_text())

    def get_help_text(self) -> str:
        return "密码须含大写字母、小写字母、数字、符号中的至少三种。"
