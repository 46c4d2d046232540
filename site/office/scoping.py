"""Row access on every door of a viewset: one rule, `visible_to(user)`, for all of them.

A hidden row answers exactly like one that does not exist: 404. A missing model right keeps
Wagtail's own answer (back to the home page with a message).
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.admin.utils import unquote
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy
from wagtail.snippets.views.snippets import SnippetViewSet

from office.history_view import RecordHistoryView


class KeptPolicy(ModelPermissionPolicy):
    """Model rights without deletion: records and settings are ended, never deleted."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action != "delete" and super().user_has_permission(user, action)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return any(self.user_has_permission(user, action) for action in actions)


class RowPolicy(KeptPolicy):
    """Model rights **and** row visibility; reads through the model's `visible_to`."""

    def _visible(self, user: Any, instance: models.Model) -> bool:
        if instance.pk is None:
            return True
        return self.model.objects.visible_to(user).filter(pk=instance.pk).exists()

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        return self.user_has_permission(user, action) and self._visible(user, instance)

    def user_has_any_permission_for_instance(self, user: Any, actions: Any, instance: Any) -> bool:
        return self.user_has_any_permission(user, actions) and self._visible(user, instance)

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        if self.user_has_any_permission(user, actions):
            return self.model.objects.visible_to(user)
        return self.model.objects.none()

    def instances_user_has_permission_for(self, user: Any, action: str) -> Any:
        return self.instances_user_has_any_permission_for(user, [action])


class KeptViewSet(SnippetViewSet):
    """A tracked settings model in the admin: history with old and new values, no copy, no chooser."""

    copy_view_enabled = False
    history_view_class = RecordHistoryView
    history_template_name = "office/history.html"
    policy_class = KeptPolicy

    def on_register(self) -> None:
        register_permission_policy(self.model, self.policy_class(self.model))
        super().on_register()

    def register_chooser_viewset(self) -> None:
        """No chooser: a list of records for picking would be one more door to guard."""


class ScopedViewSet(KeptViewSet):
    """A record model in the admin; every URL with a key passes the guard in `construct_view`."""

    policy_class = RowPolicy
    list_per_page = 50

    def get_queryset(self, request: HttpRequest) -> models.QuerySet:
        return self.model.objects.visible_to(request.user)

    def construct_view(self, view_class: Any, **kwargs: Any) -> Callable[..., HttpResponse]:
        view = super().construct_view(view_class, **kwargs)

        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if "pk" in named:
                require_visible(self.model, request.user, unquote(str(named["pk"])))
            return view(request, *args, **named)

        return guarded


def require_visible(model: type[models.Model], user: Any, pk: Any) -> models.Model:
    """The record when `user` may see it; Http404 when hidden, absent or not a key at all."""
    try:
        found = model.objects.visible_to(user).filter(pk=pk).first()
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    if found is None:
        raise Http404
    return found
