"""The sealed matrix: everybody of the cast at every door, and nobody but custodians meets the matter.

Run with `-s` to read how many answers were compared and how many pages were searched.
"""

import re
import sys
from itertools import product

import pytest
from django.http import QueryDict
from django.test import Client

from casework.matters.models import Matter
from office.exporting import runs
from office.history import acting
from office.models import ExportRun, Look, User
from office.private_files import read
from office.registries import exports
from tests.casework.matters.counter import sent
from tests.casework.matters.seals import seen
from tests.doors.sealed import SAID, SEES, absent_like, answer, make_world, marks
from tests.doors.table import EVERYONE
from tests.doors.test_doors import keys as sample_keys
from tests.doors.walk import address, doors

PEOPLE = sorted(EVERYONE)
SPACES = ("wagtailsnippets_matters_matter:", "matters:")
METHODS = ("get", "post")
every_key = sample_keys


@pytest.fixture
def world(cast, street):
    return make_world(cast, street)


def told(text):
    """A number to be quoted: shown with `-s`."""
    sys.stderr.write(f"\n{text}\n")


def hidden_from(who, world):
    return {name: matter for name, matter in world.items() if who not in SEES[name]}


def given_away(text, hidden, *asked):
    """The marks of hidden matters that stand in a text, apart from what was asked for itself."""
    for word in asked:
        text = text.replace(word, "")
    return [mark for name, matter in hidden.items() for mark in marks(name, matter) if mark in text]


def body(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode(errors="replace")
    return response.content.decode(errors="replace")


def test_who_sees_what_is_sealed(cast, world):
    for name, matter in world.items():
        assert {who for who in EVERYONE if seen(getattr(cast, who), matter)} == SEES[name], name


#: parameter of an address → what of a matter it names
ROWS = {
    "file": "files", "approval": "approvals", "document": "documents", "clock": "clocks",
    "conflict": "conflicts", "concern": "concerned_units", "task": "support_tasks",
    "support": "supports", "letter": "outside_letters", "note": "internal_notes",
    "dispute": "duty_disputes", "reminder": "reminders", "supervision": "supervisions",
    "urgent": "urgent_reports", "danger": "dangers", "resolution": "resolutions",
    "follow_up": "follow_ups", "paper": "paper_signatures",
}  # fmt: skip


def own_keys(matter):
    """Keys of what belongs to the matter, so that only the matter itself is missing."""
    first = {name: getattr(matter, rows).first() for name, rows in ROWS.items()}
    report = first["urgent"]
    first["notice"] = report.notices.first() if report else None
    keys = {name: row.pk if row else 1 for name, row in first.items()}
    return {**keys, "name": "answer", "act": "void", "cited": 1, "kind": "f_talk"}


@pytest.mark.parametrize("who", PEOPLE)
def test_every_door_of_a_sealed_matter_answers_as_if_there_were_none(who, cast, world, login):
    client, compared = login(getattr(cast, who)), 0
    client.raise_request_exception = False
    its_doors = [d for d in doors() if d.name.startswith(SPACES) and "pk" in d.parameters]
    for name, matter in hidden_from(who, world).items():
        own, absent = own_keys(matter), absent_like(matter.pk)
        for door in its_doors:
            for method in METHODS:
                got = [
                    answer(
                        getattr(client, method)(address(door, {**own, "pk": pk})),
                        (f"/{pk}/", "/KEY/"), (f"%2F{pk}%2F", "%2FKEY%2F"),
                    )
                    for pk in (matter.pk, absent)
                ]  # fmt: skip
                assert got[0] == got[1], f"{method} {door.name}: {name}"
                compared += 1
    told(f"{who}: {len(its_doors)} doors, {compared} answers equal to those for an absent one")
    assert compared or not hidden_from(who, world)


@pytest.mark.parametrize("who", PEOPLE)
def test_the_receipt_and_the_list_of_a_sealed_matter_are_not_there(who, cast, world, login):
    client = login(getattr(cast, who))
    others = [d for d in doors() if d.name.startswith("matters:") and "pk" not in d.parameters]
    its_doors = [d for d in others if {"item", "hand_over"} & set(d.parameters)]
    for matter in hidden_from(who, world).values():
        links, lines = matter.links.filter(item__sealed=True), matter.hand_over_lines.all()
        found = {"item": links.values_list("item", flat=True).first()}
        found["hand_over"] = lines.values_list("hand_over", flat=True).first()
        for door in its_doors:
            key = found[door.parameters[0]]
            for method in METHODS if key else ():
                got = [
                    answer(
                        getattr(client, method)(address(door, {door.parameters[0]: pk})),
                        (f"/{pk}/", "/KEY/"),
                    )
                    for pk in (key, absent_like(key))
                ]
                assert got[0] == got[1], f"{method} {door.name}"


@pytest.mark.parametrize("who", PEOPLE)
def test_no_page_of_the_back_office_gives_a_sealed_matter_away(who, cast, world, every_key, login):
    client, hidden, wrong, pages = login(getattr(cast, who)), hidden_from(who, world), [], 0
    client.raise_request_exception = False
    for door in doors():
        if door.name == "wagtailadmin_logout":
            continue
        found = given_away(body(client.get(address(door, Filled(every_key)))), hidden)
        wrong += [f"{door.name}: {mark}" for mark in found]
        pages += 1
    assert not wrong, "\n".join(wrong)
    told(f"{who}: {pages} pages of the back office searched for {len(hidden)} sealed matters")


class Filled(dict):
    """Sample keys of other tests; behind a door they know nothing of lies nothing."""

    def get(self, key, default="1"):
        return super().get(key, default)


SOUNDS = {"opened": ["llcjz", "liulichang"], "later": ["clthx", "GD-90417"]}
QUIET = ("/", "/sitemap.xml", "/site-map/", "/robots.txt", "/admin/health/", "/admin/")
LOGS = ("/admin/audit/", "/admin/looks/")


def searches(world):
    """Addresses that ask for a matter by all that could lead to it, and the words asked for."""
    for name, matter in world.items():
        number, item = matter.number, matter.links.first().item.number
        yield from _by_words(
            [number, number.lower(), item, *SAID.get(name, ()), *SOUNDS.get(name, [])]
        )
        key = f"matters.matter:{matter.pk}"
        yield from ((f"{page}?record={key}", str(matter.pk)) for page in LOGS)
    for tab, order in product(
        ("open", "all", "overdue", "week"),
        ("due", "-due", "-number", "number", "-received", "received"),
    ):
        yield f"/admin/matters/?tab={tab}&sort={order}", ""
        yield f"/admin/matters/?tab={tab}&sort={order}&last=1", ""
    for state in ("sealed", "handed_over", "void", "handling"):
        yield f"/admin/matters/?tab=all&state={state}", ""
    for kind in ("matters.matter", "matters.item", "matters.custody", "matters.approval"):
        yield f"/admin/audit/?kind={kind}", ""
    yield from ((path, "") for path in QUIET)


def _by_words(words):
    for word in words:
        for page in ("/admin/matters/", "/admin/matters/results/"):
            yield f"{page}?tab=all&q={word}", word
        yield from ((f"{page}?record={word}", word) for page in LOGS)
        yield f"/search/?q={word}", word


@pytest.mark.parametrize("who", [*PEOPLE, ""])
def test_no_search_leads_to_a_sealed_matter(who, cast, world, login):
    client = login(getattr(cast, who)) if who else Client()
    hidden, asked = hidden_from(who, world), 0
    numbers = {matter.number: name for name, matter in world.items()}
    for path, word in searches(world):
        response = client.get(path)
        found = given_away(body(response), hidden, path, word, word.upper())
        assert not found, f"{path}: {found}"
        asked += 1
        if word in numbers and numbers[word] in hidden and "?tab" in path:
            other = word[:-6] + "987654"
            there = answer(client.get(path), (word, "WORD"))  # again: told by now what was refused
            absent = answer(client.get(path.replace(word, other)), (other, "WORD"))
            assert there == absent, path
    told(f"{who or 'a stranger'}: {asked} searches")


@pytest.mark.parametrize("who", ["registrar2", "officer", "head", "officehead", "leader"])
def test_who_looks_for_the_person_finds_nobody(who, cast, world, login):
    """The same answer as for a name, a phone and words that nobody ever gave."""
    client = login(getattr(cast, who))
    for name in ("opened", "later"):
        _, claim, person, phone, _ = SAID[name]
        for way, words, other in (
            ("name", person, "邝无名"), ("phone", phone, "19900007777"), ("text", claim[:4], "鎏银账本"),
        ):  # fmt: skip
            got = []
            for word in (words, other):
                form = {"way": way, "words": word, "reason": "来人询问", "note": "本人到窗口问进展"}
                page = client.get("/admin/matters/find/")
                reasons = re.findall(r'<option value="([^"]+)"', body(page))
                form["reason"] = next(r for r in reasons if not r.startswith(("task", "登记")))
                response = client.post("/admin/matters/find/", sent(**form))
                assert response.status_code == 200
                got.append(answer(response, (word, "WORD")))
            assert got[0] == got[1], f"{name} {way}"


@pytest.mark.parametrize("who", PEOPLE)
def test_no_file_that_leaves_the_house_names_a_sealed_matter(who, cast, world):
    person, written = User.objects.get(pk=getattr(cast, who).pk), 0
    for key in exports:
        for query in ("tab=all", "tab=all&state=sealed"):
            with acting(person):
                run = runs.begin(
                    person, key, QueryDict(query), format="csv", purpose="核对", here=True
                )
                runs.make(run)
            run = ExportRun.objects.select_related("data_key").get(pk=run.pk)
            if run.state == ExportRun.State.DONE:
                text = b"".join(read(run.path, run.data_key)).decode("utf-8-sig")
                every = world if key == "matters" else hidden_from(who, world)
                assert given_away(text, every) == [], f"{key}?{query}"
                written += 1
    told(f"{who}: {written} files written and read")


@pytest.mark.parametrize("who", ["officer", "officehead", "leader", "auditor", "registrar2"])
def test_an_editing_session_knows_no_sealed_matter(who, cast, world, login):
    client = login(getattr(cast, who))
    for matter in hidden_from(who, world).values():
        got = [
            answer(client.post(f"/admin/editing-sessions/ping/matters/matter/{pk}/1/"))
            for pk in (matter.pk, absent_like(matter.pk))
        ]
        assert got[0] == got[1]


def test_the_matrix_is_not_empty(cast, world, login):
    """Who may see them does: the marks looked for above are the ones that would stand there."""
    client = login(cast.custodian)
    page = body(client.get("/admin/matters/?tab=all"))
    for name, matter in world.items():
        assert matter.number in page, name
        assert client.get(f"/admin/matters/inspect/{matter.pk}/").status_code == 200
    assert Look.objects.filter(object_id=world["later"].pk).count() >= 2
    assert Matter.objects.filter(sealed=True).count() == len(world)
