"""Long lists in pages: plain links, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, QueryDict


@dataclass(frozen=True)
class PageLink:
    """number: None stands for the gap between distant pages."""

    number: int | None
    query: str
    current: bool


@dataclass(frozen=True)
class Slice:
    """One page of a list and the way to the others; previous and next are "" at the ends."""

    rows: Sequence[Any]
    number: int
    pages: int
    total: int
    links: list[PageLink]
    previous: str
    next: str


def slice_of(rows: Any, request: HttpRequest, per_page: int = 15) -> Slice:
    """The page of `rows` (queryset or list) that `?page=` asks for; 404 when there is none such."""
    paginator = Paginator(rows, per_page)
    try:
        page = paginator.page(request.GET.get("page", "1"))
    except InvalidPage as wrong:
        raise Http404 from wrong
    links = []
    for number in paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
        real = number if isinstance(number, int) else None
        links.append(PageLink(real, _query(request.GET, real), real == page.number))
    return Slice(
        rows=list(page.object_list),
        number=page.number,
        pages=paginator.num_pages,
        total=paginator.count,
        links=links,
        previous=_query(request.GET, page.number - 1) if page.has_previous() else "",
        next=_query(request.GET, page.number + 1) if page.has_next() else "",
    )


def _query(asked: QueryDict, number: int | None) -> str:
    """The query string of another page, keeping the other choices; the first page needs no number."""
    if number is None:
        return ""
    kept = asked.copy()
    kept.pop("page", None)
    if number > 1:
        kept["page"] = str(number)
    return "?" + kept.urlencode()
