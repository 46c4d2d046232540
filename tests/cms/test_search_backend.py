"""Every search of Wagtail's finds what reading all the pages would find."""

import random

import pytest
from modelsearch.backends import get_search_backend
from modelsearch.backends.base import FilterFieldError, SearchFieldError
from modelsearch.query import MATCH_ALL, MATCH_NONE, Fuzzy, Phrase, PlainText
from wagtail.models import Page

from cms.models import StandardPage
from cms.search_queries import UnsupportedQuery
from cms.search_texts import texts_of
from office.search import fold
from publications.models import NoticeIndexPage, NoticePage
from tests.cms.searched import BODY, draft, ids, make_site, publish, scan

pytestmark = pytest.mark.django_db

HOSTILE = [
    "'", '"', '""', "交房'", '"交房', "%", "_", "交%房", "交_房", "\\", "交房\\", "\x00", "交\x00房", "*",
    "交房*", "^交房", "NEAR(交 房)", "交 AND 房", "交 OR 房", "NOT 交房", "title:交房", "-交房", "(交房",
    "{交房}", "交房;--", "1 OR 1=1", "😀", "\ud83d", "‮交房", "　", " \t\n", "<b>交房</b>", "{{ q }}",
    "交房" * 5000,
]  # fmt: skip


@pytest.fixture
def site():
    return make_site()


@pytest.fixture
def backend():
    return get_search_backend()


def test_an_editor_finds_any_part_of_any_text_and_nothing_else(site, backend):
    chance = random.Random(20261122)
    texts = [
        fold("\n".join([t.title, t.names, t.body]))
        for t in texts_of("wagtailcore.page", ids(Page.objects.all())).values()
    ]
    queries = []
    for _ in range(150):
        text = chance.choice(texts)
        at, length = chance.randrange(len(text)), chance.randint(1, 8)
        queries.append(text[at : at + length])
    queries += [
        "延期 澜庭苑",
        "1380",
        "3栋50",
        "栋50户",
        "延庭",
        "房交",
        "没有的字",
        "条例》第三十四条",
    ]
    for query in filter(any, (query.strip() for query in queries)):
        if not any(sign.isalnum() for sign in query):
            continue
        expected = scan(query)
        if query.isascii() and any(sign.isalpha() for sign in query):
            continue  # Latin letters are read as pinyin too
        assert set(ids(backend.search(query, Page))) == expected, query
        assert set(ids(backend.autocomplete(query, Page))) == expected, query
        assert backend.search(query, Page).count() == len(expected), query


@pytest.mark.parametrize("query", ["yqjf", "yanqijiaofang", "YQJF", "yanqi"])
def test_an_editor_finds_a_title_by_its_pinyin(site, query):
    assert set(ids(Page.objects.search(query))) == {site.old.pk, site.new.pk}
    assert set(ids(Page.objects.autocomplete(query))) == {site.old.pk, site.new.pk}


def test_a_law_and_a_kind_are_names_found_by_their_initials(site):
    assert ids(Page.objects.search("xfgztl")) == [site.inside.pk]
    assert set(ids(Page.objects.search("jztb"))) == {site.old.pk, site.new.pk}


def test_title_hits_come_first_then_the_newest(site):
    found = ids(Page.objects.search("延期"))
    assert found == [site.new.pk, site.old.pk, site.inside.pk]


def test_an_order_asked_for_is_kept(site):
    rows = Page.objects.order_by("title")
    found = [page.title for page in rows.search("延期", order_by_relevance=False)]
    assert found == sorted(found)
    assert ids(Page.objects.search("延期", order_by="-title")) == ids(
        Page.objects.filter(pk__in=[site.old.pk, site.new.pk, site.inside.pk]).order_by("-title")
    )


def test_words_may_all_be_asked_for_or_any(site):
    assert ids(Page.objects.search("延期 答复")) == [site.inside.pk]
    everyone = set(ids(Page.objects.search("进展通报 诈骗", operator="or")))
    assert everyone == {site.old.pk, site.new.pk, site.other.pk}


def test_a_phrase_keeps_its_blank(site):
    page = publish(site.column, NoticePage(title="延期 交房 答复", kind="notice"))
    assert ids(Page.objects.search(Phrase("延期 交房"))) == [page.pk]
    assert page.pk in ids(Page.objects.search("交房 延期"))
    assert ids(Page.objects.search(Phrase("交房 延期"))) == []


def test_queries_may_be_joined(site):
    late, cheat = PlainText("延期"), PlainText("诈骗")
    pages = Page.objects.child_of(site.column)
    everyone = {site.old.pk, site.new.pk, site.inside.pk, site.other.pk}
    assert set(ids(pages.search(late | cheat))) == everyone
    assert ids(pages.search(~late)) == [site.other.pk]
    assert set(ids(pages.search(late & ~PlainText("通报")))) == {site.inside.pk}
    assert set(ids(pages.search(MATCH_ALL))) == everyone
    assert ids(pages.search(MATCH_NONE)) == []
    assert set(ids(pages.search(MATCH_ALL | late))) == everyone


def test_a_query_that_cannot_be_answered_is_refused_in_words(site):
    with pytest.raises(UnsupportedQuery, match="Fuzzy"):
        list(Page.objects.search(Fuzzy("延期")))


def test_only_the_fields_asked_for_are_searched(site, backend):
    assert set(ids(backend.search("延期", Page, fields=["title"]))) == {site.old.pk, site.new.pk}
    assert ids(backend.search("延期", NoticePage, fields=["body"])) == [site.inside.pk]
    assert ids(backend.search("澜庭苑 延期", NoticePage, fields=["title"])) == []
    both = backend.search("澜庭苑 延期", NoticePage, fields=["title", "intro"])
    assert set(ids(both)) == {site.old.pk, site.new.pk}
    assert set(ids(backend.search("yqjf", Page, fields=["title"]))) == {site.old.pk, site.new.pk}
    assert ids(backend.search("yqjf", NoticePage, fields=["intro"])) == []
    with pytest.raises(SearchFieldError, match="slug"):
        backend.search("延期", Page, fields=["slug"])
    assert ids(backend.search("延期", Page, fields=[])) == []


def test_a_search_stays_inside_its_queryset(site):
    assert set(ids(NoticePage.objects.search("交房"))) == {site.old.pk, site.new.pk, site.inside.pk}
    assert ids(StandardPage.objects.search("交房")) == [site.guide.pk]
    assert ids(NoticeIndexPage.objects.search("交房")) == []
    assert ids(NoticePage.objects.filter(kind="notice").search("交房")) == [site.inside.pk]
    assert ids(NoticePage.objects.exclude(title__contains="通报").search("交房")) == [
        site.inside.pk
    ]
    assert ids(Page.objects.filter(slug=site.new.slug).search("交房")) == [site.new.pk]
    assert ids(Page.objects.none().search("交房")) == []
    assert ids(Page.objects.type(StandardPage).search("交房")) == [site.guide.pk]
    kinds = {type(page) for page in Page.objects.specific().search("交房")}
    assert kinds == {NoticePage, StandardPage}
    typed = Page.objects.exclude(depth=1).type(NoticePage).specific().autocomplete("交房")
    assert {type(page) for page in typed[:2]} == {NoticePage}


def test_results_can_be_cut_counted_and_grouped(site):
    found = Page.objects.search("交房")
    everyone = ids(found)
    assert len(everyone) == found.count() == 4
    assert ids(found[1:3]) == everyone[1:3]
    assert ids(found[1:][:2]) == everyone[1:3]
    assert found[2].pk == everyone[2]
    assert found[3:].count() == 1
    assert found[9:].count() == 0
    facet = found.facet("content_type_id")
    assert list(facet.values()) == [3, 1]
    assert facet[site.new.content_type_id] == 3
    with pytest.raises(FilterFieldError, match="slug"):
        found.facet("slug")
    assert {page.score for page in found.annotate_score("score")} == {None}


@pytest.mark.parametrize("query", HOSTILE)
def test_a_strange_query_is_only_a_query(site, backend, query):
    for search in (backend.search, backend.autocomplete):
        found = search(query, Page)
        assert found.count() == len(ids(found))
        assert set(ids(found)) <= scan(query.replace("\x00", "")) | scan(query.replace("\x00", " "))


def test_a_percent_sign_means_itself(site):
    page = publish(site.column, NoticePage(title="物业费涨10%的听证", kind="notice"))
    assert ids(Page.objects.search("10%的")) == [page.pk]
    assert ids(Page.objects.search("1_%的")) == []


def test_a_renamed_page_is_found_by_its_new_name_alone(site):
    site.other.title = "冒充公检法的电话"
    site.other.save_revision().publish()
    assert ids(Page.objects.search("公检法")) == [site.other.pk]
    assert ids(Page.objects.search("养老诈骗")) == []


def test_a_change_not_yet_published_is_not_found_and_a_draft_is_by_its_first_text(site):
    site.other.title = "冒充公检法的电话"
    site.other.save_revision()
    assert ids(Page.objects.search("公检法")) == []
    page = draft(site.column, NoticePage(title="还没写完的通告", kind="notice"))
    assert ids(Page.objects.search("没写完")) == [page.pk]
    assert ids(Page.objects.live().search("没写完")) == []


def test_a_moved_page_is_found_where_it_is_now(site):
    second = publish(site.home, NoticeIndexPage(title="另一栏"))
    site.new.move(second, pos="last-child")
    assert ids(Page.objects.child_of(second).search("交房")) == [site.new.pk]
    assert site.new.pk not in ids(Page.objects.child_of(site.column).search("交房"))


def test_an_unpublished_page_is_found_only_inside(site):
    site.new.unpublish()
    assert site.new.pk in ids(Page.objects.search("交房"))
    assert site.new.pk not in ids(Page.objects.live().search("交房"))


def test_a_deleted_page_and_all_below_it_are_gone(site, backend):
    site.old.delete()
    assert site.old.pk not in ids(Page.objects.search("交房"))
    site.column.delete()
    assert ids(Page.objects.search("延期")) == []
    assert backend.get_index_for_model(NoticePage).drop_orphans() == 0


def test_a_copied_page_is_found_too(site):
    copy = site.inside.copy(update_attrs={"slug": "copy"}, keep_live=True)
    assert {site.inside.pk, copy.pk} <= set(ids(Page.objects.search("十二月底")))


def test_a_long_body_is_searched_to_its_end(site):
    body = [("text", f"<p>{'前言不搭后语。' * 20000}最后一句是尾声。</p>"), *BODY]
    page = publish(site.column, NoticePage(title="长文", kind="notice", body=body))
    assert ids(Page.objects.search("最后一句是尾声")) == [page.pk]
