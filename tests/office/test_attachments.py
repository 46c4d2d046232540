"""Files a resident or a stranger hands in: taken by what they are, never by what they say."""

import os
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from office.attachments import (
    ENDINGS,
    KINDS,
    LARGEST,
    Stored,
    kind_of,
    proper_name,
    store,
)
from office.clock import now
from office.private_files import load, sweep
from office.vault import VaultError, new_data_key

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
EXAMPLES = settings(deadline=None, database=None, derandomize=True)
TYPES = "[Content_Types].xml"


def wide(text):
    return text.encode("utf-16-le")


def picture(kind):
    out = BytesIO()
    Image.new("RGB", (8, 8), "#0b5563").save(out, kind)
    return out.getvalue()


def archive(parts):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return out.getvalue()


DOCX = archive({TYPES: "<Types/>", "word/document.xml": "<w:document/>"})
XLSX = archive({TYPES: "<Types/>", "xl/workbook.xml": "<workbook/>"})


def upload(content, name="材料.txt"):
    return SimpleUploadedFile(name, content)


@pytest.fixture
def key():
    return new_data_key()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), "image/jpeg"),
        (picture("PNG"), "image/png"),
        (picture("WEBP"), "image/webp"),
        (picture("PDF"), "application/pdf"),
        (DOCX, WORD),
        (XLSX, EXCEL),
        (OLE + wide("WordDocument"), "application/x-ole-storage"),
        (OLE + wide("Workbook"), "application/x-ole-storage"),
        ("加班费一直没有发。\n".encode(), "text/plain"),
        ("加班费一直没有发。\n".encode("gb18030"), "text/plain"),
        (b"\xef\xbb\xbf" + "带标记的文本".encode(), "text/plain"),
    ],
)
def test_what_residents_bring_is_known_by_its_content(content, kind):
    assert kind_of(content) == kind


@pytest.mark.parametrize(
    "content",
    [
        b"MZ" + bytes(300),  # a program
        b"\x7fELF" + bytes(300),
        b"<html><script>alert(1)</script>",
        b"\xef\xbb\xbf  <svg onload='alert(1)'/>",
        b"\n\t <!DOCTYPE html>",
        "\ufeff<html>".encode("utf-16"),
        OLE + wide("Root Entry") + wide("!Property"),  # an installer
        OLE + wide("__substg1.0_0037001F"),  # a mail with whatever hangs on it
        archive({"setup.exe": b"MZ"}),
        archive({TYPES: "<Types/>", "index.html": "<html>"}),
        archive({"word/document.xml": "<w:document/>"}),
        b"Rar!\x1a\x07\x00" + bytes(300),
        b"7z\xbc\xaf\x27\x1c" + bytes(300),
        b"GIF89a" + bytes(300),
        b"PK\x03\x04",
        b"PK\x03\x04" + bytes(200),
        OLE,
        bytes(range(256)) * 4,
    ],
)
def test_what_nobody_should_open_is_refused_with_what_to_do(content):
    with pytest.raises(ValidationError, match="可以上传"):
        kind_of(content)


@pytest.mark.parametrize(
    "content",
    [
        archive({TYPES: "<Types/>", "word/document.xml": "", "word/vbaProject.bin": "x"}),
        archive({TYPES: "<Types/>", "xl/workbook.xml": "", "xl/VBAPROJECT.BIN": "x"}),
        archive(
            {
                TYPES: '<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>',
                "word/document.xml": "",
                "word/holiday.bin": "x",
            }
        ),
        OLE + wide("WordDocument") + wide("_VBA_PROJECT"),
    ],
)
def test_a_document_with_macros_is_refused_whatever_it_is_called(content):
    with pytest.raises(ValidationError, match="文件里有宏"):
        kind_of(content)


@pytest.mark.parametrize("hidden", ["<Types/>".encode("utf-16"), b"<Types>" + b" " * 300_000])
def test_a_list_of_parts_that_cannot_be_read_is_no_document(hidden):
    with pytest.raises(ValidationError, match="可以上传"):
        kind_of(archive({TYPES: hidden, "word/document.xml": "<w:document/>"}))


def test_a_document_with_a_password_says_so():
    with pytest.raises(ValidationError, match="取消密码"):
        kind_of(OLE + wide("EncryptedPackage"))


def answer_to(content):
    """The kind of a file, or what whoever brought it is told."""
    try:
        return kind_of(content)
    except ValidationError as refused:
        return refused.message


@EXAMPLES
@given(st.data())
def test_a_broken_archive_is_refused_and_breaks_nothing(data):
    content = bytearray(data.draw(st.sampled_from([DOCX, XLSX])))
    for _ in range(data.draw(st.integers(1, 6))):
        content[data.draw(st.integers(4, len(content) - 1))] = data.draw(st.integers(0, 255))
    content = bytes(content[: data.draw(st.integers(4, len(content)))])
    answer = answer_to(content)
    assert answer in (WORD, EXCEL) or "可以上传" in answer or "文件里有宏" in answer


@EXAMPLES
@given(st.binary(max_size=200))
def test_any_bytes_are_taken_or_refused_in_words(content):
    answer = answer_to(content)
    assert answer in KINDS or answer.endswith("。")


@pytest.mark.parametrize(
    ("name", "kind", "kept"),
    [
        ("工资条.JPG", "image/jpeg", "工资条.JPG"),
        ("工资条.exe", "image/jpeg", "工资条.exe.jpg"),
        ("说明.html", "text/plain", "说明.html.txt"),
        ("说明.csv", "text/plain", "说明.csv.txt"),
        ("说明\u202etxt.scr", "text/plain", "说明txt.scr.txt"),
        ("台账.et", "application/x-ole-storage", "台账.et"),
        ("setup.msi", "application/x-ole-storage", "setup.msi.doc"),
        ("a\r\nSet-Cookie: x.pdf", "application/pdf", "aSet-Cookie: x.pdf"),
        (" .. ", "application/pdf", "未命名.pdf"),
        ("长" * 300 + ".pdf", "application/pdf", "长" * 116 + ".pdf"),
        ("长" * 300, WORD, "长" * 115 + ".docx"),
    ],
)
def test_a_file_opens_as_what_its_name_says(name, kind, kept):
    assert proper_name(name, kind) == kept
    assert len(kept) <= 120


def test_every_kind_has_its_endings():
    assert ENDINGS.keys() == KINDS.keys()
    assert all(ending[0].startswith(".") and len(ending[0]) <= 5 for ending in ENDINGS.values())


def test_a_stored_file_is_closed_on_the_disk_and_opens_again(key, settings):
    content = "考勤本第十二页".encode()
    kept = store(upload(content), key)
    [file] = [path for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()]

    assert kept == Stored(
        f"{file.parent.name}/{file.name}", "text/plain", len(content), kept.sha256
    )
    assert content not in file.read_bytes()
    assert (file.stat().st_mode & 0o777, file.parent.stat().st_mode & 0o777) == (0o600, 0o700)
    assert load(kept.path, key) == content


def test_an_empty_or_a_huge_file_is_refused_before_anything_is_written(key, settings):
    huge = upload(b"x")
    huge.size = LARGEST + 1
    for file, told in ((upload(b""), "空的"), (huge, "20 MB")):
        with pytest.raises(ValidationError, match=told):
            store(file, key)
    assert not settings.PRIVATE_ROOT.exists()


def test_files_exchanged_on_the_disk_do_not_open(key, settings):
    one, two = (store(upload(text.encode()), key) for text in ("第一份", "第二份"))
    first, second = (settings.PRIVATE_ROOT / kept.path for kept in (one, two))
    content = first.read_bytes()
    first.write_bytes(second.read_bytes())
    second.write_bytes(content)

    for kept in (one, two):
        with pytest.raises(VaultError, match="改动过或放错了地方"):
            load(kept.path, key)
    with pytest.raises(VaultError):
        load(one.path, new_data_key())


def test_a_file_whose_record_never_came_goes_after_a_day(key, settings, db):
    kept, lost, fresh = (store(upload(f"第{n}份".encode()), key) for n in range(3))
    yesterday = (now() - timedelta(hours=25)).timestamp()
    for one in (kept, lost):
        os.utime(settings.PRIVATE_ROOT / one.path, (yesterday, yesterday))

    assert sweep([kept.path], now()) == 1
    left = {path.name for path in settings.PRIVATE_ROOT.rglob("*") if path.is_file()}
    assert left == {Path(kept.path).name, Path(fresh.path).name}
    assert sweep([kept.path], now()) == 0


def test_sweeping_a_new_installation_finds_nothing(settings, db):
    assert not settings.PRIVATE_ROOT.exists()
    assert sweep([], now()) == 0
