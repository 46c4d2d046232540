"""After a move whoever has to move next hears of it, and nobody else; the resident of two things."""

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from casework.matters.counting.ledger import lengthen
from casework.matters.intake import Person
from casework.matters.models import Matter, Move, Petitioner
from casework.matters.moving import move
from casework.matters.notifying.turns import phone_of, tell_move
from casework.matters.recusals import recuse
from office.clock import today
from office.history import acting
from office.limits import LIMITS
from office.models import Delivery, Leave, Limit, Notice
from tests.casework.matters.counter import accepted, arrive, assigned, record, sent, text
from tests.casework.matters.notifying.hearing import heard, messages, words
from tests.casework.matters.opinions import making
from tests.casework.matters.opinions.making import DAY


@pytest.fixture(autouse=True)
def gateway(settings):
    settings.SMS_GATEWAY = "file"


def test_the_officer_hears_that_a_matter_was_given_to_them(cast, street, fresh):
    matter = assigned(
        accepted(fresh, cast.officehead), cast.officehead, street.social, cast.officer
    )
    assert heard(cast.officer) == [f"{matter.number} 轮到您了"]
    assert words(cast.officer, "turn") == "刚才：交办；现在是“办理中”。"
    assert heard(cast.other_officer) == heard(cast.head) == []


def test_without_an_officer_the_heads_of_the_unit_hear_and_then_whom_they_name(cast, street, fresh):
    matter = accepted(fresh, cast.officehead)
    with acting(cast.officehead):
        move(matter, "assign", by=cast.officehead, data={"lead_unit": street.social})
    assert heard(cast.head, "turn") == [f"{matter.number} 轮到您了"]
    with acting(cast.head):
        move(matter, "name_officer", by=cast.head, data={"officer": cast.officer})
    assert heard(cast.officer, "turn") == [f"{matter.number} 轮到您了"]


def test_who_goes_on_with_a_matter_is_not_told_of_it(cast, fresh):
    accepted(fresh, cast.officehead)  # and assigns it next
    assert heard(cast.officehead) == heard(cast.officehead2) == []


def test_a_draft_goes_from_its_reviewer_to_the_leader_and_back_to_the_officer(cast, street):
    matter = making.signed(cast, street)
    number = matter.number
    assert heard(cast.leader, "turn") == [f"{number} 轮到您了"]
    assert words(cast.officer, "turn") == "刚才：签发；现在是“待送达”。"
    assert heard(cast.reviewer, "turn") or heard(cast.officehead2, "turn")


def test_a_move_that_is_refused_tells_nobody(cast, fresh):
    matter = accepted(fresh, cast.officehead)
    before = Notice.objects.count()
    with acting(cast.officehead), pytest.raises(ValidationError):
        move(matter, "assign", by=cast.officehead, data={})
    assert Notice.objects.count() == before


def test_the_notice_leads_to_the_record_and_names_nobody(cast, handled, login):
    client = login(cast.officer)
    assert "韦小梅" not in text(client.get("/admin/notices/"))
    [row] = Delivery.objects.filter(person=cast.officer, channel="bell")
    assert client.post("/admin/notices/", sent(open=row.pk)).url == record(handled)
    for row in Notice.objects.all():
        assert "韦小梅" not in str(row.facts)
        assert "加班费" not in str(row.facts)


def test_of_a_sealed_matter_nobody_hears_of_its_moves(cast, sealed):
    assert not Notice.objects.filter(record_id=sealed.pk).exists()


def test_a_resident_gets_one_message_on_acceptance_and_one_when_there_is_an_opinion(cast, street):
    matter = making.signed(cast, street)
    assert [row.notice.kind for row in messages()] == ["resident_accepted", "resident_answered"]
    told = messages()[0].notice.facts
    last = matter.clocks.get(kind="handle").due_on
    assert told == {"编号": matter.number, "最后一天": f"{last.year}年{last.month}月{last.day}日"}
    main = matter.petitioners.get()
    assert {(row.resident_kind, row.resident_id) for row in messages()} == {
        ("matters.petitioner", main.pk)
    }
    assert [phone_of(main.pk, row.notice) for row in messages()] == ["19900001234"] * 2
    assert "19900001234" not in str([*Delivery.objects.values(), *Notice.objects.values()])


@pytest.mark.parametrize(
    "person",
    [
        Person(name="韦小梅", phone="0572-8800110"),
        Person(name="韦小梅"),
        Person(name="韦小梅", phone="19900001234", contact_note="不要打电话，家里人不知道"),
    ],
)
def test_no_message_without_a_mobile_or_where_the_resident_asked_for_care(cast, rules, person):
    accepted(arrive(cast.registrar, people=[person])[1][0], cast.officehead)
    assert messages() == []


def test_the_office_can_switch_messages_to_residents_off(cast, fresh):
    with acting(cast.sysadmin):
        Limit(key="resident_messages", value=0).save()
    assert LIMITS["resident_messages"].default == 1
    accepted(fresh, cast.officehead)
    assert messages() == []


def test_an_opinion_signed_on_paper_is_told_too(cast, street):
    matter = making.reviewed(cast, street)
    facts = making.data_for("sign_paper", cast, street, matter)
    making.act(matter, "sign_paper", cast.registrar, **facts)
    assert [row.notice.kind for row in messages()] == ["resident_accepted", "resident_answered"]
    assert phone_of(matter.petitioners.get().pk, messages()[-1].notice) == "19900001234"


def test_an_acceptance_whose_last_day_has_gone_tells_a_resident_nothing(cast, fresh):
    day = today()
    with making.later(61), acting(cast.officehead):
        move(fresh, "accept", by=cast.officehead, on=day, data={"klass": "C", "path": "C6"})
    assert fresh.clocks.get(kind="handle").due_on < day + 61 * DAY
    assert messages() == []


def test_what_was_promised_is_asked_again_when_the_message_goes_out(cast, street):
    matter = making.handled(cast, street)
    [row] = messages()
    main = matter.petitioners.get()
    assert phone_of(main.pk, row.notice) == "19900001234"
    with making.later(61):
        assert phone_of(main.pk, row.notice) is None
    with making.later(50), acting(cast.leader):
        lengthen(matter, "handle", 30, today())
    assert phone_of(main.pk, row.notice) is None


def test_whoever_asked_for_care_meanwhile_gets_no_message(cast, street):
    matter = making.handled(cast, street)
    [row] = messages()
    main = matter.petitioners.get()
    with acting(cast.registrar):
        main.put("contact_note", "不要打电话，家里人不知道")
        main.save()
    assert phone_of(main.pk, row.notice) is None


def test_a_switch_that_was_turned_off_meanwhile_holds(cast, street):
    matter = making.handled(cast, street)
    [row] = messages()
    with acting(cast.sysadmin):
        Limit(key="resident_messages", value=0).save()
    assert phone_of(matter.petitioners.get().pk, row.notice) is None


def test_of_a_withdrawn_petition_nobody_is_messaged(cast, street):
    matter = making.handled(cast, street)
    [row] = messages()
    facts = making.data_for("withdraw", cast, street, matter)
    making.act(matter, "withdraw", cast.registrar, **facts)
    assert phone_of(matter.petitioners.get().pk, row.notice) is None


def test_an_opinion_that_was_taken_back_is_not_told_and_the_next_one_is(cast, street):
    matter = making.signed(cast, street)
    first, main = messages()[-1], matter.petitioners.get()
    matter = making.act(matter, "unsign", cast.leader, note="依据写错了。")
    assert phone_of(main.pk, first.notice) is None
    making.signed(cast, street, matter)
    second = messages()[-1]
    assert (second.notice.kind, second.pk != first.pk) == ("resident_answered", True)
    assert phone_of(main.pk, first.notice) is None
    assert phone_of(main.pk, second.notice) == "19900001234"


def away(person):
    with acting(None, "测试"):
        Leave(person=person, valid_from=today(), valid_to=today() + 5 * DAY).save()


def test_whoever_is_on_leave_hears_of_their_turn_all_the_same(cast, street, fresh):
    away(cast.head)
    matter = accepted(fresh, cast.officehead)
    making.act(matter, "assign", cast.officehead, lead_unit=street.social)
    assert heard(cast.head, "turn") == [f"{matter.number} 轮到您了"]


def test_whoever_is_on_leave_hears_beside_those_who_are_not(cast, street, handled):
    away(cast.officehead2)
    facts = making.data_for("return", cast, street, handled)
    making.act(handled, "return", cast.officer, **facts)
    for person in (cast.officehead, cast.officehead2):
        assert heard(person, "turn")[-1:] == [f"{handled.number} 轮到您了"]


@pytest.mark.parametrize("gone", ["recused", "closed account"])
def test_where_the_officer_is_out_the_heads_of_the_unit_hear(cast, street, handled, gone):
    with acting(cast.officehead):
        if gone == "recused":
            recuse(handled, cast.officer, kind="named", by=cast.officehead, reason="亲戚")
            handled = Matter.objects.get(pk=handled.pk)
            handled.officer = cast.officer  # as one named before another arrival was linked
            handled.save()
        else:
            cast.officer.is_active = False
            cast.officer.save()
    row = Move(pk=987654, name="assign", source="accepted", target="handling", matter=handled)
    handled.refresh_from_db()
    with transaction.atomic():
        tell_move(handled, row, cast.officehead)
    assert heard(cast.head, "turn")[-1:] == [f"{handled.number} 轮到您了"]


def test_the_number_of_a_sealed_or_absent_petitioner_is_never_read(cast, rules):
    notice = Notice(kind="resident_accepted", key="resident_accepted:1")
    matter = arrive(cast.registrar, klass="B", channel="letter", claims=[("反映", "反映")])[1][0]
    for row in Petitioner.objects.filter(matter=matter):
        assert phone_of(row.pk, notice) is None
    assert phone_of(987654, notice) is None
