"""The public site in a real browser: narrow screens, the keyboard, no script."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from publications.demo import load_pages
from publications.models import NoticePage

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
PAGES = ["/", "/fa-zhi-xuan-chuan/", "/zen-yang-fan-ying-wen-ti/", "/mei-you/"]
AREAS = """
() => [...document.querySelectorAll('a[href]')]
  .filter(link => !link.closest('.rich, .skip') && link.getClientRects().length)
  .map(link => [link.textContent.trim(), link.getBoundingClientRect().height])
  .filter(([, height]) => height < 43.5)
"""

AXE = """
async () => (await axe.run(document)).violations.map(
  broken => [broken.id, ...broken.nodes.map(node => node.html)])
"""


@pytest.fixture
def site(cast, live_server):
    load_pages(user=cast.page_reviewer, now=NOW)
    return [*PAGES, NoticePage.objects.live().first().url]


def sideways(page) -> int:
    """Pixels by which the page is wider than its window."""
    return page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )


@pytest.mark.parametrize("width", [1280, 360])
def test_a_reader_with_a_screen_reader_meets_no_barrier_axe_knows(new_page, site, width):
    page = new_page(bypass_csp=True, viewport={"width": width, "height": 800})
    notices = [notice.url for notice in NoticePage.objects.live()]
    for url in [*PAGES, "/site-map/", *notices]:
        page.goto(url)
        for name in ("vendor", "userbar"):  # the checker Wagtail gives its editors
            page.add_script_tag(url=f"/static/wagtailadmin/js/{name}.js")
        assert page.evaluate(AXE) == [], url


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_a_reader_never_scrolls_sideways(new_page, site, width):
    page = new_page(viewport={"width": width, "height": 800})  # 320: 1280 px enlarged to 400 %
    for url in site:
        page.goto(url)
        assert sideways(page) == 0, url


def test_a_thumb_hits_every_link_outside_running_text(new_page, site):
    page = new_page(viewport={"width": 360, "height": 800})
    for url in site:
        page.goto(url)
        assert page.evaluate(AREAS) == [], url


def test_a_reader_at_the_keyboard_skips_to_the_text_or_walks_the_menu(page, site):
    page.goto("/")
    page.keyboard.press("Tab")
    focused = page.locator(":focus")
    assert focused.inner_text() == "跳到正文"
    assert focused.bounding_box()["y"] >= 0
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"

    page.goto("/")
    walked = []
    for _ in range(8):
        page.keyboard.press("Tab")
        walked.append(page.locator(":focus").inner_text().strip())
    assert walked.index("首页") < walked.index("法治宣传") < walked.index("怎样反映问题")
    outline = page.locator(":focus").evaluate("node => getComputedStyle(node).outlineStyle")
    assert outline == "solid"


def test_a_reader_without_scripts_reads_finds_and_goes_on(new_page, site):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    page.get_by_role("link", name="我的问题走哪条路").first.click()
    assert page.locator("h1").inner_text() == "我的问题走哪条路"
    page.get_by_role("link", name="和单位之间的劳动争议").click()
    assert page.url.split("#")[1]
    page.get_by_role("navigation", name="主导航").get_by_role("link", name="法治宣传").click()
    page.get_by_role("link", name="欠薪维权路径图").click()
    assert "申请仲裁" in page.inner_text("main")


def test_a_resident_prints_a_notice_without_menus_and_panels(page, site):
    page.goto(site[-1])
    page.emulate_media(media="print")
    assert not page.locator("nav.menu").is_visible()
    assert not page.locator(".reach").is_visible()
    assert page.locator("h1").is_visible()
    assert page.locator("footer").get_by_text("云湖街道湖滨路1号便民服务中心").is_visible()


def test_an_editor_who_types_a_chinese_title_gets_a_pinyin_address(new_page, cast, site):
    page = new_page()
    page.goto("/admin/login/")
    page.fill("input[name=username]", cast.editor.username)
    page.fill("input[name=password]", "Ceshi-2026-yunhu")
    page.click("button[type=submit]")
    column = NoticePage.objects.live().first().get_parent()
    page.goto(f"/admin/pages/add/publications/noticepage/{column.pk}/")
    page.locator("textarea[name=title], input[name=title]").first.press_sequentially(
        "汛期值班安排", delay=60
    )
    page.keyboard.press("Tab")
    page.wait_for_timeout(300)
    assert page.locator("input[name=slug]").input_value() == ""
    page.get_by_role("button", name="保存草稿").first.click()
    page.wait_for_url("**/edit/**")
    assert NoticePage.objects.get(title="汛期值班安排").slug == "xun-qi-zhi-ban-an-pai"
