"""Pictures and documents of the public site lose what they tell beside their content.

Pictures always; a document unless its editor says that it must stay as it is (signed PDF). Both
hashes and what was taken out stand in Wagtail's log beside the document.
"""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db.models.fields.files import FieldFile
from wagtail.documents.forms import BaseDocumentForm
from wagtail.documents.models import Document
from wagtail.images.forms import BaseImageForm
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from office.attachments import kind_of
from office.metadata import CannotClean, cleaned, examined, family_of

ACTION = "cms.clean_document"
_ARCHIVE = ".zip"


def _replaced(file: UploadedFile, data: bytes) -> UploadedFile:
    """The upload with other bytes; what Wagtail noted on it (its picture) goes along."""
    new = SimpleUploadedFile(file.name or "file", data, content_type=file.content_type or "")
    for name in ("image", "content_type_extra", "charset"):
        if hasattr(file, name):
            setattr(new, name, getattr(file, name))
    return new


def _bytes(file: Any) -> bytes:
    """All of a file, sent just now or public already."""
    if isinstance(file, FieldFile):
        with file.open("rb") as stored:
            return stored.read()
    file.seek(0)
    data = file.read()
    file.seek(0)
    return data


class CleanImageForm(BaseImageForm):
    """Pictures as Wagtail takes them, without place, device, captions and thumbnails."""

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        data = _bytes(file)
        try:
            done = cleaned(data, kind_of(data))
        except CannotClean as error:
            raise ValidationError(str(error)) from error
        return _replaced(file, done.data) if done.data != data else file


class CleanDocumentForm(BaseDocumentForm):
    """Documents: what a file tells is shown, and the public file is the one without it."""

    as_is = forms.BooleanField(
        label="原样公开，不清除痕迹",
        required=False,
        help_text="平时不勾：上传时自动清除作者、批注、修订等痕迹。带电子签名的 PDF 清除后签名失效，才勾选。",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.done: dict[str, Any] = {}
        self.old = self.instance.file.name if self.instance.pk and self.instance.file else ""
        if self.old and not self.is_bound:
            field = self.fields["as_is"]
            field.help_text = f"{self._told()}{field.help_text}"

    def _told(self) -> str:
        """What the public file tells now, and what was taken out of it."""
        try:
            found = _look(_bytes(self.instance.file), self.old)
        except OSError:
            return ""
        last = ModelLogEntry.objects.for_instance(self.instance).filter(action=ACTION).first()
        said = "；".join(f"{label}：{text}" for label, text in found)
        told = f"现在的文件里还有：{said}。不勾选再保存一次就清除。" if said else ""
        if last is not None:
            data = last.data
            told += (
                f"上次清除了：{'、'.join(data['removed'])}"
                f"（收到 {data['received_sha256'][:16]}…，公开 {data['sha256'][:16]}…）。"
            )
        return told

    def clean(self) -> dict[str, Any]:
        given = super().clean() or self.cleaned_data
        file = given.get("file", self.instance.file)
        if not file or given.get("as_is") or self.errors:
            return given
        try:
            data = _bytes(file)
        except OSError:
            return given
        try:
            done = self._cleaned(data, file.name or "")
        except ValidationError as error:
            self.add_error("file" if "file" in self.fields else None, error)
            return given
        if done is not None:
            new = SimpleUploadedFile((file.name or "file").rpartition("/")[2], done)
            self._take(new, given)
        return given

    def _take(self, new: UploadedFile, given: dict[str, Any]) -> None:
        """Put the cleaned file in the place of the one that was sent, or that is public already."""
        if "file" in self.fields:
            given["file"] = new
            if "file" not in self.changed_data:
                self.changed_data.append("file")
        else:
            self.instance.file = new

    def _cleaned(self, data: bytes, name: str) -> bytes | None:
        """The file to be public in its place; None when it may stay. Raises ValidationError."""
        if name.lower().endswith(_ARCHIVE):
            return None
        kind = kind_of(data)
        found = examined(data, kind)
        if found.refused:
            raise ValidationError(found.refused)
        if not found.traces or family_of(kind) == "old":
            return None
        try:
            done = cleaned(data, kind)
        except CannotClean as error:
            raise ValidationError(f"{error}或者勾选“原样公开”。") from error
        self.done = {
            "received_sha256": hashlib.sha256(data).hexdigest(),
            "sha256": hashlib.sha256(done.data).hexdigest(),
            "removed": list(done.removed),
        }
        return done.data

    def save(self, commit: bool = True) -> Document:
        if self.done:
            self.instance.file_size = self.instance.file_hash = None
        document = super().save(commit=commit)
        if self.done:
            document._set_document_file_metadata()
            document.save()  # the log needs its key, also where the view saves once more
            log(instance=document, action=ACTION, data=self.done)
            if self.old and self.old != document.file.name:
                document.file.storage.delete(self.old)
        return document


def _look(data: bytes, name: str) -> list[tuple[str, str]]:
    if name.lower().endswith(_ARCHIVE):
        return []
    try:
        return [(trace.label, trace.text) for trace in examined(data, kind_of(data)).traces]
    except ValidationError:
        return []
