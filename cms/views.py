"""Public views of the frame that are not pages of the tree."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Site

from cms.trail import site_map


def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: the public pages, never the back office."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        f"Sitemap: {request.build_absolute_uri(reverse('cms:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def site_map_page(request: HttpRequest) -> HttpResponse:
    """站点地图: every readable page down to the third level, as nested links."""
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    return render(request, "cms/site_map.html", {"pages": site_map(site)})
