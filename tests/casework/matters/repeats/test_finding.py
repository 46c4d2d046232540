"""判重: proposals need an arrival in hand, tell four things and nothing else, and are watched."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.matters.approvals import ask, decide
from casework.matters.intake import Arrival, Person, open_another
from casework.matters.models import Matter, Recusal
from casework.matters.repeats import deciding
from casework.matters.repeats.finding import WHAT, Hint, possible
from office.clock import now, today
from office.history import acting
from office.look_findings import follow_hours
from office.models import Limit, Look, LookFinding
from tests.casework.matters.counter import accepted, arrive, record, sent, text
from tests.casework.matters.repeats.making import again, indexed, merged

OTHER = Person(name="蓝大山", phone="19900005678")
STORY = "七月到十月的加班费一直没有发，老板说生意不好，让我们再等等。"


def numbers(matter, by):
    with acting(by):
        return [hint.number for hint in possible(matter, by)]


def test_a_registrar_sees_an_earlier_matter_of_the_same_phone(cast, rules):
    first = arrive(cast.registrar2)[1][0]
    claims = [("路灯不亮", "三号楼前的路灯坏了。")]
    second = again(cast.registrar, claims=claims, people=[Person(phone="199-0000-1234")])
    assert numbers(second, cast.registrar) == [first.number]


def test_a_co_petitioner_and_a_paper_number_count_as_the_same_person(cast, rules):
    people = [OTHER, Person(name="韦小梅", id_number="110101199003070038", main=False)]
    first = arrive(cast.registrar, people=people, people_count=2)[1][0]
    same = Person(name="韦梅", id_number="110101199003070038")
    second = again(cast.registrar, people=[same], claims=[("路灯不亮", "坏了。")])
    assert numbers(second, cast.registrar) == [first.number]


def test_a_name_alone_proposes_nothing_without_the_same_place(cast, street, rules):
    named = [Person(name="韦小梅")]
    here = arrive(cast.registrar, people=named, community=street.community)[1][0]
    other = {"claims": [("路灯不亮", "三号楼前的。")], "people": named}
    assert numbers(again(cast.registrar, community=street.village, **other), cast.registrar) == []
    there = again(cast.registrar, community=street.community, **other)
    assert numbers(there, cast.registrar) == [here.number]


def test_somebody_else_with_the_same_story_is_proposed_by_what_was_said(cast, rules):
    first = arrive(cast.registrar, claims=[("民宿保洁员四个月加班费未付", STORY)])[1][0]
    arrive(cast.registrar, claims=[("楼道堆放杂物", "四楼的邻居把鞋柜放在楼道里。")], people=[])
    indexed()
    told = [("民宿保洁员加班费四个月未付", STORY.replace("老板", "民宿老板"))]
    second = again(cast.registrar, people=[OTHER], claims=told)
    assert numbers(second, cast.registrar) == [first.number]


def test_what_is_older_than_the_profile_looks_back_is_not_proposed(cast, rules):
    long_ago = today() - timedelta(days=120)
    arrive(cast.registrar, received_on=long_ago)
    assert numbers(again(cast.registrar), cast.registrar) == []


def test_a_hint_is_number_date_subject_and_unit_and_no_name(cast, rules, login):
    first = arrive(cast.registrar2)[1][0]
    second = again(cast.registrar)
    [hint] = possible(second, cast.registrar)
    assert hint == Hint(first.number, first.received_on, "还没有分类", "还没有交办")
    page = text(login(cast.registrar).get(f"/admin/matters/{second.pk}/do/merge/"))
    assert first.number in page
    assert first.title not in page.replace(second.title, "", 1)
    assert "韦小梅" not in page
    assert "1234" not in page


def test_matters_of_one_arrival_are_no_repeats_of_each_other(cast, rules):
    item, [first] = arrive(cast.registrar)
    told = {"claims": [("停车位被占", "也是这家民宿。")], "people": [Person(phone="19900001234")]}
    with acting(cast.registrar):
        arrival = Arrival(channel="visit", received_on=first.received_on, **told)
        [second] = open_another(item, arrival, by=cast.registrar)
    assert numbers(second, cast.registrar) == []


def test_nobody_checks_without_an_arrival_in_hand(cast, rules, login):
    arrive(cast.registrar2)
    mine = again(cast.registrar)
    for person in (cast.registrar2, cast.officer, cast.leader, cast.auditor, cast.grid):
        with pytest.raises(PermissionDenied):
            possible(mine, person)
    page = text(login(cast.registrar2).get(f"/admin/matters/{mine.pk}/do/merge/"))
    assert "只有登记这件来件的同事和信访办主任" in page
    assert not Look.objects.filter(what=WHAT).exists()
    done = accepted(mine, cast.officehead)  # later there is nothing left to check
    with pytest.raises(PermissionDenied):
        possible(done, cast.registrar)


def test_every_check_is_in_the_ledger_once_in_a_quarter_of_an_hour(cast, rules, login):
    mine = again(cast.registrar)
    client = login(cast.registrar)
    for _ in range(2):
        assert client.get(record(mine)).status_code == 200
        assert client.get(f"/admin/matters/{mine.pk}/do/merge/").status_code == 200
    [look] = Look.objects.filter(what=WHAT)
    assert (look.person, look.object_id, look.act) == (cast.registrar, mine.pk, "search")
    login(cast.officehead).get(record(mine))  # whoever only reads the record checks nothing
    assert Look.objects.filter(what=WHAT).count() == 1


def hidden_ones(cast, street):
    """Matters of the same person that this registrar may not learn of, one way each."""
    sealed = arrive(cast.registrar2)[1][0]
    with acting(cast.officehead):
        ask(sealed, "seal", by=cast.officehead, reason="反映村干部收钱")
    void = arrive(cast.registrar2)[1][0]
    with acting(cast.registrar2):
        request = ask(void, "void", by=cast.registrar2, reason="重复登记")
    with acting(cast.officehead):
        decide(request, by=cast.officehead, approve=True)
    out = arrive(cast.registrar2)[1][0]
    with acting(cast.officehead):
        Recusal(matter=out, user=cast.registrar, since=today()).save()
    arrive(cast.registrar2, klass="B", claims=[], people=[])
    return sealed, void, out


def test_sealed_void_and_recused_matters_look_like_none_and_cost_the_same(cast, street, rules):
    mine = again(cast.registrar)
    numbers(mine, cast.registrar)  # the look is written
    with CaptureQueriesContext(connection) as nothing:
        assert numbers(mine, cast.registrar) == []
    hidden_ones(cast, street)
    indexed()
    with CaptureQueriesContext(connection) as hidden:
        assert numbers(mine, cast.registrar) == []
    assert len(hidden) == len(nothing)


def test_a_hidden_number_and_one_that_never_was_are_refused_in_the_same_words(
    cast, street, rules, login
):
    mine = again(cast.registrar)
    sealed, _, out = hidden_ones(cast, street)
    told = set()
    for number in ("XF2026-999999", sealed.number, out.number):
        given = sent(typed=number, kind="repeat", note="一样", decision="merge")
        page = login(cast.registrar).post(f"/admin/matters/{mine.pk}/do/merge/", given)
        assert page.status_code == 422
        told.add(tuple(page.context["form"].errors["typed"]))
    assert len(told) == 1


def test_what_was_found_to_be_different_is_not_proposed_again(cast, rules):
    first, mine = arrive(cast.registrar)[1][0], again(cast.registrar)
    with acting(cast.registrar):
        deciding.different(mine, first, reason="", by=cast.registrar)
        deciding.different(mine, first, reason="", by=cast.registrar)
    assert numbers(mine, cast.registrar) == []
    assert mine.not_repeats.count() == 1
    assert mine.moves.filter(name="not_repeat").count() == 1


def test_a_merged_one_is_not_proposed_but_its_target_is(cast, rules):
    first = arrive(cast.registrar)[1][0]
    merged(again(cast.registrar), first, cast.registrar)
    third = again(cast.registrar)
    assert first.number in numbers(third, cast.registrar)


def test_whoever_checks_many_arrivals_in_an_hour_is_asked_about(cast, rules):
    with acting(None, "测试"):
        Limit(key="look_checks", value=3).save()
    for _ in range(3):
        numbers(again(cast.registrar), cast.registrar)
    numbers(again(cast.registrar2), cast.registrar2)
    follow_hours(now() + timedelta(hours=2))
    [found] = LookFinding.objects.filter(rule="checks")
    assert found.person == cast.registrar
    assert "3 件来件查重复" in found.told


def test_a_registrar_finds_the_hint_on_the_record_right_after_registration(cast, rules, login):
    first = arrive(cast.registrar2)[1][0]
    mine = again(cast.registrar)
    receipt = reverse("matters:receipt", args=[mine.links.get().item_id])
    assert "可能和 1 件重复" in text(login(cast.registrar).get(receipt))
    assert "件重复" not in text(
        login(cast.officehead).get(receipt)
    )  # who prints it again checks nothing
    assert first.number in text(login(cast.registrar).get(record(mine)))
    assert Matter.objects.get(pk=mine.pk).state == "registered"
