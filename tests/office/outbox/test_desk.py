"""What left the house and what did not: the system administrator sees it and sends it again."""

import uuid
from datetime import timedelta

import pytest

from office import clock, health
from office.appointing import asking
from office.health import State
from office.models import Delivery, Notice
from office.outbox import sending
from office.outbox.outcomes import Refused
from tests.office.appointing.test_asking import deputy
from tests.office.outbox.telling import MOBILE, NOON, due, only, reachable, send_all, tell

ADDRESS = "/admin/notices/sent/"


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def lost(cast, street, monkeypatch):
    """A message the gateway refused."""

    def send(address, title, words, ref):
        raise Refused("短信网关拒收（400），请核对号码和短信内容。")

    reachable(cast.officer)
    tell(due(street, cast.officer))
    with monkeypatch.context() as patched:
        patched.setitem(sending.SEND, "sms", send)
        send_all()
    return only(cast.officer, "sms")


def again(client, key):
    return client.post(ADDRESS, {"form_token": str(uuid.uuid4()), "again": str(key)})


def test_what_was_lost_is_shown_with_its_reason_and_neither_number_nor_words(cast, login, lost):
    page = text(login(cast.sysadmin).get(ADDRESS))
    for words in ("期限将到", "短信", "承小办", "短信网关拒收（400）", "逐次记录", "重发"):
        assert words in page
    assert MOBILE not in page
    assert "XF2026-000318" not in page
    assert "邮件" in text(login(cast.sysadmin).get(ADDRESS + "?tab=all"))


def test_it_is_sent_again_with_one_click_and_the_page_says_who_did(cast, login, lost):
    client = login(cast.sysadmin)
    assert again(client, lost.pk).url == ADDRESS
    assert "没有停下" in text(again(client, lost.pk))
    assert "（系小统）" in text(client.get(ADDRESS + "?tab=open"))
    send_all(clock.now() + timedelta(days=1), ["sms"])
    lost.refresh_from_db()
    assert lost.state in ("sent", "waiting")


@pytest.mark.parametrize("key", ["", "x", "0", "9" * 30])
def test_rubbish_is_refused_in_words(cast, login, key):
    assert "没有停下" in text(again(login(cast.sysadmin), key))


def test_nobody_else_sees_or_sends(cast, login, lost):
    for name, person in vars(cast).items():
        if name != "sysadmin":
            client = login(person)
            assert client.get(ADDRESS).status_code != 200
            assert again(client, lost.pk).status_code != 200
    lost.refresh_from_db()
    assert lost.state == "given_up"


def lines(moment):
    return [line for line in health.lines(moment) if line.part == "通知"]


def test_health_names_what_is_stuck_and_what_was_lost(cast, street, settings, db, lost):
    settings.DEMO = True
    assert [(line.state, line.text) for line in lines(NOON + timedelta(minutes=5))] == [
        (State.WARN, "一天内有 1 条短信、邮件没有发出：原因见“通知发送”。"),
        (State.WARN, "还没有设置对外公布的办公电话：发给信访人的短信都在等，请到“通知文字”设置。"),
    ]
    tell(due(street, cast.officer, key="2"))
    assert "2 条短信、邮件过了一小时还没有发" in lines(NOON + timedelta(hours=2))[0].text
    assert lines(NOON + timedelta(hours=2))[0].state == State.FAIL
    settings.DEMO = False
    assert any("只供试用" in line.text for line in lines(NOON))


def test_who_is_named_to_stand_in_is_told(cast):
    request = asking.ask(
        cast.secadmin, deputy(cast.officehead.posts.get(), cast.registrar), reason="主任休假"
    )
    assert not Notice.objects.exists()
    asking.decide(request.pk, by=cast.sysadmin, agree=True)
    [row] = Delivery.objects.filter(person=cast.registrar)
    assert row.title == "您将代行一个岗位"
    assert "信访办公室的信访办主任" in row.words
    assert not Delivery.objects.exclude(person=cast.registrar).exists()
