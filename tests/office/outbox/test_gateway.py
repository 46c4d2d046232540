"""Text messages over HTTP, against a real server: signed, in time, taken once."""

import re
import uuid
from datetime import timedelta

import pytest

from office.models import Delivery
from office.outbox import sms
from office.outbox.outcomes import Refused, Unreached
from tests.office.outbox.gateway import running
from tests.office.outbox.telling import MOBILE, NOON, due, only, reachable, send_all, tell

REF = uuid.UUID(int=7)


@pytest.fixture
def gateway(settings):
    with running() as found:
        settings.SMS_GATEWAY = found.address
        yield found


def send():
    return sms.send(MOBILE, "", "XF2026-000318 还有 3 天到期。", REF)


def test_a_message_arrives_signed_with_its_key(gateway):
    assert send() == "G-1"
    assert gateway.taken == {
        str(REF): {"key": str(REF), "phone": MOBILE, "text": "XF2026-000318 还有 3 天到期。"}
    }


def test_a_gateway_with_another_secret_takes_nothing(gateway, settings):
    settings.SMS_SECRET = "of-somebody-else"
    with pytest.raises(Unreached, match="401.*系统管理员核对"):
        send()
    assert not gateway.taken


@pytest.mark.parametrize("answer", [401, 403, 404, 408, 425, 429, 500, 503, "hang", "swallow"])
def test_what_did_not_go_now_is_to_be_tried_again(gateway, answer):
    gateway.answers = [answer]
    with pytest.raises(Unreached):
        send()


@pytest.mark.parametrize("answer", [302, 400, 410, 422])
def test_what_a_gateway_refuses_is_refused_and_a_redirection_is_not_followed(gateway, answer):
    gateway.answers = [answer]
    with pytest.raises(Refused, match=str(answer)):
        send()
    assert len(gateway.asked) == 1


def test_a_gateway_that_does_not_answer_in_time_is_tried_again(gateway, monkeypatch):
    monkeypatch.setattr(sms, "_TIMEOUT", (1, 0.2))
    gateway.slow = 1.0
    with pytest.raises(Unreached, match="ReadTimeout"):
        send()


def test_nobody_at_home_is_tried_again_and_no_word_names_the_number(settings):
    with running() as found:
        settings.SMS_GATEWAY = found.address
    with pytest.raises(Unreached) as caught:
        send()
    assert MOBILE not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_message_that_was_taken_before_the_line_broke_is_there_once(cast, street, gateway):
    reachable(cast.officer)
    tell(due(street, cast.officer))
    gateway.answers = ["swallow", 503, 200]
    for minute in (0, 1, 6):
        assert send_all(NOON + timedelta(minutes=minute), ["sms"]) == 1
    row = only(cast.officer, "sms")
    assert (row.state, row.attempts, row.external_id) == ("sent", 3, "G-1")
    assert [one["key"] for one in gateway.asked] == [str(row.ref)] * 3
    assert len(gateway.taken) == 1
    assert Delivery.objects.filter(channel="sms").count() == 1


def test_the_console_shows_no_number(settings, capsys):
    settings.SMS_GATEWAY = "console"
    send()
    shown = capsys.readouterr().out
    assert "XF2026-000318 还有 3 天到期。" in shown
    assert not re.search(r"\d{8}", shown)


def test_a_message_told_again_is_one_file(settings):
    settings.SMS_GATEWAY = "file"
    assert send() == send()
    assert len(list((settings.VAR_DIR / "sms").iterdir())) == 1


@pytest.mark.parametrize(
    ("name", "secret", "problem"),
    [
        ("", "", ""),
        ("file", "", ""),
        ("https://sms.example/send", "s", ""),
        ("http://127.0.0.1:9000/send", "s", ""),
        ("http://sms.example/send", "s", "plain http"),
        ("https://sms.example/send", "", "SMS_SECRET"),
        ("fiel", "s", "neither"),
    ],
)
def test_a_gateway_that_is_set_up_wrongly_is_named_at_the_start(settings, name, secret, problem):
    settings.SMS_GATEWAY, settings.SMS_SECRET = name, secret
    assert problem in sms.problem()
    assert bool(problem) == bool(sms.problem())
