"""Markers planted in every vault field and file are found nowhere but before the eyes of who looked.

`pytest tests/markers -s` prints what was searched: places, bytes, markers, hits.
"""

import importlib
import logging
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from casework.matters.models import ImportJob
from casework.matters.searching import SAID
from office.clock import now
from office.history import acting
from office.models import KeptForm, Look, SearchEntry
from office.privacy import IN_VAULT, declared, text_fields
from office.search import index_changes
from office.search.pieces import kind_number
from office.vault import VaultField, VaultRecord
from office.work import run_due
from tests.doors.table import EVERYONE
from tests.doors.test_doors import keys  # noqa: F401 - a fixture
from tests.doors.walk import address, doors
from tests.markers import places
from tests.markers.marks import NEEDLES, Marks
from tests.markers.planting import Planting

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.flush]
OURS = {"office", "cms", "publications", "matters"}
ROOMS = ("casework.matters.privacy", "cms.privacy", "publications.privacy")
#: encrypted by their own code: (model, field) → how many rows the planters leave
OWN_CODE = {
    ("office.keptform", "body"): KeptForm,
    ("matters.importjob", "problems"): ImportJob,
    ("matters.importjob", "found"): ImportJob,
}
RECORDS = ("matters:", "wagtailsnippets_matters_matter:")
LOGIN = "/admin/login/?"
#: (address, marker) shown without a look, and why
OPEN_TO = {
    ("office_look_finding", "office.looknote.said"): "auditors' own words about looks, among them",
}


@pytest.fixture
def report(settings: Any, tmp_path: Any, monkeypatch: Any) -> Iterator[places.Report]:
    """Listens to every logger from now on; files without a place of their own go to a folder."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()
    for room in ROOMS:
        importlib.import_module(room)
    found = places.Report(Marks())
    listener, root = places.LogListener(found), logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "django", "django.db.backends")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    others, root.handlers = root.handlers, [listener]  # pytest's own would keep every line
    connection.force_debug_cursor = True
    yield found
    connection.force_debug_cursor = False
    root.handlers = others
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def planted(cast: Any, street: Any, report: places.Report) -> Planting:
    def browser(person: Any) -> Client:
        client = places.Watched(report)
        if person is not None:
            client.force_login(person)
        return client

    planting = Planting(cast, street, report.marks, browser)
    planting.everything()
    with acting(None, "检索"):
        index_changes()
    run_due(now())
    return planting


def vault_columns() -> list[tuple[str, str]]:
    """Every field whose content is declared to lie in the vault, and every vault field there is."""
    found = {
        (model, field.name)
        for model, field in text_fields(OURS)
        if isinstance(field, VaultField) or declared(model, field.name).kind in IN_VAULT
    }
    return sorted(found)


def holds_marker(model: str, name: str) -> bool:
    """Whether some row holds a marker there, opened; of what our own code encrypts: anything."""
    kind = apps.get_model(model)
    if (model, name) in OWN_CODE:
        return any(bytes(value) for value in kind.objects.values_list(name, flat=True))
    assert issubclass(kind, VaultRecord), f"{model}.{name} is in no vault: say how it is searched"
    return any(
        NEEDLES.search(row.unlocked(name).encode())
        for row in kind._default_manager.all()
        if getattr(row, name)
    )


def test_markers_are_found_nowhere_but_before_who_looked(planted, report, settings, keys):  # noqa: F811
    missing = [name for name in vault_columns() if not holds_marker(*name)]
    assert missing == [], "a vault field without a planter: see tests/markers/planting.py"

    for who in sorted(EVERYONE):
        told = {**keys, **sample_keys(planted)}
        every_page(planted, report, who, told)
        every_page(planted, report, who, told | sealed_keys(planted), only=RECORDS)
    a_view_that_fails(planted, report, settings)
    places.database(report)
    places.folder(report, "private files", settings.PRIVATE_ROOT)
    places.folder(report, "public files", settings.MEDIA_ROOT)
    places.folder(report, "temporary files", tempfile.gettempdir())
    places.memory(report)

    print("\n".join(["", *report.lines()]))  # noqa: T201 - the report is what it is for
    assert not any(report.hits.values()), "\n".join(report.lines())
    assert report.status[200] > len(EVERYONE) * 10  # the walk got in
    assert report.allowed["pages of every role"] > 0  # somebody was shown something after a look
    index_is_keyed()


def index_is_keyed() -> None:
    """The search index of what was said holds keyed hashes and no text."""
    rows = SearchEntry.objects.filter(kind=kind_number(SAID))
    assert rows.exists()
    blank = {"title": "", "names": "", "body": "", "title_sound": "", "names_sound": ""}
    assert not rows.exclude(**blank).exists()


def every_page(
    planted: Planting, report: places.Report, who: str, told: dict, only: tuple[str, ...] = ("",)
) -> None:
    """All addresses by GET; what is shown was looked at before by the same person."""
    person = getattr(planted.cast, who)
    client = planted.browser(person)
    for door in doors():
        if door.name == "wagtailadmin_logout" or not door.name.startswith(only):
            continue
        response = client.get(address(door, told))
        if response.status_code == 302 and response.url.startswith(LOGIN):
            client = planted.browser(person)  # some page before ended the session
            response = client.get(address(door, told))
        report.status[response.status_code] += 1
        body = b"".join(response.streaming_content) if response.streaming else response.content
        place = "pages of every role"
        body += response.get("Content-Disposition", "").encode()
        for name in report.seen(place, body):
            if may_show(planted, person, name, door.name):
                report.allowed[place] += 1
            else:
                report.hits[place][f"{name} @ {door.name} as {who}"] += 1


def sample_keys(planted: Planting) -> dict[str, Any]:
    """The records with markers, in place of the samples of the door test."""
    matter = planted.matter
    return {
        "wagtailsnippets_matters_matter:pk": matter.pk, "matters:pk": matter.pk,
        "matters:item": planted.item.pk, "matters:file": planted.file.pk,
        "matters:approval": planted.approval.pk, "matters:conflict": planted.conflict.pk,
        "matters:concern": planted.concern.pk, "ledgers:pk": planted.job.pk,
        "exports:run:pk": planted.run.pk, "exports:file:pk": planted.run.pk,
        "exports:request:pk": planted.request.pk, "rights:pk": planted.asked.pk,
        "rights:link": planted.link.pk, "rights:correction": planted.correction.pk,
        "rights:paper": planted.paper.pk, "rights:file": planted.file.pk,
        "matters:hand_over": planted.listed[1].pk,
        **{f"matters:{name}": pk for name, pk in planted.together.items()},
    }  # fmt: skip


def sealed_keys(planted: Planting) -> dict[str, Any]:
    """The sealed letter in place of the matter, and the list that waits."""
    pk = planted.sealed.pk
    return {
        "wagtailsnippets_matters_matter:pk": pk, "matters:pk": pk,
        "matters:hand_over": planted.listed[0].pk,
    }  # fmt: skip


def may_show(planted: Planting, person: Any, name: str, door: str) -> bool:
    """Whether a look of this person at the record the marker belongs to was written."""
    if (door, name) in OPEN_TO:
        return True
    looks = Look.objects.filter(person=person)
    asked = looks.filter(kind="matters.rightsrequest", object_id=planted.asked.pk).exists()
    if name.startswith(("matters.rights", "file.rights")):
        return asked
    if name.startswith(("matters.handover", "file.handover")):
        return looks.filter(kind="matters.handover", object_id__in=_pks(planted.listed)).exists()
    if name.startswith("sealed."):
        return looks.filter(kind="matters.matter", object_id=planted.sealed.pk).exists()
    return looks.filter(kind="matters.matter", object_id=planted.matter.pk).exists()


def _pks(rows: Any) -> list[int]:
    return [row.pk for row in rows]


def a_view_that_fails(planted: Planting, report: places.Report, settings: Any) -> None:
    """A 500 with an opened record in its hands: neither log, page nor report has it; debug or not."""
    settings.ROOT_URLCONF = "tests.markers.failing"
    path = f"/admin/failing/{planted.matter.pk}/"
    said: list[bytes] = []
    for debug in (False, True):
        settings.DEBUG = debug
        client = planted.browser(planted.cast.officer)
        response = client.get(path)
        assert response.status_code == 500
        said.append(response.content)
        report.look("error pages", response.content, f"debug {debug}")
    settings.DEBUG = False
    assert "/failing.py" not in said[0].decode()
    assert "fails" in said[1].decode()
    settings.ROOT_URLCONF = "config.urls"
    assert reverse("wagtailadmin_home")
    assert Page.objects.exists()
