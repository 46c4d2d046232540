"""The security administrator keeps accounts; everybody keeps their own password."""

import pytest
from django.urls import NoReverseMatch, reverse

from office.appointing.asking import Wish, ask, decide
from office.clock import today
from office.history import acting
from office.models import Change, GrantRequest, User, people
from tests.conftest import PASSWORD
from tests.english import english_left

USERS, OWN = "/admin/users/", "/admin/account/"
FRESH = "Xin-mima-2026-yh"


def edit(person: User, **typed) -> dict:
    return {
        "name": person.name, "phone": person.phone, "is_active": "on",
        "loaded_version": person.version, "change_reason": "人事通知", **typed,
    }  # fmt: skip


def test_a_security_administrator_opens_an_account_that_nobody_can_enter_yet(cast, login, client):
    values = {"username": "xinren", "name": "新小人", "password1": FRESH, "password2": FRESH}
    assert login(cast.secadmin).post(f"{USERS}new/", values).status_code == 302
    person = User.objects.get(username="xinren")
    assert person.is_active
    assert not person.has_usable_password()
    assert not client.login(username="xinren", password=FRESH)
    assert Change.objects.filter(kind="office.user", actor=cast.secadmin, label="新小人").exists()
    asked = GrantRequest.objects.get()
    assert (asked.kind, asked.user, asked.asked_by) == ("password", person, cast.secadmin)


def test_no_form_of_an_account_takes_a_password(cast, login):
    for address in (f"{USERS}new/", f"{USERS}edit/{cast.officer.pk}/"):
        assert 'type="password"' not in login(cast.secadmin).get(address).content.decode()
    values = edit(cast.officer, phone="88001122", password1=FRESH, password2=FRESH)
    login(cast.secadmin).post(f"{USERS}edit/{cast.officer.pk}/", values)
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_a_closed_account_is_not_opened_again_by_one_person(cast, login):
    with acting(cast.secadmin, "停用"):
        cast.grid.deactivate()
    values = edit(cast.grid, phone="88001122")
    login(cast.secadmin).post(f"{USERS}edit/{cast.grid.pk}/", values)
    person = User.objects.get(pk=cast.grid.pk)
    assert (person.is_active, person.phone) == (False, "88001122")
    page = login(cast.secadmin).get(f"{USERS}edit/{cast.grid.pk}/").content.decode()
    assert "重新启用要两人" in page


def test_an_account_shows_what_it_may_since_when_and_who_confirmed_it(cast, street, login):
    wish = Wish(kind="post", user=cast.grid, unit=street.housing, role="officer")
    request = ask(cast.secadmin, wish, reason="兼办")
    client = login(cast.secadmin)
    before = client.get(f"{USERS}edit/{cast.grid.pk}/").content.decode()
    assert "没有确认记录" in before
    assert f"第 {request.pk} 号申请" in before
    decide(request.pk, by=cast.sysadmin, agree=True)
    after = client.get(f"{USERS}edit/{cast.grid.pk}/").content.decode()
    assert f"村镇建设办 承办人，{today()} 起" in after
    assert "安小全 提出，系小统 确认" in after
    assert english_left(after, allowed=["grid"]) == []


def test_an_account_is_closed_with_a_reason_and_its_session_ends(cast, login):
    officer = login(cast.officer)
    assert officer.get("/admin/").status_code == 200
    values = edit(cast.officer)
    del values["is_active"]
    assert login(cast.secadmin).post(f"{USERS}edit/{cast.officer.pk}/", values).status_code == 302
    assert not User.objects.get(pk=cast.officer.pk).is_active
    assert officer.get("/admin/").status_code == 302


def test_an_account_with_open_work_stays_open_and_the_work_is_named(cast, login, monkeypatch):
    monkeypatch.setattr(people, "open_work", [lambda user: ["承办中的事项 3 件"]])
    values = edit(cast.officer)
    del values["is_active"]
    page = login(cast.secadmin).post(f"{USERS}edit/{cast.officer.pk}/", values).content.decode()
    assert "承办中的事项 3 件" in page
    assert User.objects.get(pk=cast.officer.pk).is_active


def test_nobody_closes_their_own_account(cast, login):
    values = edit(cast.secadmin)
    del values["is_active"]
    page = login(cast.secadmin).post(f"{USERS}edit/{cast.secadmin.pk}/", values).content.decode()
    assert "不能停用自己的账号" in page


def test_a_login_name_does_not_change(cast, login):
    values = edit(cast.officer, username="other", phone="88001122")
    assert login(cast.secadmin).post(f"{USERS}edit/{cast.officer.pk}/", values).status_code == 302
    person = User.objects.get(pk=cast.officer.pk)
    assert (person.username, person.phone) == ("officer", "88001122")


def test_two_security_administrators_do_not_overwrite_each_other(cast, login):
    values = edit(cast.officer, phone="88001122")
    cast.officer.phone = "99"
    cast.officer.save()
    page = login(cast.secadmin).post(f"{USERS}edit/{cast.officer.pk}/", values).content.decode()
    assert "办公电话 （空） → 99" in page
    assert 'value="88001122"' in page


def test_nobody_else_comes_near_the_accounts(cast, login):
    keepers = {name for name, who in vars(cast).items() if login(who).get(USERS).status_code == 200}
    assert keepers == {"secadmin"}
    for person in vars(cast).values():
        client = login(person)
        for page in ("groups/", "groups/new/", "groups/edit/1/", "groups/history/1/"):
            assert client.get(f"/admin/{page}").status_code in (302, 404)


def test_an_account_cannot_be_deleted():
    with pytest.raises(NoReverseMatch):
        reverse("wagtailusers_users:delete", args=[1])


def test_the_list_of_accounts_offers_no_bulk_actions(cast, login):
    page = login(cast.secadmin).get(USERS).content.decode()
    assert "data-bulk-action" not in page
    assert login(cast.secadmin).get("/admin/bulk/office/user/delete/?id=1").status_code == 404


def test_everybody_reads_their_own_name_and_posts(cast, login):
    page = login(cast.officer).get(OWN).content.decode()
    for word in ("承小办", "社会事务办 承办人", "更换密码", "登录中的设备", "我的请假", "界面配色"):
        assert word in page
    for absent in ("avatar-", "name_email", "locale-", "notifications", "password-"):
        assert f'name="{absent}' not in page
    assert english_left(page, allowed=["officer"]) == []


def test_a_person_chooses_the_colours_of_the_desk(cast, login):
    values = {"theme-theme": "dark", "theme-contrast": "system", "theme-density": "default"}
    officer = login(cast.officer)
    assert officer.post(OWN, values).status_code == 302
    assert 'class="w-theme-dark' in officer.get(OWN).content.decode()
