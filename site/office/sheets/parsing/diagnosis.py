"""What a file is when no reader can open it, so that the person can be told."""

import codecs
import io

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET_MARKS = ("xl/workbook", "xl/worksheets", "content.xml")
# The kinds of content that people upload by mistake, by their first bytes.
FOREIGN = (
    b"%PDF",
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"BM",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
)


def is_text(data: bytes) -> bool:
    """Whether the first bytes are those of a text rather than of a workbook or another program."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return True
    return not data.startswith((b"PK\x03\x04", OLE, *FOREIGN)) and b"\0" not in data[:4096]


def diagnosis(data: bytes) -> str:
    """Why a workbook could not be opened: a key of the parent's table of sentences."""
    if data.startswith(b"PK"):
        return diagnosis_of_zip(data)
    if data.startswith(OLE):
        if utf16("EncryptedPackage") in data or has_password(data):
            return "password"
        known = any(utf16(name) in data for name in ("Workbook", "Book"))
        return "damaged" if known else "not_a_spreadsheet"
    return "damaged" if data[:1] == b"\x09" and not is_text(data) else "not_a_spreadsheet"


def diagnosis_of_zip(data: bytes) -> str:
    """The same for the zip family (.xlsx, .ods and their like)."""
    import zipfile  # noqa: PLC0415 - slow to import, needed for broken files only

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            if "META-INF/manifest.xml" in names:
                with archive.open("META-INF/manifest.xml") as manifest:
                    if b"encryption-data" in manifest.read(1 << 20):
                        return "password"
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, EOFError):
        return "damaged"
    sheet = any(name.startswith(SHEET_MARKS) for name in names)
    return "damaged" if sheet else "not_a_spreadsheet"


def utf16(text: str) -> bytes:
    """How names are written inside an OLE file."""
    return text.encode("utf-16-le")


def has_password(data: bytes) -> bool:
    """Whether an old .xls carries the FILEPASS record (0x2F) among its first records."""
    start = data.find(b"\x09\x08", 512)
    while start >= 0:
        at = start
        for _ in range(12):
            kind, size = data[at : at + 2], int.from_bytes(data[at + 2 : at + 4], "little")
            if kind == b"\x2f\x00" and size >= 4:
                return True
            at += 4 + size
        start = data.find(b"\x09\x08", start + 2)
    return False


def is_web_page(data: bytes) -> bool:
    """Whether a system saved a web page or flat XML under a spreadsheet's name."""
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return head.startswith((b"<html", b"<!doctype", b"<table", b"<meta", b"<?xml", b"<style"))
