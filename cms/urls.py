"""Public addresses of the frame; the pages of the tree follow after them in config."""

from django.urls import path
from wagtail.contrib.sitemaps.views import sitemap

from cms.views import robots, search_page, site_map_page

app_name = "cms"
urlpatterns = [
    path("robots.txt", robots, name="robots"),
    path("sitemap.xml", sitemap, name="sitemap"),
    path("search/", search_page, name="search"),
    path("site-map/", site_map_page, name="site_map"),
]
