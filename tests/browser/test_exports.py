"""A list leaves the house in a real browser: at once, in the background, and in clear with a second person."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from office.clock import now
from office.exporting import runs
from office.models import ExportRequest, ExportRun
from tests.conftest import PASSWORD, make_cast, make_street
from tests.office.exporting.desk import matters, set_limit

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flush,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def enter(new_page, username, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    return page


@pytest.fixture
def cast(live_server):
    found = make_cast(make_street())
    matters(found)
    return found


@pytest.mark.parametrize("width", [1280, 360])
def test_a_head_exports_the_list_as_filtered_with_three_clicks(cast, new_page, width):
    page = enter(new_page, "officehead", width)
    page.goto("/admin/matters/?tab=all")
    page.get_by_role("link", name="导出", exact=True).click()
    assert not page.evaluate(WIDE)
    page.get_by_label("自查核对").check()
    with page.expect_download() as download:
        page.get_by_role("button", name="导出", exact=True).click()
    name = download.value.suggested_filename
    assert name.startswith("信访事项-")
    assert name.endswith(".xlsx")
    book = load_workbook(BytesIO(download.value.path().read_bytes()))
    assert book.active.max_row > 3
    assert not page.evaluate(WIDE)
    assert ExportRun.objects.get().purpose == "自查"


@pytest.mark.parametrize("width", [1280, 360])
def test_a_page_of_a_file_in_the_making_shows_by_itself_that_it_is_ready(cast, new_page, width):
    set_limit("background_rows", 1)
    page = enter(new_page, "officehead", width)
    page.goto("/admin/exports/new/matters/?tab=all")
    page.get_by_label("会议材料").check()
    page.get_by_role("button", name="导出", exact=True).click()
    page.get_by_text("排队中").first.wait_for()
    assert not page.evaluate(WIDE)
    assert runs.take_up(now(), bool)
    page.get_by_text("可以下载").first.wait_for()  # the page asks again by itself


@pytest.mark.parametrize("width", [1280, 360])
def test_a_list_in_clear_goes_from_the_head_over_the_leader_back_to_the_head(cast, new_page, width):
    head = enter(new_page, "officehead", width)
    head.goto("/admin/exports/new/matters/?tab=all")
    head.get_by_role("link", name="申请明文导出").click()
    head.get_by_label("上报", exact=True).check()
    head.get_by_label("说明").fill("报区信访局核对联系方式")
    assert not head.evaluate(WIDE)
    head.get_by_role("button", name="提交申请").click()
    head.get_by_text("待审批").first.wait_for()

    leader = enter(new_page, "leader", width)
    leader.get_by_role("link", name="信访事项：上报：报区信访局核对联系方式").click()
    leader.get_by_label("同意", exact=True).check()
    assert not leader.evaluate(WIDE)
    leader.get_by_role("button", name="提交审批").click()
    leader.get_by_text("已同意").first.wait_for()
    assert ExportRequest.objects.get().decided_by == cast.leader

    assert runs.take_up(now(), bool)
    head.goto("/admin/")
    head.get_by_role("link", name="信访事项（明文）").click()
    with head.expect_download() as download:
        head.get_by_role("link", name="下载").click()
    assert "明文" in download.value.suggested_filename
    assert not head.evaluate(WIDE)


@pytest.mark.parametrize("width", [1280, 360])
def test_an_administrator_sets_a_limit_on_any_screen(cast, new_page, width):
    page = enter(new_page, "sysadmin", width)
    page.goto("/admin/limits/")
    assert not page.evaluate(WIDE)
    page.get_by_role("link", name="导出文件保留（天）").click()
    page.get_by_label("导出文件保留（天）").fill("10")
    page.get_by_label("修改原因").fill("按保密办要求")
    assert not page.evaluate(WIDE)
    page.get_by_role("button", name="保存").click()
    page.get_by_text("导出文件保留（天）：10，已保存。").wait_for()
