"""From the counter to the first act without a mouse: every stop is reached by Tab, sent by Enter."""

import pytest
from django.conf import settings

from casework.matters.models import Category, Matter
from casework.matters.profiles import make_national_profile
from office.history import acting
from office.models import KeptForm
from tests.casework.matters.counter import accepted, arrive, assigned, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
DESK = "/admin/matters/desk/"
MOST_STOPS = 120  # Tabs until somebody gives up
FOCUSED = """
() => {
  const here = document.activeElement;
  if (here === document.body) return '';
  const label = here.labels?.[0]?.innerText || here.getAttribute('aria-label') || here.innerText || '';
  return label.trim().replace(/\\s+/g, ' ');
}
"""
TARGETS = """
() => [...document.querySelectorAll('.desk a.button, .desk button, .desk summary, .desk .desk-list a, .desk .mt-duties a')]
  .filter(one => one.offsetParent !== null)
  .map(one => [one.innerText.trim(), one.getBoundingClientRect()])
  .filter(([, box]) => box.height < 20 || box.width < 20)
  .map(([told, box]) => `${told} ${box.width}x${box.height}`)
"""


@pytest.fixture
def desk(cast, street, new_page, login, live_server):
    """A page of the admin as somebody sees it: `desk(cast.registrar)`."""
    make_national_profile()

    def open_as(user, width: int = 1280):
        page = new_page(viewport={"width": width, "height": 800})
        value = login(user).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value}
        page.context.add_cookies([cookie | {"url": live_server.url + "/admin/"}])
        return page

    return open_as


def tab_to(page, label: str) -> None:
    """Press Tab until the stop with this label has the focus; fails when it is never reached."""
    seen = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        told = page.evaluate(FOCUSED)
        seen.append(told)
        if label in told:
            return
    pytest.fail(f"{label} is not reached by Tab: {seen}")


def test_an_arrival_is_registered_opened_and_accepted_by_keyboard_alone(cast, street, desk):
    with acting(None, "分类"):
        Category(code="9901", name="物业服务").save()
    page = desk(cast.registrar)
    page.goto(DESK)
    tab_to(page, "登记来件")
    page.keyboard.press("Enter")
    page.wait_for_url("**/matters/add/")
    tab_to(page, "一句话说清是什么事")
    page.keyboard.type("电梯停了半个月没人修")
    page.keyboard.press("Enter")
    page.keyboard.type("八十岁的老人下不了楼。")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/receipt/**")
    tab_to(page, "看这件事项")
    page.keyboard.press("Enter")
    page.wait_for_url("**/inspect/**")
    matter = Matter.objects.get()
    assert page.get_by_role("heading", name=matter.title).is_visible()

    head = desk(cast.officehead)
    head.goto(DESK)
    tab_to(head, matter.title)
    head.keyboard.press("Enter")
    head.wait_for_url("**/inspect/**")
    tab_to(head, "受理")
    head.keyboard.press("Enter")
    head.wait_for_url("**/do/accept/")
    tab_to(head, "建议意见")
    head.keyboard.press("ArrowDown")  # the next way: 信访程序
    tab_to(head, "内容分类")
    head.keyboard.press("ArrowDown")
    head.keyboard.press("Control+Enter")
    head.wait_for_url("**/inspect/**")

    matter.refresh_from_db()
    assert (matter.state, matter.path) == ("accepted", "C6")


def test_the_first_tab_leads_past_the_menu_to_the_page_itself(cast, desk):
    page = desk(cast.officer)
    page.goto(DESK)
    page.keyboard.press("Tab")

    assert "跳" in page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.closest('#main, main') !== null")


def test_j_and_k_go_from_line_to_line_of_a_desk(cast, street, desk):
    for n in (1, 2):
        matter = arrive(cast.registrar, claims=[(f"第{n}件事", "")])[1][0]
        assigned(accepted(matter, cast.officehead), cast.officehead, street.social, cast.officer)
    page = desk(cast.officer)
    page.goto(DESK)
    tab_to(page, "第1件事")
    page.keyboard.press("j")
    assert page.evaluate(FOCUSED) == "第2件事"
    page.keyboard.press("k")
    assert page.evaluate(FOCUSED) == "第1件事"
    page.keyboard.press("Enter")
    page.wait_for_url("**/inspect/**")


def test_what_was_being_typed_is_offered_when_the_page_is_opened_again(cast, desk):
    page = desk(cast.registrar)
    page.goto("/admin/matters/add/")
    page.get_by_label("一句话说清是什么事").fill("电梯停了半个月没人修")
    page.get_by_label("姓名或单位").fill("钟阿婆")
    page.get_by_text("已自动保存").wait_for()
    page.close()

    other = desk(cast.registrar2)
    other.goto("/admin/matters/add/")
    assert other.get_by_text("没填完的").count() == 0, "a draft is its own person's alone"
    again = desk(cast.registrar)
    again.goto("/admin/matters/add/")
    again.get_by_role("link", name="接着填").click()
    assert again.get_by_label("一句话说清是什么事").input_value() == "电梯停了半个月没人修"
    assert again.get_by_label("姓名或单位").input_value() == "钟阿婆"
    again.get_by_role("button", name="登记并打印回执").click()
    again.wait_for_url("**/receipt/**")
    assert Matter.objects.count() == 1
    assert not KeptForm.objects.exists(), "what was sent is no draft any more"


@pytest.mark.parametrize("width", [1280, 360])
def test_desks_and_record_fit_a_phone_and_have_targets_that_can_be_hit(cast, street, desk, width):
    matter = arrive(cast.registrar, claims=[("楼道里停满电动车，消防通道走不通", "")])[1][0]
    accepted(matter, cast.officehead)
    assigned(matter, cast.officehead, street.social, cast.officer)
    arrive(cast.registrar, complete=False)
    for who, path in (
        ("officer", DESK), ("officer", record(matter)), ("officehead", DESK),
        ("leader", DESK), ("registrar", DESK), ("officehead", record(matter)),
    ):  # fmt: skip
        page = desk(getattr(cast, who), width)
        page.goto(path)
        page.wait_for_timeout(300)
        wider = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wider) <= 0, f"{who} {path} scrolls sideways"
        assert page.evaluate(TARGETS) == [], f"{who} {path}"
