"""A matter that is hidden from a person answers, at every address, as one that does not exist."""

import re
from types import SimpleNamespace

import pytest

from casework.matters.models import Matter, Recusal
from office.clock import today
from office.history import acting
from office.models import Change
from tests.doors.samples import handled, registered
from tests.doors.table import EVERYONE
from tests.doors.walk import address, doors

ABSENT = 987654321
SPACES = ("wagtailsnippets_matters_matter:", "matters:")


def matter_doors() -> list:
    return [door for door in doors() if door.name.startswith(SPACES) and "pk" in door.parameters]


@pytest.fixture
def matters(cast, street) -> SimpleNamespace:
    """One of the social section, one of housing, a sealed letter, one from which the officer steps back."""
    found = SimpleNamespace(
        social=handled(cast, street.social),
        housing=handled(cast, street.housing, attach_to=True),
        sealed=registered(cast, klass="B"),
        recused=handled(cast, street.social),
    )
    with acting(cast.officehead, "回避"):
        Recusal(matter=found.recused, user=cast.officer, since=today()).save()
        Recusal(matter=found.recused, user=cast.leader, since=today()).save()
    return found


SEES = {
    "social": {"registrar", "officer", "head", "officehead", "officehead2", "leader", "auditor"},
    "housing": {"registrar", "other_officer", "officehead", "officehead2", "leader", "auditor"},
    "sealed": {"registrar", "custodian", "custodian2"},
    "recused": {"registrar", "head", "officehead", "officehead2", "auditor"},
}


def test_who_sees_what_is_as_the_table_of_roles_says(cast, matters):
    for name, who in SEES.items():
        matter = getattr(matters, name)
        seers = {
            one
            for one in EVERYONE
            if Matter.objects.visible_to(getattr(cast, one)).filter(pk=matter.pk).exists()
        }
        assert seers == who, name


def same(text: bytes) -> str:
    """A page without what differs from request to request."""
    plain = text.decode().replace(str(ABSENT), "KEY")
    plain = re.sub(r'(csrfmiddlewaretoken|form_token|form_owner)"? value="[^"]*"', "", plain)
    return re.sub(r'(csrfToken|CSRF_TOKEN)"?\s*:\s*"[^"]*"', "", plain)


@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_a_hidden_matter_answers_like_an_absent_one(who, cast, matters, login):
    client = login(getattr(cast, who))
    parts = {name: 1 for door in matter_doors() for name in door.parameters}
    keys = parts | {"name": "answer", "act": "void"}
    tried = 0
    for door in matter_doors():
        for method in ("get", "post"):
            answers = {}
            for name in [*SEES, "absent"]:
                if name != "absent" and who in SEES[name]:
                    continue
                pk = ABSENT if name == "absent" else getattr(matters, name).pk
                path = address(door, {**keys, "pk": pk})
                response = getattr(client, method)(path)
                body = same(response.content.replace(f"/{pk}/".encode(), b"/KEY/"))
                answers[name] = (response.status_code, response.get("Location", ""), body)
                tried += 1
            odd = [name for name, answer in answers.items() if answer != answers["absent"]]
            assert not odd, f"{method} {door.name}: {odd}"
    assert tried >= 30


@pytest.mark.parametrize("who", sorted(EVERYONE))
def test_no_list_names_a_hidden_matter(who, cast, matters, login):
    client = login(getattr(cast, who))
    pages = ["/admin/", "/admin/matters/?tab=all", "/admin/matters/results/?tab=all"]
    pages += [f"/admin/matters/?tab=all&q={getattr(matters, name).number}" for name in SEES]
    pages += ["/admin/matters/?tab=all&q=围墙", "/admin/audit/", "/admin/looks/"]
    for page in pages:
        asked = page.partition("q=")[2]
        text = client.get(page).content.decode()
        for name, seers in SEES.items():
            number = getattr(matters, name).number
            if who not in seers and number != asked:
                assert number not in text, f"{page} names the {name} matter"
            if who not in seers and number == asked:
                assert f">{number}<" not in text


def test_the_audit_page_knows_no_sealed_matter(cast, matters, login):
    client = login(cast.auditor)
    sealed = matters.sealed
    assert Change.objects.filter(root_id=sealed.pk, root_kind="matters.matter").exists()
    for page in (f"/admin/audit/?record={sealed.number}", "/admin/audit/?kind=matters.matter"):
        assert f">{sealed.number}<" not in client.get(page).content.decode()


def test_there_is_no_chooser_copy_or_bulk_action_for_matters(cast, matters, login):
    names = {door.name for door in doors()}
    assert not [name for name in names if "chooser" in name and "matters" in name]
    assert "wagtailsnippets_matters_matter:copy" not in names
    for who in sorted(EVERYONE):
        client = login(getattr(cast, who))
        for action in ("delete", "publish"):
            path = f"/admin/bulk/matters/matter/{action}/?id=all"
            assert client.get(path).status_code == client.post(path).status_code == 404
    assert Matter.objects.count() == 4


def test_an_editing_ping_tells_nothing_of_a_hidden_matter(cast, matters, login):
    client = login(cast.officer)
    told = {
        client.post(f"/admin/editing-sessions/ping/matters/matter/{pk}/1/").status_code
        for pk in (matters.housing.pk, matters.sealed.pk, matters.recused.pk, ABSENT)
    }
    assert told == {404}
