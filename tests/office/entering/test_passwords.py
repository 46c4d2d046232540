"""A password lasts ninety days, does not come back for five times, and is its person's alone."""

from datetime import timedelta
from uuid import uuid4

import pytest

from office import clock
from office.clock import now
from office.demo import PASSWORD as DEMO_PASSWORD
from office.forms import owner_mark
from office.history import acting
from office.models import KeptForm, PasswordRecord, SignIn, User
from tests.conftest import PASSWORD
from tests.english import english_left
from tests.office.exporting.desk import set_limit

LOGIN, PAGE = "/admin/login/", "/admin/password/"


def fresh(number):
    return f"Xin-mima-{number:04d}-yh"


def enter(client, username="officer", password=PASSWORD, then="/admin/"):
    return client.post(LOGIN, {"username": username, "password": password, "next": then})


def change(client, old, new, then=""):
    values = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post(PAGE + then, values)


def test_a_person_changes_their_password_and_stays_logged_in_here_alone(cast, client, login):
    elsewhere = login(cast.officer)
    enter(client)
    assert change(client, PASSWORD, fresh(1)).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert elsewhere.get("/admin/").status_code == 302
    assert SignIn.objects.filter(what="changed", account=cast.officer).exists()
    assert User.objects.get(pk=cast.officer.pk).check_password(fresh(1))


@pytest.mark.parametrize(
    ("new", "said"),
    [("kurz-A1", "10 个字符"), ("nurkleinbuchstaben", "至少三种"), (PASSWORD, "最近 5 次")],
)
def test_a_password_that_will_not_do_is_refused_in_words(cast, client, new, said):
    enter(client)
    assert said in change(client, PASSWORD, new).content.decode()
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_a_wrong_old_password_is_refused(cast, client):
    enter(client)
    assert change(client, "Falsch-2026", fresh(1)).status_code == 200
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)


def test_whoever_finds_a_desk_unlocked_cannot_guess_the_password_on(cast, client):
    enter(client)
    for number in range(5):
        change(client, f"Falsch-2026-{number}", fresh(1))
    assert SignIn.objects.filter(what="wrong", account=cast.officer).count() == 5

    answer = change(client, PASSWORD, fresh(1))
    assert "账号已锁定" in answer.content.decode()
    assert User.objects.get(pk=cast.officer.pk).check_password(PASSWORD)
    with clock.at(now() + timedelta(minutes=31)):
        assert change(client, PASSWORD, fresh(1)).status_code == 302


def test_the_last_five_do_not_come_back_and_the_sixth_may(cast, client):
    enter(client)
    old = PASSWORD
    for number in range(5):
        assert change(client, old, fresh(number)).status_code == 302
        old = fresh(number)
    for number in range(5):
        assert "最近 5 次" in change(client, old, fresh(number)).content.decode()
    assert change(client, old, PASSWORD).status_code == 302


def test_hashes_of_long_gone_passwords_are_not_kept(cast, settings):
    with acting(None):
        for number in range(30):
            cast.officer.set_password(fresh(number))
            cast.officer.save()
    rows = PasswordRecord.objects.filter(account=cast.officer)
    assert rows.count() == 24
    assert not [row for row in rows if fresh(29) in row.value]


def test_after_ninety_days_a_person_sets_a_new_one_first_and_goes_on_where_they_were(cast, client):
    with clock.at(now() + timedelta(days=91)):
        enter(client, then="/admin/leave/?x=1")
        answer = client.get("/admin/leave/?x=1")
        assert answer.url == "/admin/password/?next=%2Fadmin%2Fleave%2F%3Fx%3D1"
        page = client.get(answer.url).content.decode()
        assert "密码已用满 90 天" in page
        assert english_left(page) == []
        done = change(client, PASSWORD, fresh(1), "?next=/admin/leave/%3Fx%3D1")
        assert done.url == "/admin/leave/?x=1"
        assert client.get(done.url).status_code == 200


def test_a_password_of_eighty_nine_days_asks_nothing(cast, client):
    with clock.at(now() + timedelta(days=89)):
        enter(client)
        assert client.get("/admin/").status_code == 200


def test_the_office_sets_the_term(cast, client):
    set_limit("password_days", 30)
    with clock.at(now() + timedelta(days=31)):
        enter(client)
        assert client.get("/admin/").url.startswith(PAGE)


def test_a_page_of_another_site_is_not_gone_on_to(cast, client):
    enter(client)
    done = change(client, PASSWORD, fresh(1), "?next=https://evil.example/")
    assert done.url == "/admin/"


def test_a_form_sent_while_a_password_is_due_is_kept_and_can_be_sent_afterwards(cast, client):
    with clock.at(now() + timedelta(days=91)):
        enter(client)
        values = {
            "form_owner": owner_mark(cast.officer), "form_token": str(uuid4()), "kind": "leave",
            "valid_from": "2027-06-01", "valid_to": "2027-06-02",
        }  # fmt: skip
        answer = client.post("/admin/leave/", values)
        kept = KeptForm.objects.get()
        assert answer.url.startswith(PAGE)
        assert "刚才填写的表单已经留存" in client.get(answer.url).content.decode()
        done = change(client, PASSWORD, fresh(1), answer.url.removeprefix(PAGE))
        assert str(kept.ref) in done.url
        assert "2027-06-01" in client.get(done.url).content.decode()


def test_while_a_password_is_due_a_person_can_leave(cast, client):
    with clock.at(now() + timedelta(days=91)):
        enter(client)
        assert client.post("/admin/logout/").url == LOGIN
        assert client.get("/admin/").status_code == 302


def test_the_demo_password_never_falls_due_in_the_demo(cast, client, settings):
    settings.DEMO = True
    with acting(None):
        cast.officer.set_password(DEMO_PASSWORD)
        cast.officer.save()
    with clock.at(now() + timedelta(days=400)):
        enter(client, password=DEMO_PASSWORD)
        assert client.get("/admin/").status_code == 200


def test_a_password_stands_in_no_history(cast, client):
    enter(client)
    change(client, PASSWORD, fresh(1))
    rows = User.history.filter(id=cast.officer.pk)
    assert fresh(1) not in repr(list(rows.values()))
    assert "password" not in {field.name for field in User.history.model._meta.fields}
