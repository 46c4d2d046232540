"""The gateway tells what became of a message; nobody else can."""

import json
import uuid
from datetime import timedelta

import pytest
import requests
from django.test import Client

from office import clock
from office.models import DeliveryTry
from tests.conftest import make_cast, make_street
from tests.office.outbox.gateway import running, signed
from tests.office.outbox.telling import NOON, due, only, reachable, send_all, tell

ADDRESS = "/sms/receipt/"


@pytest.fixture
def sent(cast, street):
    """A message the gateway has taken."""
    reachable(cast.officer)
    tell(due(street, cast.officer))
    send_all(channels=["sms"])
    return only(cast.officer, "sms")


def told(row, state="arrived", **more):
    return json.dumps({"key": str(row.ref), "state": state, **more}).encode()


def headers(body, moment=NOON):
    at = str(int(moment.timestamp()))
    return {"X-Time": at, "X-Signature": signed(at, body)}


def answer(body, given=None, moment=NOON):
    with clock.at(moment):
        return Client().post(
            ADDRESS, body, "application/json", headers=headers(body) if given is None else given
        )


@pytest.mark.parametrize(
    ("told_state", "state", "outcome"),
    [
        ("arrived", "arrived", "短信已到手机。"),
        ("lost", "given_up", "运营商回执：没有送到手机。（MK:0001）"),
    ],
)
def test_a_receipt_is_noted_once_however_often_it_comes(sent, told_state, state, outcome):
    body = told(sent, told_state, **({"code": "MK:0001"} if told_state == "lost" else {}))
    assert [answer(body).status_code for _ in range(3)] == [204] * 3
    sent.refresh_from_db()
    assert (sent.state, sent.outcome) == (state, outcome)
    assert DeliveryTry.objects.filter(delivery=sent).count() == 2


def test_what_has_arrived_is_not_lost_afterwards(sent):
    answer(told(sent))
    assert answer(told(sent, "lost")).status_code == 204
    sent.refresh_from_db()
    assert sent.state == "arrived"


def test_a_number_in_a_code_is_not_kept(sent):
    answer(told(sent, "lost", code="13800001234"))
    sent.refresh_from_db()
    assert sent.outcome == "运营商回执：没有送到手机。"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"X-Time": str(int(NOON.timestamp())), "X-Signature": "0" * 64},
        {"X-Time": str(int(NOON.timestamp())), "X-Signature": "签"},
        {"X-Time": "soon", "X-Signature": signed("soon", b"")},
    ],
)
def test_a_receipt_of_somebody_else_is_refused_without_a_word(sent, given):
    refused = answer(told(sent), given={k: v.encode().decode("latin-1") for k, v in given.items()})
    assert (refused.status_code, refused.content) == (403, b"")
    sent.refresh_from_db()
    assert sent.state == "sent"


@pytest.mark.parametrize("seconds", [-301, 301])
def test_an_old_receipt_sent_again_and_one_from_the_future_are_refused(sent, seconds):
    assert answer(told(sent), moment=NOON + timedelta(seconds=seconds)).status_code == 403


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"{",
        b'{"key": 7, "state": "arrived"}',
        b'{"key": "x", "state": "arrived"}',
        b'{"state": "arrived"}',
        b"\xff",
        b" " * 5000,
    ],
)
def test_what_is_no_receipt_is_refused(db, body):
    assert answer(body).status_code == 403


def test_a_state_we_do_not_know_is_refused_and_an_unknown_message_is_not_there(sent):
    assert answer(told(sent, "read")).status_code == 403
    sent.ref = uuid.UUID(int=1)
    assert answer(told(sent)).status_code == 404


def test_without_a_shared_key_nothing_is_believed(sent, settings):
    settings.SMS_SECRET = ""
    assert answer(told(sent)).status_code == 403


def test_a_receipt_is_posted_and_not_fetched(db):
    assert Client().get(ADDRESS).status_code == 405


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_message_goes_out_over_http_and_its_receipt_comes_back_over_http(live_server, settings):
    street = make_street()
    cast = make_cast(street)
    reachable(cast.officer)
    tell(due(street, cast.officer))
    with running() as gateway:
        settings.SMS_GATEWAY = gateway.address
        send_all(channels=["sms"])
        [key] = gateway.taken
    at = str(int(clock.now().timestamp()))
    body = json.dumps({"key": key, "state": "arrived"}).encode()
    for signature, status in (("0" * 64, 403), (signed(at, body), 204)):
        said = requests.post(
            f"{live_server.url}{ADDRESS}",
            data=body,
            headers={"X-Time": at, "X-Signature": signature},
            timeout=10,
        )
        assert said.status_code == status
    assert only(cast.officer, "sms").state == "arrived"
