"""The list of matters: whose rows, in which order, how found, at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from casework.matters.conflicts.asking import say
from casework.matters.models import Category, SupportUnit
from office.clock import today
from office.history import acting
from office.search import index_changes
from tests.casework.matters.counter import LIST, accepted, arrive, assigned, text
from tests.english import english_left

URL = reverse(LIST)
RESULTS = reverse("wagtailsnippets_matters_matter:list_results")


def numbers(response) -> list[str]:
    return [matter.number for matter in response.context["page"].matters]


def test_an_officer_finds_what_the_unit_leads_or_supports_and_nothing_else(
    cast, street, rules, login
):
    _, [led, supported, foreign] = arrive(
        cast.registrar, claims=[("加班费未付", ""), ("院墙起争执", ""), ("电梯停运半月", "")]
    )
    assigned(accepted(led, cast.officehead), cast.officehead, street.social)
    assigned(accepted(supported, cast.officehead), cast.officehead, street.housing)
    assigned(accepted(foreign, cast.officehead), cast.officehead, street.housing)
    with acting(cast.officehead):
        SupportUnit(matter=supported, unit=street.social, since=today()).save()

    assert numbers(login(cast.officer).get(URL)) == [led.number, supported.number]


def test_a_row_shows_the_petitioner_masked_and_the_days_in_words(cast, handled, login):
    page = text(login(cast.officer).get(URL))

    assert "韦*" in page
    assert "韦小梅" not in page
    assert "加班费一直没有发" not in page
    assert "还有 60 天" in page
    assert "办理中" in page


def test_a_group_is_shown_with_its_size(cast, rules, login):
    arrive(cast.registrar, people_count=3)

    assert "韦* 等3人" in text(login(cast.registrar).get(URL))


def test_a_late_matter_says_so_in_words_and_leads_the_list(cast, rules, login):
    arrive(cast.registrar)
    late = arrive(cast.registrar, received_on=today() - timedelta(days=18))[1][0]
    due = arrive(cast.registrar, received_on=today() - timedelta(days=15))[1][0]

    response = login(cast.officehead).get(URL)

    assert numbers(response)[:2] == [late.number, due.number]
    assert "超期 3 天" in text(response)
    assert "今天到期" in text(response)
    assert numbers(login(cast.officehead).get(URL + "?tab=overdue")) == [late.number]
    assert due.number in numbers(login(cast.officehead).get(URL + "?tab=week"))


def test_a_registrar_sees_the_intake_queue_of_a_colleague(cast, rules, login):
    theirs = arrive(cast.registrar2)[1][0]

    assert numbers(login(cast.registrar).get(URL)) == [theirs.number]
    accepted(theirs, cast.officehead)
    assert numbers(login(cast.registrar).get(URL)) == []


@pytest.fixture
def sixty(cast, rules):
    """Sixty matters of one arrival; their due dates are equal but for the last five."""
    matters = arrive(cast.registrar, claims=[(f"第{n}件事", "") for n in range(55)])[1]
    older = arrive(
        cast.registrar,
        claims=[(f"旧事{n}", "") for n in range(5)],
        received_on=today() - timedelta(days=9),
    )[1]
    return [*older, *matters]


def walk(client, url: str, way: str) -> list[list[str]]:
    """The numbers of every page, following one link of the pager."""
    pages = []
    while url:
        response = client.get(url)
        pages.append(numbers(response))
        query = response.context["paging"].get(way)
        url = query and URL + query
    return pages


def test_an_office_head_leafs_through_every_matter_once_and_back(cast, sixty, login):
    client = login(cast.officehead)
    wanted = [matter.number for matter in sixty]

    there = walk(client, URL, "later")
    back = walk(client, URL + "?last=1", "earlier")

    assert [len(page) for page in there] == [50, 10]
    assert sum(there, []) == wanted
    assert sum(reversed(back), []) == wanted
    assert [len(page) for page in back] == [50, 10]
    assert "50 件以上" in text(client.get(URL))


@pytest.mark.parametrize("sort", ["due", "-due", "number", "-number", "received", "-received"])
def test_every_order_runs_the_same_way_over_all_pages(sort, cast, sixty, login):
    def key(matter):
        first = {"d": matter.due_on, "r": matter.received_on}.get(sort.lstrip("-")[0], matter.pk)
        return first, matter.pk

    wanted = sorted(sixty, key=key, reverse=sort.startswith("-"))
    pages = walk(login(cast.officehead), f"{URL}?sort={sort}", "later")

    assert sum(pages, []) == [matter.number for matter in wanted]


def queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


@pytest.mark.parametrize(
    ("query", "most"),
    [
        ("", 10),
        ("?tab=all", 10),
        ("?tab=all&sort=received", 10),
        # Up to four more find words, by the plan that suits their number; one more ranks.
        ("?tab=all&q=加班费", 15),
        ("?tab=all&q=加班费&sort=received", 14),
    ],
)
def test_an_officer_s_list_of_fifty_costs_no_more_queries_than_one_of_three(
    query, most, cast, street, rules, login
):
    def more(count):
        for matter in arrive(cast.registrar, claims=[("加班费未付", "")] * count)[1]:
            assigned(accepted(matter, cast.officehead), cast.officehead, street.social)
        index_changes()

    client = login(cast.officer)
    more(3)
    few = queries(client, URL + query)
    more(47)

    assert len(numbers(client.get(URL + query))) == 50
    many = queries(client, URL + query)
    assert max(few, many) <= most
    assert many == few or "q=" in query


def test_the_table_alone_answers_the_scripts_and_the_whole_page_works_without(cast, fresh, login):
    fragment = text(login(cast.registrar).get(RESULTS))

    assert fresh.number in fragment
    assert "<html" not in fragment
    assert '<form class="desk-filters" method="get"' in text(login(cast.registrar).get(URL))


def test_each_filter_narrows_and_is_taken_off_by_its_own_link(cast, street, rules, login):
    with acting(None):
        parent = Category(code="LD", name="劳动社保")
        parent.save()
        child = Category(code="LD01", name="工资报酬", parent=parent)
        child.save()
    wanted = arrive(
        cast.registrar,
        channel="letter",
        community=street.community,
        category=child,
        received_on=today() - timedelta(days=2),
        complete=False,
    )[1][0]
    arrive(cast.registrar, received_on=today() - timedelta(days=9))
    day = wanted.received_on
    queries = [
        "channel=letter",
        f"community={street.community.pk}",
        f"category={child.pk}",
        f"category={parent.pk}",
        f"since={day}",
        f"since={day}&until={day}",
        "incomplete=on",
    ]
    client = login(cast.registrar)

    assert [numbers(client.get(f"{URL}?{query}")) for query in queries] == [[wanted.number]] * 7
    chips = client.get(f"{URL}?channel=letter&incomplete=on").context["chips"]
    assert [chip[:2] for chip in chips] == [("信访形式", "来信"), ("待补全", "是")]
    assert "incomplete" not in chips[1][2]
    assert "channel=letter" in chips[1][2]


def test_an_office_head_filters_by_state_and_unit(cast, street, rules, login, handled):
    waiting = arrive(cast.registrar)[1][0]
    client = login(cast.officehead)

    assert numbers(client.get(f"{URL}?unit={street.social.pk}")) == [handled.number]
    assert numbers(client.get(f"{URL}?unit=none")) == [waiting.number]
    assert numbers(client.get(f"{URL}?state=registered")) == [waiting.number]


def test_a_typed_number_is_found_whatever_the_filters_say(cast, handled, login):
    client = login(cast.officehead)
    item = handled.links.get().item

    for typed in (handled.number, handled.number.lower(), item.number):
        assert numbers(client.get(URL, {"q": typed, "tab": "overdue"})) == [handled.number]


def test_a_number_of_another_unit_is_not_there(cast, handled, login):
    response = login(cast.other_officer).get(URL, {"q": handled.number})

    assert numbers(response) == []
    assert handled.title not in text(response)
    assert "没有符合条件的事项" in text(
        login(cast.other_officer).get(URL, {"q": "XF2026-9", "tab": "all"})
    )


def test_words_of_a_title_are_found_and_words_of_a_claim_are_not(cast, fresh, login):
    index_changes()
    client = login(cast.officehead)

    assert numbers(client.get(URL, {"q": "加班费"})) == [fresh.number]
    assert numbers(client.get(URL, {"q": "一直没有发"})) == []
    assert numbers(client.get(URL, {"q": "韦小梅"})) == []


def test_nonsense_in_the_address_is_left_out(cast, fresh, login):
    query = (
        "tab=x&state=zzz&unit=abc&since=gestern&after=nix&before=99999999999999999999&sort=title"
    )

    assert numbers(login(cast.officehead).get(f"{URL}?{query}")) == [fresh.number]


def test_a_sealed_letter_shows_its_keepers_number_state_and_days_alone(cast, sealed, login):
    page = text(login(cast.custodian).get(URL))

    assert sealed.number in page
    assert "密件待转交" in page
    assert sealed.title not in page
    row = page[page.index(sealed.number) :]
    assert sealed.get_channel_display() not in row[: row.index("</tr>")]
    for who in ("officehead", "leader", "auditor", "officer"):
        assert sealed.number not in text(login(getattr(cast, who)).get(URL + "?tab=all"))
        assert numbers(login(getattr(cast, who)).get(URL, {"q": sealed.number})) == []


def test_an_empty_list_says_why_and_what_to_do(cast, rules, login):
    client = login(cast.officehead)

    assert "该办的都办了" in text(client.get(URL))
    assert "请到“全部”里找" in text(client.get(URL + "?state=closed"))
    assert "登记来件" in text(login(cast.registrar).get(URL))


def test_who_has_no_business_with_matters_is_turned_away(cast, rules, login):
    for who in ("editor", "grid", "sysadmin", "secadmin", "auditadmin"):
        response = login(getattr(cast, who)).get(URL)
        assert (response.status_code, response.url) == (302, "/admin/")


def test_the_menu_offers_the_counter_to_those_who_register(cast, rules, login):
    shown = {
        who: text(login(getattr(cast, who)).get("/admin/")) for who in ("registrar", "officer")
    }

    add = reverse("wagtailsnippets_matters_matter:add")
    assert add in shown["registrar"]
    assert add not in shown["officer"]
    assert URL in shown["officer"]


def test_nothing_on_the_list_is_english(cast, handled, login):
    arrive(cast.registrar, complete=False)
    client = login(cast.officehead)

    for query in ("", "?tab=all&channel=visit&incomplete=on", "?tab=overdue"):
        assert english_left(text(client.get(URL + query))) == []


def test_whoever_looks_for_words_in_vain_is_told_what_words_cannot_find(cast, fresh, login):
    client = login(cast.registrar)
    why = "刚登记的稍等几秒；按姓名查不到，姓名是加密保存的。"

    for tab in ("open", "all"):
        assert why in text(client.get(f"{URL}?tab={tab}&q=韦小梅"))
    assert why not in text(client.get(f"{URL}?tab=all&channel=letter"))


def test_whoever_may_find_people_is_told_where_words_of_a_claim_are_found(cast, fresh, login):
    told = "诉求、地点里的字，到左边菜单的“查找”里找"
    for who, shown in (("registrar", True), ("auditor", False)):
        assert (told in text(login(getattr(cast, who)).get(f"{URL}?tab=all&q=三栋五零"))) is shown


def test_states_of_letters_are_offered_to_whoever_may_have_one(cast, street, fresh, login):
    assert "密件待转交" in text(login(cast.custodian).get(reverse(LIST)))
    assert "密件待转交" not in text(login(cast.officer).get(reverse(LIST)))
    assert login(cast.officer).get(reverse(LIST) + "?state=sealed").status_code == 200


def test_the_head_goes_from_the_first_page_to_the_recusals_that_wait(cast, fresh, rules, login):
    other = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        say(fresh, cast.registrar2, kind="asked", reason="和邻居是亲戚", by=cast.registrar)

    page = text(login(cast.officehead).get(reverse(LIST) + "?tab=open&recusal=on"))

    assert fresh.number in page
    assert other.number not in page
    assert "recusal=on" in text(login(cast.officehead).get("/admin/"))
