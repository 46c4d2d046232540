"""搜索: what a reader without an account may read and looks for, title first, then the newest."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Coalesce, ExtractYear, Substr
from django.http import Http404, QueryDict
from django.utils.safestring import SafeString
from wagtail.models import Page, Site, get_page_models

from cms.models import ColumnPage, SitePage
from cms.search_texts import kind_of, text_of
from cms.trail import readable
from office.search import excerpt, marked, matching, ranked

LONGEST = 40  # characters of a query; a sentence finds nothing that a few words would not
ELSEWHERE = "-"  # stands for pages outside every column; no address is a lone hyphen
KIND = kind_of(Page)

# What people put around the words they look for.
_ASKING = re.compile(
    r"请问|我想|我要|怎么办理|怎么办|怎么样|怎么|怎样|如何|为什么|什么时候|什么|哪里|哪儿|哪个|多少|几点"
    r"|可不可以|能不能|是不是|有没有|可以|需要|一下|[吗呢呀啊的了]|[？?！!，,。；;：:、]"
)
_MOST_HINTS = 6


@dataclass(frozen=True)
class Choice:
    """One way to narrow the results: a column or a year, with how many it leaves."""

    label: str
    count: int
    query: str
    current: bool


@dataclass(frozen=True)
class Hit:
    """A page as the list shows it; title and excerpt have their hits marked."""

    page: SitePage
    title: SafeString
    excerpt: SafeString
    column: str
    past: bool


def cleaned(asked: str) -> str:
    """What was typed, in one line: control characters gone, blanks collapsed."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in asked).split())


def simpler(query: str) -> list[str]:
    """Shorter queries worth a try when nothing was found, the longest first, at most six.

    "逾期交房怎么办" gives "逾期交房" and its halves.
    """
    parts = [part for part in _ASKING.sub(" ", query).split() if len(part) > 1]
    long = [part for part in parts if len(part) > 3 and not part.isascii()]
    halves = [half for part in long for half in (part[:2], part[-2:])]
    found = dict.fromkeys(part for part in [*parts, *halves] if part != query)
    return sorted(found, key=len, reverse=True)[:_MOST_HINTS]


class Search:
    """A reader's search over the readable pages of a site.

    query: cleaned, not longer than LONGEST; column: slug of a column, ELSEWHERE or "" for all;
    year: of the date shown, None for all. Raises Http404 for a column or a year there is not.
    """

    def __init__(self, site: Site, query: str, column: str = "", year: str = "") -> None:
        self.site, self.query = site, query
        self.home = site.root_page
        if column and column != ELSEWHERE and column not in self.columns:
            raise Http404
        if year and not re.fullmatch(r"[12]\d{3}", year):
            raise Http404
        self.column, self.year = column, int(year) if year else None

    @cached_property
    def columns(self) -> dict[str, Page]:
        """The columns right below the home page, by slug, in the order of the tree."""
        children = readable(Page.objects.child_of(self.home)).order_by("path")
        kinds = [model for model in get_page_models() if issubclass(model, ColumnPage)]
        return {page.slug: page for page in children.type(*kinds)} if kinds else {}

    @cached_property
    def fitting(self) -> QuerySet:
        """Every readable page that holds all words, with its section of the tree and its year."""
        found = matching(KIND, self.query)
        if found is None:
            return Page.objects.none()
        inside = Page.objects.descendant_of(self.home, inclusive=True)
        return _dated(readable(inside).filter(pk__in=found), self.home.depth + 1)

    @cached_property
    def tally(self) -> Counter[tuple[str, int | None]]:
        """How many fit, by (column, year); one query gives every number on the page."""
        slugs = {page.path: slug for slug, page in self.columns.items()}
        counted: Counter[tuple[str, int | None]] = Counter()
        groups = self.fitting.order_by().values_list("section", "year").annotate(Count("pk"))
        for section, year, count in groups:
            counted[slugs.get(section, ELSEWHERE), year] += count
        return counted

    def count(self, column: str = "", year: int | None = None) -> int:
        """How many fit in this column ("" all) and this year (None all)."""
        return sum(
            count
            for (where, when), count in self.tally.items()
            if column in ("", where) and year in (None, when)
        )

    @cached_property
    def chosen(self) -> QuerySet:
        """The fitting pages of the column and the year chosen."""
        rows = self.fitting
        if self.column == ELSEWHERE:
            rows = rows.exclude(section__in=[page.path for page in self.columns.values()])
        elif self.column:
            rows = rows.filter(section=self.columns[self.column].path)
        return rows.filter(year=self.year) if self.year else rows

    def column_choices(self, asked: QueryDict) -> list[Choice]:
        """All, then each column with hits in the year chosen; [] where there is nothing to choose."""
        labels = {slug: page.title for slug, page in self.columns.items()} | {ELSEWHERE: "其他页面"}
        options = [(slug, label, self.count(slug, self.year)) for slug, label in labels.items()]
        everything = self.count("", self.year)
        return _choices(asked, "column", self.column, everything, options)

    def year_choices(self, asked: QueryDict) -> list[Choice]:
        """All, then each year with hits in the column chosen, the newest first."""
        years = sorted({year for _, year in self.tally if year}, reverse=True)
        options = [(str(year), f"{year}年", self.count(self.column, year)) for year in years]
        current = str(self.year or "")
        return _choices(asked, "year", current, self.count(self.column), options)

    def hits(self, pages: Sequence[SitePage], on: date) -> list[Hit]:
        """These pages as the list shows them on the day `on`."""
        titles = {page.path: page.title for page in self.columns.values()}
        length = Page.steplen * (self.home.depth + 1)
        return [
            Hit(
                page=page,
                title=marked(page.title, self.query),
                excerpt=excerpt(text_of(page).body, self.query, around=50),
                column=titles.get(page.path[:length], ""),
                past=page.past(on),
            )
            for page in pages
        ]

    def hints(self) -> list[tuple[str, int]]:
        """Shorter queries that do find something, each with how much."""
        tried = {}
        for number, part in enumerate(simpler(self.query)):
            found = matching(KIND, part)
            if found is not None:
                tried[f"n{number}"] = (part, Count("pk", filter=Q(pk__in=found)))
        inside = readable(Page.objects.descendant_of(self.home, inclusive=True)).order_by()
        counts = inside.aggregate(**{key: count for key, (_, count) in tried.items()})
        return [(part, counts[key]) for key, (part, _) in tried.items() if counts[key]]


class Ranked:
    """The pages chosen, for a paginator: counted without a query, read a slice at a time."""

    def __init__(self, search: Search) -> None:
        self.search = search

    def count(self) -> int:
        return self.search.count(self.search.column, self.search.year)

    def __len__(self) -> int:
        return self.count()

    def __getitem__(self, asked: slice) -> list[Any]:
        size = asked.stop - asked.start
        rows = self.search.chosen.order_by()
        ids = ranked(KIND, self.search.query, rows, limit=size, offset=asked.start)
        found = {page.pk: page for page in Page.objects.filter(pk__in=ids).specific()}
        return [found[pk] for pk in ids if pk in found]


def answer(asked: QueryDict, site: Site) -> dict[str, Any]:
    """What the template shows besides the list: `query` and, where there is one, the `search`.

    problem: "" | "long" (more than LONGEST characters) | "signs" (nothing in it to look for).
    Raises Http404 for a column or a year there is not.
    """
    query = cleaned(asked.get("q", ""))
    shown = {"query": query[: LONGEST * 5], "longest": LONGEST, "problem": "", "search": None}
    if len(query) > LONGEST:
        return {**shown, "problem": "long"}
    if query and not any(sign.isalnum() for sign in query):
        return {**shown, "problem": "signs"}
    if query:
        shown["search"] = Search(site, query, asked.get("column", ""), asked.get("year", ""))
    return shown


def _dated(rows: QuerySet, depth: int) -> QuerySet:
    """Adds `section` (path of the page right below home) and `year` (of the date shown)."""
    shown = [
        F(f"{model._meta.model_name}__shown_at")
        for model in get_page_models()
        if issubclass(model, SitePage)
    ]
    return rows.annotate(
        section=Substr("path", 1, Page.steplen * depth),
        year=ExtractYear(Coalesce(*shown, F("first_published_at"))),
    )


def _choices(
    asked: QueryDict, key: str, current: str, everything: int, options: list[tuple[str, str, int]]
) -> list[Choice]:
    kept = [option for option in options if option[2] or option[0] == current]
    if len(kept) < 2 and not current:
        return []
    rows = [("", "全部", everything), *kept]
    return [
        Choice(label, count, _narrowed(asked, key, value), value == current)
        for value, label, count in rows
    ]


def _narrowed(asked: QueryDict, key: str, value: str) -> str:
    """The query string with one choice changed, from the first page."""
    kept = asked.copy()
    kept.pop("page", None)
    kept.pop(key, None)
    if value:
        kept[key] = value
    return "?" + kept.urlencode()
