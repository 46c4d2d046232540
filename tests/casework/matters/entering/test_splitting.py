"""A letter with three claims becomes three matters with one receipt (practice §8, scene 2)."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from casework.matters.entering.splitting import Part, sentences, split
from casework.matters.models import Matter
from casework.matters.opening import TEXTS, open_for
from office.clock import today
from office.history import acting
from tests.casework.matters.counter import arrive, sent, text
from tests.casework.matters.entering import making
from tests.casework.matters.trials import everything

LETTER = "湖边餐吧凌晨两点还在放音乐。停车场扫码收费，村民进出也要扫。去年占地的补偿没有到账！"
TITLES = ("湖边餐吧凌晨扰民、停车收费、补偿未到账",)


@pytest.fixture
def letter(cast, rules):
    return arrive(cast.registrar, channel="letter", claims=[(TITLES[0], LETTER)])[1][0]


def url(matter):
    return reverse("matters:split", args=[matter.pk])


def chosen(form, **change):
    fields = {"title": "湖边餐吧凌晨扰民", "count": "2", "s0": "0", "s1": "1", "s2": "2"}
    fields |= {"title1": "停车场村民进出也扫码", "title2": "占地补偿没有到账"}
    return sent(**fields | {"shown": form["shown"].value()} | change)


def page_of(client, matter, who):
    """The page with the sentences, opened with a purpose as everybody opens a text."""
    with acting(who):
        open_for(who, matter, TEXTS, "拆分来信")
    response = client.get(url(matter))
    assert response.status_code == 200
    return response


def test_a_letter_falls_into_its_sentences_without_losing_a_word():
    found = sentences(LETTER + "\n请回信")
    assert found == [
        "湖边餐吧凌晨两点还在放音乐。",
        "停车场扫码收费，村民进出也要扫。",
        "去年占地的补偿没有到账！",
        "请回信",
    ]


def test_three_claims_become_three_matters_with_own_clocks_and_one_receipt(
    cast, street, letter, login
):
    client = login(cast.officehead)
    page = page_of(client, letter, cast.officehead)
    assert "湖边餐吧凌晨两点还在放音乐。" in text(page)

    response = client.post(url(letter), chosen(page.context["form"], about2=street.housing.pk))

    item = letter.links.get().item
    assert response.url == reverse("matters:receipt", args=[item.pk])
    rows = list(Matter.objects.filter(links__item=item).order_by("pk"))
    assert [row.title for row in rows] == [
        "湖边餐吧凌晨扰民", "停车场村民进出也扫码", "占地补偿没有到账",
    ]  # fmt: skip
    assert rows[0].unlocked("claim") == LETTER
    assert rows[1].unlocked("claim") == "停车场扫码收费，村民进出也要扫。"
    assert rows[2].unlocked("claim") == "去年占地的补偿没有到账！"
    assert {row.received_on for row in rows} == {today() - timedelta(days=3)}
    assert all(row.clocks.filter(kind="notice", status="running").count() == 1 for row in rows)
    assert all(row.petitioners.count() == 1 for row in rows)
    assert [row.concerned_units.count() for row in rows] == [0, 0, 1]
    assert letter.moves.latest("pk").summary == f"另立 {rows[1].number}、{rows[2].number}"
    receipt = text(client.get(response.url))
    assert all(row.number in receipt for row in rows)


def test_the_text_is_shown_to_nobody_who_has_not_said_why(cast, letter, login):
    page = text(login(cast.officehead).get(url(letter)))
    assert "凌晨两点" not in page
    assert "打开诉求，选择句子" in page


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"s1": "0", "s2": "0"}, "请选出归这一件的句子"),
        ({"title1": ""}, "请写明这一件是什么事"),
        ({"title1": "", "title2": "", "s1": "0", "s2": "0"}, "请至少拆出一件"),
        ({"title1": "韦小梅的停车费"}, "标题人人可见"),
        ({"title": "韦小梅的事"}, "标题人人可见"),
        ({"shown": "0" * 32}, "诉求刚才被同事改过"),
    ],
)
def test_a_split_that_leaves_something_open_is_refused_and_nothing_is_lost(
    change, sentence, cast, letter, login
):
    client = login(cast.officehead)
    page = page_of(client, letter, cast.officehead)
    before = everything()
    response = client.post(url(letter), chosen(page.context["form"], **change))
    assert response.status_code == 422
    assert sentence in text(response)
    assert "占地补偿没有到账" in text(response) or "title2" in change
    assert everything() == before


def test_one_more_part_keeps_what_was_typed(cast, letter, login):
    client = login(cast.officehead)
    page = page_of(client, letter, cast.officehead)
    again = client.post(url(letter), chosen(page.context["form"], go="another"))
    assert "占地补偿没有到账" in text(again)
    assert "第 4 件" in text(again)
    assert again.context["form"]["s2"].value() == "2"


def test_an_accepted_matter_is_split_as_well_and_a_closed_one_is_not(cast, letter):
    with acting(cast.registrar):
        [new] = split(letter, [Part("停车收费", "停车场扫码。")], by=cast.registrar)
    assert (new.state, letter.links.get().item) == ("registered", new.links.get().item)
    making.moved(letter, "tell", cast.officehead, body="区里")
    with pytest.raises(ValidationError, match="不能再拆分"), acting(cast.registrar):
        split(letter, [Part("补偿", "没有到账。")], by=cast.registrar)


def test_only_who_took_it_in_and_the_head_split_it(cast, letter, login):
    for who in (cast.registrar2, cast.leader, cast.auditor):
        assert login(who).get(url(letter)).status_code in (302, 403)
        with pytest.raises(PermissionDenied), acting(who):
            split(letter, [Part("停车收费", "停车场扫码。")], by=who)
    assert Matter.objects.count() == 1
