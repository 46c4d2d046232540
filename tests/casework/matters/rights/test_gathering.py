"""核对事项: only the person's own, one by one, and no answer tells anybody else's."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from casework.matters.intake import Person
from casework.matters.models import Matter, Recusal, RightsRequest
from casework.matters.rights import gathering
from office.clock import today
from office.history import acting
from office.models import Limit, Look
from tests.casework.matters.counter import arrive
from tests.casework.matters.rights.desk import (
    NAME,
    PHONE,
    add,
    ask_for,
    checked,
    code_of,
    item_of,
    joint,
)


@pytest.fixture
def asked(cast, rules):
    return checked(ask_for(cast.registrar), cast.registrar)


def seal(matter: Matter) -> None:
    with acting(None, "发现是检举控告"):
        row = Matter.objects.get(pk=matter.pk)
        row.klass, row.sealed, row.state = "B", True, "sealed"
        row.save()


def step_back(matter, user) -> None:
    with acting(None, "回避"):
        Recusal(matter=matter, user=user, since=today() - timedelta(days=1)).save()


def tried(asked, number, code, by) -> list:
    with acting(by):
        return gathering.look_up(asked, number, code, by=by)


def searched(asked, by) -> list:
    with acting(by):
        return gathering.search(asked, by=by)


def test_a_resident_with_the_receipt_has_the_matter_added(cast, asked, fresh):
    [link] = add(asked, fresh, cast.registrar)

    assert (link.matter, link.petitioner) == (fresh, fresh.petitioners.get())
    assert link.marks == "code,name,phone"
    assert asked.moves.last().name == "add"


def test_the_number_of_the_arrival_and_wide_digits_do_as_well(cast, asked, fresh):
    code = code_of(fresh).translate({ord(str(n)): ord("０") + n for n in range(10)})

    assert tried(asked, item_of(fresh).number.lower(), f" {code} ", cast.registrar)


def test_somebody_elses_receipt_is_no_use(cast, asked, rules):
    other = arrive(cast.registrar, people=[Person(name="于大河", phone="19900007777")])[1][0]

    with pytest.raises(ValidationError, match="对不上"):
        add(asked, other, cast.registrar)
    assert not asked.links.exists()


def test_a_wrong_code_a_foreign_a_sealed_an_absent_and_a_recused_matter_are_told_alike(
    cast, asked, rules
):
    right = arrive(cast.registrar)[1][0]
    sealed, away = arrive(cast.registrar)[1][0], arrive(cast.registrar)[1][0]
    codes = {matter.pk: code_of(matter) for matter in (sealed, away)}
    seal(sealed)
    step_back(away, cast.registrar)
    ways = [
        ("XF2026-999999", "12345678"),
        (right.number, "00000000"),
        (sealed.number, codes[sealed.pk]),
        (away.number, codes[away.pk]),
        (right.number, "不是数字"),
    ]
    counts = []
    for number, code in ways:
        with CaptureQueriesContext(connection) as caught:
            assert tried(asked, number, code, cast.registrar) == []
        counts.append(len(caught))

    assert len(set(counts)) == 1
    looks = Look.objects.filter(kind="matters.rightsrequest", what__startswith="核对事项")
    assert {look.what for look in looks} == {"核对事项：编号加查询码，不符"}


def test_guessing_codes_stops_after_the_tries_of_an_hour(cast, asked, fresh):
    with acting(None):
        Limit(key="rights_tries", value=3).save()
    for guess in ("11111111", "22222222", "33333333"):
        assert tried(asked, fresh.number, guess, cast.registrar) == []

    with pytest.raises(ValidationError, match="一小时内"):
        tried(asked, fresh.number, code_of(fresh), cast.registrar)
    with pytest.raises(ValidationError, match="一小时内"):  # nor on another request
        tried(
            checked(ask_for(cast.registrar), cast.registrar), fresh.number, code_of(fresh),
            cast.registrar,
        )  # fmt: skip


def test_without_a_receipt_name_and_phone_together_are_enough(cast, asked, rules):
    mine = arrive(cast.registrar2)[1][0]  # entered at another desk
    namesake = arrive(cast.registrar2, people=[Person(name=NAME, phone="19911112222")])[1][0]

    found = {one.matter.pk: one for one in searched(asked, cast.registrar)}

    assert found[mine.pk].is_sure
    assert not found[namesake.pk].is_sure
    assert found[namesake.pk].agreeing == "姓名"
    with acting(cast.registrar), pytest.raises(ValidationError, match="对不上"):
        gathering.add(asked, found[namesake.pk], by=cast.registrar, basis="他说就是他的，住望塘村")


def test_a_sealed_matter_is_in_no_search_and_one_stepped_back_from_neither(cast, asked, rules):
    sealed, away = arrive(cast.registrar)[1][0], arrive(cast.registrar)[1][0]
    seal(sealed)
    step_back(away, cast.registrar)

    assert searched(asked, cast.registrar) == []


def test_the_search_takes_its_words_from_the_request_and_tells_the_ledger_no_name(
    cast, asked, fresh
):
    searched(asked, cast.registrar)

    look = Look.objects.filter(what__contains="查找").get()
    assert look.person == cast.registrar
    assert look.label == asked.number
    assert "韦*" in look.what
    for secret in (NAME, PHONE):
        assert secret not in look.what + look.purpose


def test_one_mark_takes_an_office_head_and_a_written_basis(cast, rules):
    moved = arrive(cast.registrar, people=[Person(name=NAME, phone="19911112222")])[1][0]
    asked = checked(ask_for(cast.officehead), cast.officehead)
    [one] = searched(asked, cast.officehead)

    with acting(cast.officehead):
        with pytest.raises(ValidationError, match="凭什么认定"):
            gathering.add(asked, one, by=cast.officehead, basis="是他")
        basis = "说得出当时交的工资条和日期，与登记一致"
        link = gathering.add(asked, one, by=cast.officehead, basis=basis)

    assert link.matter == moved
    assert link.unlocked("basis") == basis


def test_a_co_petitioner_is_told_apart_from_the_one_who_asks(cast, asked, rules):
    matter = joint(cast.registrar)

    [link] = add(asked, matter, cast.registrar)

    assert link.petitioner.unlocked("name") == NAME


def test_nothing_is_looked_for_before_it_is_known_who_asks(cast, fresh):
    asked = ask_for(cast.registrar)

    with pytest.raises(ValidationError, match="先核实身份"):
        tried(asked, fresh.number, code_of(fresh), cast.registrar)
    with pytest.raises(ValidationError, match="先核实身份"):
        searched(asked, cast.registrar)


def test_another_registrar_neither_sees_nor_fills_the_request(cast, asked, fresh):
    assert not RightsRequest.objects.visible_to(cast.registrar2).exists()
    with pytest.raises(RightsRequest.DoesNotExist):
        tried(asked, fresh.number, code_of(fresh), cast.registrar2)


def test_an_office_head_sees_it_and_fills_it_only_after_taking_over(cast, asked, fresh):
    with pytest.raises(PermissionDenied):
        tried(asked, fresh.number, code_of(fresh), cast.officehead)


def test_a_clerk_who_steps_back_from_a_gathered_matter_loses_the_request(cast, asked, fresh):
    add(asked, fresh, cast.registrar)
    step_back(fresh, cast.registrar)

    assert not RightsRequest.objects.visible_to(cast.registrar).exists()
    assert RightsRequest.objects.visible_to(cast.officehead).exists()


def test_a_matter_added_twice_or_taken_out_again(cast, asked, fresh):
    [link] = add(asked, fresh, cast.registrar)
    with pytest.raises(ValidationError, match="添加过"):
        add(asked, fresh, cast.registrar)
    with acting(cast.registrar):
        gathering.drop(asked, link, by=cast.registrar)

    assert not asked.links.filter(dropped=False).exists()
    assert add(asked, fresh, cast.registrar)
