"""A unit complained about never leads; it supplies facts and performs (practice §1)."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.approvals import ask
from casework.matters.conflicts.units import concern, end
from casework.matters.models import ConcernedUnit, Matter, Move
from casework.matters.moving import move
from office.clock import today
from office.history import acting
from office.models import Look
from office.posts import appoint
from tests.casework.matters.counter import accepted, act, arrive, assigned, record, sent, text
from tests.casework.matters.opinions import making
from tests.conftest import SINCE

WHAT = "过渡费两季没有发"


def about(matter, unit, by, **more):
    facts = {"source": "petitioner", "reason": WHAT} | more
    with acting(by):
        return concern(matter, unit, by=by, **facts)


@pytest.fixture
def accepted_one(cast, fresh):
    return accepted(fresh, cast.officehead)


def test_such_a_unit_is_not_offered_and_refused_in_words(cast, street, accepted_one, login):
    about(accepted_one, street.social, cast.registrar)
    client = login(cast.officehead)
    offered = text(client.get(act(accepted_one, "assign")))
    assert f'<option value="{street.social.pk}"' not in offered
    assert f'<option value="{street.housing.pk}"' in offered
    with acting(cast.officehead), pytest.raises(ValidationError, match="被反映的单位，不能主办"):
        move(accepted_one, "assign", by=cast.officehead, data={"lead_unit": street.social})


def test_the_head_notes_the_lead_unit_and_moves_the_matter_in_one_step(
    cast, street, handled, login
):
    client = login(cast.officehead)
    page = reverse("matters:concern", args=[handled.pk])
    form = {"unit": street.social.pk, "source": "petitioner", "reason": WHAT, "support": "on"}
    assert "请先选由哪个单位接着主办" in text(client.post(page, sent(**form)))
    assert not ConcernedUnit.objects.exists()
    client.post(page, sent(**form, new_lead=street.housing.pk))

    handled.refresh_from_db()
    assert (handled.lead_unit, handled.officer) == (street.housing, None)
    assert [row.unit for row in handled.supports.all()] == [street.social]
    assert list(Move.objects.filter(matter=handled).values_list("name", flat=True))[-2:] == [
        "concern", "reassign",
    ]  # fmt: skip
    shown = text(client.get(record(handled)))
    assert "被反映的单位" in shown
    assert "不主办，协办" in shown


def test_its_staff_see_what_support_sees_and_act_no_more(cast, street, handled, login):
    about(handled, street.social, cast.officehead, support=True, new_lead=street.housing)
    assert Matter.objects.visible_to(cast.officer).filter(pk=handled.pk).exists()
    with acting(cast.officer), pytest.raises(PermissionDenied):
        move(handled, "hear", by=cast.officer, data={"way": "phone", "note": "他说没有发。"})
    shown = text(login(cast.officer).get(record(handled)))
    assert "韦小梅" not in shown
    assert WHAT not in shown
    assert "民宿保洁员四个月加班费未付" in shown


def test_its_staff_open_neither_the_petitioner_nor_a_file(cast, street, handled, login):
    file = making.paper(handled, cast.registrar, "送达回证.txt")
    own = making.paper(handled, cast.officer, "情况说明.txt")
    with acting(cast.registrar):  # goes with a request, so a legal reviewer would see it
        day = today() - 2 * making.DAY
        ask(handled, "received", by=cast.registrar, reason="写错", new_date=day, evidence=file)
    about(handled, street.social, cast.officehead, support=True, new_lead=street.housing)
    its, other = login(cast.officer), login(cast.other_officer)
    pages = [
        (reverse("matters:open", args=[handled.pk]), {"what": "信访人信息"}),
        (reverse("matters:open", args=[handled.pk]), {"what": "诉求与经过"}),
        (reverse("matters:file", args=[handled.pk, file.pk]), {}),
    ]
    before = Look.objects.filter(person=cast.officer).exclude(act="search").count()
    for page, given in pages:
        for answer in (its.get(page), its.post(page, sent(purpose="核对情况", **given))):
            assert (answer.status_code, answer.get("Location")) == (
                302,
                reverse("wagtailadmin_home"),
            )
        assert other.get(page).status_code == 200
    assert Look.objects.filter(person=cast.officer).exclude(act="search").count() == before
    assert its.get(reverse("matters:file", args=[handled.pk, own.pk])).status_code == 200


def test_without_support_its_staff_see_nothing(cast, street, handled):
    about(handled, street.social, cast.officehead, new_lead=street.housing)
    assert not Matter.objects.visible_to(cast.officer).filter(pk=handled.pk).exists()


def test_it_can_be_moved_neither_to_itself_nor_back(cast, street, handled):
    with acting(cast.officehead), pytest.raises(ValidationError, match="不能主办"):
        concern(
            handled, street.social, source="petitioner", reason=WHAT, by=cast.officehead,
            new_lead=street.social,
        )  # fmt: skip
    assert not ConcernedUnit.objects.exists()
    about(handled, street.social, cast.officehead, new_lead=street.housing)
    data = {"lead_unit": street.social, "note": "还给它"}
    with acting(cast.officehead), pytest.raises(ValidationError, match="不能主办"):
        move(handled, "reassign", by=cast.officehead, data=data)


def test_a_registrar_leaves_moving_the_lead_to_the_head(cast, street, handled):
    with acting(cast.registrar), pytest.raises(ValidationError, match="请信访办主任来记"):
        concern(handled, street.social, source="petitioner", reason=WHAT, by=cast.registrar)
    about(handled, street.village, cast.registrar)


def test_who_works_for_it_is_no_officer_under_another_lead_either(cast, street, accepted_one):
    with acting(cast.secadmin):
        appoint(cast.officer, street.housing, "officer", since=SINCE)
    matter = assigned(accepted_one, cast.officehead, street.housing, cast.officer)
    about(matter, street.social, cast.officehead)
    matter.refresh_from_db()
    assert matter.officer is None
    data = {"lead_unit": street.village, "officer": cast.officer, "note": "改交"}
    with acting(cast.officehead), pytest.raises(ValidationError) as told:
        move(matter, "reassign", by=cast.officehead, data=data)
    assert "被反映的单位任职" in told.value.message_dict["officer"][0]


@pytest.mark.parametrize("who", ["officer", "head", "leader", "reviewer", "auditor", "grid"])
def test_registrar_and_head_alone_say_which_unit_it_is(who, cast, street, handled):
    with pytest.raises((PermissionDenied, Matter.DoesNotExist)):
        about(handled, street.village, getattr(cast, who))


@pytest.mark.parametrize(
    ("change", "field"),
    [({"reason": " "}, "reason"), ({"source": "rumour"}, "source")],
)
def test_who_said_it_and_what_is_asked_for(cast, street, fresh, change, field):
    with pytest.raises(ValidationError) as told:
        about(fresh, street.social, cast.registrar, **change)
    assert field in told.value.message_dict


def test_a_unit_is_noted_once_and_an_outside_one_never(cast, street, fresh):
    about(fresh, street.social, cast.registrar)
    for unit in (street.social, street.outside):
        with pytest.raises(ValidationError) as told:
            about(fresh, unit, cast.registrar)
        assert "unit" in told.value.message_dict


def test_the_head_takes_it_back_with_a_reason_but_nobody_of_the_unit_does(
    cast, street, fresh, login
):
    row = about(fresh, street.office, cast.registrar)
    with acting(cast.officehead), pytest.raises(PermissionDenied):
        end(row, by=cast.officehead, reason="不是我们")
    other = about(fresh, street.social, cast.registrar)
    page = reverse("matters:unconcern", args=[fresh.pk, other.pk])
    client = login(cast.officehead)
    assert "请写明为什么" in text(client.post(page, sent(reason="")))
    client.post(page, sent(reason="核实后是村里经办的"))
    assert client.get(page).status_code == 404
    matter = accepted(fresh, cast.officehead)
    assert assigned(matter, cast.officehead, street.social).lead_unit == street.social


def test_a_sealed_matter_knows_no_such_unit(cast, street, sealed, login):
    with pytest.raises(PermissionDenied):
        about(sealed, street.social, cast.custodian)
    assert login(cast.custodian).get(f"/admin/matters/{sealed.pk}/units/").status_code == 404


def test_the_reason_is_read_with_the_claim_and_not_before(cast, street, fresh, login):
    about(fresh, street.social, cast.registrar)
    client = login(cast.officehead)
    assert WHAT not in text(client.get(record(fresh)))
    opening = reverse("matters:open", args=[fresh.pk])
    client.post(opening, sent(purpose="受理前了解诉求", what="诉求与经过"))
    assert WHAT in text(client.get(record(fresh)))


def test_another_matter_of_the_letter_may_be_led_by_it(cast, street, rules):
    first, second = arrive(cast.registrar, claims=[("过渡费", "一"), ("路灯坏了", "二")])[1]
    about(first, street.social, cast.registrar)
    second = accepted(second, cast.officehead)
    assert assigned(second, cast.officehead, street.social).lead_unit == street.social
