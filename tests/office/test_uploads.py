"""Files on their way in leave nothing behind."""

import tempfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

LARGE = b"\xe9\x9f\xa6\xe5\xb0\x8f\xe6\xa2\x85\n" * 400_000  # more than is kept in memory


@pytest.mark.parametrize("data", [b"small", LARGE], ids=["small", "large"])
def test_an_uploaded_file_has_no_name_on_the_disk_that_a_killed_server_could_leave(
    data: bytes, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    sent = {"file": SimpleUploadedFile("台账.csv", data, "text/csv"), "source": "热线"}

    request = RequestFactory().post("/", sent)
    file = request.FILES["file"]

    assert list(tmp_path.iterdir()) == []
    assert (file.name, file.size, file.content_type) == ("台账.csv", len(data), "text/csv")
    assert (file.read(), request.POST["source"]) == (data, "热线")
    file.seek(0)
    assert b"".join(file.chunks()) == data
