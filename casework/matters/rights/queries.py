"""Which requests: every read by a person starts with `visible_to`."""

from typing import Any

from django.apps import apps
from django.db.models import Q, QuerySet

from casework.matters.queries import running
from casework.matters.rights.states import OPEN, Stage
from office.clock import today
from office.posts import posts_of

HANDLE, DECIDE = "matters.handle_rights", "matters.decide_rights"
_DECIDABLE = (Stage.GATHERED, Stage.DECIDED, Stage.ANSWERED)


class RightsQuerySet(QuerySet):
    def visible_to(self, user: Any) -> "RightsQuerySet":
        """A clerk's own requests; all of them for office heads; what was laid before deciders.

        A request about a matter from which `user` stepped back is not there for them at all.
        """
        if not user.is_active or not posts_of(user):
            return self.none()
        seen = Q()
        if user.has_perm(HANDLE):
            seen |= Q() if user.has_perm(DECIDE) else Q(clerk=user)
        elif user.has_perm(DECIDE):
            seen |= Q(stage__in=_DECIDABLE)
        else:
            return self.none()
        away = apps.get_model("matters", "Recusal").objects.filter(running(today()), user=user)
        touched = apps.get_model("matters", "RightsMatter").objects.filter(
            dropped=False, matter__in=away.values("matter")
        )
        return self.filter(seen).exclude(pk__in=touched.values("request"))

    def open(self) -> "RightsQuerySet":
        """Requests that are not answered yet."""
        return self.filter(stage__in=OPEN)


class LinkQuerySet(QuerySet):
    def reachable_by(self, user: Any) -> "LinkQuerySet":
        """Gathered matters as `user` may know of them: one sealed or destroyed since is not there."""
        away = apps.get_model("matters", "Recusal").objects.filter(running(today()), user=user)
        there = self.filter(
            dropped=False, matter__sealed=False, matter__data_key__destroyed_at=None
        )
        return there.exclude(matter__in=away.values("matter"))
