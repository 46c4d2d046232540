"""A resident asks what is held of them: from the counter to the answer, in a real browser."""

import pytest
from PIL import Image

from casework.matters.models import RightsRequest
from casework.matters.profiles import make_national_profile
from tests.casework.matters.counter import accepted, arrive, assigned
from tests.casework.matters.rights.desk import NAME, PHONE, code_of
from tests.conftest import PASSWORD, make_cast, make_street

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flush,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def counter(live_server):
    street = make_street()
    cast = make_cast(street)
    make_national_profile()
    matter = accepted(arrive(cast.registrar)[1][0], cast.officehead)
    return cast, assigned(matter, cast.officehead, street.social, cast.officer)


def enter(new_page, username, width):
    page = new_page(viewport={"width": width, "height": 900})
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def press(page, name):
    assert not page.evaluate(WIDE), page.url
    page.get_by_role("button", name=name, exact=True).click()


def enter_request(clerk):
    """登记请求, then 核实身份."""
    clerk.goto("/admin/rights/")
    clerk.get_by_role("link", name="登记请求").first.click()
    for right in ("查阅", "复制", "删除"):
        clerk.get_by_label(right, exact=True).check()
    clerk.get_by_label("照请求人的话记").fill("加班费那件登记了我什么，谁看过，看完删掉。")
    clerk.get_by_label("本人的姓名").fill(NAME)
    clerk.get_by_label("登记时留的电话").fill(PHONE)
    press(clerk, "登记请求")
    clerk.get_by_role("link", name="核实身份").click()
    clerk.get_by_label("当面看过证件").check()
    clerk.get_by_label("核实经过").fill("身份证，与本人一致，末四位 1234")
    press(clerk, "身份已核实")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_resident_is_told_what_is_held_and_why_it_is_not_deleted(
    counter, new_page, width, tmp_path
):
    cast, matter = counter
    receipt = tmp_path / "receipt.png"
    Image.new("RGB", (40, 20), "white").save(receipt)
    clerk = enter(new_page, "registrar", width)
    enter_request(clerk)

    clerk.get_by_label("事项编号或来件编号").fill(matter.number)
    clerk.get_by_label("查询码").fill("00000000")
    press(clerk, "添加")
    clerk.get_by_text("对不上").first.wait_for()
    clerk.get_by_label("查询码").fill(code_of(matter))
    press(clerk, "添加")
    clerk.get_by_text("已添加 1 件").wait_for()
    clerk.get_by_role("link", name="下一步：整理要提供的内容").click()
    press(clerk, "整理")
    clerk.get_by_text("七月到十月的加班费").first.wait_for()
    clerk.get_by_role("link", name="读过了，拟处理意见").click()
    press(clerk, "提交审批")
    clerk.get_by_text("已提交审批").first.wait_for()
    asked = RightsRequest.objects.get()

    leader = enter(new_page, "leader", width)
    leader.get_by_role("link", name=asked.number).click()
    leader.get_by_role("link", name="审批", exact=True).click()
    leader.get_by_text("七月到十月的加班费").first.wait_for()
    press(leader, "同意")
    leader.get_by_text("已同意，等经办人答复").first.wait_for()

    clerk.goto(f"/admin/rights/{asked.pk}/reply/")
    press(clerk, "存好，打印")
    clerk.get_by_text("可以依法向人民法院起诉").wait_for()
    assert not clerk.evaluate(WIDE)
    clerk.get_by_role("link", name="打印提供的内容").click()
    clerk.get_by_text("谁打开过您的信息").wait_for()
    assert not clerk.evaluate(WIDE)
    clerk.get_by_role("link", name="回到请求").click()
    with clerk.expect_download() as download:
        press(clerk, "做成表格（.xlsx）")
    assert download.value.suggested_filename.startswith("个人信息答复-")

    clerk.goto(f"/admin/rights/{asked.pk}/answer/")
    clerk.get_by_label("当面交付，本人签收").check()
    clerk.get_by_label("经过", exact=False).last.fill("本人签收")
    clerk.get_by_label("签收单或邮寄凭证").set_input_files(receipt)
    press(clerk, "登记已答复")
    clerk.get_by_text("已答复，期限不再计算").wait_for()
    assert RightsRequest.objects.get().stage == "answered"
