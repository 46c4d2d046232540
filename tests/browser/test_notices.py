"""Somebody is told, reads it, chooses how to be told; an administrator words it: in a real browser."""

import os
import re
from pathlib import Path

import pytest

from office.clock import now, today
from office.history import acting
from office.models import Delivery, NoticeChoice, NoticeText
from office.outbox import sending
from office.outbox.outcomes import Refused
from office.outbox.posting import Happening
from tests.browser.stage import WIDE
from tests.conftest import PASSWORD, make_cast, make_street
from tests.office.outbox.telling import choose, reachable, tell

pytestmark = [
    pytest.mark.browser,
    pytest.mark.flush,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]
WIDTHS = pytest.mark.parametrize("width", [1280, 360])


@pytest.fixture
def cast(live_server, settings, tmp_path):
    settings.MAIL_ON, settings.SMS_GATEWAY, settings.VAR_DIR = True, "file", tmp_path
    street = make_street()
    found = make_cast(street)
    reachable(found.officer)
    choose(found.officer, channels={"deputy_named": ["bell", "sms"]}, quiet_from=0, quiet_until=0)
    facts = {"单位": street.social, "岗位": "承办人", "自": today(), "至": today()}
    links = ("/admin/help/", "", "")
    tell(
        *(
            Happening("deputy_named", str(n), [found.officer], facts, link=link)
            for n, link in enumerate(links)
        ),
        at=now(),
    )
    return found


def enter(new_page, username, width, **options):
    page = new_page(viewport={"width": width, "height": 900}, **options)
    page.goto("/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    return page


def fits(page):
    assert not page.evaluate(WIDE), page.url


def shot(page, name):
    if folder := os.environ.get("SHOTS"):
        page.wait_for_timeout(500)
        width = page.viewport_size["width"]
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def unread():
    return Delivery.objects.filter(channel="bell", read_at=None).count()


@WIDTHS
def test_a_notice_is_seen_on_the_first_page_opened_and_the_rest_marked_as_read(
    cast, new_page, width
):
    page = enter(new_page, "officer", width)
    shot(page, "home")
    fits(page)
    page.get_by_role("link", name="通知 3 条未读").click()
    fits(page)
    shot(page, "bell")
    page.get_by_role("button", name="打开").click()
    page.wait_for_url("**/admin/help/")
    assert unread() == 2
    page.get_by_role("link", name="通知 2 条未读").click()
    page.get_by_role("button", name=re.compile("^标为已读")).first.click()
    page.get_by_role("link", name="通知 1 条未读").wait_for()
    page.get_by_role("button", name="全部标为已读").click()
    page.get_by_role("link", name="通知", exact=True).first.wait_for()
    shot(page, "bell-read")
    assert unread() == 0
    fits(page)


def own(page):
    """The choices for one kind of notice."""
    return page.get_by_role("group", name="被指定代行岗位")


def test_the_bell_works_without_javascript(cast, new_page):
    page = enter(new_page, "officer", 360, java_script_enabled=False)
    page.get_by_role("link", name="通知 3 条未读").click()
    page.get_by_role("button", name="全部标为已读").click()
    page.get_by_role("link", name="通知设置").click()
    own(page).get_by_label("邮件").check()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("通知设置已保存").wait_for()
    assert unread() == 0
    assert "mail" in NoticeChoice.objects.get().channels["deputy_named"]


@WIDTHS
def test_somebody_chooses_ways_and_hours(cast, new_page, width):
    page = enter(new_page, "officer", width)
    page.goto("/admin/notices/choices/")
    fits(page)
    shot(page, "choices")
    page.get_by_label("免打扰从（点）").select_option("22")
    page.get_by_label("免打扰到（点）").select_option("")
    page.get_by_role("button", name="保存").click()
    page.get_by_text("要一起选").wait_for()
    fits(page)
    shot(page, "choices-refused")
    page.get_by_label("免打扰到（点）").select_option("6")
    own(page).get_by_label("短信").uncheck()
    page.get_by_role("button", name="保存").click()
    page.get_by_text("通知设置已保存").wait_for()
    choice = NoticeChoice.objects.get()
    assert (choice.quiet_from, choice.quiet_until) == (22, 6)
    assert choice.channels["deputy_named"] == ["bell"]


@WIDTHS
def test_an_administrator_previews_a_text_is_refused_a_name_and_saves(cast, new_page, width):
    page = enter(new_page, "sysadmin", width)
    page.goto("/admin/notices/texts/")
    fits(page)
    shot(page, "texts")
    page.get_by_role("link", name="被指定代行岗位（短信）").click()
    fits(page)
    shot(page, "text")
    page.get_by_label("正文").fill("{姓名}，您代行{单位}的岗位。")
    page.get_by_role("button", name="预览").click()
    page.get_by_text("没有{姓名}这个占位符").wait_for()
    fits(page)
    shot(page, "text-refused")
    page.get_by_label("正文").fill("{自}起，您代行{单位}的{岗位}岗位。")
    page.get_by_role("button", name="预览").click()
    page.get_by_text("2026年11月30日起，您代行社会事务办的").wait_for()
    shot(page, "text-preview")
    page.get_by_label("修改原因").fill("说得短些")
    page.get_by_role("button", name="保存").click()
    page.wait_for_url("**/notices/texts/")
    fits(page)
    assert NoticeText.objects.get().body == "{自}起，您代行{单位}的{岗位}岗位。"


@WIDTHS
def test_an_administrator_sees_what_did_not_go_and_sends_it_again(
    cast, new_page, width, monkeypatch
):
    def refuse(address, title, words, ref):
        raise Refused("短信网关拒收（400），请核对号码和短信内容。")

    with monkeypatch.context() as patched, acting(None, "发送"):
        patched.setitem(sending.SEND, "sms", refuse)
        while sending.take_up("sms", now(), bool):
            pass
    page = enter(new_page, "sysadmin", width)
    page.goto("/admin/notices/sent/")
    page.get_by_text("逐次记录").first.click()
    fits(page)
    shot(page, "sent")
    page.get_by_role("button", name="重发").first.click()
    page.get_by_text("已放回队列").wait_for()
    fits(page)
    assert Delivery.objects.filter(channel="sms", state="waiting").count() == 1
