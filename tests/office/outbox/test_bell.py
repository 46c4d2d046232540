"""The bell: everybody's own, counted on every page, read with a click and without JavaScript."""

import json
import uuid
from datetime import timedelta

import pytest

from office import registries
from office.models import Delivery
from office.outbox.posting import Happening
from tests.office.outbox.telling import NOON, due, only, rows, stand_in, tell

ADDRESS = "/admin/notices/"


def page(client, address=ADDRESS):
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def post(client, **fields):
    return client.post(ADDRESS, {"form_token": str(uuid.uuid4()), **fields})


def unread(person):
    return Delivery.objects.filter(person=person, channel="bell", read_at=None).count()


@pytest.fixture
def things(monkeypatch):
    """Records that are open to whoever is in the set."""
    open_to = set()

    def links(person, ids):
        return {pk: f"/admin/things/{pk}/" for pk in ids if person.pk in open_to}

    monkeypatch.setitem(registries.record_links, "things.thing", links)
    return open_to


def test_the_count_stands_in_the_header_of_every_page_and_in_the_menu(cast, street, login):
    client = login(cast.officer)
    assert "条未读" not in page(client)
    tell(*(due(street, cast.officer, key=str(n)) for n in range(3)))
    for address in ("/admin/", "/admin/help/", ADDRESS):
        assert "<b>3</b>" in page(client, address)
    assert json.dumps("通知（3）")[1:-1] in page(client, "/admin/")
    assert "未读通知 3 条" in page(client, "/admin/")


def test_more_than_ninety_nine_are_not_counted(cast, street, login):
    tell(*(due(street, cast.officer, key=str(n)) for n in range(101)))
    assert "<b>99+</b>" in page(login(cast.officer))


def test_everybody_reads_their_own_and_nobody_elses(cast, street, login):
    tell(due(street, cast.officer))
    row = only(cast.officer, "bell")
    assert "XF2026-000318 还有 3 天到期" in page(login(cast.officer))
    for other in (cast.head, cast.sysadmin, cast.auditor):
        client = login(other)
        assert "XF2026" not in page(client)
        assert post(client, read=row.pk).url == ADDRESS
        assert post(client, open=row.pk).url == ADDRESS
        post(client, upto=row.pk)
    assert unread(cast.officer) == 1


def test_who_stands_in_sees_for_whom(cast, street, login):
    stand_in(cast.officer, cast.other_officer)
    tell(due(street, cast.officer))
    assert "代承小办收" in page(login(cast.other_officer))


def test_opening_one_marks_it_as_read_and_leads_to_the_record(cast, street, login, things):
    things.add(cast.officer.pk)
    tell(due(street, cast.officer, record=("things.thing", 7)))
    client = login(cast.officer)
    answer = post(client, open=only(cast.officer, "bell").pk)
    assert answer.url == "/admin/things/7/"
    assert unread(cast.officer) == 0
    assert "未读" not in page(client).replace("条未读", "")


def test_what_somebody_may_no_longer_open_is_gone_from_list_and_count(cast, street, login, things):
    things.add(cast.officer.pk)
    tell(due(street, cast.officer, record=("things.thing", 7)))
    client = login(cast.officer)
    assert "XF2026-000318" in page(client)
    things.clear()
    shown = page(client)
    assert "XF2026-000318" not in shown
    assert "条未读" not in shown
    assert post(client, open=only(cast.officer, "bell").pk).url == ADDRESS
    assert unread(cast.officer) == 1


def test_all_are_marked_as_read_but_those_that_came_meanwhile(cast, street, login):
    tell(due(street, cast.officer), due(street, cast.officer, key="2"))
    client = login(cast.officer)
    newest = rows(cast.officer, "bell")[-1].pk
    assert f'value="{newest}">全部标为已读' in page(client)
    tell(due(street, cast.officer, key="3"))
    post(client, upto=newest)
    assert unread(cast.officer) == 1
    assert "全部标为已读" in page(client)


def test_a_long_list_is_turned_page_by_page_and_nothing_is_left_out(cast, street, login):
    tell(*(due(street, cast.officer, key=str(n)) for n in range(120)))
    client, seen, address = login(cast.officer), 0, ADDRESS
    for _ in range(3):
        shown = page(client, address)
        seen += shown.count("<li>\n    <div>")
        _, _, rest = shown.partition('<a href="?before=')
        address = f"{ADDRESS}?before={rest.partition(chr(34))[0]}"
    assert seen == 120
    assert "更早的" not in shown
    assert page(client, f"{ADDRESS}?before=rubbish")


@pytest.mark.parametrize("value", ["", "0", "-1", "x", "9" * 30, "٣"])
def test_rubbish_marks_nothing(cast, street, login, value):
    tell(due(street, cast.officer))
    client = login(cast.officer)
    for name in ("open", "read", "upto"):
        assert post(client, **{name: value}).status_code == 302
    assert unread(cast.officer) == 1


def test_an_empty_bell_says_so(cast, login):
    assert "还没有通知" in page(login(cast.grid))


def test_the_bell_of_a_full_year_costs_no_more_than_an_empty_one(
    cast, street, login, django_assert_max_num_queries
):
    client = login(cast.officer)
    page(client)
    tell(
        *(
            Happening("alarm", f"{day}", [cast.officer], {"编号": "XF2026-000318"})
            for day in range(300)
        ),
        at=NOON - timedelta(days=1),
    )
    with django_assert_max_num_queries(40):
        page(client)
