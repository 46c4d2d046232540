"""应急账号: dated, loud, read by two afterwards; no way round the separation."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.test import Client

from office import clock
from office.appointing import asking
from office.appointing.asking import Wish
from office.clock import now, today
from office.emergency import opening
from office.emergency.report import report
from office.exporting import requests
from office.history import acting
from office.looks import log_look
from office.models import Change, Emergency, Leave, Post, User
from office.separation import who_decides
from office.work import run_due
from tests.english import english_left

FRESH = "Xin-mima-2026-yh"


def glass(street, role="registrar", hours=2, by="机房值班", reason="台风夜，登记员联系不上"):
    return opening.open_account(role=role, unit=street.office, hours=hours, reason=reason, by=by)


def enter(opened):
    """The browser of whoever was given the account, its own password set."""
    client, user = Client(), opened.emergency.user.username
    client.post("/admin/login/", {"username": user, "password": opened.password})
    client.post(
        "/admin/password/",
        {"old_password": opened.password, "new_password1": FRESH, "new_password2": FRESH},
    )
    return client


def over(opened):
    return clock.at(opened.emergency.expires_at + timedelta(seconds=1))


def test_the_server_gives_a_dated_account_with_one_post_and_says_so(cast, street, capsys):
    call_command(
        "break_glass", role="registrar", unit="信访办公室", hours=3, reason="台风夜", by="机房值班"
    )
    said = capsys.readouterr().out
    emergency = Emergency.objects.get()
    assert "一次性密码" in said
    assert emergency.user.username in said
    assert not emergency.user.is_superuser
    post = emergency.user.posts.get()
    assert (post.role, post.unit) == ("registrar", street.office)
    assert timedelta(0) < emergency.expires_at - now() <= timedelta(hours=3)
    change = Change.objects.filter(kind="office.emergency").get()
    assert "台风夜" in change.reason


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"role": "custodian"}, "由街道领导指定"),
        ({"role": "wizard"}, "没有角色"),
        ({"hours": 25}, "1 到 24 小时"),
        ({"hours": 0}, "1 到 24 小时"),
        ({"unit": "云外天"}, "没有（或不止一个）单位"),
        ({"reason": " "}, "请写明理由"),
        ({"role": "security_admin", "by": "系小统"}, "三员分立"),
        ({"role": "system_admin", "by": "承小办"}, "三员分立"),
        ({"role": "officer", "by": "审小计"}, "三员分立"),
    ],
)
def test_what_may_not_be_is_refused_in_words(cast, given, said):
    options = {
        "role": "registrar", "unit": "信访办公室", "hours": 2, "reason": "台风夜", "by": "机房值班",
        **given,
    }  # fmt: skip
    with pytest.raises(CommandError, match=said.replace("（", ".").replace("）", ".")):
        call_command("break_glass", **options)
    assert not Emergency.objects.exists()


def test_only_one_at_a_time(cast, street):
    opened = glass(street)
    with pytest.raises(ValidationError, match="同时只能有一个"):
        glass(street, role="officer")
    with over(opened):
        assert glass(street).emergency.user.username == "yingji002"


def test_the_password_opens_once_and_is_replaced_before_anything_else(cast, street):
    opened = glass(street)
    values = {"username": opened.emergency.user.username, "password": opened.password}
    client = Client()
    assert client.post("/admin/login/", values).status_code == 302
    assert client.get("/admin/").url.startswith("/admin/password/")
    assert Client().post("/admin/login/", values).status_code == 200
    client.post(
        "/admin/password/",
        {"old_password": opened.password, "new_password1": FRESH, "new_password2": FRESH},
    )
    assert client.get("/admin/").status_code == 200
    again = {**values, "password": FRESH}
    assert Client().post("/admin/login/", again).status_code == 302
    assert Client().post("/admin/login/", values).status_code == 200


def test_every_page_of_the_account_says_what_it_is(cast, street, login):
    client = enter(glass(street))
    for address in ("/admin/", "/admin/leave/", "/admin/account/", "/admin/help/"):
        page = client.get(address).content.decode()
        assert "应急账号，" in page
        assert "自动失效" in page
    assert "desk-banner" not in login(cast.officer).get("/admin/").content.decode()


def test_leader_and_audit_administrator_are_told_on_their_first_page_and_nobody_else(
    cast, street, login
):
    glass(street)
    told = {
        who
        for who, person in vars(cast).items()
        if "台风夜" in login(person).get("/admin/").content.decode()
    }
    assert told == {"leader", "auditadmin"}


def test_at_its_hour_the_account_ends_with_its_session(cast, street):
    opened = glass(street)
    client = enter(opened)
    assert client.get("/admin/").status_code == 200
    with over(opened):
        assert client.get("/admin/").status_code == 302
        values = {"username": opened.emergency.user.username, "password": FRESH}
        assert Client().post("/admin/login/", values).status_code == 200
        run_due(now())
        assert not User.objects.get(pk=opened.emergency.user_id).is_active


def test_a_leader_may_end_it_at_once(cast, street, login):
    opened = glass(street)
    client = enter(opened)
    values = {"act": "end", "form_token": str(uuid4())}
    login(cast.leader).post(f"/admin/emergencies/{opened.emergency.pk}/", values)
    assert client.get("/admin/").status_code == 302


def test_the_report_lists_all_it_did_with_times_and_is_closed_by_two(cast, street, login):
    opened = glass(street, role="security_admin")
    user = opened.emergency.user
    client = enter(opened)
    client.post(
        "/admin/users/new/", {"username": "neu", "name": "新小人", "form_token": str(uuid4())}
    )
    with acting(user):
        log_look(user, cast.officer, "姓名", purpose="核对")
    address = f"/admin/emergencies/{opened.emergency.pk}/"
    values = {"note": "操作与理由相符", "form_token": str(uuid4())}
    page = login(cast.leader).post(address, values).content.decode()
    assert "到期或提前结束后再核销" in page
    with over(opened):
        page = login(cast.auditadmin).get(address).content.decode()
        for words in ("工作人员", "新小人", "核对", "登录成功", "台风夜"):
            assert words in page, words
        assert english_left(page, allowed=["yingji"]) == []
        first = login(cast.auditadmin)
        first.post(address, {**values, "form_token": str(uuid4())})
        told = first.post(address, {**values, "form_token": str(uuid4())}).content.decode()
        assert "请由另一位有权限的同事复核" in told
        assert "等您复核" in login(cast.leader).get("/admin/").content.decode()
        login(cast.leader).post(address, {**values, "form_token": str(uuid4())})
        emergency = Emergency.objects.get()
        assert (emergency.closed_by, emergency.second_by) == (cast.auditadmin, cast.leader)
        assert "台风夜" not in login(cast.leader).get("/admin/").content.decode()


def test_a_closing_needs_a_note_and_is_not_the_users_own(cast, street):
    opened = glass(street, by="街小领")
    with over(opened):
        with pytest.raises(ValidationError, match="请写明看过的情况"):
            opening.close(opened.emergency.pk, by=cast.auditadmin, note=" ")
        with pytest.raises(ValidationError, match="不能核销自己"):
            opening.close(opened.emergency.pk, by=cast.leader, note="没问题")
        with pytest.raises(ValidationError, match="没有核销"):
            opening.close(opened.emergency.pk, by=cast.sysadmin, note="没问题")


def test_an_emergency_account_may_ask_for_a_right_and_never_confirms_one(cast, street):
    with acting(None, "请假"):
        Leave(person=cast.sysadmin, valid_from=today(), valid_to=today()).save()
    opened = glass(street, role="system_admin")
    wish = Wish(kind="post", user=cast.grid, unit=street.housing, role="officer")
    request = asking.ask(cast.secadmin, wish, reason="分工调整")
    with pytest.raises(ValidationError, match="应急账号"):
        asking.decide(request.pk, by=opened.emergency.user, agree=True)
    assert asking.deciders(request).people == (cast.leader,)


def test_an_emergency_account_is_not_prolonged_by_a_new_password_or_a_post(cast, street):
    user = glass(street).emergency.user
    for wish in (
        Wish(kind="password", user=user),
        Wish(kind="post", user=user, unit=street.office, role="auditor"),
    ):
        with pytest.raises(ValidationError):
            asking.ask(cast.secadmin, wish, reason="试一试")
    assert Post.objects.filter(user=user).count() == 1


def test_nothing_sealed_is_told_in_a_report(cast, street):
    opened = glass(street)
    with acting(opened.emergency.user):
        log_look(opened.emergency.user, cast.officer, "姓名", purpose="核对")
    found = report(opened.emergency, cast.leader)
    assert [line.label for line in found.looks] == ["承小办"]
    assert found.cut is False


def test_who_opened_it_does_not_allow_their_own_request_with_it(cast, street):
    """An office head with the server's password is not two people."""
    asked = requests.ask(
        cast.officehead, "matters", QueryDict(""), conditions="", purpose="给区里报送"
    )
    boss = glass(street, role="leader", by=cast.officehead.name).emergency.user

    with pytest.raises(ValidationError, match="应急账号"):
        requests.decide(asked.pk, by=boss, agree=True)
    assert boss not in who_decides("matters.decide_clear_export", {}, today()).people
    assert requests.decide(asked.pk, by=cast.leader, agree=True).state == "allowed"
