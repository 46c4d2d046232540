"""The life of a sealed letter in a real browser, from the counter to the hand-over, and who never sees it."""

import re

import pytest
from django.conf import settings
from django.urls import reverse

from casework.matters.models import HandOver, Matter
from casework.matters.profiles import make_national_profile
from casework.matters.sealed.bodies import make_bodies
from tests.browser.test_matters import AXE
from tests.casework.matters.counter import record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ADD = "/admin/matters/add/"
BLIND = ("officehead", "leader", "auditor", "officer")
WIDE = (
    "Math.max(...[document.documentElement, document.querySelector('main')]"
    ".map(box => box.scrollWidth - box.clientWidth))"
)


@pytest.fixture
def desk(cast, new_page, login, live_server):
    """Open the admin as a person: `desk(cast.registrar, width=360)`."""
    make_national_profile()
    make_bodies()

    def open_as(user, *, width=1280, **options):
        page = new_page(viewport={"width": width, "height": 800}, **options)
        value = login(user).cookies[settings.SESSION_COOKIE_NAME].value
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": value}
        page.context.add_cookies([cookie | {"url": live_server.url + "/admin/"}])
        return page

    return open_as


def sees_nothing(page, matter, number):
    """Home, list, search and the record itself know of nothing."""
    for url in ("/admin/", "/admin/matters/?tab=all", f"/admin/matters/?tab=all&q={number}"):
        page.goto(url)
        found = page.locator(".mt-list, .desk-list").get_by_role("link", name=number)
        assert found.count() == 0, url
    assert page.goto(record(matter)).status == 404


def test_a_letter_goes_unopened_from_the_counter_to_the_district(cast, desk, tmp_path):
    blind = {who: desk(getattr(cast, who)) for who in BLIND}
    counter, keeper = desk(cast.registrar), desk(cast.custodian)

    counter.goto(ADD)
    counter.get_by_role("link", name="按密件登记（不开封转交）").click()
    assert counter.get_by_role("textbox", name=re.compile("内容|诉求|姓名")).count() == 0
    counter.get_by_label("信封上写明涉及街道领导").check()
    counter.get_by_role("button", name="登记密件").click()
    counter.wait_for_url("**/receipt/**")
    matter = Matter.objects.get()
    assert counter.get_by_text("请连同来件当面交给密件保管人：密小管、密小二").is_visible()
    counter.get_by_role("link", name="打印不开封转交单").click()
    assert counter.get_by_role("heading", name="不开封转交单").is_visible()
    assert counter.get_by_text(matter.number).is_visible()
    for page in blind.values():
        sees_nothing(page, matter, matter.number)

    keeper.goto("/admin/")
    keeper.get_by_role("link", name=matter.number).click()
    keeper.get_by_role("link", name="做转交清单").first.click()
    keeper.get_by_label("本街道纪检监察工委").check()
    keeper.get_by_role("button", name="做成清单").click()
    keeper.get_by_text("只能转交区级纪检监察机关").first.wait_for()  # a leader is concerned
    keeper.get_by_label("区纪委监委").check()
    keeper.get_by_role("button", name="做成清单").click()
    keeper.wait_for_url("**/lists/**")
    made = HandOver.objects.get()
    keeper.get_by_role("link", name="打印清单").click()
    assert keeper.get_by_role("cell", name=matter.number).is_visible()
    keeper.get_by_role("link", name="回到清单").click()
    for page in blind.values():
        sees_nothing(page, matter, made.number)

    scan = tmp_path / "签收单.txt"
    scan.write_text("区纪委监委已签收")
    keeper.get_by_role("link", name="登记签收").click()
    keeper.get_by_label("签收人").fill("纪小收")
    keeper.get_by_label("签收单扫描件或照片").set_input_files(scan)
    keeper.get_by_role("button", name="登记签收，转交").click()
    keeper.get_by_text("已签收", exact=True).first.wait_for()

    matter.refresh_from_db()
    assert matter.state == "handed_over"
    sees_nothing(counter, matter, matter.number)  # whoever entered it, too
    for page in blind.values():
        sees_nothing(page, matter, matter.number)
    keeper.goto(record(matter))
    assert keeper.get_by_text("密件已转交").first.is_visible()
    assert keeper.get_by_text(f"交区纪委监委，清单 {made.number}").first.is_visible()


@pytest.fixture
def pages(cast, desk):
    """Addresses of the sealed desk by who visits them, with a matter on a list and one with content."""
    page = desk(cast.custodian, java_script_enabled=False)  # the way in works without scripts
    for url, filled in (
        ("matters:sealed", {}),
        ("matters:sealed_entry", {"反映的内容": "修路款记了两遍。"}),
    ):
        page.goto(reverse(url))
        for label, value in filled.items():
            page.get_by_label(label).fill(value)
        page.get_by_role("button", name="登记密件").click()
        assert "/receipt/" in page.url
    first, second = Matter.objects.order_by("number")
    page.goto(f"{reverse('matters:hand_over_new')}?matter={first.pk}")
    page.get_by_label("区纪委监委").check()
    page.get_by_role("button", name="做成清单").click()
    made = HandOver.objects.get()
    names = ("hand_over", "hand_over_print", "hand_over_sign", "hand_over_void")
    return {
        "registrar": [reverse("matters:sealed"), reverse("matters:sealed_entry")],
        "custodian": [
            reverse("matters:sealed_desk"), reverse("matters:hand_over_new"), record(second),
            reverse("matters:sealed_note", args=[first.pk]),
            reverse("matters:concerned", args=[second.pk]),
            *(reverse(f"matters:{name}", args=[made.pk]) for name in names),
        ],
        "leader": [reverse("matters:custodians"), reverse("matters:custodian_name"), reverse("matters:body_add")],
    }  # fmt: skip


def test_a_custodian_opens_the_content_with_a_purpose_on_the_spot(cast, desk, pages):
    matter = Matter.objects.get(letter__opened=True)
    page = desk(cast.custodian2)
    page.goto(record(matter))
    assert page.get_by_text("修路款记了两遍").count() == 0
    page.get_by_text("打开内容").click()
    page.locator("#purpose_texts").fill("转交前核对")
    page.locator("#purpose_texts").press("Enter")

    page.get_by_text("修路款记了两遍").wait_for()
    assert page.url.endswith(record(matter))


def test_the_sealed_desk_fits_a_phone_and_meets_no_barrier_axe_knows(cast, desk, pages):
    for who, urls in pages.items():
        page = desk(getattr(cast, who), width=360, bypass_csp=True)
        for url in urls:
            assert page.goto(url).status == 200, url
            page.evaluate(
                "document.querySelectorAll('main details').forEach(box => box.open = true)"
            )
            assert page.evaluate(WIDE) <= 0, url
            for name in ("vendor", "userbar"):
                page.add_script_tag(url=f"/static/wagtailadmin/js/{name}.js")
            assert page.evaluate(AXE) == [], url
