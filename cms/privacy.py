"""What the frame of the public site holds: texts written to be published."""

from office.privacy import Kind, declare

_PAGE = "公开页面"

declare("cms.homepage", Kind.PUBLIC, _PAGE, "intro", "content_source", "hero", keep="长期")
declare("cms.standardpage", Kind.PUBLIC, _PAGE, "intro", "content_source", keep="长期")
declare("cms.standardpage", Kind.PUBLIC, _PAGE, "column_keywords", "column_type", keep="长期")
declare(
    "cms.siteidentity", Kind.PUBLIC, "网站标识",
    "site_name", "tagline", "sponsor", "address", "phone", "hours", "site_domain", "site_id_code",
    "icp_number", "police_number", "party_mark", "party_mark_url", "error_url",
    "upper_site_name", "upper_site_url", keep="长期",
)  # fmt: skip
