"""What the sheets of an old .xls or .et hide: a few records of the workbook's stream.

[S: MS-XLS 2.4.221 Row, 2.4.53 ColInfo, 2.4.28 BoundSheet8; MS-CFB for the file around it]
"""

from collections.abc import Iterator
from struct import error, unpack_from

from office.sheets.parsing.hiding import UNKNOWN, Hiding

FREE, LAST = 0xFFFFFFFF, 0xFFFFFFFE
DATE_MODE, BOUND_SHEET, ROW, COLUMNS, FILTER_MODE, END = 0x22, 0x85, 0x208, 0x7D, 0x9B, 0x0A
BEGINNINGS = (0x009, 0x209, 0x409, 0x809)
ROW_HIDDEN, COLUMN_HIDDEN = 0x20, 0x01


def hidden_in_xls(data: bytes) -> list[Hiding]:
    """What each sheet hides, charts among them, in their order; [] when the file does not tell."""
    try:
        stream = workbook_stream(data)
        starts, from_1904 = _globals(stream)
        return [_sheet(stream, start, from_1904) for start in starts]
    except (error, ValueError, IndexError, LookupError):
        return []


def workbook_stream(data: bytes) -> bytes:
    """The bytes of the stream Workbook (or Book) of a compound file. Raises ValueError."""
    shift, small_shift = unpack_from("<HH", data, 30)
    if not 7 <= shift <= 16 or not 4 <= small_shift <= shift:
        raise ValueError("no sector size")
    table = _allocation(data, 1 << shift)
    (first_entry,) = unpack_from("<I", data, 48)
    entries = _chain(data, table, first_entry, 1 << shift, 512)
    root = None
    for at in range(0, len(entries) - 127, 128):
        (length,) = unpack_from("<H", entries, at + 64)
        name = entries[at : at + max(0, min(64, length) - 2)].decode("utf-16-le", "replace")
        start, size = unpack_from("<II", entries, at + 116)
        root = start if root is None else root
        if name.casefold() in ("workbook", "book"):
            if size >= unpack_from("<I", data, 56)[0]:
                return _chain(data, table, start, 1 << shift, 512)[:size]
            (first_small,) = unpack_from("<I", data, 60)
            smalls = _numbers(_chain(data, table, first_small, 1 << shift, 512))
            within = _chain(data, table, root, 1 << shift, 512)
            return _chain(within, smalls, start, 1 << small_shift, 0)[:size]
    raise ValueError("no workbook")


def _allocation(data: bytes, size: int) -> list[int]:
    """The table that says which sector follows which."""
    sectors = list(unpack_from("<109I", data, 76))
    (more,) = unpack_from("<I", data, 68)
    for _ in range(len(data) // size):
        if more in (FREE, LAST):
            break
        extension = unpack_from(f"<{size // 4}I", data, 512 + more * size)
        sectors += extension[:-1]
        more = extension[-1]
    whole = [at for at in sectors if at not in (FREE, LAST)][: len(data) // size + 1]
    return _numbers(b"".join(data[512 + at * size : 512 + (at + 1) * size] for at in whole))


def _numbers(table: bytes) -> list[int]:
    return list(unpack_from(f"<{len(table) // 4}I", table))


def _chain(data: bytes, table: list[int], start: int, size: int, head: int) -> bytes:
    """The sectors of one stream put together; a circle is refused."""
    parts, at = [], start
    while at < len(table):
        parts.append(data[head + at * size : head + (at + 1) * size])
        at = table[at]
        if len(parts) > len(data) // size + 1:
            raise ValueError("a chain without end")
    return b"".join(parts)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Records from `at` to the end of that part, those of parts within it left out: kind, where, size."""
    depth = 0
    while at + 4 <= len(stream):
        kind, size = unpack_from("<HH", stream, at)
        depth += kind in BEGINNINGS
        if depth == 1:
            yield kind, at + 4, size
        if kind == END:
            depth -= 1
            if depth <= 0:
                return
        at += 4 + size


def _globals(stream: bytes) -> tuple[list[int], bool]:
    """Where the sheets begin, and whether days are counted from 1904."""
    starts, from_1904 = [], False
    for kind, at, size in _records(stream, 0):
        if kind == BOUND_SHEET and size >= 6:
            starts.append(unpack_from("<I", stream, at)[0])
        elif kind == DATE_MODE and size >= 2:
            from_1904 = unpack_from("<H", stream, at)[0] == 1
    return starts, from_1904


def _sheet(stream: bytes, start: int, from_1904: bool) -> Hiding:
    """What one sheet hides."""
    found = Hiding(from_1904=from_1904)
    rows = []
    kind = 0
    for kind, at, size in _records(stream, start):
        if kind == ROW and size >= 16 and stream[at + 12] & ROW_HIDDEN:
            rows.append(unpack_from("<H", stream, at)[0] + 1)
        elif kind == COLUMNS and size >= 10 and stream[at + 8] & COLUMN_HIDDEN:
            first, last = unpack_from("<HH", stream, at)
            found.hide_columns(first + 1, min(last, 255) + 1)
        elif kind == FILTER_MODE:
            found.filtered = True
    for row in sorted(set(rows)):
        found.hide_row(row)
    return found if kind == END else UNKNOWN
