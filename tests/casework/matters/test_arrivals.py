"""Who speaks for an arrival: its registrar and the office head; sealed letters stay with who entered."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from casework.matters.intake import Arrival, Person, open_another, query_code
from casework.matters.models import Matter
from casework.matters.opening import task_of
from office.clock import today
from office.history import acting
from office.models import Look
from tests.casework.matters.counter import arrive, record, sent, text
from tests.casework.matters.handing import handed_over

CLAIM = {"title": "宿舍没有热水", "claim": "两个月了"}


def another(client, matter):
    return client.post(reverse("matters:another", args=[matter.pk]), sent(**CLAIM))


def receipt(matter):
    return reverse("matters:receipt", args=[matter.links.get().item_id])


def test_a_second_registrar_opens_nothing_from_the_letter_of_the_first(cast, fresh, login):
    client = login(cast.registrar2)

    assert another(client, fresh).url == "/admin/"
    page = text(client.get(record(fresh)))

    assert Matter.objects.count() == 1
    assert "另立一件" not in page
    assert "打印回执" not in page
    arrival = Arrival("visit", today(), claims=[("热水", "")], people=[Person(name="韦小梅")])
    with acting(cast.registrar2), pytest.raises(PermissionDenied):
        open_another(fresh.links.get().item, arrival, by=cast.registrar2)


def test_a_further_matter_of_an_unfinished_registration_opens_no_data_to_the_head(
    cast, rules, login
):
    first = arrive(cast.registrar, complete=False)[1][0]
    client = login(cast.officehead)

    another(client, first)
    new = Matter.objects.exclude(pk=first.pk).get()
    page = text(client.get(record(new)))

    assert (new.complete, new.registered_by) == (True, cast.officehead)
    assert "韦小梅" not in page
    assert not Look.objects.filter(object_id=new.pk, what="信访人信息").exists()


def test_completing_is_a_task_only_of_who_took_the_arrival_in(cast, rules):
    matter = arrive(cast.registrar, complete=False)[1][0]
    assert task_of(cast.registrar, matter) == "补全本人登记的事项"

    matter.registered_by = cast.registrar2
    assert task_of(cast.registrar2, matter) == ""


def test_the_query_code_is_for_the_registrar_of_the_letter_and_the_head(cast, fresh, login):
    code = query_code(fresh.links.get().item)[:4]

    assert login(cast.registrar2).get(receipt(fresh)).status_code == 404
    for who in (cast.registrar, cast.officehead):
        assert code in text(login(who).get(receipt(fresh)))
    assert not Look.objects.filter(person=cast.registrar2).exists()


def test_a_head_who_takes_in_a_sealed_letter_sees_it_until_it_is_handed_over(cast, rules, login):
    letter = arrive(cast.officehead, klass="B", channel="letter", claims=[], people=[])[1][0]
    client, second = login(cast.officehead), login(cast.officehead2)

    assert client.get(record(letter)).status_code == 200
    assert client.get(receipt(letter)).status_code == 200
    assert second.get(record(letter)).status_code == 404
    assert second.get(receipt(letter)).status_code == 404

    handed_over(letter, cast.custodian)

    assert client.get(record(letter)).status_code == 404
    assert client.get(receipt(letter)).status_code == 404
    assert login(cast.custodian).get(record(letter)).status_code == 200


def test_a_recorded_day_of_a_further_matter_is_that_of_the_letter(cast, fresh, login):
    another(login(cast.officehead), fresh)

    new = Matter.objects.exclude(pk=fresh.pk).get()
    assert new.received_on == today() - timedelta(days=3)
