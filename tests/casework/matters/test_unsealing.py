"""The second person decides about a seal: kept, or everything given back as it was."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.approvals import ask, decide
from casework.matters.models import Approval, Item, Matter
from casework.matters.states import State
from office.clock import today
from office.history import acting
from office.private_files import load
from tests.casework.matters.counter import (
    accepted,
    answered,
    arrive,
    assigned,
    record,
    sent,
    text,
)
from tests.casework.matters.seals import decided, facts, fresh_row, seal, seen, seers, unseal


def test_a_custodian_confirms_and_it_goes_its_way(cast, handled, login):
    approval = seal(handled, cast.officer)
    client = login(cast.custodian)
    assert "转为密件" in text(client.get("/admin/"))
    page = f"/admin/matters/{handled.pk}/approvals/{approval.pk}/"
    assert "收钱办事" in text(client.get(page))
    answer = client.post(page, sent(decision="approve"))
    assert (answer.status_code, answer.url) == (302, record(handled))
    row = fresh_row(handled)
    assert (row.state, row.sealed) == (State.SEALED, True)
    assert Approval.objects.get(pk=approval.pk).decided_by == cast.custodian


def test_nobody_else_decides_not_even_a_leader(cast, handled, login):
    approval = seal(handled, cast.officer)
    page = f"/admin/matters/{handled.pk}/approvals/{approval.pk}/"
    for name, person in vars(cast).items():
        if not name.startswith("custodian"):
            assert login(person).get(page).status_code in (404, 302), name
            with acting(person), pytest.raises(Matter.DoesNotExist):
                decide(approval, by=person, approve=True)


def test_a_refused_sealing_gives_everything_back(cast, street, handled):
    before, moves = facts(handled), handled.moves.count()
    approval = seal(handled, cast.officer)
    matter = decided(approval, cast.custodian, False, "反映的是补偿标准，不针对个人")
    assert matter.pk == handled.pk
    assert facts(handled) == before
    assert seen(cast.officer, handled)
    assert seen(cast.officehead, handled)
    assert not seen(cast.custodian, handled)
    assert handled.moves.count() > moves


def test_the_stand_in_leaves_with_the_sealed_number(cast, handled, login):
    number = handled.number
    approval = seal(handled, cast.officer)
    sealed_number = fresh_row(handled).number
    kept = Matter.objects.get(number=number)
    decided(approval, cast.custodian, False)
    kept = fresh_row(kept)
    assert (kept.number, kept.sealed, kept.state) == (sealed_number, True, State.VOID)
    assert seers(cast, kept) == {"custodian", "custodian2"}
    assert Matter.objects.get(number=number).pk == handled.pk
    page = text(login(cast.custodian).get(record(kept)))
    assert sealed_number in page
    assert "已作废" in page


def test_the_sealed_numbers_have_no_hole_either(cast, rules):
    first, second = arrive(cast.registrar)[1][0], arrive(cast.registrar)[1][0]
    decided(seal(first, cast.registrar), cast.custodian, False)
    seal(second, cast.registrar)
    seal(first, cast.registrar)
    numbers = Matter.objects.filter(number__startswith="MJ").values_list("number", flat=True)
    assert sorted(number[-1] for number in numbers) == ["1", "2", "3"]
    assert Matter.objects.filter(number__startswith="XF").count() == 2


def test_what_was_done_under_seal_is_not_told_to_those_who_see_the_matter_again(
    cast, handled, login
):
    decided(seal(handled, cast.leader), cast.custodian, False)
    client = login(cast.officer)
    for page in (record(handled), f"/admin/matters/history/{handled.pk}/"):
        shown = text(client.get(page))
        assert "解除密件" in shown
        for word in ("申请转为密件", cast.leader.name, "MJ20"):
            assert word not in shown


def test_an_auditor_reads_the_whole_story_after_an_unsealing(cast, handled, login):
    client, number = login(cast.auditor), handled.number
    decided(seal(handled, cast.registrar), cast.custodian, False)
    page = text(client.get(f"/admin/audit/?record={number}"))
    assert "转为密件" in page
    assert cast.registrar.name in page
    assert "MJ20" not in page
    assert "（密件编号）" in page


def test_a_closed_one_and_a_void_one_can_be_sealed_too(cast, street, rules):
    matter = answered(
        assigned(
            accepted(arrive(cast.registrar)[1][0], cast.officehead), cast.officehead, street.social
        ),
        cast.officer,
    )
    void = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        request = ask(void, "void", by=cast.registrar, reason="重复登记")
    decided(request, cast.leader, True)
    for one in (matter, void):
        before = facts(one)
        approval = seal(one, cast.officehead)
        assert fresh_row(one).state == State.SEALED
        decided(approval, cast.custodian2, False)
        assert facts(one) == before


def test_one_custodian_asks_for_the_end_of_the_seal_and_the_other_decides(cast, handled, login):
    before = facts(handled)
    decided(seal(handled, cast.officer), cast.custodian, True)
    client = login(cast.custodian)
    path = f"/admin/matters/{handled.pk}/ask/unseal/"
    assert "原样恢复" in text(client.get(path))
    assert client.post(path, sent(reason="反映的是补偿标准")).status_code == 302
    approval = Approval.objects.get(act="unseal", decision="")
    with acting(cast.custodian), pytest.raises(ValidationError, match="申请人不能审批"):
        decide(approval, by=cast.custodian, approve=True)
    assert fresh_row(handled).sealed
    page = f"/admin/matters/{handled.pk}/approvals/{approval.pk}/"
    answer = login(cast.custodian2).post(page, sent(decision="approve"))
    assert (answer.status_code, answer.url) == (302, "/admin/matters/")
    assert facts(handled) == before


def test_a_refused_end_leaves_the_seal_as_it_is(cast, handled):
    decided(seal(handled, cast.officer), cast.custodian, True)
    decided(unseal(handled, cast.custodian), cast.custodian2, False)
    assert fresh_row(handled).sealed
    assert not seen(cast.officer, handled)


def test_a_letter_sealed_from_the_start_is_registered_anew(cast, sealed, login):
    matter = decided(unseal(sealed, cast.custodian), cast.custodian2, True)
    assert matter.pk != sealed.pk
    assert matter.pk > 0
    assert (matter.number[:2], matter.state, matter.sealed) == ("XF", State.REGISTERED, False)
    assert not matter.complete
    assert seen(cast.registrar2, matter)
    old = fresh_row(sealed)
    assert (old.state, old.sealed, old.due_on) == (State.VOID, True, None)
    assert not seen(cast.officehead, sealed)
    assert matter.number in text(login(cast.custodian).get(record(sealed)))
    assert Item.objects.filter(sealed=False, links__matter=matter).count() == 1


def test_what_came_with_the_letter_and_who_is_named_in_it_go_along(cast, rules, login):
    file = SimpleUploadedFile("收条.txt", "收条一张".encode())
    told = {"channel": "visit", "carrier": "talk", "pieces": "1", "claim": "修路款记了两遍。"}
    login(cast.registrar).post(
        reverse("matters:sealed_entry"),
        sent(**told, received_on=str(today()), named=[cast.officehead2.pk], files=[file]),
    )
    sealed = Matter.objects.get()

    matter = decided(unseal(sealed, cast.custodian), cast.custodian2, True)

    row = matter.files.get()
    assert row.unlocked("name") == "收条.txt"
    assert load(row.path, matter.data_key).decode() == "收条一张"
    assert seen(cast.officehead, matter)
    assert not seen(cast.officehead2, matter)


def test_nobody_asks_twice_about_the_same_seal(cast, handled, login):
    seal(handled, cast.officer)
    answer = login(cast.custodian).get(f"/admin/matters/{handled.pk}/ask/unseal/")
    assert answer.status_code == 302
    assert answer.url == record(handled)
