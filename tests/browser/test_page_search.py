"""Searching pages in a real browser: a resident at the keyboard and on a phone, an editor inside."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from cms.models import HomePage
from publications.demo import load_pages
from publications.models import NoticePage
from tests.browser.test_public_pages import AREAS, AXE, sideways
from tests.cms.test_search_files import picture
from tests.conftest import PASSWORD
from tests.english import english_left

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NOW = datetime(2026, 11, 22, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
SEARCHES = [
    "/search/",
    "/search/?q=交房",
    "/search/?q=的",
    "/search/?q=的&column=-",
    "/search/?q=没有写过",
    "/search/?q=逾期交房怎么办",
    "/search/?q=" + "交" * 41,
    "/search/?q=！",
]


@pytest.fixture
def site(cast, live_server):
    load_pages(user=cast.page_reviewer, now=NOW)


def enter(page) -> None:
    """Log in as the person who may edit and publish every page."""
    page.goto("/admin/login/")
    page.fill("[name=username]", "page_reviewer")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_reader_with_a_screen_reader_searches_without_a_barrier(new_page, site, width):
    page = new_page(bypass_csp=True, viewport={"width": width, "height": 800})
    for url in SEARCHES:
        page.goto(url)
        for name in ("vendor", "userbar"):  # the checker Wagtail gives its editors
            page.add_script_tag(url=f"/static/wagtailadmin/js/{name}.js")
        assert page.evaluate(AXE) == [], url


@pytest.mark.parametrize("width", [1280, 360, 320])
def test_the_search_fits_every_screen_and_thumb(new_page, site, width):
    page = new_page(viewport={"width": width, "height": 800})
    for url in SEARCHES:
        page.goto(url)
        assert sideways(page) == 0, url
        assert page.evaluate(AREAS) == [], url
        button = page.locator(".seek button").bounding_box()
        assert button["height"] >= 44


def test_a_resident_at_the_keyboard_finds_a_notice_from_the_home_page_without_script(
    new_page, site
):
    page = new_page(java_script_enabled=False)
    page.goto("/")
    for _ in range(3):
        page.keyboard.press("Tab")  # skip link, brand, search
    page.keyboard.type("yqjf")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=yqjf")
    assert page.locator("input[name=q]").input_value() == "yqjf"
    page.locator(".hits a").first.press("Enter")
    page.get_by_role("heading", level=1, name="澜庭苑逾期交房进展通报").wait_for()


def test_an_editor_finds_by_typing_in_explorer_chooser_and_images(page, site, cast):
    notice = NoticePage.objects.get(title__contains="逾期交房")
    picture("澜庭苑逾期交房现场")
    picture("湖边步道")
    enter(page)
    for query in ("交房", "yqjf"):
        for url, found in (
            (f"/admin/pages/{notice.get_parent().pk}/", notice.title),
            ("/admin/pages/search/", notice.title),
            ("/admin/images/", "澜庭苑逾期交房现场"),
        ):
            page.goto(url)
            page.locator("main [name=q], header [name=q]").first.fill(query)
            page.wait_for_url(f"**q=*{'yqjf' if query.isascii() else ''}*")
            page.locator("#listing-results, #page-results, main").get_by_text(
                found
            ).first.wait_for()
            page.get_by_text("湖边步道").wait_for(state="detached")
            assert english_left(page.locator("main").inner_html()) == [], url


@pytest.mark.parametrize("query", ["交房", "yqjf"])
def test_an_editor_finds_a_page_to_link_to_in_the_chooser(page, site, query):
    notice = NoticePage.objects.get(title__contains="逾期交房")
    enter(page)
    page.goto(f"/admin/pages/{HomePage.objects.get().pk}/edit/")
    chosen = page.locator(".chooser:not(.blank)").first
    chosen.locator(".w-dropdown__toggle").click()
    page.locator("[data-chooser-action-choose]:visible").first.click()
    page.locator(".modal .choose-page").first.wait_for()  # the modal's own script has run
    page.locator(".modal [name=q]").press_sequentially(query, delay=40)
    page.locator(".modal .choose-page", has_text=notice.title).first.click()
    page.locator(".modal").wait_for(state="detached")
    assert chosen.locator(".chooser__title").inner_text() == notice.title
