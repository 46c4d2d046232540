"""A form sent after the session had ended is kept for its person and sent again after logging in."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.urls import reverse

from office.forms import owner_mark, sweep_forms
from office.history import acting
from office.models import Change, KeptForm, Unit
from tests.conftest import PASSWORD

WHERE = "/admin/snippets/office/unit/edit/{}/"


def form(person, unit: Unit, **typed) -> dict:
    return {
        "name": unit.name, "kind": unit.kind, "phone": "88001122", "valid_from": "2020-01-01",
        "loaded_version": unit.version, "change_reason": "换号", "form_owner": owner_mark(person),
        "form_token": "6d6f3a8e-1111-4222-8333-94a6c8a1a1a1", **typed,
    }  # fmt: skip


@pytest.fixture
def late(cast, street, client):
    """The system administrator's form, sent without a session; the answer."""
    return client.post(WHERE.format(street.social.pk), form(cast.sysadmin, street.social))


def kept_address(response) -> str:
    return parse_qs(urlsplit(response.url).query)["next"][0]


def test_a_late_form_leads_to_the_login_page_and_is_kept_encrypted(cast, street, late):
    assert late.status_code == 302
    assert late.url.startswith(reverse("wagtailadmin_login"))
    kept = KeptForm.objects.get()
    assert kept.owner == cast.sysadmin
    assert b"88001122" not in bytes(kept.body)
    assert Unit.objects.get(pk=street.social.pk).phone == ""


def test_its_person_finds_the_form_after_logging_in_and_sends_it_again(cast, street, late, client):
    login = client.post(
        reverse("wagtailadmin_login"),
        {"username": "sysadmin", "password": PASSWORD, "next": kept_address(late)},
    )
    assert login.url == kept_address(late)
    page = client.get(login.url)
    text = page.content.decode()
    assert "登录超时前您提交的表单还在" in text
    assert "继续提交" in text
    assert "文件没有保存" in text
    visible = text[text.index("desk-facts") : text.index("<form", text.index("desk-facts"))]
    assert "88001122" not in visible
    again = dict(page.context["fields"])
    assert client.post(page.context["kept"].path, again).status_code == 302
    assert Unit.objects.get(pk=street.social.pk).phone == "88001122"
    assert Change.objects.filter(actor=cast.sysadmin, reason="换号").count() == 1


def test_nobody_else_finds_it(cast, late, login):
    address = kept_address(late)
    assert login(cast.secadmin).get(address).status_code == 404
    assert login(cast.sysadmin).get(address).status_code == 200
    missing = "/admin/again/00000000-0000-4000-8000-000000000000/"
    assert login(cast.sysadmin).get(missing).status_code == 404


def test_a_form_signed_for_nobody_is_not_kept(cast, street, client):
    typed = form(cast.sysadmin, street.social, form_owner=f"{cast.sysadmin.pk}:x:y")
    response = client.post(WHERE.format(street.social.pk), typed)
    assert response.status_code == 302
    assert not KeptForm.objects.exists()


def test_a_record_that_changed_while_logging_in_is_not_overwritten(cast, street, late, login):
    with acting(cast.officehead, "机构改名"):
        unit = Unit.objects.get(pk=street.social.pk)
        unit.phone = "99"
        unit.save()
    client = login(cast.sysadmin)
    page = client.get(kept_address(late))
    answer = client.post(page.context["kept"].path, dict(page.context["fields"]))
    assert "办公电话 （空） → 99" in answer.content.decode()
    assert Unit.objects.get(pk=street.social.pk).phone == "99"


def test_a_kept_form_goes_after_a_day(cast, late, login):
    kept = KeptForm.objects.get()
    sweep_forms(kept.at + timedelta(hours=23))
    assert KeptForm.objects.exists()
    sweep_forms(kept.at + timedelta(hours=25))
    assert not KeptForm.objects.exists()
    assert login(cast.sysadmin).get(kept_address(late)).status_code == 404


def test_every_form_of_the_organisation_can_be_kept(cast, street, login):
    system, security = login(cast.sysadmin), login(cast.secadmin)
    for client, address in (
        (system, "/admin/snippets/office/unit/add/"),
        (system, WHERE.format(street.social.pk)),
        (security, "/admin/grants/new/post/"),
        (security, "/admin/users/new/"),
    ):
        page = client.get(address).content.decode()
        assert page.count('name="form_owner"') == 1, address


def test_a_form_with_a_password_in_it_is_never_kept(cast, login):
    client = login(cast.secadmin)
    for address in ("password/", "activate/", "account/"):
        assert 'name="form_owner"' not in client.get(f"/admin/{address}").content.decode()


@pytest.mark.browser
@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_person_whose_session_ended_while_typing_loses_nothing(cast, street, page):
    """In a real browser: open, session gone, save, log in, continue; carried out once."""
    page.goto("/admin/login/")
    page.fill("#id_username", "sysadmin")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/")
    page.goto(WHERE.format(street.social.pk))
    page.fill("#id_phone", "88001122")
    page.fill("#id_change_reason", "换号")
    session = [c for c in page.context.cookies() if c["name"] == "sessionid"]
    assert session
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="保存").first.click()
    page.wait_for_url("**/admin/login/**")
    page.fill("#id_username", "sysadmin")
    page.fill("#id_password", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url("**/admin/again/**")
    page.get_by_role("button", name="继续提交").click()
    page.wait_for_url("**/snippets/office/unit/")
    assert Unit.objects.get(pk=street.social.pk).phone == "88001122"
    assert Change.objects.filter(actor=cast.sysadmin, reason="换号").count() == 1
    page.go_back()
    page.get_by_role("button", name="继续提交").click()
    page.wait_for_load_state()
    assert Change.objects.filter(actor=cast.sysadmin, reason="换号").count() == 1
