"""Class B comes in: unopened at the counter, or with what it says; who is named gets nothing of it."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.intake import Person
from casework.matters.models import Custody, Item, Matter, SealedLetter
from casework.matters.sealed.envelope import Envelope, where_to
from casework.matters.sealed.keeping import name_custodian
from office.clock import today
from office.history import acting
from office.models import Look
from office.posts import appoint
from tests.casework.matters.counter import LIST, arrive, record, sent, text

UNOPENED, ENTRY = reverse("matters:sealed"), reverse("matters:sealed_entry")
FRESH = {"channel": "letter", "received_on": str(today()), "carrier": "envelope", "pieces": "1"}
TOLD = {**FRESH, "channel": "visit", "carrier": "talk", "claim": "修路款记了两遍。"}


def seers(matter, cast):
    return {
        who for who, user in vars(cast).items()
        if Matter.objects.visible_to(user).filter(pk=matter.pk).exists()
    }  # fmt: skip


def test_a_registrar_notes_the_envelope_and_nothing_of_the_letter(cast, rules, login):
    answer = login(cast.registrar).post(UNOPENED, sent(**FRESH, claim="某村干部"))

    matter = Matter.objects.get()
    assert answer.url == reverse("matters:receipt", args=[matter.links.get().item_id])
    assert (matter.number[:2], matter.unlocked("claim"), matter.letter.opened) == ("MJ", "", False)
    assert str(matter.letter) == "信封 1 份"
    assert seers(matter, cast) == {"registrar", "custodian", "custodian2"}


def test_the_form_at_the_counter_has_no_field_for_any_content(cast, rules, login):
    page = text(login(cast.registrar).get(UNOPENED))

    for name in ("claim", "name", "phone", "place", "files", "title"):
        assert f'name="{name}"' not in page


def test_the_paper_that_goes_along_tells_number_and_outside_alone(cast, rules, login):
    login(cast.registrar).post(UNOPENED, sent(**FRESH, about_leader="on"))
    matter = Matter.objects.get()

    paper = text(login(cast.registrar).get(reverse("matters:sealed_note", args=[matter.pk])))
    for told in (matter.number, "不开封转交单", "来信", "信封", "登小记", "保管人：", "送件人："):
        assert told in paper
    receipt = text(
        login(cast.registrar).get(reverse("matters:receipt", args=[Item.objects.get().pk]))
    )
    assert "没有拆封" in receipt
    other = login(cast.officehead).get(reverse("matters:sealed_note", args=[matter.pk]))
    assert other.status_code == 404


def test_a_call_is_typed_in_and_opened_by_a_look_alone(cast, rules, login):
    client = login(cast.registrar)
    client.post(ENTRY, sent(**TOLD, name="柏舟", phone="13800138000", place="望塘村"))

    matter = Matter.objects.get()
    assert (matter.unlocked("claim"), matter.title) == ("修路款记了两遍。", "密件（不开封转交）")
    person = matter.petitioners.get()
    assert (person.unlocked("name"), person.name_hash, person.phone_hash) == ("柏舟", "", "")
    assert (matter.category, matter.community, matter.letter.opened) == (None, None, True)
    page = text(client.get(record(matter)))
    assert "修路款" not in page
    assert "柏舟" not in page
    answer = client.post(
        reverse("matters:open", args=[matter.pk]), sent(what="诉求与经过", purpose="核对记录")
    )
    assert "修路款记了两遍" in text(client.get(answer.url))
    look = Look.objects.get(what="诉求与经过")
    assert (look.person, look.sealed, look.purpose) == (cast.registrar, True, "核对记录")
    assert "修路款" not in text(login(cast.custodian).get(record(matter)))


def test_nothing_of_it_is_counted_by_subject_or_place_even_when_a_door_gives_it(
    cast, street, rules
):
    [matter] = arrive(
        cast.registrar, klass="B", community=street.community, grid=street.grid, people_count=7,
        envelope=Envelope(opened=True), claims=[("某村干部", "修路款记了两遍。")],
    )[1]  # fmt: skip

    assert (matter.community, matter.grid, matter.category, matter.people_count) == (
        None,
        None,
        None,
        1,
    )
    assert matter.title == "密件（不开封转交）"


def test_files_come_along_and_a_refused_one_registers_nothing(cast, rules, login):
    client = login(cast.registrar)
    good = SimpleUploadedFile("收条.txt", "收条一张".encode())
    bad = SimpleUploadedFile("坏.exe", b"MZ\x00\x01\x02")
    page = client.post(ENTRY, sent(**TOLD, files=[good, bad]))
    assert page.status_code == 422
    assert "第 2 个文件不能存" in text(page)
    assert "修路款记了两遍。" in text(page)
    assert not Matter.objects.exists()

    good.seek(0)
    client.post(ENTRY, sent(**TOLD, files=[good]))
    file = Matter.objects.get().files.get()
    door = reverse("matters:file", args=[file.matter_id, file.pk])
    assert "收条" not in text(client.get(door))
    assert login(cast.officehead).get(door).status_code == 404


def test_whoever_is_named_on_the_envelope_is_kept_away_at_once(cast, rules, login):
    login(cast.registrar).post(UNOPENED, sent(**FRESH, named=[str(cast.custodian.pk)]))

    matter = Matter.objects.get()
    assert seers(matter, cast) == {"registrar", "custodian2"}
    assert not Custody.objects.filter(matter=matter, user=cast.custodian).exists()
    assert matter.recusals.get().user == cast.custodian
    assert login(cast.custodian).get(record(matter)).status_code == 404
    assert matter.number not in text(login(cast.custodian).get(reverse(LIST)))


def test_a_named_leader_means_the_district_even_when_nobody_ticked_it(cast, rules, login):
    login(cast.registrar).post(UNOPENED, sent(**FRESH, named=[str(cast.leader.pk)]))

    assert SealedLetter.objects.get().about_leader


def test_nobody_takes_in_what_is_said_of_themselves(cast, rules, login):
    page = login(cast.registrar).post(UNOPENED, sent(**FRESH, named=[str(cast.registrar.pk)]))
    assert page.status_code == 422
    assert not Matter.objects.exists()

    with pytest.raises(ValidationError) as refused:
        arrive(cast.registrar, klass="B", envelope=Envelope(named=[cast.registrar]))
    assert "不能由您登记" in "".join(refused.value.messages)
    assert not Matter.objects.exists()


def test_when_no_custodian_is_left_the_page_says_to_whom_it_goes(cast, rules, login):
    both = [str(cast.custodian.pk), str(cast.custodian2.pk)]
    answer = login(cast.registrar).post(UNOPENED, sent(**FRESH, named=both))
    page = text(login(cast.registrar).get(answer.url))
    matter = Matter.objects.get()

    assert "报街道领导另行指定" in where_to(matter)
    assert seers(matter, cast) == {"registrar"}
    assert matter.number in page

    [leaders] = arrive(
        cast.registrar, klass="B",
        envelope=Envelope(about_leader=True, named=[cast.custodian, cast.custodian2]),
    )[1]  # fmt: skip
    assert "不要交给街道的任何人" in where_to(leaders)
    assert "区级纪检监察机关" in where_to(leaders)


def test_what_had_no_custodian_goes_to_the_one_a_leader_names(cast, rules):
    [matter] = arrive(
        cast.registrar, klass="B", envelope=Envelope(named=[cast.custodian, cast.custodian2])
    )[1]
    with acting(cast.secadmin):
        appoint(cast.head, cast.head.posts.get().unit, "custodian", since=today())
    with acting(cast.leader):
        name_custodian(cast.head, by=cast.leader, reason="两位保管人回避")

    assert seers(matter, cast) == {"registrar", "head"}


@pytest.mark.parametrize("who", ["officer", "leader", "auditor", "editor", "sysadmin"])
def test_only_who_may_enter_sealed_letters_meets_the_forms(who, cast, rules, login):
    client = login(getattr(cast, who))
    for url in (UNOPENED, ENTRY):
        assert client.get(url).status_code == 302
        assert client.post(url, sent(**TOLD)).status_code == 302
    assert not Matter.objects.exists()


def test_a_custodian_takes_one_in_and_gets_the_receipt(cast, rules, login):
    client = login(cast.custodian)
    answer = client.post(ENTRY, sent(**TOLD))

    page = text(client.get(answer.url))
    assert "您反映的内容加密保存" in page
    assert UNOPENED in page  # the next one
    assert seers(Matter.objects.get(), cast) == {"custodian", "custodian2"}


def test_one_click_twice_registers_once(cast, rules, login):
    client, form = login(cast.registrar), sent(**FRESH)
    client.post(UNOPENED, form)
    client.post(UNOPENED, form)

    assert Matter.objects.count() == 1


def test_what_is_wrong_is_said_and_what_was_typed_stays(cast, rules, login):
    page = login(cast.registrar).post(
        ENTRY, sent(**{**TOLD, "pieces": "0", "claim": ""}, contact_note="不要寄信")
    )

    assert page.status_code == 422
    assert "份数至少为 1" in text(page)
    assert "请写下反映的内容" in text(page)
    assert "不要寄信" in text(page)


def test_the_ordinary_pages_lead_here_for_class_b(cast, rules, login):
    for url in (reverse("wagtailsnippets_matters_matter:add"), reverse("matters:paste")):
        page = text(login(cast.registrar).get(url))
        assert UNOPENED in page
        assert ENTRY in page


def test_people_of_a_sealed_matter_are_found_by_no_hash(cast, rules):
    [matter] = arrive(
        cast.registrar, klass="B", envelope=Envelope(opened=True), people=[Person(name="柏舟")]
    )[1]

    row = matter.petitioners.get()
    assert (row.name_hash, row.phone_hash, row.id_hash) == ("", "", "")
