"""Pages of the frame and the identity of the site, by subject."""

from cms.models.frame import ColumnPage, SitePage
from cms.models.home import HomePage
from cms.models.identity import SiteIdentity
from cms.models.review import PageReview
from cms.models.standard import StandardPage

__all__ = ["ColumnPage", "HomePage", "PageReview", "SiteIdentity", "SitePage", "StandardPage"]
