"""What a file tells beside its content, and the file without it. Knows no settings and no database.

Photos are cut by their own structure in this process (`photos`): nothing of them is interpreted. Word,
Excel, PowerPoint, PDF and HEIC are opened in a bare child process with limits (`asking`, `apart`).
"""

from dataclasses import dataclass, field

from office.metadata import photos
from office.metadata.asking import ask

_OFFICE = "application/vnd.openxmlformats-officedocument."
PDF, OLD, HEIC = "application/pdf", "application/x-ole-storage", "image/heic"
PHOTOS = ("image/jpeg", "image/png", "image/webp")
SAVE_AS = "旧版 Office、WPS 格式（.doc、.xls、.wps、.et）不能清除。请用 WPS 另存为 .docx 或 .xlsx，再清除。"
FAILED = "文件太大或结构异常，没有检查完。请用 WPS 打开后另存一份再上传。"


class CannotClean(ValueError):
    """The file cannot be cleaned; the message is a Chinese sentence that says what to do."""


@dataclass(frozen=True)
class Trace:
    """Something a file tells beside its content: label (作者, 修订记录 …) and what it says."""

    label: str
    text: str


@dataclass(frozen=True)
class Cleaned:
    """A file without traces; removed: labels of what was taken out, () when there was nothing."""

    data: bytes
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Examined:
    """traces: what the file tells; warnings: what may happen on opening it; refused: why it should
    not be taken in, "" when it may; told: why it could not be looked into, "" when it was.
    """

    traces: list[Trace] = field(default_factory=list)
    warnings: tuple[str, ...] = ()
    refused: str = ""
    told: str = ""


def family_of(kind: str) -> str:
    """Who looks into a file of this MIME type: photo, office, pdf, old, heic; "" for nobody."""
    if kind in PHOTOS:
        return "photo"
    if kind.startswith(_OFFICE):
        return "office"
    return {PDF: "pdf", OLD: "old", HEIC: "heic"}.get(kind, "")


def examined(data: bytes, kind: str) -> Examined:
    """What a file of this MIME type tells and what it may do. A file that nobody can read is told of
    and not refused: a letter that is lost is worse than a broken one.
    """
    family = family_of(kind)
    if family == "photo":
        try:
            return Examined([Trace(label, "有") for label in photos.clean(data, kind)[1]])
        except photos.Unreadable:
            return Examined(told="照片已损坏，没有检查。")
    if family not in ("office", "pdf", "old"):
        return Examined()
    answer = ask("look", family, data)
    if answer.failed or answer.unreadable:
        return Examined(told=answer.refused or FAILED)
    return Examined([Trace(*pair) for pair in answer.traces], answer.warnings, answer.refused)


def traces(data: bytes, kind: str) -> list[Trace]:
    """What a file of this MIME type tells beside its content."""
    return examined(data, kind).traces


def cleaned(data: bytes, kind: str) -> Cleaned:
    """The file without what it tells beside its content; HEIC becomes JPEG.

    Raises CannotClean for old Office files, for what is broken or locked, and for what has no known
    way; text and recordings come back as they are.
    """
    family = family_of(kind)
    if family == "photo":
        try:
            return Cleaned(*photos.clean(data, kind))
        except photos.Unreadable as error:
            raise CannotClean("照片打不开，可能没有传完整。请重新拍照或另存后再上传。") from error
    if family == "old":
        raise CannotClean(SAVE_AS)
    if not family:
        return Cleaned(data, ())
    answer = ask("convert" if family == "heic" else "clean", family, data)
    if not answer.cleaned:
        raise CannotClean(answer.refused or FAILED)
    if family == "heic":
        return Cleaned(answer.cleaned, (photos.GPS, photos.DEVICE))
    labels = list(dict.fromkeys(label for label, _ in answer.traces))
    return Cleaned(answer.cleaned, tuple(labels))
