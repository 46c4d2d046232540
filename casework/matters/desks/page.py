"""我的台面: one address; the desk that is asked for, or the first one of this person's posts."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.menu import MenuItem

from casework.matters.desks.registry import desks_of
from casework.matters.views.frame import CRUMBS, DeskPage


class MyDesk(DeskPage):
    """What waits for the reader. `?as=board` chooses among the desks of several posts,
    `?all=1` shows every line that was read.
    """

    page_title = "我的台面"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.desks = desks_of(request.user)
        if not self.desks:
            raise PermissionDenied
        asked = request.GET.get("as", "")
        self.desk = next((one for one in self.desks if one.name == asked), self.desks[0])
        return super().get(request, *args, **kwargs)

    def get_template_names(self) -> list[str]:
        return [self.desk.template]

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [CRUMBS[0], {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, here = self.request.user, reverse("matters:desk")
        tabs = [(one.label, f"{here}?as={one.name}", one == self.desk) for one in self.desks]
        return super().get_context_data(**kwargs) | {
            "desk": self.desk,
            "tabs": tabs if len(tabs) > 1 else [],
            "may_add": user.has_perm("matters.add_matter"),
            "may_find": user.has_perm("matters.find_person"),
            **self.desk.build(user, self.today, self.request.GET.get("all") == "1"),
        }


class DeskMenuItem(MenuItem):
    """我的台面 in the menu, for whoever has one."""

    def is_shown(self, request: HttpRequest) -> bool:
        return bool(desks_of(request.user))
