"""A new colleague's first day in a real browser: asked, confirmed, activated, logged in."""

import pytest

from office.models import Post, User
from tests.conftest import PASSWORD, make_cast, make_street

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flush,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
OWN = "Xin-mima-2026-yh"


def enter(page, username, password=PASSWORD):
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", password)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def taken_half(page):
    """The half of a code as it stands on the page, once."""
    page.get_by_role("button", name="领取并显示").click()
    shown = page.locator(".desk-note--green h2")
    shown.wait_for()
    assert not page.evaluate(WIDE)
    return shown.inner_text()


@pytest.fixture
def cast(live_server):
    return make_cast(make_street())


@pytest.mark.parametrize("width", [1280, 360])
def test_a_new_colleague_is_asked_for_confirmed_and_logs_in_with_a_password_of_their_own(
    cast, new_page, width
):
    size = {"viewport": {"width": width, "height": 900}}
    security, system = enter(new_page(**size), "secadmin"), enter(new_page(**size), "sysadmin")
    security.goto("/admin/users/new/")
    security.fill("[name=username]", "xinren")
    security.fill("[name=name]", "新小人")
    security.locator("#w-editor-form button[type=submit]").click()
    security.get_by_role("link", name="申请岗位").click()
    security.get_by_label("单位").select_option(label="　　社会事务办")
    security.get_by_label("角色").select_option(label="承办人")
    security.get_by_label("理由").fill("新同事报到")
    assert not security.evaluate(WIDE)
    security.get_by_role("button", name="提交申请").click()
    security.get_by_text("待确认").first.wait_for()

    for kind in ("激活账号", "任命岗位"):
        system.goto("/admin/")
        system.get_by_role("link", name=kind).click()
        assert not system.evaluate(WIDE)
        system.get_by_label("同意，立即生效").check()
        system.get_by_role("button", name="提交", exact=True).click()
        system.get_by_text("已确认").first.wait_for()
    system.goto("/admin/")
    system.get_by_role("link", name="新小人").click()
    second = taken_half(system)
    security.goto("/admin/")
    security.get_by_role("link", name="新小人").click()
    first = taken_half(security)

    person = new_page(**size)
    person.goto("/admin/login/")
    person.get_by_role("link", name="自己设置密码").click()
    assert not person.evaluate(WIDE)
    person.get_by_label("登录名").fill("xinren")
    person.get_by_label("激活码前半").fill(first)
    person.get_by_label("激活码后半").fill(second.lower())
    person.get_by_label("新密码", exact=True).fill(OWN)
    person.get_by_label("再输一遍新密码").fill(OWN)
    person.get_by_role("button", name="设置密码").click()
    person.get_by_text("密码已设好").wait_for()
    enter(person, "xinren", OWN)
    person.get_by_text("社会事务办 承办人").first.wait_for()
    assert Post.objects.get(user__username="xinren").role == "officer"
    assert User.objects.get(username="xinren").check_password(OWN)
