"""Sealed matters leave on a numbered list, and only its signature hands them over."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.models import Custody, HandOver, Matter, Recusal
from casework.matters.sealed import handing
from casework.matters.sealed.bodies import save_body
from casework.matters.sealed.envelope import Envelope
from office.clock import today
from office.history import acting
from office.models import Change, Look
from office.private_files import load
from tests.casework.matters.counter import arrive, record, sent, state, text
from tests.casework.matters.handing import body, handed_over, listed, scan, signed

NEW, DESK = reverse("matters:hand_over_new"), reverse("matters:sealed_desk")


def door(hand_over, name="hand_over"):
    return reverse(f"matters:{name}", args=[hand_over.pk])


def letter(cast, **outside):
    [matter] = arrive(cast.registrar, klass="B", channel="letter", envelope=Envelope(**outside))[1]
    return matter


@pytest.fixture
def two(cast, rules):
    """Two unopened letters."""
    return letter(cast), letter(cast, pieces=3)


@pytest.fixture
def waiting(cast, two):
    """Both of them on a list to the district that waits for its signature."""
    return listed(*two, by=cast.custodian)


def chosen(*matters, to, **more):
    told = {}
    for matter in matters:
        told |= {f"on_{matter.pk}": "on", f"carrier_{matter.pk}": "envelope"}
        told |= {f"pieces_{matter.pk}": "2"}
    return sent(**told, body=str(to.pk), **more)


def test_a_custodian_puts_letters_on_one_list_prints_it_and_hands_them_over(cast, two, login):
    client = login(cast.custodian)
    answer = client.post(NEW, chosen(*two, to=body()))
    made = HandOver.objects.get()

    assert (answer.url, made.number[:2], made.standing) == (door(made), "ZJ", "待签收")
    paper = text(client.get(door(made, "hand_over_print")))
    for told in (made.number, "区纪委监委", "合计 2 件", two[0].number, two[1].number, "接收人："):
        assert told in paper
    assert [line.pieces for line in made.lines.all()] == [2, 2]

    client.post(
        door(made, "hand_over_sign"), sent(on=str(today()), receiver="纪小收", upload=scan())
    )
    assert {state(row) for row in two} == {"handed_over"}
    made.refresh_from_db()
    assert (made.standing, made.handed_by, made.unlocked("receiver")) == (
        "已签收",
        cast.custodian,
        "纪小收",
    )
    assert load(made.path, made.data_key).decode() == "区纪委监委已签收"
    for matter in two:
        assert login(cast.registrar).get(record(matter)).status_code == 404
        assert client.get(record(matter)).status_code == 200
        assert Custody.objects.get(matter=matter, user=cast.registrar).until == today()
        last = matter.moves.order_by("pk").last()
        assert (last.name, last.actor, made.number in last.summary) == (
            "hand_over",
            cast.custodian,
            True,
        )


def test_a_letter_stands_on_one_list_at_a_time(cast, two, waiting, login):
    with pytest.raises(ValidationError) as refused:
        listed(two[0], by=cast.custodian2)
    assert two[0].number in "".join(refused.value.messages)

    page = text(login(cast.custodian2).get(NEW))
    assert "没有可以列上清单的密件" in page
    assert waiting.number in text(login(cast.custodian2).get(DESK))


def test_what_concerns_a_leader_goes_to_the_district_alone(cast, rules, two, login):
    one = letter(cast, about_leader=True)
    page = login(cast.custodian).post(NEW, chosen(one, two[0], to=body("street")))

    assert page.status_code == 422
    assert "只能转交区级纪检监察机关" in text(page)
    assert not HandOver.objects.exists()
    assert login(cast.custodian).post(NEW, chosen(one, two[0], to=body())).status_code == 302


def test_a_leader_noted_after_the_list_was_made_stops_its_signature(cast, two, login):
    made = listed(*two, by=cast.custodian, to=body("street"))
    client = login(cast.custodian2)
    client.post(reverse("matters:concerned", args=[two[0].pk]), sent(named=[str(cast.leader.pk)]))

    with pytest.raises(ValidationError) as refused:
        signed(made, cast.custodian)
    assert "申请作废这张清单" in "".join(refused.value.messages)
    assert {state(row) for row in two} == {"sealed"}


def test_a_body_that_is_no_longer_used_receives_nothing(cast, two):
    district = body()
    district.ended = True
    save_body(district, by=cast.leader, reason="机构调整")

    with pytest.raises(ValidationError):
        listed(two[0], by=cast.custodian, to=district)


def test_without_a_scan_or_a_name_nothing_is_handed_over(cast, two, waiting, login):
    client = login(cast.custodian)
    page = client.post(door(waiting, "hand_over_sign"), sent(on=str(today()), receiver=""))

    assert page.status_code == 422
    assert "请填写签收人姓名" in text(page)
    assert "请附上签收单" in text(page)
    assert {state(row) for row in two} == {"sealed"}


def test_a_signature_cannot_be_older_than_the_letter_and_then_nothing_is_written(
    cast, two, waiting
):
    with pytest.raises(ValidationError) as refused:
        signed(waiting, cast.custodian, two[0].received_on - timedelta(days=1))

    assert "on" in refused.value.message_dict
    waiting.refresh_from_db()
    assert waiting.signed_on is None
    assert {state(row) for row in two} == {"sealed"}


def test_two_custodians_void_a_wrong_list_and_the_letters_can_go_on_another(
    cast, two, waiting, login
):
    first, second = login(cast.custodian), login(cast.custodian2)
    first.post(door(waiting, "hand_over_void"), sent(reason="份数点错了"))

    own = first.post(door(waiting, "hand_over_decide"), sent(decision="approve"))
    assert own.status_code in (302, 422)
    waiting.refresh_from_db()
    assert waiting.voided_at is None
    with pytest.raises(ValidationError):  # not while its end is being decided
        signed(waiting, cast.custodian2)
    assert "份数点错了" in text(second.get(door(waiting, "hand_over_decide")))
    assert Look.objects.filter(person=cast.custodian2, what="作废理由", sealed=True).exists()
    second.post(door(waiting, "hand_over_decide"), sent(decision="approve"))

    waiting.refresh_from_db()
    assert (waiting.standing, waiting.voided_by) == ("已作废", cast.custodian2)
    again = listed(*two, by=cast.custodian)
    assert again.number != waiting.number
    assert two[0].moves.filter(name="list_void").count() == 1


def test_a_custodian_who_says_no_leaves_the_list_as_it_was(cast, two, waiting):
    with acting(cast.custodian):
        handing.ask_void(waiting, by=cast.custodian, reason="份数点错了")
    with acting(cast.custodian2):
        handing.decide_void(waiting, by=cast.custodian2, approve=False)

    signed(waiting, cast.custodian)
    assert {state(row) for row in two} == {"handed_over"}


def test_a_signed_list_is_voided_by_nobody(cast, two, waiting, login):
    signed(waiting, cast.custodian)

    with pytest.raises(ValidationError):
        handing.ask_void(waiting, by=cast.custodian, reason="份数点错了")
    answer = login(cast.custodian).get(door(waiting, "hand_over_void"))
    assert answer.url == door(waiting)


def test_a_custodian_who_stepped_back_sees_no_list_with_that_letter(cast, two, waiting, login):
    with acting(None, "回避"):
        Recusal(matter=two[1], user=cast.custodian2, since=today()).save()
    client = login(cast.custodian2)

    desk = text(client.get(DESK))
    assert waiting.number not in desk
    assert "由另一位保管人经办" in desk
    assert two[1].number not in desk
    absent = reverse("matters:hand_over", args=[-4_000_000_000_000_000])
    for name in (
        "hand_over",
        "hand_over_print",
        "hand_over_sign",
        "hand_over_void",
        "hand_over_scan",
    ):
        assert client.get(door(waiting, name)).status_code == 404
    assert client.get(absent).status_code == 404
    with pytest.raises(HandOver.DoesNotExist):
        handing.ask_void(waiting, by=cast.custodian2, reason="份数点错了")


@pytest.mark.parametrize(
    "who", ["registrar", "officehead", "leader", "auditor", "officer", "sysadmin"]
)
def test_nobody_but_custodians_meets_a_list(who, cast, two, waiting, login):
    client = login(getattr(cast, who))

    assert client.get(DESK).status_code == client.get(NEW).status_code == 302
    absent = reverse("matters:hand_over", args=[-4_000_000_000_000_000])
    assert client.get(door(waiting)).url == client.get(absent).url
    with pytest.raises(PermissionDenied):
        handing.make_list(body(), [], by=getattr(cast, who))


def test_the_signed_scan_is_opened_with_a_purpose_and_logged(cast, two, waiting, login):
    signed(waiting, cast.custodian)
    client = login(cast.custodian2)
    page = text(client.get(door(waiting)))
    assert "纪小收" not in page
    assert client.get(door(waiting, "hand_over_scan")).url == door(waiting)

    client.post(door(waiting, "hand_over_scan"), sent(purpose="核对签收"))
    assert "纪小收" in text(client.get(door(waiting)))
    assert client.get(door(waiting, "hand_over_scan")).content.decode() == "区纪委监委已签收"
    look = Look.objects.filter(person=cast.custodian2, what="签收单").get()
    assert (look.purpose, look.sealed) == ("核对签收", True)


def test_the_log_calls_lists_sealed_and_no_auditor_reads_them(cast, two, waiting, login):
    signed(waiting, cast.custodian)
    rows = Change.objects.filter(kind__in=("matters.handover", "matters.handoverline"))

    assert rows.exists()
    assert set(rows.values_list("sealed", flat=True)) == {True}
    assert waiting.number not in text(login(cast.auditor).get("/admin/audit/"))


def test_there_is_no_move_out_of_the_desk_without_a_list_that_has_the_letter_on_it(
    cast, two, login
):
    other = listed(two[0], by=cast.custodian)
    with acting(cast.custodian):
        for given in ({}, {"note": "签收单在卷"}, {"hand_over": other}):
            with pytest.raises(ValidationError):
                handing.move(two[1], "hand_over", by=cast.custodian, data=given)
    assert state(two[1]) == "sealed"


def test_what_was_typed_in_is_opened_by_nobody_after_the_hand_over(cast, rules, login):
    [matter] = arrive(
        cast.registrar, klass="B", claims=[("", "修路款记了两遍。")], envelope=Envelope(opened=True)
    )[1]
    handed_over(matter, cast.custodian)
    client = login(cast.custodian)

    page = text(client.get(record(matter)))
    assert "已随密件转交" in page
    opening = reverse("matters:open", args=[matter.pk])
    assert client.get(opening).status_code == client.post(opening, sent(what="诉求与经过", purpose="核对记录")).status_code == 404  # fmt: skip
    assert matter.number in page
    assert Matter.objects.get(pk=matter.pk).unlocked("claim")


def test_a_list_made_twice_by_a_double_click_is_one(cast, two, login):
    client, form = login(cast.custodian), chosen(*two, to=body())
    client.post(NEW, form)
    client.post(NEW, form)

    assert HandOver.objects.count() == 1


def test_an_empty_list_is_refused_in_words(cast, two, login):
    page = login(cast.custodian).post(NEW, sent(body=str(body().pk)))

    assert page.status_code == 422
    assert "请至少勾选一件密件" in text(page)
