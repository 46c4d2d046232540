"""What publicity staff publish, by subject."""

from publications.models.notices import NoticeIndexPage, NoticePage

__all__ = ["NoticeIndexPage", "NoticePage"]
