"""What waits in the outbox goes out: in its hour, to who may have it, again until it is done."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.db import DataError, IntegrityError, InterfaceError, OperationalError

from office import clock, registries
from office.history import acting
from office.models import Delivery, DeliveryTry
from office.outbox import sending
from office.outbox.kinds import NUMBER, Channel, NoticeKind, Text
from office.outbox.outcomes import Refused, Unreached
from office.outbox.posting import Happening, Resident
from office.outbox.sending import send_again, take_up
from office.vault import VaultError
from office.work import HOLD, keep_hold
from tests.office.outbox.telling import (
    MOBILE,
    NIGHT,
    NOON,
    choose,
    due,
    messages,
    only,
    reachable,
    rows,
    send_all,
    set_limit,
    set_text,
    tell,
)

NOT_NOW = "这条通知已不适用，没有发送。"
NUMBER_OF = {"编号": "XF2026-000318"}
PHONES = {1: "138 0000 1234", 2: "0571-86000000", 3: "", 4: None}


@pytest.fixture
def told(cast, street):
    """An officer who can be reached by every way was told that something is due soon."""
    reachable(cast.officer)
    tell(due(street, cast.officer))
    return cast.officer


@pytest.fixture
def residents(monkeypatch):
    monkeypatch.setitem(registries.phones, "matters.petitioner", lambda pk, notice: PHONES[pk])


def gateway_that(monkeypatch, *answers):
    """Each message is answered in turn by an error or goes well (None); the keys it was asked by."""
    left, asked = list(answers), []

    def send(address, title, words, ref):
        asked.append(ref)
        if (error := left.pop(0)) is not None:
            raise error
        return "G-1"

    monkeypatch.setitem(sending.SEND, "sms", send)
    return asked


def test_mail_and_message_go_out_once_and_say_what_is_declared(told):
    assert send_all() == 2
    [message] = messages()
    assert message["text"] == "XF2026-000318 还有 3 天到期，请登录系统办理。"
    assert MOBILE not in str(message)
    [letter] = mail.outbox
    assert (letter.to, letter.subject) == (["cheng@yunhu.example"], "XF2026-000318 还有 3 天到期")
    assert str(only(told, "mail").ref) in letter.extra_headers["Message-ID"]
    sent = only(told, "sms")
    assert (sent.state, sent.attempts, sent.held_until) == ("sent", 1, None)
    assert sent.external_id == str(sent.ref)
    assert send_all(NOON + timedelta(days=1)) == 0


def test_every_try_is_written_down_with_its_outcome(told, monkeypatch):
    gateway_that(monkeypatch, Unreached("短信网关没有应答。"), None)
    send_all()
    send_all(NOON + timedelta(minutes=1))
    tries = DeliveryTry.objects.filter(delivery=only(told, "sms")).order_by("pk")
    assert [(one.state, one.said) for one in tries] == [
        ("failed", "短信网关没有应答。"),
        ("sent", "已交给发送方。"),
    ]


def test_the_pauses_grow_and_after_the_last_try_it_is_given_up(told, monkeypatch):
    set_limit("sending_tries", 5)
    asked = gateway_that(monkeypatch, *[Unreached("短信网关没有应答。")] * 5)
    moment, pauses = NOON, []
    for _ in range(5):
        assert send_all(moment, ["sms"]) == 1
        after = only(told, "sms").next_at
        pauses.append((after - moment) // timedelta(minutes=1))
        moment = after
    row = only(told, "sms")
    assert pauses == [1, 5, 15, 60, 0]
    assert (row.state, row.outcome) == ("given_up", "试了 5 次没有发成：短信网关没有应答。")
    assert len(set(asked)) == 1


def test_what_is_refused_for_good_is_not_tried_again(told, monkeypatch):
    gateway_that(monkeypatch, Refused("短信网关拒收（400），请核对号码和短信内容。"))
    assert send_all(channels=["sms"]) == 1
    row = only(told, "sms")
    assert (row.state, row.attempts) == ("given_up", 1)
    assert send_all(NOON + timedelta(days=9), ["sms"]) == 0


def test_what_was_given_up_is_sent_again_under_a_new_key_with_who_wanted_it(
    cast, told, monkeypatch
):
    asked = gateway_that(monkeypatch, Refused("拒收。"), None)
    send_all(channels=["sms"])
    set_text("due_soon-sms", "{编号} 快到期了。")
    with clock.at(NOON):
        assert send_again(only(told, "sms").pk, cast.sysadmin)
        assert not send_again(only(told, "sms").pk, cast.sysadmin)
    send_all(channels=["sms"])
    row = only(told, "sms")
    assert (row.state, row.attempts, row.words) == ("sent", 1, "XF2026-000318 快到期了。")
    assert len(set(asked)) == 2
    assert [one.by for one in row.tries.order_by("pk")] == [None, cast.sysadmin, None]


def test_an_unexpected_error_is_tried_again_and_its_words_name_nobody(told, monkeypatch):
    gateway_that(monkeypatch, RuntimeError(f"no route for {MOBILE}"))
    send_all(channels=["sms"])
    row = only(told, "sms")
    assert (row.state, row.outcome) == ("failed", "程序出错（RuntimeError）；详情见运行日志。")


def test_quiet_hours_hold_mail_and_messages_but_not_the_bell_and_not_an_alarm(cast, street):
    reachable(cast.officer)
    tell(
        due(street, cast.officer),
        Happening("alarm", "1", [cast.officer], NUMBER_OF),
        at=NIGHT,
    )
    assert {row.state for row in rows(cast.officer, "bell")} == {"sent"}
    send_all(NIGHT)
    quiet, alarm = rows(cast.officer, "sms")
    assert (quiet.state, quiet.attempts, quiet.outcome) == ("waiting", 0, "免打扰时间，过后再发。")
    assert alarm.state == "sent"
    morning = NIGHT.replace(day=24, hour=8, minute=0)
    assert quiet.next_at == morning
    assert send_all(morning - timedelta(seconds=1)) == 0
    assert send_all(morning) == 2


def test_ones_own_quiet_hours_hold_before_those_of_the_office(cast, street):
    reachable(cast.officer)
    choose(cast.officer, quiet_from=12, quiet_until=14)
    tell(due(street, cast.officer))
    send_all()
    assert only(cast.officer, "sms").next_at == NOON.replace(hour=14)
    tell(due(street, cast.officer, key="2"), at=NIGHT)
    send_all(NIGHT)
    assert {row.state for row in rows(cast.officer, "sms")} == {"sent"}


def test_whoever_may_no_longer_open_the_record_is_sent_nothing_and_sees_nothing(
    cast, street, monkeypatch
):
    open_to = {cast.officer.pk}

    def links(person, ids):
        return {pk: f"/admin/things/{pk}/" for pk in ids if person.pk in open_to}

    monkeypatch.setitem(registries.record_links, "things.thing", links)
    reachable(cast.officer)
    tell(due(street, cast.officer, record=("things.thing", 7)))
    open_to.clear()
    send_all()
    assert not messages()
    assert not mail.outbox
    row = only(cast.officer, "sms")
    assert (row.state, row.words) == ("given_up", "")
    assert row.outcome == NOT_NOW


def test_a_mail_leads_to_the_record_and_a_message_never_does(cast, street, monkeypatch):
    monkeypatch.setitem(
        registries.record_links, "things.thing", lambda person, ids: {7: "/admin/things/7/"}
    )
    reachable(cast.officer)
    tell(due(street, cast.officer, record=("things.thing", 7)))
    send_all()
    assert "/admin/things/7/" in mail.outbox[0].body
    assert "/admin/" not in messages()[0]["text"]


def test_whose_account_was_closed_meanwhile_is_sent_nothing(told):
    with acting(None, "测试"):
        told.is_active = False
        told.save()
    send_all()
    assert not messages()
    assert only(told, "mail").outcome == NOT_NOW  # as for any other reason: nobody can tell which


def test_a_resident_is_told_without_a_link_with_the_number_of_the_office(db, residents):
    tell(Happening("registered", "1", [Resident("matters.petitioner", 1)], NUMBER_OF))
    send_all()
    row = Delivery.objects.get()
    assert (row.state, row.attempts) == ("waiting", 0)
    assert "还没有设置对外公布的办公电话" in row.outcome
    set_text("phone", "0571-86001234")
    assert send_all(NOON + timedelta(minutes=59)) == 0
    send_all(NOON + timedelta(hours=1))
    [message] = messages()
    assert message["text"] == "您反映的事项已登记，编号 XF2026-000318。咨询电话 0571-86001234。"
    row.refresh_from_db()
    assert row.state == "sent"
    assert "138" not in f"{row.title}{row.words}{row.outcome}{row.notice.facts}"


@pytest.mark.parametrize("pk", [2, 3])
def test_a_resident_without_a_mobile_number_is_no_error(db, residents, pk):
    set_text("phone", "0571-86001234")
    tell(Happening("registered", "1", [Resident("matters.petitioner", pk)], NUMBER_OF))
    send_all()
    row = Delivery.objects.get()
    assert (row.state, row.outcome) == (
        "given_up",
        "登记的电话不是手机号，或已经销毁，短信发不了。",
    )


def test_what_does_not_stand_any_more_is_not_told_to_a_resident(db, residents):
    set_text("phone", "0571-86001234")
    tell(Happening("registered", "1", [Resident("matters.petitioner", 4)], NUMBER_OF))
    send_all()
    row = Delivery.objects.get()
    assert (row.state, row.outcome, row.attempts) == ("given_up", NOT_NOW, 0)


def test_what_waited_for_days_is_not_sent_any_more_by_nobody(cast, db, residents):
    tell(Happening("registered", "1", [Resident("matters.petitioner", 1)], NUMBER_OF))
    send_all()  # the published number is not set
    set_limit("sending_days", 2)
    set_text("phone", "0571-86001234")
    later = NOON + timedelta(days=2, seconds=1)
    send_all(later)
    row = Delivery.objects.get()
    assert row.outcome == "过了 2 天还没有发出，内容可能过时，不再发。"
    with clock.at(later), pytest.raises(ValidationError, match="不再发"):
        send_again(row.pk, cast.sysadmin)
    assert not messages()
    with clock.at(NOON + timedelta(days=2)):
        assert send_again(row.pk, cast.sysadmin)


@pytest.mark.parametrize("error", [VaultError("broken"), IntegrityError(), DataError()])
def test_what_fails_before_anything_leaves_comes_to_an_end_too(db, monkeypatch, error):
    def fails(pk, notice):
        raise error

    monkeypatch.setitem(registries.phones, "matters.petitioner", fails)
    set_text("phone", "0571-86001234")
    set_limit("sending_tries", 3)
    tell(Happening("registered", "1", [Resident("matters.petitioner", 1)], NUMBER_OF))
    moment = NOON
    for tries in (1, 2, 3):
        assert send_all(moment) == 1
        row = Delivery.objects.get()
        assert (row.attempts, row.held_until) == (tries, None)
        moment = row.next_at
    assert row.state == "given_up"
    assert type(error).__name__ in row.outcome


def test_what_cannot_be_written_comes_to_an_end_and_its_hold_is_given_back(told, monkeypatch):
    def refuses(row, moment, **changes):
        if "words" in changes:
            # as they are in hand when the statement is refused
            row.held_until, row.attempts = moment + 2 * HOLD, changes["attempts"]
            raise DataError
        keep_hold(row, moment, **changes)

    monkeypatch.setattr(sending, "keep_hold", refuses)
    assert send_all(channels=["sms"]) == 1
    row = only(told, "sms")
    assert (row.state, row.attempts, row.held_until) == ("failed", 1, None)


@pytest.mark.parametrize("error", [OperationalError(), InterfaceError()])
def test_a_database_that_does_not_answer_is_no_try(told, monkeypatch, error):
    gateway_that(monkeypatch, error, None)
    with pytest.raises(type(error)):
        send_all(channels=["sms"])


def test_one_resident_is_told_once_however_often_it_is_posted(db, residents):
    happening = Happening("registered", "1", [Resident("matters.petitioner", 1)], NUMBER_OF)
    tell(happening, happening)
    tell(happening)
    assert Delivery.objects.count() == 1


def test_a_kind_that_is_gone_and_a_way_that_is_closed_leave_nothing_lost(told, settings):
    settings.SMS_GATEWAY = ""
    send_all(channels=["sms"])
    assert only(told, "sms").outcome == "这种发送方式没有设置，等系统管理员设置。"
    settings.SMS_GATEWAY = "file"
    send_all(NOON + timedelta(hours=1), ["sms"])
    assert only(told, "sms").state == "sent"
    registries.notices["due_soon"] = NoticeKind(
        "due_soon", "期限将到", {"编号": NUMBER}, {Channel.BELL: Text("{编号}", "{编号}")}
    )
    send_all(channels=["mail"])
    assert only(told, "mail").outcome == NOT_NOW


def test_two_workers_never_send_the_same(told, monkeypatch):
    taken = []

    def send(address, title, words, ref):
        taken.append(take_up("sms", NOON + HOLD / 2, bool))
        return "G-1"

    monkeypatch.setitem(sending.SEND, "sms", send)
    send_all(channels=["sms"])
    assert taken == [False]


def test_a_worker_that_slept_too_long_writes_nothing_over_the_other(told, monkeypatch):
    said = iter(["late", "G-2"])

    def send(address, title, words, ref):
        mine = next(said)
        if mine == "late":
            with clock.at(NOON + HOLD + timedelta(seconds=1)):
                assert take_up("sms", NOON + HOLD + timedelta(seconds=1), bool)
        return mine

    monkeypatch.setitem(sending.SEND, "sms", send)
    send_all(channels=["sms"])
    row = only(told, "sms")
    assert (row.state, row.external_id, row.attempts) == ("sent", "G-2", 2)
    assert row.tries.count() == 1


def test_a_delivery_that_kills_worker_after_worker_is_given_up_in_words(told, monkeypatch):
    def dying(address, title, words, ref):
        raise SystemExit

    set_limit("sending_tries", 3)
    monkeypatch.setitem(sending.SEND, "sms", dying)
    moment = NOON
    for _ in range(3):
        with pytest.raises(SystemExit):
            send_all(moment, ["sms"])
        moment += HOLD * 2
    assert send_all(moment, ["sms"]) == 1
    row = only(told, "sms")
    assert (row.state, row.attempts) == ("given_up", 3)
    assert "几次中断" in row.outcome
