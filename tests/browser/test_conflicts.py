"""Scenes of a small office in a real browser: nobody decides for themself, and nothing is unlocked."""

from datetime import timedelta

import pytest
from django.conf import settings

from casework.matters.models import Approval, Conflict, Matter
from casework.matters.profiles import make_national_profile
from office.clock import today
from office.history import acting
from office.models import Deputy
from office.posts import renew
from tests.casework.matters.counter import accepted, arrive, assigned, record

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(cast, street, new_page, login, live_server):
    """Open a page of the admin as a person: `desk(cast.registrar, width=360)`."""
    make_national_profile()

    def open_as(user, *, width: int = 1280):
        page = new_page(viewport={"width": width, "height": 800})
        name = settings.SESSION_COOKIE_NAME
        value = login(user).cookies[name].value
        page.context.add_cookies(
            [{"name": name, "value": value, "url": live_server.url + "/admin/"}]
        )
        return page

    return open_as


@pytest.fixture
def small_office(cast):
    """One office head, on leave today; the second registrar stands in as deputy."""
    with acting(cast.secadmin, "只有一位主任，今天休假"):
        post = cast.officehead2.posts.get()
        post.valid_to = today() - timedelta(days=1)
        post.save()
        Deputy(
            post=cast.officehead.posts.get(), user=cast.registrar2,
            valid_from=today(), valid_to=today() + timedelta(days=7),
        ).save()  # fmt: skip
        cast.officehead.is_active = False
        cast.officehead.save()
    for person in (cast.officehead2, cast.registrar2):
        renew(person)


def test_the_deputy_of_the_head_asks_is_refused_and_the_leader_decides(cast, small_office, desk):
    """The deputy would decide such requests herself; her own goes to the leader, in words."""
    matter = arrive(cast.registrar)[1][0]
    page = desk(cast.registrar2)
    page.goto(record(matter))
    page.locator("summary", has_text="更多").click()
    page.get_by_role("link", name="申请作废").click()
    page.get_by_label("作废理由").fill("和上一件重复登记")
    page.get_by_role("button", name="提交申请").click()

    page.wait_for_url(f"**{record(matter)}")
    told = "没有别的同事可以审批，请报街道领导（街小领）决定。"
    page.get_by_text(told, exact=True).wait_for()
    assert page.get_by_role("link", name="去审批").count() == 0
    request = Approval.objects.get()
    page.goto(f"/admin/matters/{matter.pk}/approvals/{request.pk}/")
    page.get_by_text("申请人不能审批自己的申请").wait_for()
    assert Matter.objects.get().state == "registered"

    leader = desk(cast.leader)
    leader.goto("/admin/")
    leader.get_by_role("link", name="作废：民宿保洁员四个月加班费未付").click()
    leader.get_by_role("button", name="同意", exact=True).click()
    leader.wait_for_url(f"**{record(matter)}")
    leader.get_by_text("（街道领导决定）").wait_for()
    assert Matter.objects.get().state == "void"
    assert Approval.objects.get().decided_by == cast.leader


@pytest.mark.parametrize("width", [1280, 360])
def test_an_officer_steps_back_and_the_head_decides(cast, street, desk, width):
    matter = accepted(arrive(cast.registrar)[1][0], cast.officehead)
    assigned(matter, cast.officehead, street.social, cast.officer)
    page = desk(cast.officer, width=width)
    page.goto(record(matter))
    page.get_by_text("有利害关系？").click()
    page.get_by_role("link", name="我要回避").click()
    page.get_by_label("和这件事项、信访人有什么利害关系").fill("信访人是我的表兄")
    page.get_by_role("button", name="回避这件事项").click()
    page.wait_for_url("**/stepped-back/")
    page.get_by_text("从现在起您看不到这件事项").wait_for()
    assert page.goto(record(matter)).status == 404

    head = desk(cast.officehead, width=width)
    head.goto("/admin/")
    panel = head.locator("section", has=head.get_by_role("heading", name="待决定的回避"))
    panel.get_by_role("link", name=matter.title).click()
    head.get_by_role("link", name="去决定").click()
    head.get_by_text("信访人是我的表兄").wait_for()
    head.get_by_role("button", name="回避", exact=True).click()
    head.wait_for_url(f"**{record(matter)}")
    head.get_by_text("决定回避（信小任）").wait_for()
    assert Conflict.objects.get().decision == "approved"
    wide = head.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert not wide
