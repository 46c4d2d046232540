"""What the room tells the kernel: where an editor begins."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.ui.components import Component

from office import registries
from publications import citing
from publications.models import NoticeIndexPage, NoticePage


class Ways(Component):
    """Buttons of the first page: write a notice, see all pages."""

    order = 10
    template_name = "publications/ways.html"

    def __init__(self, write: str) -> None:
        self.write = write

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return {"write": self.write, "everything": reverse("wagtailadmin_explore_root")}


def ways_for(request: HttpRequest) -> list[Any]:
    """The buttons, for people who work on pages."""
    if not user_has_any_page_permission(request.user):
        return []
    return [Ways(_new_notice(request.user))]


def _new_notice(user: Any) -> str:
    """Address of an empty notice in the first column this person may write in; "" without one."""
    kind = NoticePage._meta
    for column in NoticeIndexPage.objects.order_by("path"):
        if column.permissions_for_user(user).can_add_subpage():
            args = [kind.app_label, kind.model_name, column.pk]
            return reverse("wagtailadmin_pages:add", args=args)
    return ""


registries.home_panels.append(ways_for)
citing.register()
