"""The menus show what a person can use, and nothing that leads out of the house."""

from typing import Any

from django.http import HttpRequest
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.menu import MenuItem, SubmenuMenuItem

#: Wagtail's items that are about its own help, or about lists nobody needs here
_NEVER = {"help", "snippets"}
#: Wagtail's items that are about pages
_PAGES = {"explorer", "images", "documents", "reports"}
#: Wagtail's log of pages is read by auditors; `office.gates` closes it to everybody else
_LOG = "site-history"


class VerbMenuItem(MenuItem):
    """An item for those who hold a permission."""

    def __init__(self, verb: str, *args: Any, **kwargs: Any) -> None:
        self.verb = verb
        super().__init__(*args, **kwargs)

    def is_shown(self, request: HttpRequest) -> bool:
        return request.user.has_perm(self.verb)


def prune_main(request: HttpRequest, items: list[Any]) -> None:
    """Leave out of the main menu what is useless to this person."""
    pages = user_has_any_page_permission(request.user)
    items[:] = [
        _without_version(item)
        for item in items
        if item.name not in _NEVER and (pages or item.name not in _PAGES)
    ]


def _without_version(item: Any) -> Any:
    """Wagtail's settings item has its version number for a footer; the same item without it."""
    if item.name != "settings":
        return item
    return SubmenuMenuItem(
        item.label, item.menu, name=item.name, icon_name=item.icon_name, order=item.order
    )


def prune_reports(request: HttpRequest, items: list[Any]) -> None:
    if not request.user.has_perm("office.view_change"):
        items[:] = [item for item in items if item.name != _LOG]
