"""The frame of the back office: a menu of what one can use, a first page of one's own, no bird."""

import json
import re
from datetime import datetime
from zoneinfo import ZoneInfo

import django_tables2 as tables
import pytest
from django.forms import Media
from django.template.loader import render_to_string
from django.test import RequestFactory

from casework.matters.intake import Arrival, register
from casework.matters.models import Matter
from casework.matters.profiles import make_national_profile
from office import registries
from office.clock import today
from office.history import acting
from office.home import greeting
from office.models import Unit

#: what stands in the main menu, besides what the rooms add
KERNEL = {"explorer", "images", "documents", "reports", "settings", "organisation", "audit", "looks"} | {
    "health", "help", "snippets", "look-audit", "page-log", "sign-ins", "emergencies",
}  # fmt: skip
EXPECTED = {
    "editor": {"explorer", "images", "documents", "reports"},
    "page_reviewer": {"explorer", "images", "documents", "reports"},
    "officehead": {"organisation"},
    "officehead2": {"organisation"},
    "leader": {"organisation", "emergencies"},
    "auditor": {"audit", "looks", "look-audit", "page-log", "organisation"},
    "sysadmin": {"organisation", "health", "settings"},
    "secadmin": {"organisation"},
    "auditadmin": {
        "looks",
        "look-audit",
        "health",
        "organisation",
        "sign-ins",
        "emergencies",
    },
}


def menu(client) -> list[dict]:
    """The items of the main menu as the sidebar gets them."""
    html = client.get("/admin/").content.decode()
    data = re.search(
        r'id="wagtail-sidebar-props" type="application/json">(.*?)</script>', html, re.S
    )
    modules = json.loads(data[1])["modules"]
    [main] = [m for m in modules if m["_type"].endswith("MainMenuModule")]
    return main["_args"][0]


def names(items: list[dict]) -> set[str]:
    return {item["_args"][0]["name"] for item in items}


def test_everybody_s_menu_holds_what_they_can_use_and_nothing_else(cast, login):
    found = {who: names(menu(login(person))) & KERNEL for who, person in vars(cast).items()}
    assert found == {who: EXPECTED.get(who, set()) for who in found}


def test_every_item_of_everybody_s_menu_opens(cast, login):
    for who, person in vars(cast).items():
        client = login(person)
        stack = menu(client)
        while stack:
            item = stack.pop()["_args"]
            stack += item[1] if isinstance(item[-1], list) else []
            url = item[0].get("url", "")
            if url.startswith("/admin/"):
                answer = client.get(url, follow=True)
                assert answer.status_code == 200, (who, url)
                assert answer.request["PATH_INFO"] != "/admin/", (who, url)


def test_the_organisation_menu_shows_a_security_administrator_accounts_first(cast, login):
    [group] = [i for i in menu(login(cast.secadmin)) if i["_args"][0]["name"] == "organisation"]
    labels = [item["_args"][0]["label"] for item in group["_args"][1]]
    assert set(labels) == {
        "账号", "单位", "岗位", "代行（AB角）", "授权申请", "职责分离状况",
    }  # fmt: skip


def test_the_first_page_greets_by_name_and_post_and_says_when_nothing_waits(
    cast, login, monkeypatch
):
    monkeypatch.setattr(registries, "home_panels", [])
    page = login(cast.officer).get("/admin/").content.decode()
    assert "，承小办" in page
    assert "社会事务办 承办人" in page
    assert "现在没有等您处理的事项" in page


def test_who_can_do_nothing_yet_is_told_so_and_not_sent_to_a_menu(cast, login):
    for who in vars(cast).values():
        page = login(who).get("/admin/").content.decode()
        assert ("功能还没有开通" in page) == (who == cast.grid), who


def test_a_page_reader_hears_the_greeting_as_the_one_heading_of_the_first_page(cast, login):
    for who in vars(cast).values():
        page = login(who).get("/admin/").content.decode()
        assert page.count("<h1") == 1, who


def test_a_room_puts_its_panel_on_the_first_page(cast, login, monkeypatch):
    class Waiting:
        order = 10
        media = Media()

        def render_html(self, parent_context=None):
            return "三件事项等您受理"

    monkeypatch.setattr(registries, "home_panels", [lambda request: [Waiting()]])
    page = login(cast.officehead).get("/admin/").content.decode()
    assert "三件事项等您受理" in page
    assert "现在没有等您处理的事项" not in page


def test_only_people_who_work_on_pages_see_the_panels_of_pages(cast, login):
    assert "w-summary" in login(cast.editor).get("/admin/").content.decode()
    assert "w-summary" not in login(cast.registrar).get("/admin/").content.decode()


@pytest.mark.parametrize(
    ("hour", "words"),
    [(2, "夜深了"), (7, "早上好"), (11, "上午好"), (15, "下午好"), (20, "晚上好")],
)
def test_the_greeting_follows_the_local_hour(hour, words):
    moment = datetime(2026, 11, 23, hour, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert greeting(moment.astimezone(ZoneInfo("UTC"))) == words


def test_login_page_and_frame_carry_our_name_and_no_other(cast, client, login):
    page = client.get("/admin/login/").content.decode()
    assert "民声台" in page
    assert "remember" not in page
    for html in (page, login(cast.editor).get("/admin/").content.decode()):
        shown = re.sub(r"<script.*?</script>", "", html, flags=re.S)
        assert "office/mark" in shown
        assert "icon-wagtail" not in shown
        assert "wagtail.org" not in shown
        assert "favicon.ico" not in shown
    assert "Wagtail v" not in login(cast.sysadmin).get("/admin/").content.decode()


def test_a_missing_page_says_what_to_do_in_chinese(cast, login):
    response = login(cast.registrar).get("/admin/there-is-none/")
    assert response.status_code == 404
    assert "没有这一页" in response.content.decode()
    assert "回工作台首页" in response.content.decode()


def test_nobody_learns_by_a_ping_who_edits_a_hidden_matter(cast, login):
    make_national_profile()
    with acting(cast.registrar):
        arrival = Arrival(channel="visit", received_on=today(), claims=[("围墙占道", "占了路。")])
        [matter] = register(arrival, by=cast.registrar)[1]
    for who, person in vars(cast).items():
        client = login(person)
        seen = Matter.objects.visible_to(person).filter(pk=matter.pk).exists()
        allowed = seen and person.has_perm("matters.change_matter")
        answer = client.post(f"/admin/editing-sessions/ping/matters/matter/{matter.pk}/1/")
        assert (answer.status_code == 200) == allowed, who
        assert answer.status_code in (200, 404)
        absent = client.post("/admin/editing-sessions/ping/matters/matter/999999/1/")
        assert absent.status_code == 404


def test_a_ping_on_a_unit_answers_only_who_may_change_it(cast, street, login):
    ping = f"/admin/editing-sessions/ping/office/unit/{Unit.objects.first().pk}/1/"
    answered = {
        who for who, person in vars(cast).items() if login(person).post(ping).status_code == 200
    }
    assert answered == {"sysadmin"}


def test_the_table_template_labels_every_cell_for_a_phone():
    class Small(tables.Table):
        number = tables.Column(verbose_name="编号")

    table = Small([{"number": "XF1"}], orderable=False)
    html = render_to_string("office/table.html", {"table": table}, RequestFactory().get("/"))
    assert 'data-label="编号"' in html
