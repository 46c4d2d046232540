"""Files of records: checked by content, encrypted, written and synced before their row."""

import hashlib
import zipfile
from dataclasses import dataclass
from io import BytesIO

import filetype
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile

from office import private_files
from office.metadata import CannotClean, cleaned, examined, family_of
from office.models import DataKey

LARGEST = 20 * 1024 * 1024  # bytes of one file
MOST = 30  # files of one record

#: detected type → (name shown, may be shown in the browser)
KINDS = {
    "image/jpeg": ("照片", True),
    "image/png": ("图片", True),
    "image/webp": ("图片", True),
    "application/pdf": ("PDF", True),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ("Word 文档", False),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ("Excel 表格", False),
    "application/x-ole-storage": ("WPS 或旧版 Office 文档", False),
    "audio/mpeg": ("录音", False),
    "audio/mp4": ("录音", False),
    "audio/amr": ("录音", False),
    "video/mp4": ("录像", False),
    "text/plain": ("文本", False),
}
#: detected type → endings its name may have; the first is added to any other name
ENDINGS = {
    "image/jpeg": (".jpg", ".jpeg"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "application/pdf": (".pdf",),
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": (".docx",),
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": (".xlsx",),
    "application/x-ole-storage": (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"),
    "audio/mpeg": (".mp3",),
    "audio/mp4": (".m4a",),
    "audio/amr": (".amr",),
    "video/mp4": (".mp4",),
    "text/plain": (".txt",),
}
#: detected type → the one it is stored as
CONVERTED = {"image/heic": "image/jpeg"}
_TYPES = 256 * 1024  # bytes of a document's own list of its parts
_OLE = bytes.fromhex("d0cf11e0a1b11ae1")
_MACRO = "文件里有宏，不能上传。请另存为不带宏的文档（.docx 或 .xlsx）。"
#: streams that make a compound file a document; installers and mails have others
_DOCUMENTS = ("WordDocument", "Workbook", "Book", "PowerPoint Document")


@dataclass(frozen=True)
class Stored:
    """A file on disk: where (relative to PRIVATE_ROOT), its type, size in bytes and SHA-256.

    received_sha256: of the upload, where traces were taken out of it, else "". removed: labels of
    those; warnings: sentences about what may happen when the file is opened.
    """

    path: str
    kind: str
    size: int
    sha256: str
    received_sha256: str = ""
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()


def kind_of(data: bytes) -> str:
    """The type of a file by its content. Raises ValidationError for one that is not accepted."""
    guess = filetype.guess_mime(data[:8192]) or ""
    if data.startswith(b"PK\x03\x04"):
        guess = _zip_kind(data)
    elif data.startswith(_OLE):
        guess = _ole_kind(data)
    elif not guess and _is_text(data):
        guess = "text/plain"
    if guess not in KINDS and guess not in CONVERTED:
        raise ValidationError(
            "不支持这种文件。可以上传：照片、PDF、Word、Excel、WPS 文档、录音、录像、文本。"
        )
    return guess


def proper_name(name: str, kind: str) -> str:
    """A file's name with an ending of its detected type: what it says is what it opens as."""
    name = "".join(sign for sign in name if sign.isprintable()).strip(" .") or "未命名"
    if kind in CONVERTED.values() and name.lower().endswith((".heic", ".heif")):
        name = name[:-5]
    fits = name.lower().endswith(ENDINGS[kind])
    return name[-120:] if fits else name[-115:] + ENDINGS[kind][0]


def _ole_kind(data: bytes) -> str:
    def has(stream: str) -> bool:
        return stream.encode("utf-16-le") in data

    if has("EncryptedPackage"):
        raise ValidationError("文件设了打开密码，不能上传。请取消密码后再上传。")
    if has("_VBA_PROJECT"):
        raise ValidationError(_MACRO)
    return "application/x-ole-storage" if any(map(has, _DOCUMENTS)) else ""


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            inside = {name.lower() for name in archive.namelist()}
            with archive.open("[Content_Types].xml") as part:
                types = part.read(_TYPES + 1).lower()
    except Exception:  # a hostile archive can make the reader fail in any way
        return ""
    if any(name.endswith("vbaproject.bin") for name in inside) or b"macroenabled" in types:
        raise ValidationError(_MACRO)
    if b"\x00" in types or len(types) > _TYPES:  # written so that its words are not found
        return ""
    office = "application/vnd.openxmlformats-officedocument"
    if "word/document.xml" in inside:
        return f"{office}.wordprocessingml.document"
    return f"{office}.spreadsheetml.sheet" if "xl/workbook.xml" in inside else ""


def _is_text(data: bytes) -> bool:
    if b"\x00" in data:
        return False
    for encoding in ("utf-8", "gb18030"):
        try:
            data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return not data.removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"<")
    return False


def store(upload: UploadedFile, key: DataKey) -> Stored:
    """Check, encrypt and write an upload; returns what its row must hold.

    Photos lose where, when and with what they were taken; of other files that is shown (`metadata`).
    The file is on disk, synced, before the row exists; a file whose row never came is swept.
    Raises ValidationError (Chinese, says what to do) for a file that is empty, too large or of a
    type that is not accepted.
    """
    if not upload.size:
        raise ValidationError("文件是空的，请重新选择。")
    if upload.size > LARGEST:
        raise ValidationError(f"文件超过 {LARGEST // 1024 // 1024} MB，请压缩或分开上传。")
    received = upload.read()
    kind = kind_of(received)
    data = received
    removed: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    if kind in CONVERTED or family_of(kind) == "photo":
        data, removed = _without_traces(received, kind)
    else:
        warnings = _safe(received, kind)
    kind = CONVERTED.get(kind, kind)
    path = private_files.put(data, key)
    before = hashlib.sha256(received).hexdigest() if data != received else ""
    digest = hashlib.sha256(data).hexdigest()
    return Stored(path, kind, len(data), digest, before, removed, warnings)


def _without_traces(data: bytes, kind: str) -> tuple[bytes, tuple[str, ...]]:
    try:
        clean = cleaned(data, kind)
    except CannotClean as error:
        raise ValidationError(str(error)) from error
    return clean.data, clean.removed


def _safe(data: bytes, kind: str) -> tuple[str, ...]:
    """What to warn of. Raises ValidationError for a file that starts programs when it is opened."""
    found = examined(data, kind)
    if found.refused:
        raise ValidationError(found.refused)
    return found.warnings
