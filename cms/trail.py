"""Where a page stands in the site: the way up, the main menu, the map."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.models import Page, Site

HOME_DEPTH = 2  # below the tree's invisible root


@dataclass(frozen=True)
class MenuEntry:
    """One entry of the main menu; current: the reader is on this page or below it."""

    title: str
    url: str
    current: bool


def above(page: Page) -> list[Page]:
    """Pages from the home page down to the parent, each in its own kind."""
    steps = [page.path[: Page.steplen * depth] for depth in range(HOME_DEPTH, page.depth)]
    found = Page.objects.filter(path__in=steps).order_by("path").specific()
    return list(found)


def readable(pages: QuerySet) -> QuerySet:
    """Those pages a stranger may read: published, in no private section."""
    return pages.live().public()


def main_menu(site: Site | None, here: Page | None) -> list[MenuEntry]:
    """Home and the pages right below it that are marked 在菜单中显示, in their order in the tree."""
    if site is None:
        return []
    home = site.root_page
    children = readable(Page.objects.child_of(home)).in_menu().order_by("path")
    path = here.path if here else ""
    return [
        MenuEntry("首页", home.get_url(current_site=site), path == home.path),
        *(
            MenuEntry(page.title, page.get_url(current_site=site), path.startswith(page.path))
            for page in children
        ),
    ]


def site_map(site: Site) -> list[Page]:
    """Readable pages right below the home page, and below those the ones marked 在菜单中显示."""
    home = site.root_page
    pages = Page.objects.descendant_of(home)
    listed = Q(depth=home.depth + 1) | Q(show_in_menus=True)
    return list(readable(pages.filter(listed)).order_by("path"))
