"""A matter goes the whole way: registered, accepted, assigned, answered, closed; and void."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.approvals import ask, decide
from casework.matters.intake import Arrival, Person, query_code, register
from casework.matters.models import Matter, Move
from casework.matters.moving import move
from office import clock
from office.clock import now, today
from office.history import acting
from office.models import Change
from tests.casework.matters.counter import all_said, answered
from tests.casework.matters.handing import handed_over


def arrive(by, **more):
    facts = {
        "channel": "visit",
        "received_on": today() - timedelta(days=3),
        "claims": [("民宿保洁员四个月加班费未付", "七月到十月的加班费一直没有发。")],
        "people": [Person(name="韦小梅", phone="19900001234")],
    }
    with acting(by):
        return register(Arrival(**{**facts, **more}), by=by)


@pytest.fixture
def matter(cast, rules):
    return arrive(cast.registrar)[1][0]


def test_a_registered_matter_has_a_number_a_code_and_fifteen_days(cast, rules):
    item, [matter] = arrive(cast.registrar)

    assert matter.number == f"XF{today().year}-000001"
    assert len(query_code(item)) == 8
    assert matter.due_on == matter.received_on + timedelta(days=15)
    assert matter.text("claim") == "七月到十月的加班费一直没有发。"
    assert "韦小梅".encode() not in bytes(matter.petitioners.get().name)
    assert matter.petitioners.get().masked("name") == "韦*"


def test_a_matter_goes_the_whole_way_and_every_step_is_in_its_history(cast, street, matter):
    with acting(cast.officehead):
        matter = move(matter, "accept", by=cast.officehead, data={"klass": "C", "path": "C6"})
        assert matter.due_on == today() + timedelta(days=60)
        matter = move(matter, "assign", by=cast.officehead, data={"lead_unit": street.social})
    matter = answered(matter, cast.officer)
    all_said(matter, cast.officer)
    with clock.at(now() + timedelta(days=31)), acting(cast.officehead):
        matter = move(matter, "close", by=cast.officehead)

    assert (matter.state, matter.due_on) == ("closed", None)
    names = list(Move.objects.filter(matter=matter).order_by("id").values_list("name", flat=True))
    assert names == [
        "register", "accept", "assign", "hear", "draft", "review", "sign", "attach", "serve",
        "attach", "four_parts", "close",
    ]  # fmt: skip
    rows = matter.history.order_by("history_id")
    assert [row.history_user for row in rows] == [
        cast.registrar, cast.officehead, cast.officehead, cast.officer, cast.officer,
        cast.officehead, cast.leader, cast.officer, cast.officehead,
    ]  # fmt: skip
    assert Change.objects.filter(root_kind="matters.matter", root_id=matter.pk).count() >= 8


def test_an_officer_of_another_section_cannot_even_name_the_matter(cast, street, matter):
    assert not Matter.objects.visible_to(cast.other_officer).filter(pk=matter.pk).exists()
    with pytest.raises(Matter.DoesNotExist):
        move(matter, "accept", by=cast.other_officer, data={"klass": "A"})


def test_a_registrar_cannot_accept(cast, matter):
    with pytest.raises(PermissionDenied):
        move(matter, "accept", by=cast.registrar, data={"klass": "C", "path": "C6"})
    assert Matter.objects.get(pk=matter.pk).state == "registered"


def test_a_void_matter_needs_a_second_person_and_keeps_its_number(cast, matter):
    with acting(cast.officehead):
        request = ask(matter, "void", by=cast.officehead, reason="重复登记")
        with pytest.raises(ValidationError, match="不能审批自己"):
            decide(request, by=cast.officehead, approve=True)
    with acting(cast.officehead2):
        voided = decide(request, by=cast.officehead2, approve=True)

    assert (voided.state, voided.number, voided.due_on) == ("void", matter.number, None)


def test_a_sealed_letter_stores_no_content_and_only_its_keepers_see_it(cast, rules):
    item, [sealed] = arrive(cast.registrar, klass="B", claims=[("某村干部", "内容")])

    assert sealed.number.startswith("MJ")
    assert sealed.title == "密件（不开封转交）"
    assert sealed.text("claim") == ""
    assert not sealed.petitioners.exists()
    seers = [who for who, user in vars(cast).items() if Matter.objects.visible_to(user).exists()]
    assert seers == ["registrar", "custodian", "custodian2"]
    handed_over(sealed, cast.custodian)
    assert not Matter.objects.visible_to(cast.registrar).exists()
    assert Matter.objects.visible_to(cast.custodian).exists()
