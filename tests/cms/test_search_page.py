"""搜索: a resident without an account looks for a page, and meets nothing that is not public."""

import re
from datetime import datetime

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from django.utils.html import strip_tags
from wagtail.models import Page, PageViewRestriction

from cms.search_page import LONGEST, simpler
from publications.models import NoticeIndexPage, NoticePage
from tests.cms.publishing import SHANGHAI, notice, open_column, publish, standing_page
from tests.cms.searched import draft, make_site
from tests.cms.test_search_backend import HOSTILE
from tests.english import english_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(db):
    return make_site()


def look(client, query="", **choices) -> str:
    response = client.get("/search/", {"q": query, **choices})
    assert response.status_code == 200
    return response.content.decode()


def titles(html: str) -> list[str]:
    found = re.findall(r"<h2><a href=\"[^\"]*\">(.*?)</a></h2>", html)
    return [strip_tags(title) for title in found]


def total(html: str) -> int:
    said = re.search(r"找到 <strong>(\d+)</strong> 条", html)
    return int(said[1]) if said else 0


def choices(html: str, label: str) -> dict[str, int]:
    """What a row of links offers, with the numbers it says."""
    row = re.search(rf'aria-label="{label}">(.*?)</nav>', html, re.DOTALL)
    text = strip_tags(row[1]) if row else ""
    return {name: int(count) for name, count in re.findall(r"(\S+?)，(\d+) 条", text)}


def test_a_resident_finds_pages_with_the_title_first_and_then_the_newest(client, site):
    found = titles(look(client, "交房"))
    assert found == [site.new.title, site.old.title, *found[2:]]
    assert set(found[2:]) == {site.inside.title, site.guide.title}


def test_a_resident_who_types_initials_finds_the_title(client, site):
    assert titles(look(client, "yqjf")) == [site.new.title, site.old.title]


def test_the_words_found_are_marked_in_title_and_text(client, site):
    html = look(client, "延期")
    assert "<mark>延期</mark>交房进展通报（第2期）" in html
    assert "业主反映<mark>延期</mark>交房" in html


def test_a_hit_says_kind_column_and_date(client, site):
    facts = re.findall(r'class="hit-facts">(.*?)</p>', look(client, "延期"))
    assert [strip_tags(fact) for fact in facts][0] == "进展通报法治宣传2026-10-09"


def test_a_notice_past_its_days_says_so(client, site):
    notice(site.column, "过期的停水通知", valid_until=datetime(2026, 10, 3, tzinfo=SHANGHAI).date())
    html = look(client, "停水通知")
    assert titles(html) == ["过期的停水通知"]
    assert "已过有效期" in html


def test_the_count_is_the_number_of_pages_listed(client, site):
    for number in range(20):
        notice(site.column, f"防汛提醒第{number}号", day=number + 1, kind="warning")
    first, second = look(client, "防汛"), look(client, "防汛", page="2")
    assert total(first) == total(second) == 20
    assert len(titles(first)) == 15
    assert len(titles(second)) == 5
    assert set(titles(first)) & set(titles(second)) == set()
    assert titles(first)[0] == "防汛提醒第19号"
    assert client.get("/search/", {"q": "防汛", "page": "3"}).status_code == 404


def test_a_resident_narrows_by_column_and_by_year(client, site):
    second = open_column(site.home, "政策解读")
    moment = datetime(2024, 5, 1, 9, 0, tzinfo=SHANGHAI)
    publish(second, NoticePage(title="交房条件解读", kind="guide", shown_at=moment))
    html = look(client, "交房")
    assert choices(html, "按栏目看") == {"全部": 5, "法治宣传": 3, "政策解读": 1, "其他页面": 1}
    years = choices(html, "按年份看")
    assert years["全部"] == 5
    assert years["2024年"] == 1

    narrow = look(client, "交房", column=second.slug)
    assert titles(narrow) == ["交房条件解读"]
    assert total(narrow) == 1
    assert choices(narrow, "按年份看") == {}  # one year alone is no choice
    assert titles(look(client, "交房", year="2024")) == ["交房条件解读"]
    assert titles(look(client, "交房", column="-")) == [site.guide.title]
    none = look(client, "交房", column=second.slug, year="2026")
    assert titles(none) == []
    assert "别的栏目或年份里有 5 条" in none


def test_a_column_or_a_year_there_is_not_is_a_page_there_is_not(client, site):
    for wrong in ({"column": "mei-you"}, {"year": "二〇二六"}, {"year": "99999"}, {"page": "x"}):
        assert client.get("/search/", {"q": "交房", **wrong}).status_code == 404


def test_a_stranger_finds_no_draft_no_withdrawn_page_and_no_change_before_its_publication(
    client, site
):
    draft(site.column, NoticePage(title="拟稿：某某小区的处理意见", kind="notice"))
    site.other.unpublish()
    site.inside.title = "改过的标题拟稿"
    site.inside.save_revision()
    for query in ("拟稿", "处理意见", "养老诈骗", "改过的标题"):
        html = look(client, query)
        assert titles(html) == []
        assert choices(html, "按栏目看") == choices(html, "按年份看") == {}


def test_a_stranger_finds_nothing_behind_a_restriction_wherever_it_is_set(client, site):
    login, password = PageViewRestriction.LOGIN, PageViewRestriction.PASSWORD
    PageViewRestriction.objects.create(page=site.new, restriction_type=login)
    assert titles(look(client, "交房"))[0] == site.old.title
    PageViewRestriction.objects.create(
        page=site.column, restriction_type=password, password="geheim-1"
    )
    html = look(client, "延期")
    assert (titles(html), total(html)) == ([], 0)
    restricted = PageViewRestriction.objects.create(
        page=site.home, restriction_type=PageViewRestriction.GROUPS
    )
    restricted.groups.set(Group.objects.all()[:1])
    assert titles(look(client, "交房")) == []


def test_a_stranger_finds_nothing_of_another_site_or_of_the_tree_above_home(client, site):
    root = Page.get_first_root_node()
    publish(root, NoticeIndexPage(title="另一个站点的交房栏目"))
    assert "另一个站点的交房栏目" not in titles(look(client, "交房"))


def test_a_page_whose_time_is_over_is_gone_with_its_publication(client, site):
    site.new.expire_at = datetime(2026, 1, 1, tzinfo=SHANGHAI)
    site.new.save_revision().publish()
    call_command("publish_scheduled", verbosity=0)
    assert site.new.title not in titles(look(client, "交房"))


def test_the_search_says_before_a_word_is_typed_how_to_use_it(client, site):
    html = look(client)
    assert "可以写几个词" in html
    assert 'href="/fa-zhi-xuan-chuan/"' in html
    assert titles(html) == []


def test_a_resident_who_finds_nothing_is_helped_on(client, site):
    html = look(client, "没有人写过的事")
    assert "没有找到与“没有人写过的事”有关的内容" in html
    assert "错字" in html
    assert 'href="/fa-zhi-xuan-chuan/"' in html


def test_a_question_is_answered_with_the_words_in_it_that_do_find_something(client, site):
    html = look(client, "延期交房怎么办")
    assert titles(html) == []
    hints = re.findall(r'class="hints">(.*?)</ul>', html, re.DOTALL)
    assert re.findall(r">([^<>]+)</a> <span>(\d+) 条", hints[0])[0] == ("延期交房", "3")


@pytest.mark.parametrize(
    ("query", "shorter"),
    [
        ("逾期交房怎么办", ["逾期交房", "逾期", "交房"]),
        ("请问低保如何办理", ["办理", "低保"]),
        ("交房 噪声", ["交房", "噪声"]),
        ("交房", []),
        ("吗", []),
        ("drop table", ["drop", "table"]),
        ("zzzzqq", []),
    ],
)
def test_a_long_question_has_shorter_ones_in_it(query, shorter):
    assert sorted(simpler(query)) == sorted(shorter)


def test_a_hint_counts_only_what_a_stranger_may_read(client, site):
    PageViewRestriction.objects.create(page=site.column, restriction_type=PageViewRestriction.LOGIN)
    assert 'class="hints"' not in look(client, "养老诈骗怎么办")


def test_a_whole_complaint_is_answered_with_a_sentence(client, site):
    html = look(client, "交" * (LONGEST + 1))
    assert f"最多 {LONGEST} 个字" in html
    assert 'aria-invalid="true"' in html
    assert titles(html) == []
    assert "最多" not in look(client, "交" * LONGEST)


def test_signs_alone_are_answered_with_a_sentence(client, site):
    assert "没有可以查找的字" in look(client, "？！……%_")


@pytest.mark.parametrize("query", HOSTILE)
def test_a_strange_query_gets_a_page_in_words_that_repeats_it_safely(client, site, query):
    html = look(client, query.replace("\ud83d", ""))
    assert "<b>交房" not in html
    assert total(html) == len(titles(html))


def test_blanks_around_the_words_do_not_matter(client, site):
    assert titles(look(client, "　延期\n\t 交房 ")) == titles(look(client, "延期 交房"))


def test_a_search_engine_is_told_to_leave_the_results_alone(client, site):
    html = look(client, "交房")
    assert '<meta name="robots" content="noindex, nofollow">' in html
    assert "/search/" not in client.get("/sitemap.xml").content.decode()
    assert "/search/" not in client.get("/robots.txt").content.decode()


def test_every_page_offers_the_search_once(client, site):
    for url in (site.home.url, site.new.url, "/site-map/", "/search/", "/search/?q=交房"):
        html = client.get(url).content.decode()
        assert html.count('role="search"') == 1, url
        assert html.count('name="q"') == 1, url
    assert client.get("/mei-you/").content.decode().count('role="search"') == 1


def test_the_search_speaks_chinese_and_sets_no_cookie(client, site):
    for query in ("", "交房", "没有人写过的事", "交" * 99):
        response = client.get("/search/", {"q": query})
        assert english_left(response.content.decode()) == []
        assert not response.cookies


def test_more_hits_cost_no_more_queries(client, site, django_assert_max_num_queries):
    client.get("/search/", {"q": "交房"})
    with django_assert_max_num_queries(18) as few:
        look(client, "养老诈骗")
    for number in range(44):
        notice(site.column, f"养老诈骗之{number}", kind="warning")
    with django_assert_max_num_queries(len(few)):
        look(client, "养老诈骗")
    with django_assert_max_num_queries(len(few)):
        look(client, "养老诈骗", page="3")


def test_a_guide_of_two_levels_is_found_with_its_kind(client, site):
    standing_page(site.guide, "交房验收清单")
    html = look(client, "验收清单")
    assert titles(html) == ["交房验收清单"]
    assert "办事指南" in html
