"""The first page of the back office: who I am today, and what waits for me."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.timezone import localtime
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.site_summary import SiteSummaryPanel
from wagtail.admin.ui.components import Component

from office import registries
from office.clock import now
from office.posts import posts_of
from office.roles import BY_KEY

_GREETINGS = ((5, "夜深了"), (9, "早上好"), (12, "上午好"), (14, "中午好"), (18, "下午好"))


class WelcomePanel(Component):
    """Name, posts and date; says so when nothing else is on the page."""

    name = "welcome"
    order = 0
    template_name = "office/home/welcome.html"

    def __init__(self, alone: bool) -> None:
        self.alone = alone

    def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
        user = (parent_context or {})["request"].user
        held = posts_of(user)
        own = [post for post in held if post.user_id == user.pk]
        return {
            "user": user,
            "greeting": greeting(now()),
            "today": now(),
            "posts": own,
            "deputised": [post for post in held if post.user_id != user.pk],
            "alone": self.alone,
            "idle": bool(held) and all(BY_KEY[post.role].is_idle for post in held),
        }


def greeting(moment: datetime) -> str:
    """早上好 and the like, by the local hour."""
    hour = localtime(moment).hour
    return next((text for end, text in _GREETINGS if hour < end), "晚上好")


class SummaryPanel(SiteSummaryPanel):
    """Wagtail's counts of pages and pictures; Wagtail sorts the panels by their order."""

    order = 100


def arrange(request: HttpRequest, panels: list[Any]) -> None:
    """Wagtail's panels only for people who work on pages; the rooms' panels for whom they are."""
    if user_has_any_page_permission(request.user):
        panels.append(SummaryPanel(request))
    else:
        panels.clear()
    for ask in registries.home_panels:
        panels.extend(ask(request))
    panels.insert(0, WelcomePanel(alone=not panels))
