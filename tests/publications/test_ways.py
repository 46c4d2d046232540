"""Where an editor begins: a notice and all pages, one click from the first page."""

import re

import pytest

from tests.cms.publishing import open_column, open_site

pytestmark = pytest.mark.django_db


def test_an_editor_starts_a_notice_with_one_empty_text_from_the_first_page(cast, login):
    open_column(open_site())
    client = login(cast.editor)
    page = client.get("/admin/").content.decode()
    [address] = re.findall(r'href="([^"]+)">写一篇通知<', page)
    form = client.get(address)
    assert form.status_code == 200
    assert [block.block_type for block in form.context["form"]["body"].value()] == ["text"]
    assert 'placeholder="标题"' in form.content.decode()
    [everything] = re.findall(r'href="([^"]+)">全部页面<', page)
    assert client.get(everything).status_code == 200


def test_an_editor_without_a_column_is_offered_no_dead_button(cast, login):
    page = login(cast.editor).get("/admin/").content.decode()
    assert "写一篇通知" not in page
    assert "全部页面</a>" in page


def test_who_has_nothing_to_do_with_pages_is_offered_none(cast, login):
    open_column(open_site())
    for who in (cast.registrar, cast.auditor, cast.sysadmin):
        assert "写一篇通知" not in login(who).get("/admin/").content.decode()


def test_lists_of_pages_show_days_as_the_office_writes_them(cast, login):
    column = open_column(open_site())
    page = login(cast.editor).get(f"/admin/pages/{column.get_parent().pk}/").content.decode()
    assert re.search(r"<time[^>]*>20\d\d-\d\d-\d\d \d\d:\d\d</time>", page)
    assert "之前" not in page
