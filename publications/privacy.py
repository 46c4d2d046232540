"""What publicity staff publish: texts written to be read by everybody, after review."""

from office.privacy import Kind, declare

_PAGE = "公开页面"

declare("publications.noticeindexpage", Kind.PUBLIC, _PAGE, "intro", "content_source", keep="长期")
declare("publications.noticeindexpage", Kind.PUBLIC, _PAGE, "column_keywords", "column_type")
declare("publications.noticepage", Kind.PUBLIC, _PAGE, "intro", "content_source", keep="长期")
declare("publications.noticepage", Kind.PUBLIC, _PAGE, "contact_office", "contact_phone")
