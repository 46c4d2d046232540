"""Scene: five people wait; a woman of 78 holds her receipt before anybody asks for an identity card."""

import re

import pytest

from casework.matters.models import Clock, Item, Matter
from tests.browser.stage import DESK, PHONE
from tests.casework.matters.counter import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIFT = "电梯停了半个月没人修"
STORY = "我七十八了，住九楼，电梯停了十六天，买菜看病都下不来。物业说等配件，等到现在。"
OTHERS = [
    ("楼上漏水互不认账", "卫生间顶上滴水两个月，楼上说不是他家的。", "贺建平", "19900000002"),
    ("楼道里充电动车", "三楼楼道每晚拉线充电，怕着火。", "蓝小满", "19900000003"),
    ("物业费上涨没有公示", "七月起每平方米多收三角，没贴过公告。", "", "19900000004"),
    ("湖边餐吧半夜吵", "凌晨一点还在放音乐，孩子睡不着。", "尹守成", ""),
]
#: 15 days after Monday 21 September (art. 23); a holiday, and an office's last day stays there
LAST_DAY = "2026年10月6日（周二）"
SIZES = """
() => [...document.querySelectorAll('.big dd, .due b')]
  .map(one => parseFloat(getComputedStyle(one).fontSize))
"""


def tell(screen, title, story, name, phone, button):
    """What the registrar types while somebody speaks, from field to field by Enter."""
    screen.field("一句话说清是什么事").focus()
    keys = screen.page.keyboard
    keys.type(title)
    keys.press("Enter")
    keys.type(story)
    screen.field("姓名或单位").focus()
    keys.type(name)
    keys.press("Enter")
    keys.type(phone)
    assert screen.sees_no("证件号码：")
    assert not screen.page.get_by_label("证件号码").is_visible(), "nobody asks for a card"
    screen.press(button)
    screen.arrive("/receipt/")


@pytest.mark.parametrize("width", [1280, 360])
def test_a_woman_of_78_has_her_receipt_while_four_others_wait(play, width):
    counter = play.sit("registrar", width)
    counter.visit(DESK).follow("登记来件")
    tell(counter, LIFT, STORY, "闻桂香", "19900000001", "登记并打印回执")
    item = Item.objects.get()
    assert item.number in counter.page.locator(".big").inner_text()
    assert re.search(r"\b\d{4} \d{4}\b", counter.page.locator(".big").inner_text())
    counter.see(PHONE, LIFT, LAST_DAY, "接待人：登小记")
    assert min(counter.page.evaluate(SIZES)) >= 20, "she reads it without her glasses"
    assert STORY not in counter.page.content(), "what she told is nobody's who finds the paper"
    assert counter.page.get_by_role("button", name="打印").is_visible()

    for title, story, name, phone in OTHERS:
        counter.follow("登记下一位")
        tell(counter, title, story, name, phone, "登记，稍后补全")
        counter.see(title, LAST_DAY)

    counter.visit(DESK)
    waiting = counter.panel("待补全")
    assert waiting.get_by_role("link").filter(has_text=OTHERS[0][0]).count() == 1
    waiting.get_by_role("link", name=OTHERS[0][0]).click()
    counter.arrive("/complete/")
    for n in range(4):
        counter.field("内容分类").select_option(label="劳动报酬")
        with counter.page.expect_navigation():
            counter.press("补全，接着下一件" if n < 3 else "补全，完成登记")
    counter.visit(DESK)
    counter.see("没有要补全的登记。")

    matters = list(Matter.objects.order_by("pk"))
    assert [matter.title for matter in matters] == [LIFT, *(one[0] for one in OTHERS)]
    assert [matter.text("claim") for matter in matters] == [STORY, *(one[1] for one in OTHERS)]
    assert {matter.state for matter in matters} == {"registered"}
    assert all(matter.complete for matter in matters)
    assert {f"{matter.due_on}" for matter in matters} == {"2026-10-06"}
    assert {matter.petitioners.get().text("id_number") for matter in matters} == {""}
    # five working days from the 21st, the Mid-Autumn days left out: 22, 23, 24, 28, 29
    inside = Clock.objects.filter(kind="routing").values_list("due_on", flat=True)
    assert {f"{day}" for day in inside} == {"2026-09-29"}
    assert counter.visit(record(matters[0])).sees_no("待补全")
