"""The keys of what is sealed say nothing: no gap in the visible count, nothing to guess."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.intake import Person
from casework.matters.models import Item, Matter, Petitioner
from casework.matters.sealed.envelope import Envelope
from casework.matters.sealed.keys import new_id
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import arrive, record


def opened(by, **more):
    """A class B matter whose content is typed in."""
    return arrive(by, klass="B", envelope=Envelope(opened=True), **more)


def test_whoever_reads_the_open_matters_finds_no_gap_where_a_sealed_one_came_in(cast, rules):
    before = arrive(cast.registrar)
    arrive(cast.registrar, klass="B", claims=[], people=[])
    opened(cast.registrar2, people=[Person(name="柏舟")])
    after = arrive(cast.registrar)

    assert after[0].pk == before[0].pk + 1
    assert after[1][0].pk == before[1][0].pk + 1
    people = Petitioner.objects.filter(matter__sealed=False).order_by("pk")
    first, second = people.values_list("pk", flat=True)
    assert second == first + 1


def test_keys_of_what_is_sealed_are_random_negative_and_whole_in_a_browser(cast, rules):
    item, [matter] = opened(cast.registrar)
    with acting(cast.custodian):
        proof = attach(
            matter, SimpleUploadedFile("收件.txt", "收件章".encode()), by=cast.custodian, proof=True
        )
        request = ask(
            matter, "received", by=cast.custodian, reason="登记簿为准",
            new_date=matter.received_on.replace(day=1), evidence=proof,
        )  # fmt: skip

    keys = [item.pk, matter.pk, proof.pk, request.pk, matter.petitioners.get().pk]
    assert all(-(2**53) < key <= -(10**15) for key in keys)
    assert len(set(keys)) == len(keys)
    assert len({new_id() for _ in range(1000)}) == 1000


def test_every_address_of_a_matter_takes_a_negative_key(cast, rules, login):
    item, [matter] = opened(cast.registrar)

    assert login(cast.registrar).get(record(matter)).status_code == 200
    assert login(cast.registrar).get(reverse("matters:receipt", args=[item.pk])).status_code == 200
    for name in ("history", "edit"):
        url = reverse(f"wagtailsnippets_matters_matter:{name}", args=[matter.pk])
        assert login(cast.registrar).get(url).status_code in (200, 302)
        assert resolve(url).kwargs["pk"] == matter.pk
    assert login(cast.officehead).get(record(matter)).status_code == 404


def test_an_item_that_came_later_still_counts_on_from_the_last_open_one(cast, rules):
    arrive(cast.registrar, klass="B", claims=[], people=[])
    item, [matter] = arrive(cast.registrar)

    assert item.pk > 0
    assert matter.pk > 0
    assert Item.objects.filter(pk__lt=0).count() == Matter.objects.filter(pk__lt=0).count() == 1
    assert matter.received_on <= today()
