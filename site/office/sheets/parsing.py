"""Turns the bytes of a spreadsheet into rows another process can trust, in a process of its own.

Started by `reading.py` as a bare script: `python -I -S parsing.py <job>`, file on stdin, answer on
stdout. Files come from strangers, so this process gets no environment, no settings and no database,
and limits its own time and memory before it looks at the first byte. It imports nothing of ours.

The answer is made of lines of JSON, some of which announce a body of so many bytes:

    {"sheet": name, "visible": true, "merged": [[top, left, bottom, right], ...]}   1-based
    {"rows": 500, "kinds": "sd-*", "bytes": 81234}    then a batch of rows from A1 on, by columns
    {"end": true}, or {"error": code, "detail": text} in place of whatever was still to come

A body is UTF-8: the columns that are not empty, with U+001E between them and U+001F between cells.
Kinds of columns: `-` nothing in it; a letter of `TAGGED`: all cells are of that type; `*` mixed: each
cell starts with its own letter, and an empty one is empty. By columns, because splitting a long text
costs next to nothing beside handling each cell.
"""

import codecs
import csv
import gc
import io
import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time, timedelta
from itertools import islice, zip_longest

try:
    import resource
except ImportError:  # Windows has no such limits; the parent's clock still holds there
    resource = None  # type: ignore[assignment]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BATCH = 500
CELL_END, COLUMN_END = "\x1f", "\x1e"
EMPTY, TEXT, MIXED = "-", "s", "*"
HEADER_ROWS, MOST_MERGED = 100, 2000
SAMPLE = 20_000
ROUNDED_FROM = 10**15
TEXT_SUFFIXES = ("csv", "txt", "tsv")
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


class Refused(Exception):
    """This file cannot be read; `code` is a key of the parent's table of sentences."""

    def __init__(self, code: str, detail: str = ""):
        super().__init__(detail)
        self.code = code


def restrain(job: dict) -> None:
    """Limit this process: cpu seconds, address space in bytes, no core file, no file written."""
    if resource is None:
        return
    for kind, amount in (
        ("RLIMIT_CPU", job["seconds"]),
        ("RLIMIT_AS", job["memory"]),
        ("RLIMIT_CORE", 0),
        ("RLIMIT_FSIZE", 0),
    ):
        try:
            resource.setrlimit(getattr(resource, kind), (amount, amount))
        except (AttributeError, ValueError, OSError):
            continue  # a platform without this one limit still has the others


# Cells


def whole(value: float) -> str:
    """A number as text. Excel keeps fifteen digits: what is longer (`r`) has lost its last ones."""
    if not value.is_integer():
        return f"f{value!r}"
    return f"r{int(value)}" if value >= ROUNDED_FROM else f"i{int(value)}"


TAGGED = {
    str: lambda value: "s" + value if value else "",
    float: whole,
    int: lambda value: whole(float(value)),
    bool: lambda value: "b1" if value else "b",
    date: lambda value: "d" + value.isoformat(),
    datetime: lambda value: "m" + value.isoformat(),
    time: lambda value: "h" + value.isoformat(),
    timedelta: lambda value: f"x{value.total_seconds()}",
}


def written(column: tuple) -> tuple[str, Iterable[str]]:
    """Kind of a column of a batch and its cells as text."""
    types = set(map(type, column))
    if types == {str}:
        return (TEXT, column) if any(column) else (EMPTY, ())
    if types == {date}:
        return "d", map(date.isoformat, column)
    if types == {datetime}:
        return "m", map(datetime.isoformat, column)
    if types == {float} and all(map(float.is_integer, column)) and max(column) < ROUNDED_FROM:
        return "i", map(str, map(int, column))
    return MIXED, [TAGGED[type(cell)](cell) for cell in column]


def joined(cells: Iterable[str], rows: int) -> str:
    """Cells as one text; a cell that holds one of our separators loses it."""
    cells = list(cells)
    text = CELL_END.join(cells)
    if COLUMN_END in text or text.count(CELL_END) != rows - 1:
        return CELL_END.join(cell.replace(COLUMN_END, "").replace(CELL_END, "") for cell in cells)
    return text


class Answer:
    """Writes sheet after sheet, and counts cells against the limit."""

    def __init__(self, write: Callable[[bytes], object], most_cells: int):
        self.write = write
        self.left = most_cells

    def say(self, **line: object) -> None:
        """Write one JSON object as a line."""
        self.write(json.dumps(line, separators=(",", ":")).encode() + b"\n")

    def sheet(
        self,
        rows: Iterable[Sequence],
        name: str = "",
        visible: bool = True,
        merged: Sequence = (),
        lead: int = 0,
    ) -> None:
        """Write one whole sheet; `lead` empty columns are put in front of its rows."""
        self.say(sheet=name, visible=visible, merged=merged)
        source = iter(rows)
        while batch := list(islice(source, BATCH)):
            self.batch(batch, lead)

    def batch(self, rows: list[Sequence], lead: int) -> None:
        """Write some rows by columns; stops when the workbook holds too many cells."""
        kinds, parts = [EMPTY] * lead, []
        for column in zip_longest(*rows, fillvalue=""):
            kind, cells = written(column)
            kinds.append(kind)
            if kind != EMPTY:
                parts.append(joined(cells, len(rows)))
        self.left -= len(rows) * max(1, len("".join(kinds).rstrip(EMPTY)))
        if self.left < 0:
            raise Refused("too_large", "too many cells")
        body = COLUMN_END.join(parts).encode("utf-8", "replace")
        self.say(rows=len(rows), kinds="".join(kinds), bytes=len(body))
        self.write(body)


# Engines


def read_with_calamine(data: bytes, answer: Answer) -> None:
    """Read .xlsx, .xls, .xlsb, .ods, .et."""
    from python_calamine import (  # noqa: PLC0415 - known only once `job["path"]` is in place
        CalamineError,
        SheetTypeEnum,
        SheetVisibleEnum,
        load_workbook,
    )

    try:
        book = load_workbook(io.BytesIO(data))
    except CalamineError as error:
        raise Refused(diagnosis(data), str(error)) from error
    for about in book.sheets_metadata:
        if about.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_name(about.name)
        except CalamineError as error:
            raise Refused("damaged", f"{about.name}: {error}") from error
        answer.sheet(
            sheet.iter_rows(),
            about.name,
            about.visible == SheetVisibleEnum.Visible,
            near_top((*first, *last) for first, last in sheet.merged_cell_ranges or ()),
            sheet.start[1] if sheet.start else 0,
        )


def near_top(areas: Iterable[tuple[int, int, int, int]]) -> list[list[int]]:
    """Merged areas (0-based in, 1-based out) among the rows where a header can be, in order."""
    near = sorted([side + 1 for side in area] for area in areas if area[0] < HEADER_ROWS)
    return near[:MOST_MERGED]


def read_with_openpyxl(data: bytes, answer: Answer) -> None:
    """Read .xlsx where no calamine is installed: slower, and without merged areas."""
    if not data.startswith(b"PK"):
        found = diagnosis(data)
        raise Refused("needs_xlsx" if found == "damaged" else found)
    from openpyxl import load_workbook  # noqa: PLC0415 - known only with `job["path"]`

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = (
                [plain(cell.value, cell.data_type) for cell in row] for row in sheet.iter_rows()
            )
            answer.sheet(rows, sheet.title, sheet.sheet_state == "visible")
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Refused(diagnosis(data), f"{type(error).__name__}: {error}") from error


def plain(value: object, kind: str) -> object:
    """A cell of openpyxl (`kind`: its data type) as calamine gives it: no errors, no whole ints, no midnights."""
    if value is None or kind == "e":
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return float(value) if type(value) is int else value


def read_text(data: bytes, suffix: str, answer: Answer) -> None:
    """Read .csv and tab-separated text in UTF-8, UTF-16 or GB18030."""
    text = decoded(data)
    head = [line for line in text[:SAMPLE].splitlines() if line.strip()][:20]
    delimiter = max(",\t;", key=lambda mark: sum(mark in line for line in head))
    if suffix not in TEXT_SUFFIXES and (delimiter != "\t" or not any("\t" in h for h in head)):
        raise Refused("not_a_spreadsheet", "text")
    csv.field_size_limit(1 << 20)
    try:
        rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        answer.sheet(rows)
    except csv.Error as error:
        raise Refused("damaged", str(error)) from error


def decoded(data: bytes) -> str:
    """Text of a file whose encoding nobody declared; a cut-off last character is forgiven."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = codecs.getincrementaldecoder(encoding)().decode(data)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refused("not_a_spreadsheet", "neither UTF-8 nor GB18030")


# What is it, when it cannot be opened?


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


def parse(data: bytes, job: dict, answer: Answer) -> None:
    """Read `data` with the engine the job names and write the answer."""
    if not data.strip():
        raise Refused("empty")
    if is_web_page(data):
        raise Refused("web_page")
    if is_text(data):
        read_text(data, job["suffix"], answer)
    elif job["engine"] == "calamine":
        read_with_calamine(data, answer)
    else:
        read_with_openpyxl(data, answer)
    answer.say(end=True)


def main() -> None:
    """Do the job named on the command line."""
    job = json.loads(sys.argv[1])
    restrain(job)
    gc.disable()  # nothing here lives in cycles, and the process is short
    sys.path.extend(job["path"])
    answer = Answer(sys.stdout.buffer.write, job["cells"])
    try:
        parse(sys.stdin.buffer.read(), job, answer)
    except Refused as refused:
        answer.say(error=refused.code, detail=str(refused))
    except MemoryError:
        answer.say(error="too_large", detail="memory")
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main()
