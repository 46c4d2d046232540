"""Reads .csv and tab-separated text in whatever encoding the machine that wrote it uses."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator

from office.sheets.parsing.answering import LONGEST_CELL, Answer, Refused

SAMPLE, PIECE = 20_000, 1 << 20
TEXT_SUFFIXES = ("csv", "txt", "tsv")
# What our own export puts before a text that a spreadsheet would run as a formula.
GUARDED = re.compile(r"'+[=+\-@\t\r]")


def read_text(data: bytes, suffix: str, answer: Answer) -> None:
    """Read .csv and tab-separated text in UTF-8, UTF-16 or GB18030."""
    encoding = encoding_of(data)
    sample = data[: SAMPLE * 2].decode(encoding, "ignore")[:SAMPLE]
    head = [line for line in sample.splitlines() if line.strip()][:20]
    delimiter = max(",\t;", key=lambda mark: sum(mark in line for line in head))
    if suffix not in TEXT_SUFFIXES and (delimiter != "\t" or not any("\t" in h for h in head)):
        raise Refused("not_a_spreadsheet", "text")
    csv.field_size_limit(LONGEST_CELL)
    lines = io.TextIOWrapper(io.BytesIO(data), encoding, "ignore", newline="")
    try:
        rows = unguarded(csv.reader(lines, delimiter=delimiter))
        answer.sheet(rows, height=data.count(b"\n") + 1)
    except csv.Error as error:
        raise Refused("long_cell" if "limit" in str(error) else "damaged", str(error)) from error


def encoding_of(data: bytes) -> str:
    """The encoding nobody declared; a cut-off last character is forgiven."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    for encoding in ("utf-8-sig", "gb18030"):
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            pieces = (data[at : at + PIECE] for at in range(0, len(data), PIECE))
            if not any("\0" in decoder.decode(piece) for piece in pieces):
                return encoding
        except UnicodeDecodeError:
            continue
    raise Refused("not_a_spreadsheet", "neither UTF-8 nor GB18030")


def unguarded(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows without the `'` that guards a text which begins like a formula."""
    for row in rows:
        yield [cell[1:] if cell[:1] == "'" and GUARDED.match(cell) else cell for cell in row]
