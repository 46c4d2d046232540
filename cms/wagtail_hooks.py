"""The home page stays: the site would have no root without it. What the log calls cleaned files."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page, Site

from cms.uploads import ACTION


@hooks.register("before_delete_page")
def keep_the_root(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse, in words, to delete a page that a site begins at (or one above it)."""
    below = page.get_descendants(inclusive=True).values("pk")
    if not Site.objects.filter(root_page__in=below).exists():
        return None
    messages.error(request, "网站首页不能删除。要撤下内容，请编辑首页或撤回下面的页面。")
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("register_log_actions")
def clean_document(actions: Any) -> None:
    actions.register_action(ACTION, "清除文档痕迹", "清除了文档里的痕迹")
