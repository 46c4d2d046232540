"""What is put into the outbox: with what happened, once a receiver, and nothing of a person."""

from datetime import datetime

import pytest
from django.db import IntegrityError, transaction

from office import clock
from office.history import acting
from office.models import Delivery, Notice
from office.outbox import posting
from office.outbox.kinds import DAY, NUMBER, UNIT
from office.outbox.posting import Happening, Resident, post, post_all
from office.tasking.troubles import QueueSilent
from tests.office.outbox.telling import (
    NOON,
    away,
    choose,
    due,
    reachable,
    rows,
    stand_in,
    tell,
    ways,
)


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_told(cast, street):
    with pytest.raises(RuntimeError):
        post(due(street, cast.officer))


def test_what_did_not_happen_is_not_told(cast, street):
    def fails():
        with transaction.atomic():
            post(due(street, cast.officer))
            raise IntegrityError

    with pytest.raises(IntegrityError):
        fails()
    assert not Notice.objects.exists()
    assert not Delivery.objects.exists()


def test_the_bell_rings_at_once_and_the_others_wait(cast, street):
    reachable(cast.officer)
    tell(due(street, cast.officer))
    bell, mail, sms = rows(cast.officer)
    assert (bell.state, bell.title) == ("sent", "XF2026-000318 还有 3 天到期")
    assert bell.words == "社会事务办承办，最后一天是2026年11月26日。"
    assert (mail.channel, mail.state, mail.next_at) == ("mail", "waiting", NOON)
    assert (sms.channel, sms.state, sms.words) == ("sms", "waiting", "")


def test_told_again_nobody_is_told_twice_and_somebody_new_is_told(cast, street):
    tell(due(street, cast.officer), due(street, cast.officer))
    tell(due(street, cast.officer, cast.head))
    assert Notice.objects.count() == 1
    assert (len(rows(cast.officer)), len(rows(cast.head))) == (1, 1)


def test_another_happening_of_the_kind_is_told_again(cast, street):
    tell(due(street, cast.officer, key="3 days"), due(street, cast.officer, key="1 day"))
    assert len(rows(cast.officer)) == 2


def test_who_cannot_be_reached_by_a_way_is_told_by_the_others(cast, street, settings):
    reachable(cast.officer, email="", phone="0571-86000000")
    tell(due(street, cast.officer))
    assert ways(cast.officer) == {"bell"}
    settings.MAIL_ON, settings.SMS_GATEWAY = False, ""
    reachable(cast.head)
    tell(due(street, cast.head))
    assert ways(cast.head) == {"bell"}


def test_what_somebody_chose_holds_but_a_fixed_bell_rings(cast, street):
    reachable(cast.officer)
    choose(cast.officer, channels={"due_soon": ["sms"], "alarm": []})
    tell(due(street, cast.officer))
    assert ways(cast.officer) == {"bell", "sms"}
    tell(Happening("alarm", "1", [cast.officer], {"编号": "XF2026-000318"}))
    assert len(rows(cast.officer)) == 2


def test_who_stands_in_is_told_on_those_days_and_whoever_is_away_is_told_too(cast, street):
    stand_in(cast.officer, cast.other_officer)
    away(cast.officer)
    tell(due(street, cast.officer))
    [own], [instead] = rows(cast.officer), rows(cast.other_officer)
    assert own.instead_of is None
    assert instead.instead_of == cast.officer
    tell(due(street, cast.officer, key="later"), at=NOON.replace(day=26))
    assert (len(rows(cast.officer)), len(rows(cast.other_officer))) == (2, 1)


def test_who_stands_in_and_is_told_anyway_is_told_once_in_their_own_right(cast, street):
    stand_in(cast.officer, cast.other_officer)
    tell(due(street, cast.officer, cast.other_officer))
    [row] = rows(cast.other_officer)
    assert row.instead_of is None


def test_what_is_somebodys_own_is_not_told_to_who_stands_in(cast):
    stand_in(cast.officer, cast.other_officer)
    tell(Happening("own", "1", [cast.officer], {"结果": "同意"}))
    assert rows(cast.officer)
    assert not rows(cast.other_officer)


def test_a_closed_account_is_told_nothing(cast, street):
    with acting(None, "测试"):
        cast.officer.is_active = False
        cast.officer.save()
    tell(due(street, cast.officer))
    assert not rows(cast.officer)


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        (NUMBER, "柏舟"),
        (NUMBER, "13800001234"),
        (NUMBER, "330106198001011234"),
        (NUMBER, "XF2026-000318 柏舟"),
        (DAY, "2026-11-26"),
        (DAY, datetime(2026, 11, 26, tzinfo=NOON.tzinfo)),
        (UNIT, "社会事务办"),
    ],
)
def test_a_name_or_a_phone_fits_into_no_placeholder(slot, value):
    with pytest.raises(ValueError, match="no "):
        slot.told(value)


def test_facts_that_do_not_fit_are_refused_and_their_value_is_not_said(cast, street, db):
    wrong = due(street, cast.officer)
    wrong.facts["编号"] = "柏舟"
    with pytest.raises(ValueError, match="编号") as caught, transaction.atomic():
        post(wrong)
    assert "柏舟" not in str(caught.value)
    with pytest.raises(ValueError, match="天数"), transaction.atomic():
        post(Happening("due_soon", "1", [cast.officer], {"编号": "XF2026-000318"}))
    with pytest.raises(KeyError), transaction.atomic():
        post(Happening("unheard_of", "1", [cast.officer], {}))


def test_a_resident_is_told_only_what_is_for_residents(db):
    with pytest.raises(ValueError, match="is not told"), transaction.atomic():
        post(
            Happening("alarm", "1", [Resident("matters.petitioner", 1)], {"编号": "XF2026-000318"})
        )


@pytest.mark.parametrize("count", [1, 120])
def test_a_round_of_notices_is_written_in_a_few_statements(
    cast, street, count, django_assert_max_num_queries
):
    statements = 13
    round_of = [due(street, cast.officer, cast.head, key=str(n)) for n in range(count)]
    with clock.at(NOON), transaction.atomic(), django_assert_max_num_queries(statements):
        post_all(round_of)
    assert len(rows(cast.head)) == count


def test_of_two_that_tell_the_same_in_one_moment_nobody_fails(cast, street, monkeypatch):
    tell(due(street, cast.officer))
    unaware = Notice.objects.none()
    known = posting.Notice.objects.filter

    def looks_first(**asked):
        monkeypatch.setattr(posting.Notice.objects, "filter", known)
        found = known(**asked)
        found._result_cache = list(unaware)  # what the other wrote is not there yet
        return found

    monkeypatch.setattr(posting.Notice.objects, "filter", looks_first)
    tell(due(street, cast.officer, cast.head), due(street, cast.head, key="2"))
    assert Notice.objects.count() == 2
    assert (len(rows(cast.officer)), len(rows(cast.head))) == (1, 2)


def test_a_receiver_named_twice_is_told_once(cast, street, db):
    tell(due(street, cast.officer, cast.officer))
    assert len(rows(cast.officer, "bell")) == 1
    resident = Resident("matters.petitioner", 1)
    tell(Happening("registered", "1", [resident, resident], {"编号": "XF2026-000318"}))
    assert Delivery.objects.filter(person=None).count() == 1


def not_happening(happening):
    with transaction.atomic():
        tell(happening)
        raise IntegrityError


def put_by(monkeypatch):
    put = []
    monkeypatch.setattr(posting.queue, "put", put.append)
    return put


def test_after_the_commit_the_worker_is_told_once_of_each_way(
    cast, street, monkeypatch, django_capture_on_commit_callbacks
):
    reachable(cast.officer)
    put = put_by(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        tell(due(street, cast.officer), due(street, cast.officer, key="2"))
        assert put == []
    assert sorted(put) == ["mails", "messages"]


def test_what_only_rings_or_did_not_happen_wakes_nobody(
    cast, street, monkeypatch, django_capture_on_commit_callbacks
):
    reachable(cast.officer)
    put = put_by(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        tell(Happening("own", "1", [cast.officer], {"结果": "同意"}))
        with pytest.raises(IntegrityError):
            not_happening(due(street, cast.officer))
    assert put == []


def test_a_savepoint_that_was_taken_back_takes_no_later_message_with_it(
    cast, street, monkeypatch, django_capture_on_commit_callbacks
):
    reachable(cast.officer)
    put = put_by(monkeypatch)
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(IntegrityError):
            not_happening(due(street, cast.officer))
        tell(due(street, cast.officer))
    assert sorted(put) == ["mails", "messages"]


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_queue_that_does_not_answer_spoils_nothing(cast, street, monkeypatch, caplog):
    def silent(lane):
        raise QueueSilent

    reachable(cast.officer)
    monkeypatch.setattr(posting.queue, "put", silent)
    tell(due(street, cast.officer))
    assert len(rows(cast.officer)) == 3
    assert "on_commit" in caplog.text
