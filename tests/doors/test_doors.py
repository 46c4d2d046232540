"""Every address of the admin × everybody of the cast × GET and POST: who gets in, who does not."""

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.http import QueryDict
from django.test import Client
from wagtail.images.models import Image
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, Page, Site, Task, Workflow

from casework.matters.leave import ask_leave
from cms.models import SiteIdentity
from office.clock import today
from office.exporting import requests, runs
from office.history import acting
from office.models import CalendarDay, CalendarYear, Deputy, Look
from tests.doors.delegating import delegated
from tests.doors.samples import (
    concerned,
    handled,
    lettered,
    outcomes,
    personal_request,
    proposed,
    rights,
    rule_draft,
    sealed_desk,
)
from tests.doors.table import EVERYONE, FRAGILE, row_of
from tests.doors.together import together
from tests.doors.walk import Door, address, doors

REFUSED = {403, 404, 405}
HOME = ("/admin/", "/admin/login/")
QUIET = {"sessions.session", "office.look", "wagtailusers.userprofile", "office.formtoken"}


def refused(response) -> bool:
    """Turned away: not there, not allowed, or sent back to the home or login page."""
    if response.status_code in REFUSED:
        return True
    return response.status_code == 302 and response.url.split("?")[0] in HOME


def stock() -> dict[str, tuple]:
    """How many rows each table holds, and its newest key: any write that adds or removes shows."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in QUIET:
            pk = model._meta.pk.name
            rows = model._base_manager.order_by(pk).values_list(pk, flat=True)
            found[model._meta.label_lower] = (rows.count(), rows.last())
    return found


@pytest.fixture
def keys(cast, street):
    """A sample for every parameter of every address."""
    home = Page.objects.filter(depth=2).first() or Page.get_first_root_node()
    with acting(None):
        SiteIdentity.for_site(Site.objects.first())  # Wagtail makes it when a page first asks
        image = Image.objects.create(title="湖", file=get_test_image_file())
    return {
        "page_id": home.pk, "parent_page_id": home.pk, "page_to_move_id": home.pk,
        "destination_id": home.pk, "page_pk": home.pk, "wagtailadmin_api:pages:pk": home.pk,
        "wagtailadmin_pages:pk": home.pk, "revision_id": 1, "revision_id_a": "live",
        "revision_id_b": "latest", "task_state_id": 1, "workflow_state_id": 1, "task_id": 1,
        "content_type_app_name": "publications", "content_type_model_name": "noticepage",
        "wagtailadmin_pages:app_label": "publications", "wagtailadmin_pages:model_name": "noticepage",
        "app_label": "matters", "model_name": "matter", "action": "delete", "action_name": "copy",
        "app_name": "cms", "wagtailsettings:model_name": "siteidentity", "wagtailsettings:pk": 1,
        "image_id": image.pk, "filter_spec": "width-20", "document_id": 1, "doc_id": 1,
        "uploaded_file_id": 1, "object_id": "1", "session_id": 1, "uidb64": "x", "token": "x",
        "collection_id": Collection.get_first_root_node().pk,
        "wagtailadmin_collections:pk": Collection.get_first_root_node().pk,
        "wagtailadmin_workflows:pk": Workflow.objects.first().pk,
        "wagtailadmin_workflows:task_id": Task.objects.first().pk,
        "workflow_pk": Workflow.objects.first().pk, "wagtailsites:pk": Site.objects.first().pk,
        "wagtailusers_users:pk": cast.officer.pk, "wagtailusers_groups:pk": 1,
        "wagtailadmin_workflows:app_label": "wagtailcore",
        "wagtailadmin_workflows:model_name": "groupapprovaltask",
        "ledger": "matters",
        "ref": "5f0c7f0e-0000-4000-8000-000000000000", **records(cast, street),
        "pk": ContentType.objects.get_for_model(Page).pk,
    }  # fmt: skip


def records(cast, street) -> dict[str, int | str]:
    """A matter led by the housing section, with a file and a request; units, posts, a calendar."""
    sample = handled(cast, street.housing, attach_to=True)
    with acting(cast.secadmin, "代行"):
        deputy = Deputy(
            post=cast.officer.posts.get(), user=cast.head, valid_from=today(), valid_to=today()
        )
        deputy.save()
        year, day = (
            CalendarYear(year=2030, source="测试"),
            CalendarDay(day="2030-01-01", name="元旦"),
        )
        year.save()
        day.save()
    return {
        **exported(cast), **proposed(cast), **sealed_desk(cast), **rights(cast, street.housing),
        **personal_request(cast), **rule_draft(cast),
        **concerned(cast, sample, street.village),
        **{f"matters:{name}": pk for name, pk in together(cast, sample, street.community).items()},
        **outcomes(cast, sample), **delegated(cast), **lettered(cast, sample),
        "wagtailsnippets_matters_matter:pk": sample.pk, "matters:pk": sample.pk,
        "matters:clock": sample.clocks.get(kind="handle").pk,
        "matters:document": sample.documents.get(kind="acceptance").pk,
        "matters:item": sample.links.get().item_id, "matters:file": sample.files.get().pk,
        "matters:approval": sample.approvals.get().pk, "matters:name": "answer",
        "matters:leave": leave(cast), "matters:act": "received", "ledgers:pk": 1,
        "wagtailsnippets_office_unit:pk": street.social.pk,
        "wagtailsnippets_office_post:pk": cast.officer.posts.get().pk,
        "wagtailsnippets_office_deputy:pk": deputy.pk,
        "wagtailsnippets_office_calendaryear:pk": year.pk,
        "wagtailsnippets_office_calendarday:pk": day.pk,
    }  # fmt: skip


def leave(cast) -> int:
    """An auditor's request to read what is sealed, not decided."""
    with acting(cast.auditor):
        row = ask_leave(by=cast.auditor, purpose="核对密件", start=today(), end=today())
    return row.pk


def exported(cast) -> dict[str, int | str]:
    """A file of the office head, not written yet, and a request of theirs for clear text."""
    everything = QueryDict("tab=all")
    with acting(cast.officehead):
        run = runs.begin(cast.officehead, "matters", everything, format="xlsx", purpose="上报")
        request = requests.ask(
            cast.officehead, "matters", everything, conditions="", purpose="核对"
        )
    return {
        "exports:key": "matters", "office_limit:key": "export_days", "notices:text:key": "phone", "exports:run:pk": run.pk,
        "exports:file:pk": run.pk, "exports:request:pk": request.pk,
    }  # fmt: skip


def test_every_address_has_a_row():
    assert [door.name for door in doors() if row_of(door.name) is None] == []


def try_door(client: Client, door: Door, keys: dict, method: str):
    path = address(door, keys)
    return getattr(client, method)(path, {} if method == "post" else None)


@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_nobody_passes_a_door_that_is_not_theirs(who, cast, keys, login):
    client = login(getattr(cast, who))
    client.raise_request_exception = False
    wrong, before = [], stock()
    for door in doors():
        row = row_of(door.name)
        if door.name in {"wagtailadmin_logout", "admin/logout/"}:
            continue
        for method in ("get", "post"):
            response = try_door(client, door, keys, method)
            passed = not refused(response)
            if response.status_code >= 500 and (method, door.name) not in FRAGILE:
                wrong.append(f"{method} {door.name}: {response.status_code}")
            elif passed and who not in row.who:
                wrong.append(f"{method} {door.name}: let in, {response.status_code}")
            elif row.sure and who in row.who and not passed and method == "get":
                wrong.append(f"{method} {door.name}: turned away, {response.status_code}")
    assert not wrong, "\n".join(wrong)
    if who == "auditor":
        assert stock() == before
        assert Look.objects.count() >= 0


def test_a_stranger_is_asked_to_log_in_everywhere(keys, db):
    client = Client()
    open_to_all = {
        "wagtailadmin_login", "admin/login/", "office_activate", "wagtailadmin_javascript_catalog",
        "wagtailadmin_sprite",
    }  # fmt: skip
    for door in doors():
        if door.name in open_to_all or "password_reset" in door.name:
            continue
        for method in ("get", "post"):
            assert refused(try_door(client, door, keys, method)), f"{method} {door.name}"
