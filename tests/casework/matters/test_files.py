"""Files of a matter: added, looked at with a purpose, withdrawn, never lost and never leaked."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from casework.matters.approvals import ask, decide
from casework.matters.filing import sweep_files
from casework.matters.models import ImportJob, MatterFile, Move
from office import registries
from office.clock import now
from office.history import acting
from office.models import Look
from office.vault import new_data_key
from tests.casework.matters.counter import arrive, record, sent, text
from tests.english import english_left

NOTE = "七月 31 小时，八月 28 小时".encode()


def upload(name: str = "工时表.txt", data: bytes = NOTE) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def picture(kind: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "#0b5563").save(out, format=kind)
    return out.getvalue()


def add(client, matter, *files, **more):
    form = sent(files=list(files), **more)
    return client.post(reverse("matters:attach", args=[matter.pk]), form, follow=True)


def address(name: str, file: MatterFile) -> str:
    return reverse(f"matters:{name}", args=[file.matter_id, file.pk])


@pytest.fixture
def file(cast, handled, login):
    add(login(cast.officer), handled, upload())
    return handled.files.get()


def test_several_files_come_in_at_once_and_lie_encrypted(cast, handled, login, settings):
    page = add(login(cast.officer), handled, upload(), upload("照片.jpg", picture("JPEG")))

    assert "已存 2 份材料" in text(page)
    assert [file.text("name") for file in handled.files.order_by("pk")] == [
        "工时表.txt",
        "照片.jpg",
    ]
    for file in handled.files.all():
        stored = (Path(settings.PRIVATE_ROOT) / file.path).read_bytes()
        assert NOTE not in stored
        assert b"JFIF" not in stored
    assert Move.objects.filter(matter=handled, name="attach").count() == 2


def test_a_refused_file_is_told_by_its_place_and_the_others_stay(cast, handled, login):
    page = text(
        add(
            login(cast.officer),
            handled,
            upload(),
            upload("报价.exe", b"MZ\x00\x00" * 40),
            upload("空.txt", b""),
        )
    )

    assert "已存 1 份材料" in page
    assert "第 2 个文件没有存：不支持这种文件" in page
    assert "第 3 个文件没有存：文件是空的" in page
    assert handled.files.count() == 1


def test_a_record_takes_no_more_than_thirty_files(cast, handled, login):
    many = [upload(f"{n}.txt") for n in range(1, 32)]

    page = text(add(login(cast.officer), handled, *many))

    assert "已存 30 份材料" in page
    assert "第 31 个文件没有存：一件事项最多 30 份材料" in page
    assert handled.files.count() == 30


def test_sending_nothing_is_told_in_words(cast, handled, login):
    assert "还没有选择文件" in text(add(login(cast.officer), handled))


def test_a_double_click_stores_once(cast, handled, login):
    client, form = login(cast.officer), sent()
    for _ in range(2):
        client.post(reverse("matters:attach", args=[handled.pk]), form | {"files": [upload()]})
    assert handled.files.count() == 1


@pytest.mark.parametrize("who", ["auditor", "leader", "custodian"])
def test_files_are_added_and_withdrawn_by_those_with_the_right(who, cast, file, login):
    client = login(getattr(cast, who))

    for response in (
        client.post(reverse("matters:attach", args=[file.matter_id]), sent(files=[upload()])),
        client.post(address("withdraw", file), sent(reason="试")),
    ):
        assert response.status_code == 404 or response.url == "/admin/"
    file.refresh_from_db()
    assert (file.withdrawn, MatterFile.objects.count()) == (False, 1)


def test_the_officer_opens_a_file_by_task_and_the_look_is_written_once(cast, file, login):
    client = login(cast.officer)

    assert "工时表.txt" in text(client.get(address("file", file)))
    response = client.get(address("content", file))

    assert response.content == NOTE
    look = Look.objects.get(person=cast.officer, what=f"材料{file.pk}")
    assert look.purpose == "承办本事项"


def test_others_state_a_purpose_before_name_and_content_are_shown(cast, file, login):
    client = login(cast.auditor)
    closed = text(client.get(address("file", file)))
    assert "工时表" not in closed
    assert "查看目的" in closed
    assert client.get(address("content", file)).url == address("file", file)
    assert "工时表" not in text(client.get(record(file.matter)))
    assert not Look.objects.filter(person=cast.auditor).exists()

    refused = client.post(address("file", file), sent(purpose=""))
    assert refused.status_code == 422
    client.post(address("file", file), sent(purpose="审计抽查"))

    assert client.get(address("content", file)).content == NOTE
    looks = Look.objects.filter(person=cast.auditor).order_by("id")
    assert [(look.act, look.purpose) for look in looks] == [
        ("file", "审计抽查"), ("download", "审计抽查"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "data", "kind", "shown"),
    [
        ("照片.jpg", picture("JPEG"), "image/jpeg", "inline"),
        ("照片.png", picture("PNG"), "image/png", "inline"),
        ("表.pdf", b"%PDF-1.4\n%%EOF\n" + b"0" * 300, "application/pdf", "inline"),
        ("工时表.txt", NOTE, "text/plain; charset=utf-8", "attachment"),
    ],
)
def test_only_pictures_and_pdf_are_shown_and_none_can_run(
    name, data, kind, shown, cast, handled, login
):
    client = login(cast.officer)
    add(client, handled, upload(name, data))

    response = client.get(address("content", handled.files.get()))

    assert response.content == data
    assert response["Content-Type"] == kind
    assert response["Content-Disposition"].startswith(shown)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"].startswith("sandbox;")
    assert "no-store" in response["Cache-Control"]
    page = text(client.get(address("file", handled.files.get())))
    assert (address("content", handled.files.get()) + '"' in page) == (shown == "inline")


def test_a_preview_can_be_downloaded_under_its_own_name(cast, handled, login):
    add(login(cast.officer), handled, upload("现场照片.jpg", picture("JPEG")))

    response = login(cast.officer).get(address("content", handled.files.get()) + "?download=1")

    assert response["Content-Disposition"] == (
        "attachment; filename*=UTF-8''%E7%8E%B0%E5%9C%BA%E7%85%A7%E7%89%87.jpg"
    )


def test_a_file_is_no_door_into_another_matter(cast, file, login):
    other = arrive(cast.registrar)[1][0]
    client = login(cast.officehead)

    for name in ("file", "content", "withdraw"):
        crossed = reverse(f"matters:{name}", args=[other.pk, file.pk])
        assert client.get(crossed).status_code == 404


def test_a_withdrawn_file_is_marked_with_a_reason_and_stays_readable(cast, file, login, settings):
    client = login(cast.officer)
    assert "请写明撤下的理由" in text(client.post(address("withdraw", file), sent(reason=" ")))

    client.post(address("withdraw", file), sent(reason="传错了事项"))

    file.refresh_from_db()
    assert file.withdrawn
    assert "已撤下" in text(client.get(record(file.matter)))
    assert client.get(address("content", file)).content == NOTE
    move = Move.objects.filter(matter=file.matter).latest("id")
    assert (move.name, move.text("note")) == ("take_off", "传错了事项")
    assert "已经撤下了" in text(client.get(address("withdraw", file), follow=True))


def test_a_lost_file_is_told_in_words(cast, file, login, settings):
    (Path(settings.PRIVATE_ROOT) / file.path).unlink()

    page = text(login(cast.officer).get(address("content", file), follow=True))

    assert "文件打不开" in page


def test_a_sealed_letter_and_a_void_matter_take_no_files(cast, sealed, login):
    void = arrive(cast.registrar)[1][0]
    with acting(cast.officehead):
        request = ask(void, "void", by=cast.officehead, reason="重复登记")
    with acting(cast.officehead2):
        decide(request, by=cast.officehead2, approve=True)
    client = login(cast.registrar)

    assert (
        client.post(reverse("matters:attach", args=[sealed.pk]), sent(files=[upload()])).status_code
        == 404
    )
    refused = client.post(reverse("matters:attach", args=[void.pk]), sent(files=[upload()]))
    assert refused.url == "/admin/"
    assert MatterFile.objects.count() == 0


def test_the_sweep_leaves_every_file_that_a_row_names(cast, file, settings):
    root = Path(settings.PRIVATE_ROOT)
    ledger, orphan = root / "aa" / ("a" * 32), root / "bb" / ("b" * 32)
    for path in (ledger, orphan):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x")
    key = new_data_key()
    key.save()
    ImportJob.objects.create(name="台账.xlsx", data_key=key, path=f"aa/{'a' * 32}", sha256="0" * 64)
    job = next(run for name, _, _, run in registries.jobs if name == "files")

    assert job(now()) == 0
    old = (now() - timedelta(days=2)).timestamp()
    for path in (root / file.path, ledger, orphan):
        os.utime(path, (old, old))
    assert sweep_files(now()) == 1

    assert [path.exists() for path in (root / file.path, ledger, orphan)] == [True, True, False]


def test_nothing_about_files_is_english(cast, file, login):
    for who in ("officer", "leader"):
        client = login(getattr(cast, who))
        assert english_left(text(client.get(address("file", file)))) == []
    assert english_left(text(login(cast.officer).get(address("withdraw", file)))) == []
