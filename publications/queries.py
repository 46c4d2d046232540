"""Questions about published pages, each by its name."""

from typing import Any

from django.db.models import Q
from wagtail.models import Page
from wagtail.query import PageQuerySet


class NoticeQuerySet(PageQuerySet):
    def readable_in(self, column: Page) -> "NoticeQuerySet":
        """Notices of a column a stranger may read, newest first; equal moments by id."""
        return self.child_of(column).live().public().order_by("-shown_at", "-pk")

    def newer_than(self, notice: Any) -> "NoticeQuerySet":
        """Those after `notice` in time, the nearest first."""
        later = Q(shown_at__gt=notice.shown_at) | Q(shown_at=notice.shown_at, pk__gt=notice.pk)
        return self.filter(later).order_by("shown_at", "pk")

    def older_than(self, notice: Any) -> "NoticeQuerySet":
        """Those before `notice` in time, the nearest first."""
        earlier = Q(shown_at__lt=notice.shown_at) | Q(shown_at=notice.shown_at, pk__lt=notice.pk)
        return self.filter(earlier).order_by("-shown_at", "-pk")
