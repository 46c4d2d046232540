"""Notices as residents read them."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from publications.models import NoticePage
from tests.cms.publishing import notice, open_column, open_site

pytestmark = pytest.mark.django_db


@pytest.fixture
def column(db):
    return open_column(open_site())


def titles(html: str) -> list[str]:
    """Titles of a list in their order."""
    listed = html[html.index('<ul class="titles">') : html.index("</ul>", html.index('"titles"'))]
    return [
        re.sub(r"<[^>]+>", "", link)
        for link in re.findall(r"<a href=[^>]*>(.*?)</a>", listed, re.DOTALL)
    ]


def body(client, url: str) -> str:
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_resident_reads_a_notice_with_its_date_and_source(client, column):
    page = notice(
        column,
        "汛期值班电话",
        day=8,
        intro="白天黑夜都有人接",
        content_source="街道应急办",
        body=[
            ("text", "<p>请打值班电话。</p>"),
            ("callout", {"kind": "care", "text": "<p>先撤</p>"}),
        ],
        contact_office="应急值班室",
        contact_phone="0000-1234505",
    )
    html = body(client, page.url)
    for text in ("白天黑夜都有人接", "2026-10-08 09:30", "来源 街道应急办", "请打值班电话。"):
        assert text in html
    assert "注意" in html  # the kind of a note is said, not only coloured
    assert 'href="tel:00001234505"' in html


def test_a_resident_finds_the_newest_notice_first_and_with_its_gist(client, column):
    notice(column, "旧通知", day=2, intro="旧的导语")
    notice(column, "新通知", day=20, intro="新的导语")
    notice(column, "中间的通知", day=9, intro="中间的导语")
    html = body(client, column.url)
    assert titles(html) == ["新通知", "中间的通知", "旧通知"]
    assert "新的导语" in html
    assert "旧的导语" not in html


def test_notices_of_one_moment_stand_in_the_order_they_were_written(client, column):
    for title in ("第一份", "第二份", "第三份"):
        notice(column, title, day=5)
    assert titles(body(client, column.url)) == ["第三份", "第二份", "第一份"]


def test_a_resident_sees_no_draft_no_withdrawn_and_no_private_notice(client, column):
    notice(column, "公开的通知")
    column.add_child(instance=NoticePage(title="草稿", live=False))
    withdrawn = notice(column, "撤回的通知")
    withdrawn.unpublish()
    private = notice(column, "内部通知")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert titles(body(client, column.url)) == ["公开的通知"]
    assert client.get(withdrawn.url).status_code == 404


def test_an_empty_column_says_so_and_what_to_do(client, column):
    assert "这里还没有内容" in body(client, column.url)


def test_a_notice_past_its_last_day_says_so_and_stays_readable(client, column):
    old = notice(column, "去年的安排", valid_until=date(2020, 1, 31))
    html = body(client, old.url)
    assert "已过有效期" in html
    assert "有效至 <time" in html


def test_the_last_valid_day_still_counts():
    page = NoticePage(title="安排", valid_until=date(2026, 10, 31))
    assert not page.past(date(2026, 10, 31))
    assert page.past(date(2026, 11, 1))
    assert not NoticePage(title="不限期").past(date(2099, 1, 1))


def test_a_resident_turns_the_pages_of_a_long_list_by_plain_links(client, column):
    for number in range(1, 18):
        notice(column, f"第{number}号", day=number)
    first = body(client, column.url)
    assert len(titles(first)) == 15
    assert re.search(r'<a class="pages-step" href="\?page=2" rel="next">下一页</a>', first)
    second = body(client, f"{column.url}?page=2")
    assert titles(second) == ["第2号", "第1号"]
    assert "（第2页）" in second
    for wrong in ("3", "0", "x"):
        assert client.get(f"{column.url}?page={wrong}").status_code == 404


def test_a_resident_reads_one_kind_of_notice_only(client, column):
    for number in range(1, 17):
        notice(column, f"普法{number}", day=number, kind="education")
    notice(column, "一份提醒", day=20, kind="warning")
    assert titles(body(client, f"{column.url}?kind=warning")) == ["一份提醒"]
    html = body(client, f"{column.url}?kind=education")
    assert 'href="?kind=education&amp;page=2"' in html
    assert client.get(f"{column.url}?kind=gossip").status_code == 404


def test_a_reader_goes_on_to_the_notice_before_and_after(client, column):
    notice(column, "较早的", day=1)
    middle = notice(column, "中间的", day=2)
    later = notice(column, "较晚的", day=3)
    html = body(client, middle.url)
    ways = html[html.index('class="neighbours"') : html.index("</article>")]
    assert ways.index("较晚的") < ways.index("较早的")
    later.unpublish()
    assert "较晚的" not in body(client, middle.url)


def test_fifty_notices_cost_the_reader_no_more_queries_than_five(client, column):
    def queries(url: str) -> int:
        client.get(url)  # what is remembered between requests is remembered now
        with CaptureQueriesContext(
            connection,
        ) as seen:
            client.get(url)
        return len(seen)

    for number in range(1, 6):
        page = notice(column, f"第{number}号", day=number)
    few = queries(column.url), queries(page.url)
    for number in range(6, 51):
        notice(column, f"第{number}号", day=number % 28 + 1)
    assert (queries(column.url), queries(page.url)) == few
    assert max(few) <= 20
