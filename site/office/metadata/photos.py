"""Photos without what they tell of where, when and with what they were taken: bytes cut out, no pixel
touched.

JPEG, PNG and WebP are chains of labelled pieces. What a picture needs to be drawn stays (colour
profile included), everything else goes: EXIF with its place and thumbnail, XMP, IPTC, comments, and
whatever was hung on behind the end (a second picture, the film of a "live" photo). Of the EXIF the
orientation alone is written anew, so that the picture does not turn. Standard library alone.
"""

import re
import struct
from collections.abc import Callable, Iterator
from zlib import crc32


class Unreadable(ValueError):
    """Not a picture of this kind, or one that breaks off before its pixels."""


GPS, DEVICE, TEXT, PREVIEW, TAIL = (
    "拍摄地点",
    "拍摄设备与时间",
    "文字说明",
    "内嵌小图",
    "附在末尾的数据",
)
OTHER = "其他附加数据"

_SOI, _EOI, _SOS = 0xD8, 0xD9, 0xDA
_BARE = {0x01, *range(0xD0, 0xD8)}
_TABLES = {0xDB, 0xC4, 0xDD, 0xDC, 0xCC, 0xDF}  # needed to decode; besides the frames C0-CF
_AFTER_SCAN = re.compile(
    rb"\xff[^\x00\xff\xd0-\xd7]"
)  # one FF: a run of them is read once, not squared
_PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"cICP",
    b"bKGD", b"pHYs", b"hIST", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT",
}  # fmt: skip
_WEBP_KEPT = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}
_WEBP_EXIF, _WEBP_XMP = 0x08, 0x04  # bits of VP8X
_ORIENTATION, _GPS, _THUMBNAIL = 0x0112, 0x8825, 0x0201


def clean(data: bytes, kind: str) -> tuple[bytes, tuple[str, ...]]:
    """The picture without its traces, and what kinds of traces there were. Raises Unreadable.

    kind: its MIME type; other types come back as they are.
    """
    ways: dict[str, Callable[[bytes, set[str]], bytes]] = {
        "image/jpeg": _jpeg,
        "image/png": _png,
        "image/webp": _webp,
    }
    if kind not in ways:
        return data, ()
    found: set[str] = set()
    try:
        cleaned = ways[kind](data, found)
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable(str(error)) from error
    order = (GPS, DEVICE, TEXT, PREVIEW, TAIL, OTHER)
    return cleaned, tuple(name for name in order if name in found)


# JPEG


def _jpeg(data: bytes, found: set[str]) -> bytes:
    if data[:2] != b"\xff\xd8":
        raise ValueError("no JPEG")
    out, turned = [], 1
    for marker, body in _jpeg_parts(data, found):
        if marker == 0xE1 and body[4:10] == b"Exif\x00\x00":
            turned = _exif(body[10:], found) or turned
        elif _jpeg_kept(marker, body, found):
            out.append(body)
    if not any(body[1] == _SOS for body in out):
        raise ValueError("no pixels")
    head = b"\xff\xd8"
    if turned != 1:
        block = b"Exif\x00\x00" + _turned(turned)
        head += b"\xff\xe1" + struct.pack(">H", len(block) + 2) + block
    return head + b"".join(out)


def _jpeg_parts(data: bytes, found: set[str]) -> Iterator[tuple[int, bytes]]:
    """Marker and whole segment, from the one after the start to the end of the picture."""
    at = 2
    while at < len(data):
        if data[at] != 0xFF:
            raise ValueError("lost between two segments")
        while data[at] == 0xFF:
            at += 1
        marker = data[at]
        at += 1
        if marker in _BARE:
            continue
        if marker == _EOI:
            if data[at:].strip(b"\x00"):
                found.add(TAIL)
            yield marker, b"\xff\xd9"
            return
        size = struct.unpack_from(">H", data, at)[0]
        end = at + size
        if size < 2 or end > len(data):
            raise ValueError("a segment that breaks off")
        if marker == _SOS:  # the pixels follow, up to the next marker
            after = _AFTER_SCAN.search(data, end)
            stop = after.start() if after else len(data)
            end += len(data[end:stop].rstrip(b"\xff") if after else data[end:stop])
        yield marker, bytes((0xFF, marker)) + data[at:end]
        at = end


def _jpeg_kept(marker: int, body: bytes, found: set[str]) -> bool:
    """Whether a segment is needed to draw the picture; others are counted in `found`."""
    if marker in (_SOS, _EOI) or marker in _TABLES or 0xC0 <= marker <= 0xCF:
        return True
    if marker == 0xE0 and body[4:9] == b"JFIF\x00":
        return len(body) == 18 or _counted(found, PREVIEW)  # a longer one holds a thumbnail
    if marker == 0xE2 and body[4:16] == b"ICC_PROFILE\x00":
        return True
    if marker == 0xEE and body[4:9] == b"Adobe" and len(body) <= 18:
        return True  # says how the colours are coded
    if marker == 0xFE or (marker == 0xE1 and b"ns.adobe.com" in body[:60]) or marker == 0xED:
        return _counted(found, TEXT)
    return _counted(found, PREVIEW if marker == 0xE0 else OTHER)


def _counted(found: set[str], what: str) -> bool:
    found.add(what)
    return False


# PNG


def _png(data: bytes, found: set[str]) -> bytes:
    if not data.startswith(_PNG):
        raise ValueError("no PNG")
    out, at, turned, drawn = [_PNG], len(_PNG), 1, False
    while at < len(data):
        size, name = struct.unpack_from(">I4s", data, at)
        end = at + 12 + size
        if end > len(data):
            raise ValueError("a piece that breaks off")
        if name == b"eXIf":
            turned = _exif(data[at + 8 : end - 4], found) or turned
        elif name in _PNG_KEPT:
            drawn = drawn or name == b"IDAT"
            out.append(data[at:end])
        else:
            found.add(_png_kind(name))
        at = end
        if name == b"IEND":
            break
    if not drawn:
        raise ValueError("no pixels")
    if at < len(data):
        found.add(TAIL)
    if turned != 1:
        out.insert(2, _png_piece(b"eXIf", _turned(turned)))
    return b"".join(out)


def _png_kind(name: bytes) -> str:
    return {b"tIME": DEVICE}.get(name, TEXT if name in (b"tEXt", b"zTXt", b"iTXt") else OTHER)


def _png_piece(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", crc32(name + body))


# WebP


def _webp(data: bytes, found: set[str]) -> bytes:
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise ValueError("no WebP")
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    if data[end:].strip(b"\x00"):
        found.add(TAIL)
    turned, pieces = 1, []
    for name, body in _riff(data[12:end]):
        if name == b"EXIF":
            turned = _exif(body.removeprefix(b"Exif\x00\x00"), found) or turned
        elif name == b"XMP ":
            found.add(TEXT)
        elif name in _WEBP_KEPT:
            pieces.append((name, _frame(body, found) if name == b"ANMF" else body))
        else:
            found.add(OTHER)
    names = {name for name, _ in pieces}
    if not names & {b"VP8 ", b"VP8L", b"ANMF"}:
        raise ValueError("no pixels")
    if turned != 1 and b"VP8X" in names:
        pieces.append((b"EXIF", _turned(turned)))
    out = b"WEBP" + b"".join(
        _riff_piece(name, _flags(body, turned) if name == b"VP8X" else body)
        for name, body in pieces
    )
    return b"RIFF" + struct.pack("<I", len(out)) + out


def _riff(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(data):
        name, size = struct.unpack_from("<4sI", data, at)
        if at + 8 + size > len(data):
            raise ValueError("a piece that breaks off")
        yield name, data[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _riff_piece(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\x00" * (len(body) % 2)


def _frame(body: bytes, found: set[str]) -> bytes:
    """A frame of an animation: sixteen bytes of its own, then pieces like the whole."""
    kept = []
    for name, inner in _riff(body[16:]):
        if name in (b"ALPH", b"VP8 ", b"VP8L"):
            kept.append(_riff_piece(name, inner))
        else:
            found.add(OTHER)
    return body[:16] + b"".join(kept)


def _flags(body: bytes, turned: int) -> bytes:
    flags = body[0] & ~(_WEBP_EXIF | _WEBP_XMP)
    return bytes((flags | (_WEBP_EXIF if turned != 1 else 0),)) + body[1:]


# EXIF


def _exif(block: bytes, found: set[str]) -> int:
    """The orientation an EXIF block gives (1-8; 0 when it gives none); notes what else it tells."""
    order = {b"II": "<", b"MM": ">"}.get(block[:2])
    orientation, tags = 0, {}
    try:
        if order is None:
            raise ValueError("no EXIF")
        first = struct.unpack_from(f"{order}I", block, 4)[0]
        tags = _tags(block, first, order)
        orientation = tags.get(_ORIENTATION, 0)
        after = struct.unpack_from(
            f"{order}I", block, first + 2 + 12 * struct.unpack_from(f"{order}H", block, first)[0]
        )[0]
        if after and _THUMBNAIL in _tags(block, after, order):
            found.add(PREVIEW)
    except (struct.error, ValueError):
        found.add(DEVICE)
    if _GPS in tags:
        found.add(GPS)
    if set(tags) - {_GPS, _ORIENTATION}:
        found.add(DEVICE)
    return orientation if 1 <= orientation <= 8 else 0


def _tags(block: bytes, at: int, order: str) -> dict[int, int]:
    count = struct.unpack_from(f"{order}H", block, at)[0]
    tags = {}
    for n in range(count):
        tag, kind = struct.unpack_from(f"{order}HH", block, at + 2 + 12 * n)
        wide = "H" if kind == 3 else "I"
        tags[tag] = struct.unpack_from(f"{order}{wide}", block, at + 10 + 12 * n)[0]
    return tags


def _turned(orientation: int) -> bytes:
    """An EXIF block that holds the orientation and nothing else."""
    return struct.pack(">2sHIHHHIHHI", b"MM", 42, 8, 1, _ORIENTATION, 3, 1, orientation, 0, 0)
