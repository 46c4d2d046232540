"""Meta tags of government sites (政府网站发展指引, annex; domain notes, section 5)."""

from django.utils import timezone
from wagtail.models import Page

from cms.models import ColumnPage, SiteIdentity, SitePage

Tag = tuple[str, str]


def tags_of(page: Page | None, identity: SiteIdentity) -> list[Tag]:
    """(name, content) of every meta tag of a page; `page` None: a page that is not in the tree."""
    tags = [
        ("SiteName", identity.site_name),
        ("SiteDomain", identity.site_domain),
        ("SiteIDCode", identity.site_id_code),
    ]
    if isinstance(page, SitePage):
        tags += _column_tags(page) + _article_tags(page, identity)
        description = page.search_description or page.intro
        if description and not page.is_article:
            tags.append(("Description", description))
    return tags


def _column_tags(page: SitePage) -> list[Tag]:
    """Tags of the column a page is or stands in; a standing page is a column of its own."""
    column = page if isinstance(page, ColumnPage) else page.column
    if column is None:
        column = page if hasattr(page, "column_type") else None
    if column is None:
        return []
    return [
        ("ColumnName", column.title),
        ("ColumnDescription", column.search_description or column.intro or column.title),
        ("ColumnKeywords", column.column_keywords or column.title),
        ("ColumnType", column.column_type),
    ]


def _article_tags(page: SitePage, identity: SiteIdentity) -> list[Tag]:
    if not page.is_article:
        return []
    tags = [
        ("ArticleTitle", page.title),
        ("PubDate", _minute(page)),
        ("ContentSource", page.content_source or identity.sponsor),
    ]
    if description := page.search_description or page.intro:
        tags.append(("Description", description))
    return tags


def _minute(page: SitePage) -> str:
    """The date shown, YYYY-MM-DD HH:MM in Asia/Shanghai; empty for a draft never published."""
    return timezone.localtime(page.dated).strftime("%Y-%m-%d %H:%M") if page.dated else ""
