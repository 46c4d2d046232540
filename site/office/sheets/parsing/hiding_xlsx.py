"""What the sheets of an .xlsx hide, read out of its XML without building it.

No XML parser sees the sheets: their tags are found in the stream as it is unpacked, which is several
times faster than any parser with a callback, expands nothing and needs no memory.
"""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from posixpath import dirname, join, normpath
from typing import IO
from xml.parsers import expat

from office.sheets.parsing.answering import Refused
from office.sheets.parsing.hiding import Hiding

CHUNK = 1 << 20
SMALL = 1 << 24  # unpacked bytes of a part that names others
MOST_COLUMNS = 16_384
NO_ROWS_INSIDE = (b"mergeCell", b"autoFilter", b"filterColumn", b"<cols", b"sheetPr", b":cols")
TAG = rb"<(?:[A-Za-z_][\w.\-]*:)?"
OTHERS = re.compile(TAG + rb"(col|sheetPr|filterColumn|mergeCell)\b([^<>]*)>")
ATTRIBUTE = re.compile(rb"\s(\w+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
AREA = re.compile(rb"\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})")
TRUE = (b"1", b"true")
BROKEN = (
    expat.ExpatError, OSError, ValueError, KeyError, NotImplementedError,
    EOFError, RuntimeError, zlib.error,
)  # fmt: skip


def hidden_in_xlsx(data: bytes, most: int) -> dict[str, Hiding]:
    """What each sheet hides, by its name; nothing for a file that does not tell.

    At most `most` bytes are unpacked in all; sheets that lie behind them are unknown. Refuses a file
    whose sheets or texts are not those that were packed: their cells could be anything.
    """
    found: dict[str, Hiding] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            workbook = _workbook_part(archive)
            names, from_1904 = _sheets(archive.open(workbook).read(SMALL))
            targets = _targets(archive, workbook)
            budget = [most]
            for name, key in names.items():
                if key in targets:
                    found[name] = _scan(archive, targets[key], budget)
                    found[name].from_1904 = from_1904
            if (texts := join(dirname(workbook), "sharedStrings.xml")) in archive.namelist():
                for _ in _whole_tags(archive.open(texts), budget):
                    pass  # its checksum is compared at its end
    except zipfile.BadZipFile as error:
        if "CRC" in str(error):
            raise Refused("damaged", str(error)) from error
        return found
    except BROKEN:
        return found
    return found


def _workbook_part(archive: zipfile.ZipFile) -> str:
    """Where the workbook lies: as the package says, else where every program puts it."""
    try:
        relations = _relations(archive, "_rels/.rels")
    except expat.ExpatError:
        relations = {}
    targets = (at for at, kind in relations.values() if kind.endswith("/officeDocument"))
    return normpath(next(targets, "xl/workbook.xml").lstrip("/"))


def _targets(archive: zipfile.ZipFile, workbook: str) -> dict[str, str]:
    """Parts of the workbook by the key of the relation."""
    folder, name = dirname(workbook), workbook.rpartition("/")[2]
    found = _relations(archive, join(folder, "_rels", f"{name}.rels"))
    return {
        key: normpath(target.lstrip("/") if target.startswith("/") else join(folder, target))
        for key, (target, _) in found.items()
    }


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """The relations a part of the package declares: key → target, kind."""
    return {
        given.get("Id", ""): (given.get("Target", ""), given.get("Type", ""))
        for tag, given in _tags(archive.open(part).read(SMALL))
        if tag == "Relationship"
    }


def _sheets(xml: bytes) -> tuple[dict[str, str], bool]:
    """Names of the sheets with the keys of their relations; whether days are counted from 1904."""
    names, from_1904 = {}, False
    for tag, given in _tags(xml):
        if tag == "workbookPr":
            from_1904 = given.get("date1904", "") in ("1", "true", "on")
        if tag == "sheet":
            key = next((value for name, value in given.items() if name.endswith(":id")), "")
            names[given.get("name", "")] = key
    return names, from_1904


def _tags(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """All start tags of a small part, without their prefixes; entities are refused."""
    found: list[tuple[str, dict[str, str]]] = []

    def refuse(*_: object) -> None:
        raise ValueError("a document type has no place in a workbook")

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, given: found.append((tag.rpartition(":")[2], given))
    parser.Parse(xml, True)
    return found


def _scan(archive: zipfile.ZipFile, part: str, budget: list[int]) -> Hiding:
    """What one sheet hides. `budget`: unpacked bytes left, for a file that unpacks without end."""
    found, row = Hiding(), 0
    with archive.open(part) as source:
        rows: re.Pattern[bytes] | None = None
        for text in _whole_tags(source, budget):
            rows = rows or re.compile(b"<" + _prefix(text[:4096]) + rb"row(?=[\s/>])([^<>]*)>")
            for match in rows.finditer(text):
                row = _row(found, row, match[1])
            if any(mark in text for mark in NO_ROWS_INSIDE):
                _take_others(found, text)
    found.known = budget[0] > 0
    return found


def _prefix(head: bytes) -> bytes:
    """The namespace prefix of the sheet's tags with its colon; most files have none."""
    found = re.search(rb"<([A-Za-z_][\w.\-]*:)?worksheet\b", head)
    return re.escape(found[1]) if found and found[1] else b""


def _whole_tags(source: IO[bytes], budget: list[int]) -> Iterator[bytes]:
    """The text in pieces that end where a tag does."""
    rest = b""
    while budget[0] > 0 and (chunk := source.read(CHUNK)):
        budget[0] -= len(chunk)
        text = rest + chunk
        cut = text.rfind(b"<")
        rest = text[cut:] if cut >= 0 and len(text) - cut < CHUNK else b""
        yield text[: len(text) - len(rest)]
    yield rest


def _row(found: Hiding, before: int, given: bytes) -> int:
    """Note a row tag with its attributes; the number of the row."""
    at = given.find(b' r="')
    end = given.find(b'"', at + 4)
    number = given[at + 4 : end] if at >= 0 and end > 0 else b""
    row = int(number) if number.isdigit() and len(number) < 8 else before + 1
    if b"hidden" in given and _attributes(given).get(b"hidden") in TRUE:
        found.hide_row(row)
    return row


def _attributes(given: bytes) -> dict[bytes, bytes]:
    return {match[1]: match[2] or match[3] or b"" for match in ATTRIBUTE.finditer(given)}


def _take_others(found: Hiding, text: bytes) -> None:
    """Note hidden columns, a filter that is on, and merged cells."""
    for match in OTHERS.finditer(text):
        tag, given = match[1], _attributes(match[2])
        if tag == b"filterColumn" or (tag == b"sheetPr" and given.get(b"filterMode") in TRUE):
            found.filtered = True
        elif tag == b"mergeCell" and (area := AREA.fullmatch(given.get(b"ref", b""))):
            left, top, right, bottom = area.groups()
            found.merged.append(
                (int(top) - 1, _number(left) - 1, int(bottom) - 1, _number(right) - 1)
            )
        elif tag == b"col" and given.get(b"hidden") in TRUE:
            first, last = int(given.get(b"min", b"1")), int(given.get(b"max", b"1"))
            if 0 < first <= last <= MOST_COLUMNS:
                found.hide_columns(first, last)


def _number(letters: bytes) -> int:
    """Number of a column from its letters: A is 1."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
