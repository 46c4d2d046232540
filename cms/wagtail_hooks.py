"""The home page stays: the site would have no root without it. What the log calls cleaned files."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail import hooks
from wagtail.models import Page, Site

from cms.reviewing import why_not_review
from cms.uploads import ACTION


@hooks.register("before_delete_page")
def keep_the_root(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse, in words, to delete a page that a site begins at (or one above it)."""
    below = page.get_descendants(inclusive=True).values("pk")
    if not Site.objects.filter(root_page__in=below).exists():
        return None
    messages.error(request, "网站首页不能删除。要撤下内容，请编辑首页或撤回下面的页面。")
    return redirect("wagtailadmin_explore", page.pk)


@hooks.register("before_publish_page")
def another_publishes(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Keep an author's text as a draft: somebody else publishes it (三审三校)."""
    told = why_not_review(request.user, page)
    if not told:
        return None
    messages.error(request, f"{told}您写的已存为草稿，没有发布。")
    return redirect("wagtailadmin_pages:edit", page.pk)


@hooks.register("before_bulk_action")
def another_publishes_each(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    """The same for many pages at once: none goes out when one of them is the person's own text."""
    if action_type != "publish":
        return None
    pages = [page for page in objects if isinstance(page, Page)]
    if action.cleaned_form.cleaned_data.get("include_descendants"):
        pages += [draft for page in pages for draft in page.get_descendants().not_live()]
    own = [page for page in pages if why_not_review(request.user, page)]
    if not own:
        return None
    names = "、".join(f"《{page.title}》" for page in own)
    messages.error(request, f"{names}是您自己写的，请由另一位同事审核发布。没有发布任何页面。")
    return redirect("wagtailadmin_explore_root")


@hooks.register("register_log_actions")
def clean_document(actions: Any) -> None:
    actions.register_action(ACTION, "清除文档痕迹", "清除了文档里的痕迹")
