"""The record of a sealed matter for whoever keeps it, and what two custodians correct together."""

from datetime import timedelta

from django.urls import reverse

from casework.matters.approvals import decide
from casework.matters.models import Approval, Custody, Matter
from casework.matters.sealed.envelope import Envelope
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import arrive, record, sent, text
from tests.casework.matters.handing import handed_over, listed, scan


def opened(cast, **outside):
    return arrive(
        cast.registrar, klass="B", claims=[("", "修路款记了两遍。")],
        envelope=Envelope(opened=True, **outside),
    )[1][0]  # fmt: skip


def test_a_custodian_reads_outside_custody_deadline_and_what_comes_next(cast, sealed, login):
    page = text(login(cast.custodian).get(record(sealed)))

    for told in ("信封 1 份", "密小管", "密小二", "登小记", "做转交清单", "没有录入任何内容"):
        assert told in page
    registrar = text(login(cast.registrar).get(record(sealed)))
    assert "请连同来件当面交给密件保管人：密小管、密小二" in registrar
    assert "做转交清单" not in registrar

    made = listed(sealed, by=cast.custodian)
    page = text(login(cast.custodian2).get(record(sealed)))
    assert made.number in page
    assert reverse("matters:hand_over", args=[made.pk]) in page
    # The registrar's next step is still the envelope, and the list is none of their business.
    assert reverse("matters:hand_over", args=[made.pk]) not in text(
        login(cast.registrar).get(record(sealed))
    )


def test_a_letter_with_one_custodian_says_that_two_are_wanted(cast, rules, login):
    matter = opened(cast, named=[cast.custodian2])

    assert "请报街道领导再指定一位" in text(login(cast.custodian).get(record(matter)))


def test_content_is_opened_with_a_purpose_by_custodians_and_whoever_entered_it(cast, rules, login):
    matter = opened(cast)
    for who in (cast.custodian, cast.registrar):
        client = login(who)
        assert "修路款" not in text(client.get(record(matter)))
        door = reverse("matters:open", args=[matter.pk])
        client.post(door, sent(what="诉求与经过", purpose="转交前核对"))
        assert "修路款记了两遍" in text(client.get(record(matter)))
        client.post(door, sent(what="信访人信息", purpose="转交前核对"))
        assert "韦小梅" in text(client.get(record(matter)))
    assert login(cast.leader).get(record(matter)).status_code == 404


def test_one_custodian_asks_to_correct_the_day_and_the_other_one_decides(cast, sealed, login):
    first, second = login(cast.custodian), login(cast.custodian2)
    day = sealed.received_on - timedelta(days=1)
    ask = reverse("matters:ask", args=[sealed.pk, "received"])
    first.post(ask, sent(new_date=str(day), reason="信封邮戳为准", upload=scan("邮戳.txt")))
    request = Approval.objects.get()

    door = reverse("matters:decide", args=[sealed.pk, request.pk])
    assert first.get(door).status_code == 302  # not one's own
    assert "等您审批" in text(second.get("/admin/"))
    assert door in text(second.get("/admin/"))
    assert "信封邮戳为准" in text(second.get(door))
    second.post(door, sent(decision="approve"))
    sealed.refresh_from_db()
    assert sealed.received_on == day
    assert sealed.links.get().item.received_on == day


def test_nobody_else_asks_for_or_decides_a_correction_of_a_sealed_day(cast, sealed, login):
    ask = reverse("matters:ask", args=[sealed.pk, "received"])
    for who in (cast.officehead, cast.leader, cast.registrar2):
        assert login(who).get(ask).status_code == 404
    assert login(cast.registrar).get(ask).status_code == 302  # it is the custodians' to keep right
    with acting(cast.custodian):
        row = Approval(
            pk=-7, matter=sealed, act="received", asked_by=cast.custodian,
            asked_at=sealed.registered_at, new_date=today(),
        )  # fmt: skip
        row.save()
    for who in (cast.officehead, cast.leader):
        url = reverse("matters:decide", args=[sealed.pk, row.pk])
        assert login(who).get(url).status_code == 404
        try:
            decide(row, by=who, approve=True)
        except Matter.DoesNotExist:
            continue
        raise AssertionError(who)


def test_what_turns_out_later_keeps_the_named_away_at_once(cast, sealed, login):
    client = login(cast.custodian)
    client.post(
        reverse("matters:concerned", args=[sealed.pk]), sent(named=[str(cast.custodian2.pk)])
    )

    assert login(cast.custodian2).get(record(sealed)).status_code == 404
    sealed.letter.refresh_from_db()
    assert not sealed.letter.about_leader
    again = client.post(reverse("matters:concerned", args=[sealed.pk]), sent())
    assert again.status_code == 422
    assert Custody.objects.filter(matter=sealed, user=cast.custodian, until=None).exists()


def test_a_sealed_record_has_no_door_for_voiding_routing_or_further_matters(cast, sealed, login):
    client = login(cast.registrar)
    for url in (
        reverse("matters:ask", args=[sealed.pk, "void"]),
        reverse("matters:another", args=[sealed.pk]),
        reverse("matters:attach", args=[sealed.pk]),
        reverse("matters:do", args=[sealed.pk, "hand_over"]),
    ):
        assert client.post(url, sent()).status_code == 404


def test_a_custodian_who_has_an_interest_steps_back_and_the_other_one_goes_on(cast, sealed, login):
    client = login(cast.custodian2)
    door = reverse("matters:declare", args=[sealed.pk])
    assert door in text(client.get(record(sealed)))
    client.post(door, sent(reason="被反映人的亲属"))

    assert client.get(record(sealed)).status_code == 404
    page = text(login(cast.custodian).get(record(sealed)))
    assert "只有密小管一人保管" in page
    handed_over(sealed, cast.custodian)
