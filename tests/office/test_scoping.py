"""A record hidden from somebody answers at every address like one that was never there."""

import re
from collections.abc import Iterator

import pytest
from django.http import Http404
from django.urls import NoReverseMatch, URLPattern, get_resolver, reverse

from casework.matters.approvals import ask
from casework.matters.attaching import attach
from casework.matters.models import Custody, Matter, Recusal, SupportUnit
from casework.matters.moving import move
from casework.matters.profiles import make_national_profile
from office.clock import today
from office.grants import permission
from office.history import acting
from office.models import CalendarYear, Unit
from office.scoping import KeptPolicy, RowPolicy, require_visible
from tests.casework.matters.counter import arrive, sent
from tests.doors.samples import concerned, outcomes
from tests.doors.together import together
from tests.office.test_attachments import upload

ABSENT = 987_654
#: what may stand in an address of a record besides its own key, and where it comes from
PARTS = (
    "pk", "item", "file", "approval", "conflict", "concern", "clock", "document", "task",
    "support", "letter", "note", "dispute", "reminder", "supervision", "urgent", "notice", "danger", "name", "act", "object_id",
    "resolution", "cited", "follow_up", "paper", "kind",
)  # fmt: skip


def addresses(patterns=None, prefix="/") -> Iterator[tuple[str, list[str]]]:
    """Every address of ours with the names of its parts, in words of regular expressions."""
    for pattern in patterns or get_resolver().url_patterns:
        route = prefix + str(pattern.pattern).removeprefix("^").removesuffix("$")
        if isinstance(pattern, URLPattern):
            yield route, list(re.findall(r"<(?:\w+:)?(\w+)>", route))
        else:
            yield from addresses(pattern.url_patterns, route)


def of_matters() -> list[tuple[str, list[str]]]:
    """Addresses of the room of matters that name a record."""
    rooms = ("/admin/snippets/matters/matter/", "/admin/matters/")
    return [
        (route, parts)
        for route, parts in addresses()
        if route.startswith(rooms) and set(parts) & {"pk", "item"}
    ]


def filled(route: str, values: dict[str, str]) -> str:
    return re.sub(
        r"\(\?P<(\w+)>[^)]*\)|<(?:\w+:)?(\w+)>",
        lambda found: str(values[found[1] or found[2]]),
        route,
    ).replace(r"\Z", "")


@pytest.fixture
def busy(cast, street):
    """A matter with a file, a request and people and units it concerns, led by the social section."""
    make_national_profile()
    matter = arrive(cast.registrar)[1][0]
    with acting(cast.registrar):
        attach(matter, upload(b"abc"), by=cast.registrar)
    with acting(cast.officehead):
        ask(matter, "void", by=cast.officehead, reason="重复登记")
        matter = move(matter, "accept", by=cast.officehead, data={"klass": "C", "path": "C6"})
        matter = move(matter, "assign", by=cast.officehead, data={"lead_unit": street.social})
    concerned(cast, matter, street.village)
    outcomes(cast, matter)
    matter.together = together(cast, Matter.objects.get(pk=matter.pk), street.community)
    return matter


def values_of(matter, key=None) -> dict[str, str]:
    found = {
        "item": matter.links.get().item_id,
        "file": matter.files.get().pk,
        "approval": matter.approvals.get().pk,
        "conflict": matter.conflicts.get().pk,
        "concern": matter.concerned_units.get().pk,
        "clock": matter.clocks.get(kind="handle").pk,
        "document": matter.documents.get(kind="acceptance").pk,
        "resolution": matter.resolutions.get().pk,
        "cited": matter.talks.get().citations.get().cited_id,
        "follow_up": matter.follow_ups.get().pk,
        "paper": matter.paper_signatures.get().pk,
        **matter.together,
        "pk": matter.pk,
    }
    fixed = {"name": "answer", "act": "void", "kind": "f_talk"}
    return {name: key or value for name, value in found.items()} | fixed


def answer(client, method, address, values):
    """Status and text of an answer, without what tells one key or one page view from another."""
    response = getattr(client, method)(address, sent(note="x"))
    body = response.content.decode()
    for value in sorted({str(value) for value in values.values()}, key=len, reverse=True):
        body = body.replace(f"/{value}/", "/N/")
    return response.status_code, re.sub(r'(nonce|token|value)="[^"]*"', "", body)


def test_the_addresses_of_a_record_are_known(db):
    """A new one must be thought about: what it needs besides a key stands in PARTS."""
    found = of_matters()
    assert len(found) >= 16
    assert {part for _, parts in found for part in parts} <= set(PARTS)


def test_a_hidden_record_answers_like_one_that_never_was(cast, busy, login):
    client = login(cast.other_officer)  # has every right of an officer, in another section
    hidden, absent = values_of(busy), values_of(busy, ABSENT)
    for route, _ in of_matters():
        for method in ("get", "post"):
            here = answer(client, method, filled(route, hidden), hidden)
            assert here[0] in (404, 405), f"{method} {route}"
            assert here == answer(client, method, filled(route, absent), absent), route


def test_whoever_sees_no_matter_finds_none_at_any_address(cast, busy, login):
    for person in (cast.grid, cast.editor, cast.secadmin, cast.custodian, cast.reviewer):
        client = login(person)
        for route, _ in of_matters():
            here = answer(client, "get", filled(route, values_of(busy)), {})
            there = answer(client, "get", filled(route, values_of(busy, ABSENT)), {})
            assert here[0] == there[0], route
            assert here[0] in (302, 404, 405), route


def test_nobody_without_an_account_gets_further_than_the_login(busy, client):
    for route, _ in of_matters():
        address = filled(route, values_of(busy))
        assert client.get(address).url.startswith("/admin/login/"), route
        assert client.post(address, sent()).status_code == 302


BACK_DOORS = [
    "/admin/bulk/matters/matter/delete/?id=all",
    "/admin/bulk/matters/matter/delete/?id=1",
    "/admin/bulk/office/unit/delete/?id=all",
    "/admin/bulk/office/user/delete/?id=all",
    "/admin/reports/site-history/",
    "/admin/reports/site-history/results/",
    "/admin/snippets/",
    "/admin/snippets/matters/",
]


def test_wagtails_own_back_doors_are_closed(cast, busy, login):
    for person in (cast.other_officer, cast.officehead, cast.secadmin):
        client = login(person)
        for address in BACK_DOORS:
            for method in ("get", "post"):
                status = getattr(client, method)(address).status_code
                assert status in (404, 405), f"{person} {method} {address}"


def test_who_works_on_a_hidden_record_is_not_told(cast, busy, login):
    ping = "/admin/editing-sessions/ping/matters/matter/{}/1/"
    assert cast.registrar2.has_perm("matters.change_matter")  # but not of this one any more
    told = {cast.officehead: 200, cast.registrar2: 404, cast.other_officer: 404, cast.editor: 404}
    for person, status in told.items():
        client = login(person)
        assert client.post(ping.format(busy.pk)).status_code == status
        assert client.post(ping.format(ABSENT)).status_code == 404


def test_there_is_no_chooser_and_no_copy_of_a_record():
    for name in (
        "wagtailsnippetchoosers_matters_matter:choose",
        "wagtailsnippets_matters_matter:copy",
        "wagtailsnippets_office_unit:delete",
    ):
        with pytest.raises(NoReverseMatch):
            reverse(name, args=[] if name.endswith("choose") else [1])


def test_an_address_that_is_no_key_is_no_record(cast, busy):
    for key in ("abc", "", "1 OR 1=1", "9" * 30, "-1", "1.5", "1\x00", "None", None):
        with pytest.raises(Http404):
            require_visible(Matter, cast.officer, key)
    assert require_visible(Matter, cast.officer, busy.pk) == busy
    with pytest.raises(Http404):
        require_visible(Matter, cast.other_officer, busy.pk)


def test_the_policy_of_rows_asks_for_the_right_and_the_row(cast, busy):
    policy = RowPolicy(Matter)
    for who, action, allowed in (
        (cast.officer, "view", True),
        (cast.officer, "change", False),
        (cast.officehead, "change", True),
        (cast.other_officer, "view", False),
        (cast.editor, "view", False),
    ):
        assert policy.user_has_permission_for_instance(who, action, busy) is allowed
        assert policy.user_has_any_permission_for_instance(who, [action], busy) is allowed
        rows = policy.instances_user_has_permission_for(who, action)
        assert rows.filter(pk=busy.pk).exists() is allowed
        assert policy.instances_user_has_any_permission_for(who, ["delete"]).count() == 0
    assert policy.user_has_permission_for_instance(cast.officehead, "add", Matter())


def test_nobody_may_delete_even_with_djangos_right_to(cast):
    cast.officer.groups.get().permissions.add(
        permission("matters.delete_matter"), permission("office.delete_unit")
    )
    person = type(cast.officer).objects.get(pk=cast.officer.pk)
    assert person.has_perm("matters.delete_matter")

    for policy in (RowPolicy(Matter), KeptPolicy(Unit), KeptPolicy(CalendarYear)):
        assert not policy.user_has_permission(person, "delete")
        assert not policy.user_has_any_permission(person, ["delete"])


def test_a_list_shows_the_rows_of_its_reader_and_counts_no_others(cast, busy, login):
    address = reverse("wagtailsnippets_matters_matter:list")
    shown = {
        who: busy.number in login(getattr(cast, who)).get(address).content.decode()
        for who in ("officer", "head", "officehead", "leader", "auditor", "other_officer")
    }
    assert shown == {
        "officer": True, "head": True, "officehead": True, "leader": True, "auditor": True,
        "other_officer": False,
    }  # fmt: skip


def test_looking_for_the_number_of_a_hidden_record_finds_nothing(cast, busy, login):
    client = login(cast.other_officer)
    address = reverse("wagtailsnippets_matters_matter:list")
    for query in (busy.number, busy.links.get().item.number, "保洁员"):
        page = client.get(address, {"q": query, "tab": "all"}).content.decode()
        assert f">{busy.number}<" not in page
        assert reverse("wagtailsnippets_matters_matter:inspect", args=[busy.pk]) not in page


def test_who_supports_keeps_or_steps_back_meets_the_record_or_does_not(cast, street, busy):
    with acting(None, "测试"):
        SupportUnit(matter=busy, unit=street.housing, since=today()).save()
        assert require_visible(Matter, cast.other_officer, busy.pk) == busy
        Recusal(matter=busy, user=cast.other_officer, since=today()).save()
        Custody(matter=busy, user=cast.custodian, since=today()).save()
    for hidden in (
        cast.other_officer,
        cast.custodian,
    ):  # it is not sealed: keeping it shows nothing
        with pytest.raises(Http404):
            require_visible(Matter, hidden, busy.pk)
