"""Released revisions of public pages, for records that cite what was explained to somebody."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from wagtail.models import Page, PageLogEntry, Revision

from cms.models import SitePage
from cms.search_texts import text_of
from office.registries import Citable, CitablePage, citable

KIND = "wagtailcore.page"
_MOST = 20
_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


def _public() -> Any:
    """Pages anybody may read now that have a revision to be cited by."""
    return Page.objects.live().public().exclude(live_revision=None)


def search(text: str) -> list[CitablePage]:
    """Public articles that hold these words, the newest first; without words the newest of all."""
    rows = _public().order_by("-last_published_at", "-pk")
    if words := text.strip():
        found = [page.pk for page in _public().search(words)[:_MOST]]
        rows = rows.filter(pk__in=found)
    pages = [page for page in rows.specific()[: _MOST * 2] if _is_article(page)]
    return [_cited(page, page.live_revision, page.last_published_at) for page in pages[:_MOST]]


def at(revision: int) -> CitablePage | None:
    """What a revision said; None for one that was never public: a draft is nobody's rule."""
    row = Revision.page_revisions.filter(pk=revision).first()
    if row is None:
        return None
    since = _released(row)
    if since is None:
        return None
    page = row.as_object()
    return _cited(page, row, since) if _is_article(page) else None


def present(pages: Iterable[int]) -> dict[int, tuple[int, str]]:
    """Page → (its present revision, its address), of those that are public now."""
    rows = _public().filter(pk__in=list(pages))
    return {page.pk: (page.live_revision_id, page.url or "") for page in rows}


def _is_article(page: Any) -> bool:
    return isinstance(page, SitePage) and page.is_article


def _released(row: Revision) -> datetime | None:
    """When a revision went public, by the log of pages; None when it never did."""
    log = PageLogEntry.objects.filter(page=int(row.object_id), action__in=_PUBLISHED)
    entry = log.filter(revision=row).order_by("timestamp").first()
    if entry is not None:
        return entry.timestamp
    page = Page.objects.filter(live_revision=row, live=True).first()
    return page.last_published_at if page else None


def _cited(page: Any, revision: Revision, since: datetime) -> CitablePage:
    return CitablePage(
        page=page.pk, revision=revision.pk, title=page.title, text=text_of(page).body,
        released_at=since, url=page.url or "",
    )  # fmt: skip


def register() -> None:
    """Tell the kernel; called once all models are loaded."""
    citable[KIND] = Citable(search=search, at=at, present=present)
