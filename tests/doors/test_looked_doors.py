"""Every address of the rooms: whatever it shows of somebody is in the look ledger first."""

import uuid

import pytest
from django.db import connection, transaction

from casework.matters.ledgers import jobs
from casework.matters.opening import TEXTS
from office.clock import now, today
from office.history import acting
from office.models import Look, LookFinding
from tests.casework.matters.counter import sent
from tests.casework.matters.ledgers.conftest import workbook
from tests.doors.test_doors import keys as keys
from tests.doors.walk import address, doors

#: what is in the vault of the matter the doors are tried with
PERSONAL = {
    "name": "柏舟",
    "phone": "19900004321",
    "address": "湖滨路3号",
    "claim": "院墙修到了路上",
    "file name": "说明.txt",
    "file": "现场说明",
    "ledger": "石小泉",
}
WALKERS = ("registrar", "other_officer", "officehead", "leader", "auditor")
ROOMS = ("matters:", "ledgers:", "exports:", "office_", "wagtailsnippets_matters_matter:")


@pytest.fixture
def samples(cast, street, request):
    """Keys of every address of the room, an import with a personal ledger among them."""
    found = request.getfixturevalue("keys")
    finding = LookFinding.objects.create(
        rule="many", key="sample", at=now(), day=today(), person=cast.officer, first=1, last=1,
        count=20, told="一小时内查看 20 件",
    )  # fmt: skip
    with acting(cast.officehead):
        row = ["", "2026-11-20", "路灯不亮", "夜里看不见路", "石小泉", "19900007788", "", "", ""]
        job = jobs.create(workbook([row]), "台账.xlsx", by=cast.officehead, source="区热线")
    return (
        found
        | {"ledgers:pk": job.pk, "ledger": "matters", "ref": uuid.uuid4()}
        | {"office_look_finding:pk": finding.pk}
    )


def rooms_doors():
    return [door for door in doors() if door.name.startswith(ROOMS)]


def answers(client, door, keys):
    """The answers of a door when it is opened, given a purpose, and opened again."""
    try:
        path = address(door, keys)
    except LookupError:
        return []  # the walk of tests/doors fails on it
    form = sent(purpose="核对登记的情况", what=TEXTS, usual="上报", format="csv", said="看过")
    return [client.get(path), client.post(path, form), client.get(f"{path}?download=1")]


def content(response):
    if response.streaming:
        return b"".join(response.streaming_content).decode("utf-8", "replace")
    return response.content.decode("utf-8", "replace")


def shown(response):
    page = content(response)
    return {what for what, words in PERSONAL.items() if words in page}


def refuse_looks():
    """Let the database refuse every further look, as a full disk would."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE FUNCTION no_looks() RETURNS trigger AS"
                " $$ BEGIN RAISE EXCEPTION 'no looks'; END $$ LANGUAGE plpgsql"
            )
            call = "FOR EACH ROW EXECUTE FUNCTION no_looks()"
        else:
            call = "BEGIN SELECT RAISE(ABORT, 'no looks'); END"
        cursor.execute(f"CREATE TRIGGER no_looks BEFORE INSERT ON office_look {call}")


# Every door


@pytest.mark.parametrize("who", WALKERS)
def test_whatever_a_page_shows_of_somebody_is_in_the_look_ledger(who, cast, samples, login):
    person = getattr(cast, who)
    client = login(person)
    client.raise_request_exception = False
    seen, wrong = {}, []
    for door in rooms_doors():
        before = Look.objects.filter(person=person).count()
        for response in answers(client, door, samples):
            if response.status_code >= 500:
                wrong.append(f"{door.name}: {response.status_code}")
            if found := shown(response):
                seen.setdefault(door.name, set()).update(found)
                if not Look.objects.filter(person=person).exists():
                    wrong.append(f"{door.name} shows {found} and nobody looked")
        assert Look.objects.filter(person=person).count() >= before
    assert not wrong, "\n".join(wrong)
    assert {"file", "file name"} <= seen["matters:content"] | seen["matters:file"]
    assert "claim" in seen["wagtailsnippets_matters_matter:inspect"]


@pytest.mark.parametrize("who", WALKERS)
def test_while_the_ledger_takes_no_looks_no_page_shows_anybody(who, cast, samples, login):
    client = login(getattr(cast, who))
    client.raise_request_exception = False
    refuse_looks()
    wrong = []
    for door in rooms_doors():
        with transaction.atomic():
            for response in answers(client, door, samples):
                if found := shown(response):
                    wrong.append(f"{door.name}: {found}")
            transaction.set_rollback(True)
    assert not wrong, "\n".join(wrong)
