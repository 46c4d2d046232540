"""Public views of the frame that are not pages of the tree."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from wagtail.models import Site

from cms.paging import slice_of
from cms.search_page import Ranked, answer
from cms.trail import site_map
from office.clock import today


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


def search_page(request: HttpRequest) -> HttpResponse:
    """搜索: `?q=` the words, `column=`, `year=` and `page=` narrow and turn; plain links, no script.

    Search engines are told to keep out by the page itself: what robots.txt forbids they cannot read,
    and so would not see that the page asks not to be listed.
    """
    site = Site.find_for_request(request)
    if site is None:
        raise Http404
    context = answer(request.GET, site) | {"searching": True}
    if search := context["search"]:
        found = slice_of(Ranked(search), request)
        context |= {
            "slice": found,
            "hits": search.hits(found.rows, today()),
            "columns": search.column_choices(request.GET),
            "years": search.year_choices(request.GET),
            "hints": [] if search.count() else search.hints(),
        }
    return render(request, "cms/search.html", context)
