"""Who stays out of a matter: named, of their own accord, or because a petitioner asked (art. 28)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.conflicts.asking import declare, say
from casework.matters.conflicts.deciding import decide
from casework.matters.conflicts.standing import hidden_roots_for, recused
from casework.matters.intake import Arrival, open_another
from casework.matters.models import Conflict, ItemLink, Matter, Move, Recusal
from casework.matters.moving import move
from casework.matters.recusals import carry_recusals, recuse
from office.clock import today
from office.history import acting
from office.models import Deputy, Look
from office.posts import renew
from tests.casework.matters.counter import accepted, arrive, assigned, record, sent, text

TWO = [("民宿保洁员四个月加班费未付", "加班费"), ("宿舍没有热水", "热水")]
WHY = "信访人是我的表兄"


def sees(user, matter) -> bool:
    return Matter.objects.visible_to(user).filter(pk=matter.pk).exists()


def named(matter, user, by):
    with acting(by):
        return say(matter, user, kind="named", reason="说他扣了钱", by=by)


def asked(matter, user, by):
    with acting(by):
        return say(matter, user, kind="asked", reason="说他和老板是亲戚", by=by)


def settled(conflict, by, approve, note="核实过"):
    with acting(by):
        return decide(conflict, by=by, approve=approve, note=note)


@pytest.fixture
def pair(cast, rules):
    """Two matters of one letter."""
    return arrive(cast.registrar, claims=TWO)[1]


# Of one's own accord


def test_an_officer_who_steps_back_sees_it_no_longer_and_reads_what_happened(cast, handled, login):
    client = login(cast.officer)
    page = reverse("matters:declare", args=[handled.pk])
    assert "看不到" in text(client.get(page))
    answer = client.post(page, sent(reason=WHY), follow=True)

    assert answer.redirect_chain[-1][0] == reverse("matters:stepped_back")
    assert f"您回避 {handled.number}" in text(answer)
    assert client.get(record(handled)).status_code == 404
    handled.refresh_from_db()
    assert (handled.officer, handled.lead_unit.name) == (None, "社会事务办")
    row = Conflict.objects.get()
    assert (row.kind, row.user, row.asked_by) == ("declared", cast.officer, cast.officer)
    assert row.text("reason") == WHY
    assert WHY not in str(bytes(row.reason))
    told = list(Move.objects.filter(matter=handled).values_list("name", flat=True))
    assert told[-2:] == ["recuse", "officer_out"]


def test_stepping_back_without_a_reason_is_refused_and_leaves_everything(cast, handled, login):
    client = login(cast.officer)
    page = reverse("matters:declare", args=[handled.pk])
    assert "请写明是什么利害关系" in text(client.post(page, sent(reason="")))
    assert "请写明理由" in text(client.post(page, sent(reason="有关")))
    assert sees(cast.officer, handled)


def test_the_head_names_another_officer_and_not_the_one_who_stepped_back(cast, handled):
    with acting(cast.officer):
        declare(handled, by=cast.officer, reason=WHY)
    with acting(cast.head):
        with pytest.raises(ValidationError, match="已回避"):
            move(handled, "name_officer", by=cast.head, data={"officer": cast.officer})
        matter = move(handled, "name_officer", by=cast.head, data={"officer": cast.head})
    assert matter.officer == cast.head


def test_a_registrar_who_steps_back_finds_neither_record_nor_receipt(cast, fresh, login):
    item = fresh.links.get().item
    with acting(cast.registrar):
        declare(fresh, by=cast.registrar, reason=WHY)
    client = login(cast.registrar)
    assert client.get(record(fresh)).status_code == 404
    assert client.get(reverse("matters:receipt", args=[item.pk])).status_code == 404


# Named, or asked for


def test_a_person_named_in_a_matter_sees_nothing_of_it_at_once(cast, handled):
    named(handled, cast.officer, cast.registrar)
    assert not sees(cast.officer, handled)
    handled.refresh_from_db()
    assert handled.officer is None
    assert Conflict.objects.get().decision == ""


def test_whom_a_petitioner_wants_to_step_back_rests_until_it_is_decided(cast, handled, login):
    asked(handled, cast.officer, cast.registrar)
    assert sees(cast.officer, handled)
    heard = {"way": "phone", "note": "他说没有发。"}
    with acting(cast.officer), pytest.raises(ValidationError, match="信访人要求您回避"):
        move(handled, "hear", by=cast.officer, data=heard)
    assert "信访人要求您回避" in text(login(cast.officer).get(record(handled)))

    settled(Conflict.objects.get(), cast.officehead, approve=False, note="没有亲属关系")
    with acting(cast.officer):
        assert move(handled, "hear", by=cast.officer, data=heard).state == "handling"


def test_a_request_that_is_granted_takes_the_officer_off_the_matter(cast, handled):
    settled(asked(handled, cast.officer, cast.registrar), cast.officehead, approve=True)
    assert not sees(cast.officer, handled)
    handled.refresh_from_db()
    assert handled.officer is None


@pytest.mark.parametrize("who", ["reviewer", "auditor", "grid", "custodian"])
def test_only_those_who_deal_with_petitioners_enter_their_requests(who, cast, handled):
    with pytest.raises((PermissionDenied, Matter.DoesNotExist)):
        say(handled, cast.officer, kind="asked", reason="亲属关系", by=getattr(cast, who))


def test_an_unknown_kind_and_a_person_without_a_post_are_refused(cast, handled):
    with pytest.raises(ValidationError) as told:
        say(handled, cast.officer, kind="declared", reason="亲属关系", by=cast.registrar)
    assert "kind" in told.value.message_dict
    with acting(None):
        cast.grid.is_active = False
        cast.grid.save()
    with pytest.raises(ValidationError) as told:
        say(handled, cast.grid, kind="asked", reason="亲属关系", by=cast.registrar)
    assert "user" in told.value.message_dict


# All matters of the same arrivals, those there are and those to come


def test_it_holds_for_the_other_matters_of_the_letter_and_for_later_ones(cast, pair):
    first, second = pair
    named(first, cast.officehead2, cast.registrar)
    assert not sees(cast.officehead2, second)

    item = first.links.get().item
    arrival = Arrival(channel="visit", received_on=today(), claims=[("路灯坏了", "一周了")])
    with acting(cast.registrar):
        [third] = open_another(item, arrival, by=cast.registrar)
    assert not sees(cast.officehead2, third)
    assert [row.conflict.matter for row in third.recusals.all()] == [first]


def test_a_repeat_joined_later_brings_its_recusals_along_both_ways(cast, rules):
    known = arrive(cast.registrar)[1][0]
    item, [new] = arrive(cast.registrar, claims=[("又来反映宿舍", "热水")])
    named(known, cast.officehead2, cast.registrar)
    named(new, cast.officehead, cast.registrar)
    with acting(cast.registrar):
        ItemLink(item=item, matter=known, kind="repeat").save()
        carry_recusals(item, today())
    assert not sees(cast.officehead2, new)
    assert not sees(cast.officehead, known)


def test_it_goes_no_further_than_the_arrivals_of_the_matter(cast, rules):
    item, [first] = arrive(cast.registrar)
    other, [second] = arrive(cast.registrar, claims=[("电梯停了", "半月")])
    third_item, [third] = arrive(cast.registrar, claims=[("井盖丢了", "一天")])
    with acting(cast.registrar):
        ItemLink(item=item, matter=second, kind="repeat").save()  # first and second: one letter
        ItemLink(item=third_item, matter=second, kind="repeat").save()  # second and third: another
        named(first, cast.officehead2, cast.registrar)
        carry_recusals(third_item, today())
    assert not sees(cast.officehead2, second)
    assert sees(cast.officehead2, third)
    assert not recused(third, today()).filter(user=cast.officehead2).exists()


def test_an_officer_of_a_sibling_is_one_no_more(cast, street, pair):
    first, second = pair
    second = assigned(
        accepted(second, cast.officehead), cast.officehead, street.social, cast.officer
    )
    named(first, cast.officer, cast.registrar)
    second.refresh_from_db()
    assert second.officer is None
    assert Move.objects.filter(matter=second, name="officer_out").exists()


def test_what_a_sealed_matter_says_is_written_nowhere_else(cast, rules, pair, sealed):
    item = pair[0].links.get().item
    with acting(None):
        ItemLink(item=item, matter=sealed, kind="repeat").save()
    with acting(cast.registrar):
        row = recuse(sealed, cast.custodian2, kind="named", reason="", by=cast.registrar)
    assert row.pk < 0
    assert not sees(cast.custodian2, sealed)
    assert not Recusal.objects.exclude(matter=sealed).exists()
    assert not Move.objects.filter(matter__in=pair, name="recuse").exists()


# Refused, and said twice


def test_a_refused_one_sees_the_matter_again_at_once(cast, pair):
    first, second = pair
    with acting(cast.officehead2):
        row = declare(first, by=cast.officehead2, reason=WHY)
    settled(row, cast.officehead, approve=False, note="只是同村，没有利害关系")
    assert sees(cast.officehead2, first)
    assert sees(cast.officehead2, second)


def test_one_reason_refused_leaves_the_other_one_standing(cast, fresh):
    first = named(fresh, cast.officehead2, cast.registrar)
    with acting(cast.registrar):
        second = recuse(
            fresh, cast.officehead2, kind="declared", reason=WHY, by=cast.officehead2
        )  # fmt: skip
    settled(first, cast.officehead, approve=False, note="认错了人")
    assert not sees(cast.officehead2, fresh)
    assert Recusal.objects.get(until=None).conflict == second


def test_the_same_said_twice_is_one_conflict(cast, fresh):
    with acting(cast.registrar):
        one, two = (
            recuse(fresh, cast.officer, kind="named", reason="说他扣了钱", by=cast.registrar)
            for _ in range(2)
        )
    assert one == two
    assert Recusal.objects.count() == 1


# Deputies and auditors


def test_a_recused_deputy_gets_nothing_by_deputising(cast, handled, login):
    named(handled, cast.registrar2, cast.registrar)
    with acting(cast.secadmin):
        Deputy(
            post=cast.officehead.posts.get(), user=cast.registrar2,
            valid_from=today(), valid_to=today() + timedelta(days=3),
        ).save()  # fmt: skip
        renew(cast.registrar2)
    assert not sees(cast.registrar2, handled)
    assert login(cast.registrar2).get(record(handled)).status_code == 404


def test_a_recused_auditor_reads_the_number_in_no_list_and_no_log(cast, handled, login):
    login(cast.officer).get(record(handled))  # a look by task
    named(handled, cast.auditor, cast.registrar)
    assert list(hidden_roots_for(cast.auditor)) == [{"matter": handled.pk}]
    assert Look.objects.filter(label=handled.number).exists()
    client = login(cast.auditor)
    pages = ["/admin/", "/admin/matters/?tab=all", "/admin/audit/", "/admin/looks/"]
    pages.append(f"/admin/audit/?record={handled.number}")
    pages.append(f"/admin/looks/?record={handled.number}")
    for page in pages:
        found = text(client.get(page))
        assert f">{handled.number}<" not in found, page
        if "record=" not in page:
            assert handled.number not in found, page
