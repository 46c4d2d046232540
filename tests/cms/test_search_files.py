"""Images and documents are found by any part of their titles, descriptions and tags."""

from io import BytesIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from modelsearch.backends import get_search_backend
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Page

from tests.cms.searched import ids, make_site

pytestmark = pytest.mark.django_db
SEARCHES = ("search", "autocomplete")


def picture(title: str, **fields) -> Image:
    raw = BytesIO()
    Picture.new("RGB", (4, 4)).save(raw, "PNG")
    return Image.objects.create(title=title, file=ImageFile(raw, name="a.png"), **fields)


def document(title: str) -> Document:
    return Document.objects.create(title=title, file=ContentFile(b"%PDF-1.4", name="a.pdf"))


@pytest.mark.parametrize("how", SEARCHES)
def test_an_editor_finds_an_image_by_a_part_of_its_title_or_description(db, how):
    tower = picture("澜庭苑延期交房现场", description="三号楼塔吊停工")
    picture("湖边步道")
    search = getattr(get_search_backend(), how)
    for query in ("交房", "庭苑延", "塔吊", "yqjf"):
        assert ids(search(query, Image)) == [tower.pk], query
    assert ids(search("步道 塔吊", Image)) == []
    assert ids(search("塔吊", Image, fields=["title"])) == []


def test_an_image_is_found_by_its_tags(db):
    image = picture("现场")
    image.tags.add("接访日", "大厅")
    image.save()
    backend = get_search_backend()
    assert ids(backend.search("接访", Image)) == [image.pk]
    assert ids(backend.search("jfr", Image)) == [image.pk]
    assert ids(backend.search("接访 现场", Image.objects.filter(collection_id=0))) == []


def test_a_renamed_image_is_found_by_its_new_title_and_a_deleted_one_not_at_all(db):
    image, backend = picture("旧的名字"), get_search_backend()
    image.title = "新的名字"
    image.save()
    assert ids(backend.autocomplete("新的", Image)) == [image.pk]
    assert ids(backend.autocomplete("旧的", Image)) == []
    image.delete()
    assert ids(backend.autocomplete("名字", Image)) == []


@pytest.mark.parametrize("how", SEARCHES)
def test_documents_images_and_pages_do_not_answer_for_one_another(db, how):
    site = make_site()
    image, paper = picture("延期交房照片"), document("延期交房告知书")
    search = getattr(get_search_backend(), how)
    assert ids(search("延期交房", Image)) == [image.pk]
    assert ids(search("延期交房", Document)) == [paper.pk]
    assert set(ids(search("延期交房", Page))) == {site.old.pk, site.new.pk, site.inside.pk}


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("/admin/images/?q={}", "延期交房照片"),
        ("/admin/images/results/?q={}", "延期交房照片"),
        ("/admin/images/chooser/results/?q={}", "延期交房照片"),
        ("/admin/documents/?q={}", "延期交房告知书"),
        ("/admin/documents/chooser/results/?q={}", "延期交房告知书"),
        ("/admin/pages/search/?q={}", "延期交房进展通报"),
        ("/admin/pages/search/results/?q={}", "延期交房进展通报"),
        ("/admin/choose-page/search/?q={}&page_type=wagtailcore.page", "延期交房进展通报"),
        ("/admin/choose-page/search/?q={}&page_type=publications.noticepage", "延期交房进展通报"),
    ],
)
@pytest.mark.parametrize("query", ["交房", "yqjf"])
def test_an_editor_finds_them_at_every_box_of_the_admin(cast, login, address, shown, query):
    make_site()
    picture("延期交房照片")
    picture("湖边步道")
    document("延期交房告知书")
    document("湖边步道平面图")
    response = login(cast.page_reviewer).get(address.format(query))
    html = response.content.decode()
    assert response.status_code == 200
    assert shown in html
    assert "湖边步道" not in html
    assert "养老诈骗提醒" not in html


def test_an_editor_finds_pages_below_the_one_that_is_open(cast, login):
    site = make_site()
    client = login(cast.page_reviewer)
    html = client.get(f"/admin/pages/{site.column.pk}/?q=交房").content.decode()
    assert "延期交房进展通报" in html
    assert "养老诈骗提醒" not in html
    html = client.get(f"/admin/pages/{site.column.pk}/?q=交房&ordering=title").content.decode()
    assert html.index("第1期") < html.index("第2期")
