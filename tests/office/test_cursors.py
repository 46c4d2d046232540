"""What an address carries of a place in a list says nothing, and nothing else is taken for one."""

import pytest

from office import keyset
from office.audit import search
from office.cursors import cursor, number, place
from office.history import acting
from office.models import Change, Unit

AUDIT = "/admin/audit/"


def test_a_cursor_leads_back_to_its_place():
    assert place("matters.due_on", cursor("matters.due_on", "2026-11-23 17")) == "2026-11-23 17"
    assert number("office.change", cursor("office.change", "-40123")) == -40123


def test_neighbours_look_nothing_alike_and_all_are_of_one_length():
    made = [cursor("office.change", str(n)) for n in (7, 8, 9, 10**15)]
    assert len({one[:6] for one in made}) == len(made)
    assert len({len(one) for one in made}) == 1
    assert made[0] == cursor("office.change", "7")


@pytest.mark.parametrize("text", ["", "17", "2026-11-23.17", "x" * 64, "密件", "=" * 64, "A" * 500])
def test_what_is_no_cursor_is_no_place(text):
    assert place("office.change", text) == ""
    assert number("office.change", text) is None


def test_a_cursor_that_was_altered_or_is_of_another_list_is_none():
    made = cursor("office.change", "17")
    altered = ("B" if made[0] == "A" else "A") + made[1:]
    assert number("office.change", altered) is None
    assert number("office.look", made) is None


def test_with_another_secret_nothing_opens(settings):
    made = cursor("office.change", "17")
    settings.SECRET_KEY = "another one, of another installation"
    assert number("office.change", made) is None


def test_a_place_too_long_is_a_fault_of_the_program():
    with pytest.raises(ValueError, match="33 bytes"):
        cursor("office.change", "x" * 33)


@pytest.fixture
def many(cast, street):
    """More changes than three pages hold."""
    with acting(cast.sysadmin, "改名"):
        for n in range(3 * keyset.PER_PAGE):
            unit = Unit.objects.get(pk=street.social.pk)
            unit.name = f"第{n}办"
            unit.save()


def test_an_auditor_walks_through_all_pages_and_back_and_misses_nothing(many, cast):
    found, here, pages = search(), {}, []
    while True:
        page = keyset.page(found, here)
        pages.append(page.ids)
        if not page.before:
            break
        here = {"before": page.before}
    assert [pk for ids in pages for pk in ids] == list(
        Change.objects.order_by("-pk").values_list("pk", flat=True)
    )
    back = keyset.page(found, {"after": page.after})
    assert back.ids == pages[-2]


def test_an_address_with_a_plain_id_shows_the_newest_page(many, cast, login):
    client = login(cast.auditor)
    newest = client.get(AUDIT).context["table"].data
    middle = Change.objects.order_by("pk")[40].pk
    for query in (f"?before={middle}", f"?after={middle}", "?before=x", "?after=" + "A" * 64):
        shown = client.get(AUDIT + query).context["table"].data
        assert [row.pk for row in shown] == [row.pk for row in newest], query


def test_no_address_of_the_page_carries_an_id(many, cast, login):
    page = login(cast.auditor).get(AUDIT)
    older = page.context["older"]
    assert older.startswith("?before=")
    assert not older.removeprefix("?before=").isdigit()
