"""三审三校: whoever wrote a page neither approves nor publishes it (practice §2)."""

import json
import re
from collections.abc import Mapping
from typing import Any

from wagtail.models import Page, PagePermissionTester, Revision

from office.separation import Act, Part, refused

#: what a revision says of its own standing and hour, not of the text
_NOT_TEXT = {
    "latest_revision", "latest_revision_created_at", "live_revision", "has_unpublished_changes",
    "live", "first_published_at", "last_published_at", "draft_title", "expired", "expire_at",
    "go_live_at", "locked", "locked_at", "locked_by", "wagtail_admin_comments", "url_path",
    "path", "depth", "numchild",
}  # fmt: skip
_BLOCK_KEY = re.compile(r' data-block-key="[^"]*"')


def authors(page: Page) -> set[int]:
    """Ids of the people who wrote what is not published yet: whose revision changed the text."""
    rows = page.revisions.order_by("pk")
    published = rows.filter(pk=page.live_revision_id).first() if page.live_revision_id else None
    found: set[int] = set()
    before = _text(published)
    for row in rows.filter(pk__gt=published.pk) if published else rows:
        text = _text(row)
        if text != before and row.user_id is not None:
            found.add(row.user_id)
        before = text
    return found


def why_not_review(user: Any, page: Page) -> str:
    """Why this person may neither approve nor publish the page as it stands; "" when they may."""
    return refused(Act.REVIEW, user, {Part.AUTHOR: authors(page)})


class ReviewedPagePermissions(PagePermissionTester):
    """Wagtail's answers, but a page is never written and published in one go."""

    def can_publish_subpage(self) -> bool:
        return False


def _text(revision: Revision | None) -> Mapping[str, Any]:
    content = revision.content if revision else {}
    return {name: _plain(value) for name, value in content.items() if name not in _NOT_TEXT}


def _plain(value: Any) -> Any:
    """A field's value without the keys that a form may give its blocks anew."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return _without_ids(json.loads(value))
        except ValueError:
            return value
    return _without_keys(value)


def _without_keys(value: Any) -> Any:
    return _BLOCK_KEY.sub("", value) if isinstance(value, str) else value


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_ids(inner) for name, inner in value.items() if name != "id"}
    return (
        [_without_ids(inner) for inner in value]
        if isinstance(value, list)
        else _without_keys(value)
    )
