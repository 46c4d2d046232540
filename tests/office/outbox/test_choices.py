"""Everybody chooses what they are told by which way, and when to be left alone."""

import uuid

import pytest

from office.models import Change, NoticeChoice
from tests.office.outbox.telling import due, reachable, rows, tell, ways

ADDRESS = "/admin/notices/choices/"


def send(client, **fields):
    return client.post(ADDRESS, {"form_token": str(uuid.uuid4()), **fields})


def text(response):
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def client(cast, login):
    reachable(cast.officer)
    return login(cast.officer)


def test_what_is_chosen_holds_from_the_next_notice_on_and_is_in_the_history(cast, street, client):
    answer = send(
        client, **{"way-due_soon": ["mail"], "email": "cheng2@yunhu.example"},
        quiet_from="22", quiet_until="6",
    )  # fmt: skip
    assert answer.url == ADDRESS
    choice = NoticeChoice.objects.get(person=cast.officer)
    assert choice.channels["due_soon"] == ["bell", "mail"]
    assert (choice.quiet_from, choice.quiet_until) == (22, 6)
    cast.officer.refresh_from_db()
    assert cast.officer.email == "cheng2@yunhu.example"
    tell(due(street, cast.officer))
    assert ways(cast.officer) == {"bell", "mail"}
    change = Change.objects.filter(kind="office.noticechoice").last()
    assert (change.actor, change.reason) == (cast.officer, "本人修改通知设置")


def test_a_bell_that_is_fixed_is_not_offered_and_a_kind_for_residents_neither(client):
    page = text(client.get(ADDRESS))
    assert "期限将到" in page
    assert "站内通知一定会有。" in page
    assert "告知已登记" not in page


def test_a_way_that_is_not_set_up_is_not_offered(client, settings):
    settings.SMS_GATEWAY, settings.MAIL_ON = "", False
    page = text(client.get(ADDRESS))
    assert 'value="sms"' not in page
    assert 'name="email"' not in page
    assert 'value="bell"' in page


def test_what_is_not_offered_now_is_kept_as_it_was_chosen(cast, client, settings):
    mail = {"email": cast.officer.email}
    send(client, **{"way-due_soon": ["mail"], "way-alarm": ["sms"], **mail})
    settings.SMS_GATEWAY = ""
    send(client, **{"way-alarm": ["bell"], "loaded_version": "1", **mail})
    channels = NoticeChoice.objects.get(person=cast.officer).channels
    assert channels["alarm"] == ["bell", "sms"]
    assert channels["due_soon"] == ["bell"]


def test_who_has_no_mobile_number_is_told_so(cast, client):
    assert "收不到短信" not in text(client.get(ADDRESS))
    reachable(cast.officer, phone="0571-86000000")
    assert "收不到短信" in text(client.get(ADDRESS))


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"quiet_from": "22"}, "要一起选"),
        ({"email": "x"}, "邮箱地址不完整"),
        ({"way-own": ["mail"]}, "不在可用的选项中"),
        ({"way-alarm": ["bell"], "way-due_soon": ["mail"], "email": ""}, "选了邮件，请填邮箱"),
        ({"quiet_from": "25", "quiet_until": "1"}, "不在可用的选项中"),
    ],
)
def test_what_does_not_fit_is_refused_in_words_and_nothing_is_saved(cast, login, fields, words):
    refused = text(send(login(cast.officer), **fields))
    assert words in refused
    assert not NoticeChoice.objects.exists()


def test_of_two_windows_the_second_is_told_what_the_first_changed(cast, client):
    send(client, quiet_from="22", quiet_until="6")
    send(client, quiet_from="21", quiet_until="6", loaded_version="1")
    late = text(send(client, quiet_from="20", quiet_until="6", loaded_version="1"))
    assert "改了" in late
    assert NoticeChoice.objects.get().quiet_from == 21


def test_a_form_sent_twice_is_carried_out_once(cast, client):
    token = str(uuid.uuid4())
    for _ in range(2):
        client.post(ADDRESS, {"form_token": token, "quiet_from": "22", "quiet_until": "6"})
    assert NoticeChoice.objects.get().version == 1


def test_switching_everything_off_leaves_what_is_fixed(cast, street, client):
    send(client)
    tell(due(street, cast.officer))
    assert [row.channel for row in rows(cast.officer)] == ["bell"]
