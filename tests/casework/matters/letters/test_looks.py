"""Looks behind letters and forms: what for, at what, in which post; and what leaves as a file."""

from django.urls import reverse

from casework.matters.letters import reading
from casework.matters.opening import PEOPLE, TEXTS, open_for
from casework.matters.profiles import make_national_profile
from office.clock import now, today
from office.history import acting
from office.look_rules import Day, Measures, Seen, find_many
from office.models import Look
from tests.casework.matters.counter import arrive, text
from tests.casework.matters.letters import making


def form(matter, kind="f_talk"):
    return reverse("matters:form_paper", args=[matter.pk, kind])


def looks(person):
    return list(Look.objects.filter(person=person).order_by("pk"))


def page(letter, name):
    return reverse(f"matters:{name}", args=[letter.matter_id, letter.document_id])


def test_a_form_of_a_matter_that_is_no_task_of_ones_own_asks_what_for_first(cast, handled, login):
    client, before = login(cast.officehead), looks(cast.officehead)
    told = text(client.get(form(handled), follow=True))
    assert "请先在事项页写明目的" in told
    assert "韦小梅" not in told
    assert looks(cast.officehead) == before
    with acting(cast.officehead):
        for what in (PEOPLE, TEXTS):
            open_for(cast.officehead, handled, what, "当事人来补签笔录")
    assert "韦小梅" in text(client.get(form(handled)))


def test_a_form_opens_only_what_it_prints(cast, handled, login):
    assert reading.opened_by_form("f_rights") == [PEOPLE]
    login(cast.officer).get(form(handled, "f_rights"))
    assert [look.what for look in looks(cast.officer)] == [PEOPLE]


def test_whoever_took_a_matter_in_has_its_forms_until_it_is_accepted(cast, bodies, street, login):
    make_national_profile()
    matter = arrive(cast.registrar)[1][0]
    url = reverse("matters:forms", args=[matter.pk])
    assert login(cast.registrar).get(url).status_code == 200
    assert login(cast.registrar2).get(url).status_code in (302, 403)


def test_each_fetching_of_a_file_is_a_look_of_its_own(cast, signed, login):
    letter = making.issued(making.drafted(signed, "opinion", cast.officer), cast.officer)
    client = login(cast.officer)
    for url in (page(letter, "letter_docx"), page(letter, "letter_print") + "?as=pdf"):
        for _ in range(2):
            before = looks(cast.officer)
            client.get(url)
            [new] = looks(cast.officer)[len(before) :]
            assert new.act == Look.Act.DOWNLOAD


def test_a_leader_who_reads_before_signing_looks_as_a_leader(cast, handled, login):
    draft = making.drafted(handled, "acceptance", cast.officehead)
    login(cast.leader).get(page(draft, "letter_sign"))
    rows = looks(cast.leader)
    assert rows
    assert {look.post.role for look in rows} == {"leader"}


def test_many_prints_in_an_hour_are_as_many_openings():
    seen = [
        Seen(n, now(), 1, "matters.matter", n, "", Look.Act.PRINT, outside=False)
        for n in range(1, 6)
    ]
    measures = Measures(
        many=5, after=0, opens=8, closes=18, outside=0, people=0, people_days=1, checks=0
    )
    assert len(find_many(seen, Day(today(), working=True), measures)) == 1
