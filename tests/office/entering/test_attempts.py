"""Five wrong passwords lock an account for half an hour; nothing tells who has an account."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import DatabaseError, connection, transaction
from django.test import RequestFactory

from office import clock
from office.clock import now
from office.demo import PASSWORD as DEMO_PASSWORD
from office.entering.attempts import device_of, locked_until, wait_of
from office.history import acting
from office.models import SignIn
from tests.conftest import PASSWORD, make_cast, make_street
from tests.english import english_left
from tests.office.exporting.desk import set_limit

LOGIN = "/admin/login/"
NAMES = [
    "registrar2", "head", "other_officer", "other", "officehead", "officehead2", "reviewer", "leader",
    "custodian", "custodian2", "grid", "editor", "page_reviewer", "page", "auditor", "sysadmin",
    "secadmin", "auditadmin",
]  # fmt: skip


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password is hashed."""

    hashed = 0

    def encode(self, password, salt):
        type(self).hashed += 1
        return super().encode(password, salt)


def wrong(client, username="officer", times=1, **meta):
    """The pages that come back for wrong passwords."""
    values = {"username": username, "password": "Falsch-2026-xx"}
    return [client.post(LOGIN, values, **meta).content.decode() for _ in range(times)]


def right(client, username="officer", **meta):
    return client.post(LOGIN, {"username": username, "password": PASSWORD}, **meta)


def told(page):
    """What the login page says, without tokens."""
    return page.split('class="error">')[1].split("</li>")[0].strip()


def test_after_five_wrong_passwords_the_right_one_opens_nothing_for_half_an_hour(cast, client):
    started = now()
    wrong(client, times=5)
    assert right(client).status_code == 200
    with clock.at(started + timedelta(minutes=29)):
        assert right(client).status_code == 200
    with clock.at(now() + timedelta(minutes=31)):
        assert right(client).status_code == 302
    what = list(SignIn.objects.order_by("pk").values_list("what", flat=True))
    assert what == ["wrong"] * 5 + ["locked", "locked", "ok"]


def test_trying_on_does_not_prolong_a_lock(cast, client):
    wrong(client, times=5)
    until = locked_until(cast.officer.pk, now())
    with clock.at(now() + timedelta(minutes=20)):
        wrong(client, times=3)
    assert locked_until(cast.officer.pk, now()) == until
    assert SignIn.objects.filter(what="locked").count() == 3


def test_four_wrong_ones_and_a_right_one_begin_the_count_anew(cast, client):
    wrong(client, times=4)
    assert right(client).status_code == 302
    client.logout()
    wrong(client, times=4)
    assert right(client).status_code == 302


def test_wrong_ones_far_apart_lock_nothing(cast, client):
    for hour in range(5):
        with clock.at(now() + timedelta(hours=hour)):
            wrong(client)
    assert locked_until(cast.officer.pk, now() + timedelta(hours=4)) is None


def test_the_office_sets_how_many_and_how_long(cast, client):
    set_limit("lock_failures", 3)
    set_limit("lock_minutes", 60)
    wrong(client, times=3)
    with clock.at(now() + timedelta(minutes=59)):
        assert right(client).status_code == 200
    with clock.at(now() + timedelta(minutes=61)):
        assert right(client).status_code == 302


def test_unknown_wrong_locked_and_closed_accounts_get_the_same_answer(cast, client):
    with acting(cast.secadmin, "停用"):
        cast.grid.deactivate()
    answers = {told(wrong(client)[0]), told(wrong(client, "nobody-here")[0])}
    answers.add(told(right(client, "grid").content.decode()))
    wrong(client, times=4)
    answers.add(told(right(client).content.decode()))
    assert len(answers) == 1
    assert "连续输错 5 次" in answers.pop()
    assert english_left(wrong(client)[0]) == []


def test_every_answer_takes_the_same_work(cast, settings, django_assert_max_num_queries):
    """One hash of a password and the same statements, whatever the matter is."""
    settings.PASSWORD_HASHERS = ["tests.office.entering.test_attempts.CountingHasher"]
    with acting(None):
        for person in (cast.officer, cast.grid):
            person.set_password(PASSWORD)
            person.save()
        cast.grid.set_unusable_password()
        cast.grid.save()
    request = RequestFactory().post(LOGIN, REMOTE_ADDR="10.0.0.9")
    found = {}
    for name in ("officer", "grid", "nobody-here"):
        CountingHasher.hashed = 0
        with django_assert_max_num_queries(12):
            assert authenticate(request, username=name, password="Falsch-1x") is None
        found[name] = CountingHasher.hashed
    assert set(found.values()) == {1}, found


def test_a_record_holds_who_when_from_where_and_never_what_was_typed(cast, client):
    browser = "Mozilla/5.0 (Windows NT 10.0) Chrome/120.0 Safari/537.36"
    wrong(client, "geheim-statt-name", REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT=browser)
    right(client, REMOTE_ADDR="10.1.2.3", HTTP_USER_AGENT=browser)
    first, second = SignIn.objects.order_by("pk")
    assert (first.account, first.what, first.address) == (None, "wrong", "10.1.2.3")
    assert (second.account, second.what, second.device) == (cast.officer, "ok", "Chrome / Windows")
    assert "geheim" not in repr([vars(row) for row in SignIn.objects.all()])


def test_nobody_rewrites_the_login_record(cast, client):
    wrong(client)
    row = SignIn.objects.get()
    row.what = "ok"
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()


def test_an_address_that_fails_often_is_slowed_down_and_never_shut_out(cast, client):
    set_limit("address_failures", 5)
    here, there = {"REMOTE_ADDR": "10.0.0.1"}, {"REMOTE_ADDR": "10.0.0.2"}
    for name in ("a-a", "b-b", "c-c", "d-d", "e-e"):
        wrong(client, name, **here)
    assert wait_of("10.0.0.1", now()) > 0
    page = right(client, **here).content.decode()
    assert "从这里输错的次数太多" in page
    assert not SignIn.objects.filter(account=cast.officer).exists()
    assert right(client, **there).status_code == 302
    client.logout()
    with clock.at(now() + timedelta(seconds=61)):
        assert right(client, **here).status_code == 302


def test_the_wait_of_an_address_is_a_minute_at_most(cast, client):
    set_limit("address_failures", 5)
    for step in range(12):
        with clock.at(now() + timedelta(seconds=61 * step)):
            wrong(client, "x-x", REMOTE_ADDR="10.0.0.1")
            last = now()
    assert 0 < wait_of("10.0.0.1", last) <= 60


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_twelve_guesses_at_once_are_no_more_than_one_after_the_other():
    officer = make_cast(make_street()).officer

    def guess(number):
        try:
            request = RequestFactory().post(LOGIN, REMOTE_ADDR=f"10.0.1.{number}")
            return authenticate(request, username="officer", password=f"Falsch-{number}-xx")
        finally:
            connection.close()

    with ThreadPoolExecutor(12) as pool:
        assert not any(pool.map(guess, range(12)))
    rows = SignIn.objects.filter(account=officer)
    assert (rows.filter(what="wrong").count(), rows.filter(what="locked").count()) == (5, 7)


def test_the_demo_password_opens_nothing_in_earnest(cast, client, settings):
    with acting(None):
        cast.officer.set_password(DEMO_PASSWORD)
        cast.officer.save()
    settings.DEMO = False
    values = {"username": "officer", "password": DEMO_PASSWORD}
    assert client.post(LOGIN, values).status_code == 200
    settings.DEMO = True
    assert client.post(LOGIN, values).status_code == 302


def test_a_security_administrator_unlocks_with_a_reason_and_not_their_own(cast, client, login):
    wrong(client, times=5)
    security = login(cast.secadmin)
    assert "锁定的账号" in security.get("/admin/").content.decode()
    assert "锁定到" in security.get(f"/admin/users/edit/{cast.officer.pk}/").content.decode()
    address = f"/admin/unlock/{cast.officer.pk}/"
    page = security.post(address, {"form_token": str(uuid4())}).content.decode()
    assert "请写明原因" in page
    assert english_left(page, allowed=["officer"]) == []
    values = {"form_token": str(uuid4()), "reason": "本人来电核实"}
    assert security.post(address, values).status_code == 302
    row = SignIn.objects.get(what="unlocked")
    assert (row.account, row.by, row.note) == (cast.officer, cast.secadmin, "本人来电核实")
    assert right(client).status_code == 302
    wrong(client, "secadmin", times=5)
    own = {"form_token": str(uuid4()), "reason": "自己"}
    page = security.post(f"/admin/unlock/{cast.secadmin.pk}/", own).content.decode()
    assert "不能给自己解除锁定" in page


def test_the_audit_administrator_reads_the_login_record_and_filters_it(cast, client, login):
    wrong(client)
    wrong(client, "nobody-here")
    right(client, "registrar")
    reader = login(cast.auditadmin)
    page = reader.get("/admin/sign-ins/").content.decode()
    for word in ("承小办", "没有这个账号", "登小记", "登录名或密码不对", "登录成功"):
        assert word in page
    assert english_left(page, allowed=["officer", "registrar"] + NAMES) == []
    one = reader.get(f"/admin/sign-ins/?person={cast.officer.pk}&what=wrong").content.decode()
    table = one.split('class="desk-table"')[1]
    assert "承小办" in table
    assert "登小记" not in table
    assert (
        "没有符合条件"
        in reader.get(f"/admin/sign-ins/?person={cast.officer.pk}&what=ok").content.decode()
    )


@pytest.mark.parametrize(
    ("said", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/120 Safari/537 Edg/120", "Edge / Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) Safari/604", "Safari / 苹果手机"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140) Firefox/140.0", "Firefox / Linux"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_device_is_told_in_two_words(said, device):
    assert device_of(RequestFactory().get("/", HTTP_USER_AGENT=said)) == device
