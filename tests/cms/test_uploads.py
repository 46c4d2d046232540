"""What an editor puts on the public site tells nothing beside its content."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image as Picture
from wagtail.documents.models import Document
from wagtail.images.models import Image
from wagtail.models import Collection, ModelLogEntry

from cms.uploads import ACTION
from office.metadata import Examined, examined
from tests.office.metadata.samples import PDF, WORD, letter, paper, photo

ADD_IMAGE, ADD_DOCUMENT = reverse("wagtailimages:add"), reverse("wagtaildocs:add")
SCRIPTED = {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"}


def root() -> int:
    return Collection.get_first_root_node().pk


def sent(name: str, data: bytes, **more) -> dict:
    file = SimpleUploadedFile(name, data)
    return {"title": "办事指南", "file": file, "collection": root(), **more}


def public(record) -> bytes:
    with record.file.open("rb") as file:
        return file.read()


@pytest.mark.parametrize("way", ["page", "drop", "chooser"])
def test_an_editors_photo_goes_public_without_where_it_was_taken(cast, login, way):
    client, told = login(cast.page_reviewer), photo()
    if way == "page":
        client.post(ADD_IMAGE, sent("湖.jpg", told))
    elif way == "drop":
        address = reverse("wagtailimages:add_multiple")
        data = sent("湖.jpg", told)
        client.post(
            address, {"title": "湖", "collection": root(), "files[]": data["file"]}, **SCRIPTED
        )
    else:
        data = sent("湖.jpg", told)
        prefixed = {f"image-chooser-upload-{name}": value for name, value in data.items()}
        client.post(reverse("wagtailimages_chooser:create"), prefixed)

    image = Image.objects.get()
    data = public(image)
    assert "柏舟".encode() not in data
    assert dict(Picture.open(BytesIO(data)).getexif()) == {0x0112: 6}
    assert image.file_size == len(data)


@pytest.mark.parametrize("way", ["page", "drop"])
@pytest.mark.parametrize(
    ("name", "data", "kind"), [("a.docx", letter(), WORD), ("a.pdf", paper(), PDF)]
)
def test_an_editors_document_goes_public_without_its_traces_and_the_log_says_so(
    cast, login, name, data, kind, way
):
    client = login(cast.page_reviewer)
    form = sent(name, data)
    if way == "page":
        client.post(ADD_DOCUMENT, form)
    else:
        form["files[]"] = form.pop("file")
        client.post(reverse("wagtaildocs:add_multiple"), form, **SCRIPTED)

    document = Document.objects.get()
    assert examined(public(document), kind) == Examined()
    assert document.file_size == len(public(document))
    entry = ModelLogEntry.objects.get(action=ACTION)
    assert entry.object_id == str(document.pk)
    assert entry.user == cast.page_reviewer
    assert "作者" in entry.data["removed"]
    assert entry.data["received_sha256"] != entry.data["sha256"]


def test_a_signed_document_may_stay_as_it_is_and_shows_what_it_tells(cast, login):
    client, data = login(cast.page_reviewer), paper()
    client.post(ADD_DOCUMENT, sent("a.pdf", data, as_is="on"))
    document = Document.objects.get()
    assert public(document) == data
    edit = reverse("wagtaildocs:edit", args=[document.pk])

    page = client.get(edit).content.decode()
    assert "作者：韦小梅" in page
    assert "附带的文件：工资单.txt" in page

    client.post(edit, {"title": "办事指南", "collection": root()})
    document.refresh_from_db()
    assert examined(public(document), PDF) == Examined()
    shown = client.get(edit).content.decode()
    assert "上次清除了：" in shown
    assert ModelLogEntry.objects.get(action=ACTION).data["sha256"][:16] in shown


def test_a_document_that_starts_a_program_is_refused(cast, login):
    answer = login(cast.page_reviewer).post(ADD_DOCUMENT, sent("a.pdf", paper(launch="cmd")))

    assert "会启动别的程序" in answer.content.decode()
    assert not Document.objects.exists()
