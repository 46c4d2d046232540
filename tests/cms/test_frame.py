"""The frame every public page stands in, as a resident without an account meets it."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from cms.models import SiteIdentity
from office.history import acting
from tests.cms.publishing import notice, open_column, open_site, standing_page
from tests.english import english_left

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(db):
    return open_site()


@pytest.fixture
def identity(home):
    with acting(None, "测试"):
        return SiteIdentity.objects.create(
            site=Site.objects.get(),
            site_name="云湖民声",
            sponsor="云湖街道办事处",
            address="湖滨路1号",
            phone="0000-1234501",
            hours="工作日 8:30–17:00",
            site_domain="yunhu.example",
            site_id_code="3300000001",
            icp_number="云ICP备00000001号",
            police_number="云公网安备00000000000001号",
            party_mark="标识00000001",
            error_page=standing_page(home, "网站找错"),
        )


@pytest.fixture
def pages(identity, home):
    """One page of each kind a resident can open."""
    column = open_column(home)
    body = [("heading", "去哪里"), ("text", "<p>到窗口</p>")]
    page = notice(column, "防范养老诈骗：先停一停", intro="三个字", body=body)
    return {"home": home, "column": column, "notice": page, "standing": standing_page(home)}


def tags(html: str) -> dict[str, str]:
    return dict(re.findall(r'<meta name="(\w+)" content="([^"]*)">', html))


def read(client: Client, page: Page) -> str:
    response = client.get(page.url)
    assert response.status_code == 200
    return response.content.decode()


def test_a_monitor_finds_the_site_tags_on_every_page(client, pages):
    for page in pages.values():
        found = tags(read(client, page))
        assert found["SiteName"] == "云湖民声"
        assert found["SiteDomain"] == "yunhu.example"
        assert found["SiteIDCode"] == "3300000001"


def test_a_monitor_finds_the_column_tags_on_a_column_and_its_notices(client, pages):
    for page in (pages["column"], pages["notice"]):
        found = tags(read(client, page))
        assert found["ColumnName"] == "法治宣传"
        assert found["ColumnDescription"] == "通知和普法"
        assert found["ColumnKeywords"] == "普法,通知"
        assert found["ColumnType"] == "工作动态"


def test_a_standing_page_is_a_column_of_its_own(client, pages):
    assert tags(read(client, pages["standing"]))["ColumnName"] == "怎样反映问题"


def test_a_monitor_finds_title_date_and_source_on_a_notice(client, pages):
    found = tags(read(client, pages["notice"]))
    assert found["ArticleTitle"] == "防范养老诈骗：先停一停"
    assert found["PubDate"] == "2026-10-01 09:30"
    assert found["ContentSource"] == "云湖街道办事处"
    assert "ArticleTitle" not in tags(read(client, pages["column"]))


def test_a_reposted_notice_names_its_source(client, pages):
    page = pages["notice"]
    page.content_source = "区司法局"
    page.save_revision().publish()
    assert tags(read(client, page))["ContentSource"] == "区司法局"


def test_the_footer_has_the_seven_things_a_government_site_owes(client, pages):
    for page in pages.values():
        html = read(client, page)
        footer = html[html.index("<footer") :]
        for thing in (
            "云湖街道办事处",
            "0000-1234501",
            "网站标识码 3300000001",
            "云ICP备00000001号",
            "云公网安备00000000000001号",
            "标识00000001",
            "我为政府网站找错",
        ):
            assert thing in footer
        assert 'href="/wang-zhan-zhao-cuo/"' in footer


def test_a_reader_s_page_sets_no_cookie(client, pages):
    for page in pages.values():
        assert not client.get(page.url).cookies
    assert not client.get("/no-such-page/").cookies


def test_a_reader_s_page_holds_no_script_no_inline_style_and_no_other_host(client, pages):
    for page in pages.values():
        html = read(client, page)
        assert not re.search(r"<script|<style|\sstyle=|\son\w+=|javascript:", html)
        assert not re.findall(r'(?:href|src|content)="(?:https?:)?//[^"]*"', html)


def test_a_reader_finds_no_english_on_a_public_page(client, pages):
    for page in pages.values():
        assert english_left(read(client, page), allowed=["ICP"]) == []


def test_a_reader_at_the_keyboard_meets_the_skip_link_first(client, pages):
    html = read(client, pages["notice"])
    first = re.search(r"<a [^>]*>", html).group()
    assert 'href="#main"' in first
    assert '<main id="main"' in html


def test_a_reader_is_told_where_in_the_site_a_notice_stands(client, pages):
    html = read(client, pages["notice"])
    crumbs = html[html.index('class="wrap crumbs"') : html.index("<main")]
    assert re.findall(r">([^<>\s][^<>]*)<", crumbs) == [
        "首页",
        "法治宣传",
        "防范养老诈骗：先停一停",
    ]
    assert re.search(r'href="/fa-zhi-xuan-chuan/" aria-current="true">法治宣传', html)


def test_the_menu_leaves_out_what_is_hidden_withdrawn_or_private(client, pages, home):
    hidden = standing_page(home, "不进菜单")
    withdrawn = standing_page(home, "已撤下的页", show_in_menus=True)
    withdrawn.unpublish()
    private = standing_page(home, "内部页", show_in_menus=True)
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    for address in (home.url, "/site-map/"):
        html = client.get(address).content.decode()
        menu = html[html.index('class="menu"') : html.index("<main")]
        assert "法治宣传" in menu
        assert not any(page.title in menu for page in (hidden, withdrawn, private))
    assert hidden.title in html  # the map has it
    assert withdrawn.title not in html
    assert private.title not in html


def test_a_lost_reader_is_answered_in_chinese_and_shown_the_way_home(client, identity):
    response = client.get("/mei-you-zhe-yi-ye/")
    html = response.content.decode()
    assert response.status_code == 404
    assert "没有找到这一页" in html
    assert 'href="/"' in html
    assert "0000-1234501" in html
    assert 'name="robots" content="noindex"' in html
    assert english_left(html, allowed=["ICP"]) == []


def test_the_page_of_a_fault_needs_no_database_no_template_and_no_other_host():
    html = (settings.BASE_DIR / "templates" / "500.html").read_text(encoding="utf-8")
    assert "{%" not in html
    assert "{{" not in html
    assert "//" not in html
    for address in re.findall(r'href="/static/([^"]+)"', html):
        assert (Path(settings.BASE_DIR) / "cms" / "static" / address).exists()


def test_a_reader_of_a_site_nobody_has_described_yet_gets_its_pages(client, home):
    html = read(client, home)
    assert "<footer" in html
    assert SiteIdentity.objects.count() == 0  # reading writes nothing


def test_a_search_engine_is_shown_the_public_pages_and_kept_from_the_back_office(client, pages):
    robots = client.get("/robots.txt").content.decode()
    assert "Disallow: /admin/" in robots
    assert robots.rstrip().endswith("/sitemap.xml")
    pages["notice"].unpublish()
    sitemap = client.get("/sitemap.xml").content.decode()
    assert pages["standing"].slug in sitemap
    assert pages["notice"].slug not in sitemap


def test_a_record_number_changed_by_the_administrator_is_kept_in_the_history(cast, login, identity):
    url = f"/admin/settings/cms/siteidentity/{identity.site_id}/"
    client = login(cast.sysadmin)
    fields = {
        name: getattr(identity, name)
        for name in ("site_name", "sponsor", "address", "phone", "hours", "site_domain")
    }
    data = fields | {
        "site_id_code": "3300000009",
        "footer_links-count": "0",
        "error_page": identity.error_page_id,
    }
    response = client.post(url, data)
    assert response.status_code == 302, response.context["form"].errors
    assert response["Location"] == url, response["Location"]
    newest, oldest = identity.history.order_by("-history_id")
    assert (oldest.site_id_code, newest.site_id_code) == ("3300000001", "3300000009")
    assert newest.history_user == cast.sysadmin


def test_an_editor_cannot_rename_the_site(cast, login, identity):
    url = f"/admin/settings/cms/siteidentity/{identity.site_id}/"
    login(cast.editor).post(url, {"site_name": "别的名字", "footer_links-count": "0"})
    identity.refresh_from_db()
    assert identity.site_name == "云湖民声"
