"""常设授权: the registrar accepts simple matters by the head's written word, and nothing beyond it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from casework.matters.delegating.authorising import Wish, authorise, revoke
from casework.matters.delegating.standing import covers
from casework.matters.models import Category, Matter, StandingAuthorisation, StandingUse
from casework.matters.moving import move
from casework.matters.permissions import available
from casework.matters.recusals import recuse
from office.clock import today
from office.history import acting
from office.models import Leave
from tests.casework.matters.counter import act, arrive, record, sent, text

DAY = timedelta(days=1)
C6 = {"klass": "C", "path": "C6"}


@pytest.fixture
def subjects(db):
    """住房 with 物业 below it, and 劳动."""
    with acting(None, "测试分类"):
        housing = Category(code="01", name="住房")
        housing.save()
        rent = Category(code="0101", name="物业", parent=housing)
        labour = Category(code="02", name="劳动")
        rent.save()
        labour.save()
    return {"housing": housing, "rent": rent, "labour": labour}


def give(cast, subjects, **more):
    wish = {
        "act": "accept", "categories": [subjects["housing"]], "most_people": 2,
        "valid_from": today(), "valid_to": today() + 30 * DAY, "reason": "集市日人多",
        "person": cast.registrar,
    }  # fmt: skip
    with acting(cast.officehead):
        return authorise(Wish(**{**wish, **more}), by=cast.officehead)


@pytest.fixture
def simple(cast, rules, subjects):
    return arrive(cast.registrar, category=subjects["rent"])[1][0]


def accept(matter, by, **data):
    fresh = type(by).objects.get(pk=by.pk)
    with acting(fresh):
        return move(matter, "accept", by=fresh, data=C6 | data)


def refused(matter, by, **data):
    with pytest.raises((PermissionDenied, ValidationError)):
        accept(matter, by, **data)
    assert Matter.objects.get(pk=matter.pk).state == "registered"


def test_a_registrar_accepts_on_the_spot_and_the_record_says_by_whose_word(
    cast, subjects, simple, login
):
    refused(simple, cast.registrar)
    row = give(cast, subjects)
    client = login(cast.registrar)
    assert act(simple, "accept") in text(client.get(record(simple)))
    assert accept(simple, cast.registrar).state == "accepted"
    done = simple.moves.get(name="accept")
    assert f"凭常设授权 {row.number}" in done.summary
    assert StandingUse.objects.get().move == done
    assert simple.number in text(client.get(f"/admin/matters/standing/{row.pk}/"))


def test_it_is_for_its_person_or_role_and_for_nobody_else(cast, subjects, simple):
    give(cast, subjects)
    refused(simple, cast.registrar2)
    give(cast, subjects, person=None, role="registrar")
    assert accept(simple, cast.registrar2).state == "accepted"


SIDE_DOORS = {
    "another subject": ({"category": "labour"}, {}),
    "no subject yet": ({"category": None}, {}),
    "three people, two allowed": ({"people_count": 3}, {}),
    "a group": ({"people_count": 6}, {"most_people": 4}),
    "tomorrow": ({}, {"valid_from": today() + DAY}),
    "settling on the spot is another act": ({}, {"act": "on_spot"}),
}


@pytest.mark.parametrize("door", SIDE_DOORS)
def test_what_it_does_not_cover_stays_the_head_s(cast, rules, subjects, door):
    of_matter, of_wish = SIDE_DOORS[door]
    named = of_matter.get("category", "rent")
    told = {**of_matter, "category": subjects[named] if named else None}
    matter = arrive(cast.registrar, **told)[1][0]
    give(cast, subjects, **of_wish)
    refused(matter, cast.registrar)


def test_the_subject_may_be_chosen_with_the_act_and_must_be_a_covered_one(cast, rules, subjects):
    matter = arrive(cast.registrar)[1][0]
    give(cast, subjects)
    refused(matter, cast.registrar, category=subjects["labour"])
    assert accept(matter, cast.registrar, category=subjects["rent"]).state == "accepted"


def test_it_is_over_when_its_day_is_over(cast, subjects, simple):
    row = give(cast, subjects)
    assert covers(cast.registrar, simple, "accept", row.valid_to) == row
    assert covers(cast.registrar, simple, "accept", row.valid_to + DAY) is None


def test_whoever_is_on_leave_has_none(cast, subjects, simple):
    give(cast, subjects)
    with acting(cast.secadmin):
        Leave(person=cast.registrar, valid_from=today(), valid_to=today(), kind="leave").save()
    refused(simple, cast.registrar)


def test_one_taken_back_while_the_form_was_open_gives_nothing(cast, subjects, simple, login):
    row = give(cast, subjects)
    client = login(cast.registrar)
    assert client.get(act(simple, "accept")).status_code == 200
    with acting(cast.officehead):
        revoke(row, by=cast.officehead, reason="人手够了")
    answer = client.post(act(simple, "accept"), sent(way="C6", on=str(today())))
    assert answer.status_code in (302, 403)
    assert Matter.objects.get(pk=simple.pk).state == "registered"


@pytest.mark.parametrize("path", ["C1", "C2", "C4", "C5"])
def test_it_never_leads_a_matter_to_another_path(cast, subjects, simple, path):
    give(cast, subjects)
    refused(simple, cast.registrar, path=path)


def test_it_never_refuses_nor_forwards_nor_answers(cast, subjects, simple):
    give(cast, subjects)
    fresh = type(cast.registrar).objects.get(pk=cast.registrar.pk)
    offered = {rule.name for rule in available(fresh, simple)}
    assert "accept" in offered
    assert not offered & {"refuse", "bar", "route", "tell", "forward", "assign_out", "object"}
    with pytest.raises(PermissionDenied):
        move(simple, "tell", by=fresh, data={"body": "区人社局"})


def test_a_sealed_matter_is_covered_by_none(cast, rules, subjects, sealed):
    give(cast, subjects)
    assert covers(cast.registrar, sealed, "accept", today(), subjects["rent"]) is None


def test_an_authorisation_is_given_by_the_head_to_others_within_limits(cast, rules, subjects):
    wrong = {
        "holder": {"person": cast.officehead},
        "categories": {"categories": []},
        "most_people": {"most_people": 5},
        "valid_to": {"valid_to": today() + 400 * DAY},
        "valid_from": {"valid_from": today() - DAY},
        "reason": {"reason": " "},
    }
    for field, change in wrong.items():
        with pytest.raises(ValidationError) as error:
            give(cast, subjects, **change)
        assert field in error.value.message_dict
    with pytest.raises(ValidationError) as error:
        give(cast, subjects, person=cast.officer)
    assert "登记员" in error.value.message_dict["holder"][0]
    for person in (cast.registrar, cast.leader, cast.head):
        with pytest.raises(PermissionDenied):
            authorise(Wish("accept", [subjects["rent"]], 1, today(), today(), "x"), by=person)


def test_the_head_gives_it_on_a_page_prints_it_and_takes_it_back(cast, rules, subjects, login):
    head = login(cast.officehead)
    given = {
        "act": "accept", "holder": str(cast.registrar.pk), "categories": [subjects["housing"].pk],
        "most_people": "1", "valid_from": str(today()), "valid_to": str(today() + 30 * DAY),
        "reason": "集市日人多",
    }  # fmt: skip
    answer = head.post("/admin/matters/standing/new/", sent(**given))
    assert answer.status_code == 302, text(answer)
    assert StandingAuthorisation.objects.get().holder == "登小记"
    paper = text(head.get(f"{answer.url}print/"))
    assert "常设授权书" in paper
    assert "住房" in paper
    separation = text(login(cast.auditor).get("/admin/separation/"))
    assert "登小记" in separation
    done = head.post(f"{answer.url}revoke/", sent(reason="人手够了"))
    assert done.status_code == 302
    assert "已收回" in text(head.get(answer.url))
    assert login(cast.registrar2).get(answer.url).status_code == 404
    assert login(cast.registrar).get("/admin/matters/standing/new/").status_code in (302, 403)


def test_a_person_who_stepped_back_has_no_authorisation_for_it(cast, subjects, simple):
    give(cast, subjects)
    with acting(cast.officehead):
        recuse(simple, cast.registrar, kind="named", reason="点名", by=cast.officehead)
    with pytest.raises(Matter.DoesNotExist):
        accept(simple, cast.registrar)
