"""The cast opens the doors of the back office and meets no English on any of them."""

import pytest
from django.template.loader import render_to_string
from wagtail.admin.ui.tables import BooleanColumn, Column, Table
from wagtail.sites.views import IndexView

from tests.config import msgids
from tests.english import english_left

# Labels their views write at the last moment, or that stay hidden.
LABELLED_LATER = {"LoginForm.username", "PasswordViewRestrictionForm.return_url"}


def test_a_person_at_the_login_page_reads_chinese(client, db):
    assert english_left(client.get("/admin/login/").content.decode()) == []


@pytest.mark.parametrize("address", ["/admin/", "/admin/account/"])
def test_a_registrar_s_own_pages_are_in_chinese(cast, login, address):
    page = login(cast.registrar).get(address)
    assert page.status_code == 200
    assert english_left(page.content.decode(), allowed=["registrar"]) == []


def test_a_security_administrator_reads_the_list_of_accounts_in_chinese(cast, login):
    page = login(cast.secadmin).get("/admin/users/")
    assert page.status_code == 200
    names = [person.username for person in vars(cast).values()]
    words = [word for name in names for word in name.rstrip("2").split("_")]
    assert english_left(page.content.decode(), allowed=words) == []


def test_a_reader_of_a_list_finds_yes_and_no_in_chinese():
    rows = [{"done": True}, {"done": False}, {"done": None}]
    for column, unknown in (
        (Column("done", label="办结"), ""),
        (BooleanColumn("done", label="办结"), "未填"),
    ):
        shown = Table([column], rows).render_html({})
        assert english_left(shown) == []
        assert all(word in shown for word in ("是", "否", unknown))


def test_a_listener_hears_the_buttons_of_a_page_named_in_chinese():
    assert english_left(render_to_string("wagtailadmin/shared/headers/_actions.html")) == []


def test_an_editor_finds_every_field_of_wagtail_s_forms_labelled_in_chinese():
    labels = msgids.labels_of_forms()
    left = {name: label for name, label in labels.items() if english_left(label)}
    assert {name: left[name] for name in left if name not in LABELLED_LATER} == {}
    assert len(labels) > 50


def test_a_security_administrator_reads_the_columns_of_sites_in_chinese():
    assert [english_left(str(column.label)) for column in IndexView.columns] == [[]] * 5
