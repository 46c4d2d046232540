"""Pages for tests, made live the way an editor's pages go live."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from wagtail.models import Page, Site

from cms.models import HomePage, StandardPage
from publications.models import NoticeIndexPage, NoticePage

SHANGHAI = ZoneInfo("Asia/Shanghai")


def publish(parent: Page, page: Page) -> Page:
    """Put `page` below `parent` and publish its first revision."""
    page.live = False
    parent.add_child(instance=page)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def open_site() -> HomePage:
    """A home page at the root of the default site, in place of Wagtail's welcome page."""
    home = publish(Page.get_first_root_node(), HomePage(title="云湖民声", hero="有难处，说得上话"))
    site = Site.objects.get(is_default_site=True)
    site.root_page = home
    site.save()
    return home


def open_column(home: HomePage, title: str = "法治宣传") -> NoticeIndexPage:
    column = NoticeIndexPage(
        title=title, intro="通知和普法", column_keywords="普法,通知", show_in_menus=True
    )
    return publish(home, column)


def standing_page(home: HomePage, title: str = "怎样反映问题", **fields: Any) -> StandardPage:
    return publish(home, StandardPage(title=title, **fields))


def notice(column: NoticeIndexPage, title: str, day: int = 1, **fields: Any) -> NoticePage:
    """A notice dated `day` October 2026, 9:30."""
    shown_at = datetime(2026, 10, day, 9, 30, tzinfo=SHANGHAI)
    return publish(column, NoticePage(title=title, shown_at=shown_at, **fields))
