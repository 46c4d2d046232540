"""The security administrator keeps accounts; everybody keeps their own password."""

import pytest
from django.urls import NoReverseMatch, reverse

from office.models import Change, User, people
from tests.conftest import PASSWORD
from tests.english import english_left

USERS, OWN = "/admin/users/", "/admin/account/"
FRESH = "Xin-mima-2026-yh"


def edit(person: User, **typed) -> dict:
    return {
        "name": person.name, "phone": person.phone, "is_active": "on", "password1": "",
        "password2": "", "loaded_version": person.version, "change_reason": "人事通知", **typed,
    }  # fmt: skip


def test_a_security_administrator_opens_an_account_and_its_person_logs_in(cast, login, client):
    values = {"username": "xinren", "name": "新小人", "password1": FRESH, "password2": FRESH}
    assert login(cast.secadmin).post(f"{USERS}new/", values).status_code == 302
    person = User.objects.get(username="xinren")
    assert person.is_active
    assert client.login(username="xinren", password=FRESH)
    assert Change.objects.filter(kind="office.user", actor=cast.secadmin, label="新小人").exists()


@pytest.mark.parametrize(
    ("password", "said"), [("short-A1", "10 个字符"), ("alllowercase", "至少三种")]
)
def test_a_weak_password_is_refused_in_words(cast, login, password, said):
    values = {"username": "xinren", "name": "新小人", "password1": password, "password2": password}
    page = login(cast.secadmin).post(f"{USERS}new/", values).content.decode()
    assert said in page
    assert not User.objects.filter(username="xinren").exists()


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


def test_a_forgotten_password_is_set_anew_and_stands_in_no_history(cast, login, client):
    values = edit(cast.officer, password1=FRESH, password2=FRESH)
    assert login(cast.secadmin).post(f"{USERS}edit/{cast.officer.pk}/", values).status_code == 302
    assert client.login(username="officer", password=FRESH)
    page = login(cast.secadmin).get(f"{USERS}history/{cast.officer.pk}/").content.decode()
    assert "人事通知" in page
    assert FRESH not in page


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
    for word in ("承小办", "社会事务办 承办人", "旧密码", "界面配色"):
        assert word in page
    for absent in ("avatar-", "name_email", "locale-", "notifications"):
        assert f'name="{absent}' not in page
    assert english_left(page, allowed=["officer"]) == []


def test_a_person_changes_their_password_and_stays_logged_in(cast, login, client):
    officer = login(cast.officer)
    values = {
        "password-old_password": PASSWORD, "password-new_password1": FRESH,
        "password-new_password2": FRESH, "theme-theme": "dark", "theme-contrast": "system",
        "theme-density": "default",
    }  # fmt: skip
    assert officer.post(OWN, values).status_code == 302
    assert officer.get(OWN).status_code == 200
    assert client.login(username="officer", password=FRESH)
    assert 'class="w-theme-dark' in officer.get(OWN).content.decode()


def test_a_wrong_old_password_is_refused(cast, login, client):
    values = {
        "password-old_password": "falsch", "password-new_password1": FRESH,
        "password-new_password2": FRESH, "theme-theme": "dark", "theme-contrast": "system",
        "theme-density": "default",
    }  # fmt: skip
    assert login(cast.officer).post(OWN, values).status_code == 200
    assert client.login(username="officer", password=PASSWORD)
