"""Files of a matter lose what they tell: photos on the way in, letters when somebody asks."""

import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from casework.matters.attaching import attach
from casework.matters.cleaning import clean
from casework.matters.filing import known_paths
from casework.matters.models import MatterFile, Move
from office.history import acting
from office.metadata import Examined, examined
from office.private_files import load
from tests.casework.matters.counter import sent, text
from tests.office.metadata.samples import PDF, WORD, letter, paper, photo


def kept(matter, by, data, name="材料"):
    with acting(by):
        return attach(matter, SimpleUploadedFile(name, data), by=by)


def page(file, name="file"):
    return reverse(f"matters:{name}", args=[file.matter_id, file.pk])


def test_a_photo_is_stored_without_where_it_was_taken_and_both_hashes_are_noted(
    cast, handled, login
):
    told = photo()
    client = login(cast.officer)
    upload = SimpleUploadedFile("现场.jpg", told)

    answer = client.post(
        reverse("matters:attach", args=[handled.pk]), sent(files=upload), follow=True
    )

    file = handled.files.get()
    data = load(file.path, handled.data_key)
    assert "柏舟".encode() not in data
    assert file.sha256 == hashlib.sha256(data).hexdigest()
    assert file.received_sha256 == hashlib.sha256(told).hexdigest()
    assert "已去掉：拍摄地点、拍摄设备与时间" in text(answer)
    shown = text(client.get(page(file)))
    assert file.received_sha256 in shown
    assert file.sha256 in shown


def test_a_photo_that_cannot_be_opened_is_refused_with_what_to_do(cast, handled):
    with pytest.raises(ValidationError, match="请重新拍照"):
        kept(handled, cast.officer, b"\xff\xd8\xff\xe0" + b"\x00\x10JFIF\x00" + bytes(40), "坏.jpg")
    assert not MatterFile.objects.exists()


def test_an_officer_sees_what_a_letter_tells_and_stores_it_once_more_without(cast, handled, login):
    brought = letter()
    original = kept(handled, cast.officer, brought, "情况说明.docx")
    client = login(cast.officer)
    shown = text(client.get(page(original)))
    for said in ("文件里的痕迹", "韦小梅", "修订记录", "清除痕迹，另存一份"):
        assert said in shown
    assert "韦小梅" in text(client.get(page(original, "clean")))

    answer = client.post(page(original, "clean"), sent(), follow=True)

    version = MatterFile.objects.get(original=original)
    assert f"/{version.pk}/" in answer.redirect_chain[-1][0]
    assert version.text("name") == "情况说明.docx"
    assert examined(load(version.path, handled.data_key), WORD) == Examined()
    assert load(original.path, handled.data_key) == brought
    assert "修订记录" in version.removed
    for digest in (original.sha256, version.sha256):
        assert digest in text(answer)
    assert not MatterFile.objects.get(pk=original.pk).withdrawn
    assert Move.objects.filter(matter=handled, name="attach").count() == 2
    assert {original.path, version.path} <= set(known_paths())


def test_the_original_is_withdrawn_only_when_asked(cast, handled, login):
    original = kept(handled, cast.officer, paper(), "扫描件.pdf")
    client = login(cast.officer)
    client.get(page(original))

    client.post(page(original, "clean"), sent(instead="on"))

    original.refresh_from_db()
    assert original.withdrawn
    version = MatterFile.objects.get(original=original)
    assert examined(load(version.path, handled.data_key), PDF) == Examined()


def test_nobody_cleans_what_they_have_not_opened_or_may_not_add_to(cast, handled, login):
    original = kept(handled, cast.officer, letter(), "说明.docx")
    head = login(cast.officehead)  # sees the matter, has not opened the file

    assert head.get(page(original, "clean")).status_code == 302
    head.post(page(original, "clean"), sent())
    assert login(cast.leader).post(page(original, "clean"), sent()).status_code in (302, 403)
    assert login(cast.other_officer).post(page(original, "clean"), sent()).status_code == 404
    assert not MatterFile.objects.filter(original=original).exists()


def test_a_letter_without_traces_is_not_stored_twice(cast, handled):
    plain = letter()
    with acting(cast.officer):
        version = clean(kept(handled, cast.officer, plain, "a.docx"), by=cast.officer)
        with pytest.raises(ValidationError, match="没有查到痕迹"):
            clean(version, by=cast.officer)


def test_a_scan_that_starts_a_program_does_not_come_in_and_a_script_is_warned_of(
    cast, handled, login
):
    client = login(cast.officer)
    for data, said in ((paper(launch="cmd"), "会启动别的程序"), (paper(script="x"), "不运行")):
        answer = client.post(
            reverse("matters:attach", args=[handled.pk]),
            sent(files=SimpleUploadedFile("a.pdf", data)),
            follow=True,
        )
        assert said in text(answer)
    assert handled.files.count() == 1
