"""Words, sounds and numbers in the list of matters; whose rows they find, and in which order."""

from datetime import timedelta

import pytest
from django.urls import reverse

from casework.matters.models import Category, Matter, Recusal
from casework.matters.searching import follow_names
from office.clock import now, today
from office.history import acting
from office.models import SearchEntry
from office.search import index_changes
from tests.casework.matters.counter import LIST, accepted, arrive, assigned, text
from tests.casework.matters.test_list import numbers

URL = reverse(LIST)


def ask(client, q: str, **more):
    return client.get(URL, {"tab": "all", "q": q, **more})


@pytest.fixture
def late_houses(cast, street, rules):
    """A matter about late houses in 青檀社区, led by 社会事务办."""
    with acting(None):
        category = Category(code="JS", name="城乡建设")
        category.save()
    matter = arrive(
        cast.registrar,
        claims=[("澜庭苑412户延期交房八个月", "要求给说法。")],
        community=street.community,
        category=category,
    )[1][0]
    matter = assigned(accepted(matter, cast.officehead), cast.officehead, street.social)
    index_changes()
    return matter


@pytest.mark.parametrize(
    "words",
    [
        "延期交房",
        "yqjf",
        "yanqijiaofang",
        "412户",
        "青檀社区",
        "社会事务办",
        "城乡建设",
        "qtsq",
        "延期 青檀",
    ],
)
def test_a_matter_is_found_by_words_sounds_places_and_units(words, cast, late_houses, login):
    assert numbers(ask(login(cast.officehead), words)) == [late_houses.number]


@pytest.mark.parametrize("words", ["交房延期", "yqfj", "说法", "韦小梅", "柳湾"])
def test_what_is_not_there_is_not_found(words, cast, late_houses, login):
    assert numbers(ask(login(cast.officehead), words)) == []


def test_hits_are_marked_in_the_title(cast, late_houses, login):
    page = text(ask(login(cast.officehead), "延期交房 412"))

    assert "澜庭苑<mark>412</mark>户<mark>延期交房</mark>八个月" in page


def test_a_title_cannot_smuggle_markup_into_the_list(cast, rules, login):
    arrive(cast.registrar, claims=[("<b>路灯</b>不亮", "")])
    index_changes()

    page = text(ask(login(cast.registrar), "路灯"))

    assert "&lt;b&gt;<mark>路灯</mark>&lt;/b&gt;" in page


def test_title_hits_come_first_then_the_newest(cast, street, rules, login):
    def one(title: str, days: int) -> str:
        day = today() - timedelta(days=days)
        found = arrive(
            cast.registrar, claims=[(title, "")], community=street.community, received_on=day
        )
        return found[1][0].number

    by_place = one("路灯不亮", 1)
    old = one("青檀社区停水", 9)
    new = one("青檀社区停电", 5)
    index_changes()
    client = login(cast.officehead)

    assert numbers(ask(client, "青檀社区")) == [new, old, by_place]
    assert "最相关的在前" in text(ask(client, "青檀社区"))
    assert numbers(ask(client, "青檀社区", sort="-received")) == [by_place, new, old]
    assert "最相关的在前</a>" in text(ask(client, "青檀社区", sort="-received"))


def test_a_sender_s_number_comes_first_and_needs_no_index(cast, rules, login):
    exact = arrive(cast.registrar, source_number="YH20261120", source="12345热线")[1][0]
    client = login(cast.registrar)

    assert numbers(ask(client, "yh20261120")) == [exact.number]
    assert numbers(client.get(URL, {"tab": "overdue", "q": "YH20261120"})) == [exact.number]
    longer = arrive(cast.registrar, source_number="YH202611209", source="12345热线")[1][0]
    index_changes()
    assert numbers(ask(client, "YH20261120")) == [exact.number, longer.number]
    assert numbers(ask(client, "1120")) == [longer.number, exact.number]


def test_a_sender_s_number_of_a_sealed_or_foreign_matter_is_not_there(cast, street, rules, login):
    arrive(
        cast.registrar, klass="B", channel="letter", claims=[], people=[], source_number="MI-2026-7"
    )
    foreign = arrive(cast.registrar, source_number="MI-2026-8")[1][0]
    assigned(accepted(foreign, cast.officehead), cast.officehead, street.housing)
    index_changes()

    for who in (cast.officehead, cast.custodian, cast.leader, cast.officer):
        assert numbers(ask(login(who), "MI-2026-7")) == []
    assert numbers(ask(login(cast.officer), "MI-2026-8")) == []
    assert numbers(ask(login(cast.officehead), "MI-2026-8")) == [foreign.number]


def test_best_hits_are_leafed_through_once(cast, rules, login):
    matters = arrive(cast.registrar, claims=[(f"楼道停车{n}", "") for n in range(120)])[1]
    index_changes()
    client = login(cast.registrar)
    url, pages = URL + "?tab=all&q=楼道停车", []

    while url:
        response = client.get(url)
        pages.append(numbers(response))
        url = (way := response.context["paging"].get("later")) and URL + way

    assert [len(page) for page in pages] == [50, 50, 20]
    assert sum(pages, []) == [matter.number for matter in reversed(matters)]
    back = client.get(URL + "?tab=all&q=楼道停车&from=50").context["paging"]
    assert "from" not in back["earlier"]


def test_words_in_vain_are_led_to_where_they_are_found(cast, late_houses, login):
    client = login(cast.officehead)

    page = text(client.get(URL, {"tab": "overdue", "q": "延期交房", "channel": "letter"}))

    assert "不限范围和条件，找到 1 件" in page
    assert "tab=all" in page
    assert "看这 1 件" in page


def test_no_suggestion_tells_of_hidden_or_sealed_matters(cast, street, late_houses, login):
    with acting(cast.officehead):
        Recusal(matter=late_houses, user=cast.officer, since=today()).save()

    for who in (cast.officer, cast.other_officer, cast.custodian):
        page = text(login(who).get(URL, {"tab": "week", "q": "延期交房"}))
        assert "找到" not in page
        assert "412" not in page


def test_a_matter_sealed_later_leaves_the_index_and_is_hidden_before_that(cast, late_houses, login):
    with acting(None, "发现是检举控告"):
        row = Matter.objects.get(pk=late_houses.pk)
        row.klass, row.sealed, row.state = "B", True, "sealed"
        row.save()

    assert numbers(ask(login(cast.officehead), "延期交房")) == []
    assert SearchEntry.objects.filter(title__contains="延期交房").exists()
    index_changes()
    assert not SearchEntry.objects.filter(title__contains="延期交房").exists()


def test_a_renamed_unit_finds_its_old_matters_under_the_new_name(cast, street, late_houses, login):
    client = login(cast.officehead)
    with acting(cast.sysadmin, "机构改革"):
        street.social.name = "民生保障办"
        street.social.save()
        category = Category.objects.get()
        category.name = "住房建设"
        category.save()

    assert follow_names(now()) == 0  # a minute for changes that are being committed
    assert follow_names(now() + timedelta(minutes=2)) > 0

    for new in ("民生保障办", "住房建设"):
        assert numbers(ask(client, new)) == [late_houses.number]
    for old in ("社会事务办", "城乡建设"):
        assert numbers(ask(client, old)) == []
    assert follow_names(now() + timedelta(minutes=2)) == 0


def test_the_plain_index_holds_nothing_a_petitioner_said(cast, late_houses):
    entry = SearchEntry.objects.get(title__contains="延期交房")
    every = [str(value) for row in SearchEntry.objects.values() for value in row.values()]

    assert "说法" not in f"{entry.title}{entry.names}{entry.body}"
    assert not any("说法" in value or "小梅" in value for value in every)
