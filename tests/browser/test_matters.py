"""The counter, the record and the list in a real browser: keyboard, input method, phone, no script."""

import pytest
from django.conf import settings
from django.urls import reverse

from casework.matters.models import Matter
from casework.matters.profiles import make_national_profile
from tests.casework.matters.counter import LIST, accepted, act, arrive, assigned, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "/admin/matters/add/"
AXE = """
async () => (await axe.run(document)).violations.map(
  broken => [broken.id, ...broken.nodes.map(node => node.html)])
"""
COMPOSED = """
(options) => {
  const field = document.activeElement;
  const event = new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, ...options});
  return [field.dispatchEvent(event), document.activeElement === field];
}
"""


@pytest.fixture
def desk(cast, street, new_page, login, live_server):
    """Open a page of the admin as a person: `desk(cast.registrar, width=360)`."""
    make_national_profile()

    def open_as(user, *, width: int = 1280, **options):
        page = new_page(viewport={"width": width, "height": 800}, **options)
        value = login(user).cookies[settings.SESSION_COOKIE_NAME].value
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": value,
                    "url": live_server.url + "/admin/",
                }
            ]
        )
        return page

    return open_as


@pytest.fixture
def at_work(cast, street, desk):
    """A matter in the officer's hands, one waiting, one sealed."""
    matter = arrive(cast.registrar)[1][0]
    matter = assigned(
        accepted(matter, cast.officehead),
        cast.officehead,
        street.social,
        cast.officer,
        "先核对工时",
    )
    arrive(cast.registrar, claims=[("楼道里停满电动车", "")], complete=False)
    arrive(cast.registrar, klass="B", people=[], claims=[])
    return matter


def test_a_registrar_takes_a_matter_down_by_keyboard_alone(cast, desk):
    page = desk(cast.registrar)
    page.goto(ADD)
    page.get_by_label("一句话说清是什么事").focus()
    page.keyboard.type("电梯停了半个月没人修")
    page.keyboard.press("Enter")  # on to the claim, not away with half a form
    page.keyboard.type("八十岁的老人下不了楼。")
    page.get_by_label("姓名或单位").focus()
    page.keyboard.type("钟阿婆")
    page.keyboard.press("Enter")
    page.keyboard.type("19900005678")
    page.get_by_role("button", name="登记并打印回执").press("Enter")
    page.wait_for_url("**/receipt/**")

    matter = Matter.objects.get()
    assert (matter.title, matter.text("claim")) == (
        "电梯停了半个月没人修",
        "八十岁的老人下不了楼。",
    )
    assert matter.petitioners.get().text("phone") == "19900005678"
    assert page.get_by_role("button", name="打印").is_visible()
    assert page.get_by_text(matter.number).first.is_visible()


def test_enter_while_an_input_method_composes_neither_sends_nor_leaves_the_field(cast, desk):
    page = desk(cast.registrar)
    page.goto(ADD)
    for label in ("一句话说清是什么事", "姓名或单位", "电话"):
        page.get_by_label(label).focus()
        for options in ({"isComposing": True}, {"keyCode": 229}):
            assert page.evaluate(COMPOSED, options) == [False, True]
        assert page.evaluate(COMPOSED, {}) == [False, False]  # the word is finished: go on
    page.get_by_label("诉求").focus()
    assert page.evaluate(COMPOSED, {"isComposing": True}) == [True, True]  # a textarea keeps Enter

    assert page.url.endswith(ADD)
    assert Matter.objects.count() == 0


def test_without_scripts_enter_sends_no_half_form_and_the_counter_still_works(cast, desk):
    page = desk(cast.registrar, java_script_enabled=False)
    page.goto(ADD)
    page.get_by_label("一句话说清是什么事").fill("电梯停了半个月没人修")
    page.keyboard.press("Enter")
    assert Matter.objects.count() == 0
    page.get_by_role("button", name="再加一件").click()
    assert page.get_by_label("一句话说清是什么事").first.input_value() == "电梯停了半个月没人修"
    page.get_by_label("一句话说清是什么事").nth(1).fill("楼道里停满电动车")
    page.get_by_role("button", name="登记并打印回执").click()

    assert "/receipt/" in page.url
    assert Matter.objects.count() == 2


def test_a_double_click_on_the_button_registers_once(cast, desk):
    page = desk(cast.registrar)
    page.goto(ADD)
    page.get_by_label("一句话说清是什么事").fill("电梯停了半个月没人修")
    page.get_by_role("button", name="登记并打印回执").dblclick()
    page.wait_for_url("**/receipt/**")

    assert Matter.objects.count() == 1


def test_a_refusal_is_read_first_and_leads_to_the_field(cast, desk):
    page = desk(cast.registrar)
    page.goto(ADD)
    page.get_by_label("诉求").fill("八十岁的老人下不了楼。")
    page.get_by_role("button", name="登记并打印回执").click()

    page.wait_for_selector("#problems:focus")
    page.get_by_role("link", name="一句话说清是什么事").click()
    assert page.evaluate("document.activeElement.id") == "id_c0-title"
    assert page.get_by_label("诉求").input_value() == "八十岁的老人下不了楼。"


def test_a_filter_changes_the_table_in_place_and_the_address_with_it(cast, at_work, desk):
    page = desk(cast.officehead)
    page.goto(reverse(LIST))
    assert page.locator(".mt-list tbody tr").count() == 2
    page.get_by_label("状态").select_option("registered")
    page.locator(".mt-list tbody tr").nth(1).wait_for(state="detached")

    assert "state=registered" in page.url
    page.get_by_label("去掉条件：状态 已登记").click()
    page.wait_for_url(lambda url: "state=registered" not in url)
    assert page.locator(".mt-list tbody tr").count() == 2


def test_a_leader_opens_the_claim_with_a_purpose_on_the_spot(cast, at_work, desk):
    page = desk(cast.leader)
    page.goto(record(at_work))
    assert page.get_by_text("加班费一直没有发").count() == 0
    page.get_by_text("打开诉求").click()
    page.locator("#purpose_texts").fill("接访前了解诉求")
    page.locator("#purpose_texts").press("Enter")

    page.get_by_text("加班费一直没有发").wait_for()
    assert page.get_by_text("韦小梅").count() == 0


PAGES = {
    "officehead": ["/admin/", "list", "record", "accept"],
    "registrar": ["/admin/", ADD, "/admin/matters/add/sealed/", "receipt", "complete"],
    "officer": ["/admin/", "list", "record", "hear"],
    "auditor": ["record", "history"],
    "custodian": ["list", "/admin/"],
}


def addresses(who: str, matter) -> list[str]:
    waiting = Matter.objects.get(complete=False)
    known = {
        "list": reverse(LIST) + "?tab=all&channel=visit",
        "record": record(matter),
        "accept": act(waiting, "accept"),
        "hear": act(matter, "hear"),
        "complete": reverse("matters:complete", args=[waiting.pk]),
        "receipt": reverse("matters:receipt", args=[waiting.links.get().item_id]),
        "history": reverse("wagtailsnippets_matters_matter:history", args=[matter.pk]),
    }
    return [known.get(name, name) for name in PAGES[who]]


@pytest.mark.parametrize("who", sorted(PAGES))
def test_nobody_scrolls_sideways_on_a_phone(who, cast, at_work, desk):
    page = desk(getattr(cast, who), width=360)
    for url in addresses(who, at_work):
        page.goto(url)
        wide = page.evaluate(
            "Math.max(...[document.documentElement, document.querySelector('main')]"
            ".map(box => box.scrollWidth - box.clientWidth))"
        )
        assert wide <= 0, url


@pytest.mark.parametrize("who", sorted(PAGES))
def test_a_colleague_with_a_screen_reader_meets_no_barrier_axe_knows(who, cast, at_work, desk):
    page = desk(getattr(cast, who), bypass_csp=True)
    for url in addresses(who, at_work):
        if url == "/admin/":
            continue
        page.goto(url)
        for name in ("vendor", "userbar"):
            page.add_script_tag(url=f"/static/wagtailadmin/js/{name}.js")
        page.evaluate("document.querySelectorAll('main details').forEach(box => box.open = true)")
        assert page.evaluate(AXE) == [], url
