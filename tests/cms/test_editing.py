"""What an editor meets in the page editor: addresses in pinyin, previews, dates of publication."""

import pytest
from django.urls import reverse
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from cms.blocks import RICH
from cms.models import StandardPage
from publications.models import NoticePage
from tests.cms.publishing import notice, open_column, open_site, publish, standing_page

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(cast):
    return open_site()


@pytest.fixture
def column(home):
    return open_column(home)


def form(title: str, slug: str = "", **fields) -> dict:
    """A notice as the editor's browser sends it."""
    body = streamfield([("text", rich_text("<p>请互相转告。</p>", features=RICH))])
    data = {"title": title, "slug": slug, "kind": "notice", "body": body} | fields
    return nested_form_data(data)


def add_url(column) -> str:
    return reverse("wagtailadmin_pages:add", args=["publications", "noticepage", column.pk])


def edit_url(page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_an_editor_who_types_no_address_gets_one_in_pinyin(cast, login, column):
    login(cast.editor).post(add_url(column), form("汛期值班电话"))
    assert NoticePage.objects.get().slug == "xun-qi-zhi-ban-dian-hua"


def test_an_address_filled_in_by_a_browser_without_pinyin_is_replaced(cast, login, column):
    login(cast.editor).post(add_url(column), form("公告", slug="u516cu544a"))
    assert NoticePage.objects.get().slug == "gong-gao"


def test_an_address_typed_in_chinese_becomes_pinyin(cast, login, column):
    login(cast.editor).post(add_url(column), form("关于防汛的公告", slug="防汛"))
    assert NoticePage.objects.get().slug == "fang-xun"


def test_an_editor_s_own_address_stays(cast, login, column):
    login(cast.editor).post(add_url(column), form("公告", slug="flood-2026"))
    assert NoticePage.objects.get().slug == "flood-2026"


def test_two_notices_of_one_title_have_two_addresses(cast, login, column):
    client = login(cast.editor)
    client.post(add_url(column), form("公告"))
    client.post(add_url(column), form("公告"))
    assert set(NoticePage.objects.values_list("slug", flat=True)) == {"gong-gao", "gong-gao-2"}


def test_the_address_of_a_draft_follows_a_title_typed_bit_by_bit(cast, login, column):
    client = login(cast.editor)
    client.post(add_url(column), form("防"))
    draft = NoticePage.objects.get()
    client.post(edit_url(draft), form("防汛"))  # autosave while the field is still empty
    client.post(edit_url(draft), form("防汛公告", slug="fang-xun"))  # after the editor was reloaded
    draft.refresh_from_db()
    assert draft.slug == "fang-xun-gong-gao"


def test_the_address_of_a_published_notice_stays_whatever_the_title_becomes(cast, login, column):
    page = notice(column, "公告")
    for slug in ("gong-gao", ""):
        data = form("更正后的公告", slug=slug)
        login(cast.editor).post(edit_url(page), data)
        login(cast.page_reviewer).post(edit_url(page), data | {"action-publish": "1"})
        page.refresh_from_db()
        assert (page.title, page.slug) == ("更正后的公告", "gong-gao")


def test_the_editor_s_title_field_does_not_fill_in_the_address(cast, login, column):
    html = login(cast.editor).get(add_url(column)).content.decode()
    assert "data-w-sync-target-value" not in html


def test_an_editor_sees_a_draft_as_residents_will(cast, login, column):
    page = NoticePage(title="草稿通知", live=False, intro="还没有发布")
    column.add_child(instance=page)
    page.save_revision()
    client = login(cast.editor)
    url = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    sent = client.post(url, form("改过的草稿通知", slug=page.slug))
    assert sent.json()["is_valid"], sent.content.decode()
    html = client.get(url).content.decode()
    assert "改过的草稿通知" in html
    assert "尚未发布" in html


def test_an_editor_previews_a_notice_before_it_has_ever_been_saved(cast, login, column):
    args = ["publications", "noticepage", column.pk]
    url = reverse("wagtailadmin_pages:preview_on_add", args=args)
    client = login(cast.editor)
    assert client.post(url, form("全新的通知")).json()["is_valid"]
    html = client.get(url).content.decode()
    assert "全新的通知" in html
    assert column.title in html


def test_the_date_residents_see_is_that_of_the_first_publication(column):
    page = publish(column, NoticePage(title="没有写日期的通知"))
    first = page.shown_at
    assert first == page.first_published_at
    page.title = "更正"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.shown_at == first
    assert page.last_published_at > first


def test_a_reviewer_withdraws_a_notice_in_the_back_office(cast, login, column, client):
    page = notice(column, "有误的通知")
    assert client.get(page.url).status_code == 200
    url = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    login(cast.page_reviewer).post(url)
    assert client.get(page.url).status_code == 404


def test_a_picture_without_words_for_the_blind_is_refused(cast, login, home):
    page = standing_page(home)
    body = streamfield([("figure", {"image": "", "alt": "", "caption": "湖边"})])
    data = nested_form_data({"title": "怎样反映问题", "slug": page.slug, "body": body})
    response = login(cast.page_reviewer).post(edit_url(page), data | {"action-publish": "1"})
    assert response.status_code == 200
    errors = response.context["form"].errors["body"].as_data()[0].block_errors[0].block_errors
    assert "alt" in errors
    assert not StandardPage.objects.get().body
