"""At the counter: what a visitor says of a unit or of somebody on the staff counts from the start."""

from django.urls import reverse

from casework.matters.models import Matter
from tests.casework.matters.counter import record, sent, text

ADD = "/admin/matters/add/"


def form(**more):
    return sent(
        **{
            "channel": "visit", "received_on": "2026-11-20", "people_count": "1", "claims": "2",
            "c0-title": "过渡费两季没有发", "c0-claim": "说是没有钱", "c1-title": "路灯坏了",
            "c1-claim": "一周了", "name": "韦小梅", "phone": "19900001234", "go": "receipt",
        }
        | more
    )  # fmt: skip


def test_each_claim_says_which_unit_it_is_about_and_who_is_named_sees_none(
    cast, street, rules, login
):
    client = login(cast.registrar)
    assert "点名反映的工作人员" in text(client.get(ADD))
    client.post(ADD, form(**{"c0-about": street.social.pk, "named": cast.officehead2.pk}))

    first, second = Matter.objects.order_by("pk")
    assert [row.unit for row in first.concerned_units.all()] == [street.social]
    assert not second.concerned_units.exists()
    for matter in (first, second):
        assert not Matter.objects.visible_to(cast.officehead2).filter(pk=matter.pk).exists()
    shown = text(login(cast.officehead).get(record(first)))
    assert "被反映的单位" in shown
    assert cast.officehead2.name in shown


def test_a_registrar_who_is_named_gives_no_receipt(cast, rules, login):
    client = login(cast.registrar)
    answer = client.post(ADD, form(named=cast.registrar.pk))
    assert answer.url == reverse("matters:stepped_back")
    assert not Matter.objects.visible_to(cast.registrar).exists()


def test_what_was_chosen_is_still_there_after_a_refusal(cast, street, rules, login):
    answer = text(
        login(cast.registrar).post(
            ADD, form(**{"c0-title": "", "c0-about": street.social.pk, "named": cast.officer.pk})
        )
    )
    assert f'<option value="{street.social.pk}" selected>' in answer
    assert f'<option value="{cast.officer.pk}" selected>' in answer
    assert not Matter.objects.exists()


def test_a_further_matter_of_the_letter_has_its_own_unit(cast, street, fresh, login):
    url = reverse("matters:another", args=[fresh.pk])
    login(cast.registrar).post(url, sent(title="宿舍没有热水", claim="", about=street.housing.pk))
    new = Matter.objects.exclude(pk=fresh.pk).get()
    assert new.concerned_units.get().unit == street.housing
    assert not fresh.concerned_units.exists()
