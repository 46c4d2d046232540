"""The demo's public site: complete, in Chinese, with no way that leads nowhere."""

import re
from datetime import date, datetime
from urllib.parse import urljoin
from zoneinfo import ZoneInfo

import pytest
from wagtail.models import Page, PageLogEntry, Site

from cms.models import HomePage, SiteIdentity
from publications.demo import in_dates, load_pages
from publications.models import NoticePage
from tests.english import english_left

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture
def loaded(cast):
    return load_pages(user=cast.page_reviewer, now=NOW)


def test_the_demo_has_a_home_a_column_standing_pages_and_eight_notices(loaded):
    assert loaded == 14
    assert NoticePage.objects.live().count() == 8
    assert Page.objects.filter(depth__gt=1).not_live().count() == 0


def test_loading_the_demo_twice_changes_nothing(cast, loaded):
    before = set(Page.objects.values_list("pk", "latest_revision_id"))
    assert load_pages(user=cast.page_reviewer, now=NOW) == 0
    assert set(Page.objects.values_list("pk", "latest_revision_id")) == before


def test_the_site_opens_on_our_home_page_and_wagtail_s_welcome_is_gone(client, loaded):
    site = Site.objects.get()
    assert site.root_page.specific == HomePage.objects.get()
    assert (site.hostname, site.port) == ("127.0.0.1", 8000)
    assert Page.objects.filter(depth=2).count() == 1
    assert "有难处，说得上话；" in client.get("/").content.decode()


def test_the_history_of_a_demo_page_names_who_published_it(cast, loaded):
    notice = NoticePage.objects.first()
    entries = PageLogEntry.objects.filter(page=notice.pk, action="wagtail.publish")
    assert [entry.user for entry in entries] == [cast.page_reviewer]
    identity = SiteIdentity.objects.get()
    assert identity.history.get().history_user == cast.page_reviewer


def test_a_resident_who_follows_every_link_never_meets_a_dead_end(client, loaded):
    seen, ahead = set(), ["/"]
    while ahead:
        url = ahead.pop()
        if url in seen:
            continue
        seen.add(url)
        response = client.get(url)
        assert response.status_code == 200, url
        html = response.content.decode()
        assert english_left(html, allowed=["ICP", "IP", "Tab"]) == [], url
        anchors = set(re.findall(r'\bid="([^"]+)"', html))
        for link in re.findall(r'<a [^>]*href="([^"]*)"', html):
            if link.startswith("#"):
                assert link[1:] in anchors, (url, link)
            elif not link.startswith("tel:"):
                ahead.append(urljoin(url, link.replace("&amp;", "&")))
    assert {page.url for page in NoticePage.objects.all()} <= seen


def test_every_notice_is_long_enough_to_help_and_cites_the_law(loaded):
    for notice in NoticePage.objects.all():
        kinds = {block.block_type for block in notice.body}
        words = re.findall(r"[一-鿿]", notice.body.render_as_block())
        assert 250 <= len(words) <= 900, notice.title
        assert "basis" in kinds, notice.title


def test_an_editor_can_save_every_page_of_the_demo_as_it_is(loaded):
    for page in Page.objects.filter(depth__gt=1).specific():
        for name in page.get_streamfield_names():
            blocks = getattr(page, name)
            blocks.stream_block.clean(blocks)  # raises on a field too long or missing


def test_dates_follow_the_day_of_loading_and_the_season(loaded):
    days = {
        page.slug[:9]: page.shown_at.astimezone(NOW.tzinfo).date()
        for page in NoticePage.objects.all()
    }
    assert days["ling-dao-"] == date(2026, 11, 21)
    assert days["min-fa-di"] == date(2026, 4, 27)
    assert max(days.values()) < NOW.date()


@pytest.mark.parametrize(
    ("mark", "words"),
    [
        ("[[+9]]", "12月1日 周二"),
        ("[[wed+1]]", "11月25日 周三"),
        ("[[wed+2]]", "12月2日 周三"),
        ("[[sun+1]]", "11月29日 周日"),
        ("[[05-08]]", "5月8日 周五"),
    ],
)
def test_a_text_of_the_demo_speaks_of_days_that_fit_its_date(mark, words):
    sunday = date(2026, 11, 22)
    assert in_dates(f"见面：{mark}。", sunday) == f"见面：{words}。"
