"""A ledger read once: its rows lie encrypted in batches, so that a step reads only what it needs.

The parser's child hands its rows over batch by batch and they go straight to the disk: the memory
of a ledger of a hundred thousand rows is that of one batch. What recognises columns looks at the
first rows; behind them it finds one witness for everything that only a later row shows.
"""

import json
import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from office import private_files
from office.models import DataKey
from office.sheets import cells
from office.sheets.listening import Batch, job, said
from office.sheets.problems import Problem
from office.sheets.reading import (
    ROUNDED,
    Book,
    Collected,
    Limits,
    Row,
    Sheet,
    SheetError,
    Value,
)

#: rows that are looked at to recognise a sheet; the rest is read when it is checked or imported
HEAD = 2_000
_LENGTH = 4  # bytes before each record
_ROWS, _SHEET = b"R", b"S"
_LIKE_A_DAY = re.compile(r"\s*[\d０-９]{1,2}\s*[-/.月／．–—－。]")
_TAGS: dict[type, tuple[str, Callable[[Any], Any]]] = {
    date: ("d", date.isoformat),
    datetime: ("m", datetime.isoformat),
    time: ("h", time.isoformat),
    timedelta: ("x", timedelta.total_seconds),
}
_READERS: dict[str, Callable[[Any], Value]] = {
    "d": date.fromisoformat,
    "m": datetime.fromisoformat,
    "h": time.fromisoformat,
    "x": lambda seconds: timedelta(seconds=seconds),
}


@dataclass(frozen=True, slots=True)
class Spooled(Sheet):
    """A sheet on the disk. `rows` are its first ones and witnesses, `numbered` are all of them.

    `total`: number of rows; `source`: function () -> batches of rows in their order.
    """

    total: int = 0
    source: Callable[[], Iterator[tuple[int, bytes]]] = field(default=lambda: iter(()))

    @property
    def measured(self) -> Sheet:
        """The sheet for whoever asks how many rows it has, not what is in them."""
        return replace(self, rows=_Counted(self.rows, self.total))  # type: ignore[arg-type]

    def numbered(self, first: int = 1) -> Iterator[tuple[int, Row]]:
        """Rows with their Excel numbers, from row `first` on."""
        if self.total == len(self.rows):
            yield from enumerate(self.rows[first - 1 :], first)
            return
        number, width = 1, self.width
        for count, body in self.source():
            if number + count > first:
                rows = _padded(_unpacked(body), width)
                start = max(0, first - number)
                yield from enumerate(rows[start:], number + start)
            number += count


class _Counted(Sequence):
    """As many rows as the sheet has, of which only the first ones can be read."""

    def __init__(self, rows: Sequence[Row], total: int) -> None:
        self.rows, self.total = rows, total

    def __len__(self) -> int:
        return self.total

    def __getitem__(self, at: Any) -> Any:
        return self.rows[at]


# Writing


class Spool:
    """Writes the sheets of one file. Use as a context manager; `path` is where it lies."""

    def __init__(self, key: DataKey) -> None:
        self._key = key
        self._file = private_files.Writer(key)
        self.path = self._file.path
        self._begin()

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *error: Any) -> None:
        self._file.__exit__(*error)

    def begin_again(self) -> None:
        """Forget what was written: the file is read once more, by another reader."""
        self._file.give_up()
        self._file = private_files.Writer(self._key)
        self.path = self._file.path
        self._begin()

    def _begin(self) -> None:
        self.total, self.width = 0, 0
        self.head: list[Row] = []
        self.witnesses: list[Row] = []
        self._seen: set[tuple[int, str]] = set()
        self._blank = 0  # rows that count only when something follows them

    def rows(self, batch: Sequence[Row]) -> None:
        """The next rows of the sheet in hand."""
        filled = next((n for n in range(len(batch), 0, -1) if not _is_blank(batch[n - 1])), 0)
        if not filled:
            self._blank += len(batch)
            return
        if self._blank:
            waiting, self._blank = self._blank, 0
            self._put([()] * waiting)
        self._put(batch[:filled])
        self._blank = len(batch) - filled

    def _put(self, rows: Sequence[Row]) -> None:
        self._record(_ROWS, len(rows).to_bytes(4) + _packed(rows))
        self.width = max(self.width, *map(len, rows))
        room = HEAD - len(self.head)
        if room > 0:
            self.head += rows[:room]
        for row in rows[max(0, room) :]:
            self._look(row)
        self.total += len(rows)

    def _look(self, row: Row) -> None:
        """Keep a row that shows of some column what no earlier one showed."""
        new = [
            (at, shown)
            for at, value in enumerate(row)
            if value != ""
            for shown in _shown(value)
            if (at, shown) not in self._seen
        ]
        if new:
            if not self._seen:  # what the first rows show is known, too
                self._seen = {
                    (at, shown)
                    for known in self.head
                    for at, value in enumerate(known)
                    for shown in _shown(value)
                }
                new = [one for one in new if one not in self._seen]
            self._seen.update(new)
            if new:
                self.witnesses.append(row)

    def end(self, sheet: Sheet) -> None:
        """The sheet in hand is complete; `sheet` says everything of it but its rows."""
        about = {f.name: getattr(sheet, f.name) for f in fields(Sheet) if f.name != "rows"}
        about["problems"] = [(p.row, p.column, p.why) for p in sheet.problems]
        whole = {
            "about": about,
            "total": self.total,
            "width": self.width,
            "witnesses": _packed(self.witnesses).hex(),
        }
        self._record(_SHEET, json.dumps(whole, ensure_ascii=False).encode())
        self._begin()

    def _record(self, kind: bytes, body: bytes) -> None:
        self._file.write((len(body) + 1).to_bytes(_LENGTH) + kind + body)


def _is_blank(row: Row) -> bool:
    return all(isinstance(cell, str) and not cell.strip() for cell in row)


def _shown(value: Value) -> Iterator[str]:
    """What one cell can tell about its column."""
    if isinstance(value, str):
        if not value.strip():
            return
        if _LIKE_A_DAY.match(value):
            yield cells.day_order([value])
            if cells.needs_year([value]):
                yield "year"
    elif isinstance(value, float) and cells.needs_year([value]):
        yield "year"
    yield "value"


def _packed(rows: Sequence[Row]) -> bytes:
    """Rows as compressed JSON, by columns; days and times carry a letter."""
    width = max(map(len, rows), default=0)
    columns: list[Any] = []
    for column in zip(*(_padded(rows, width)), strict=True):
        if set(map(type, column)) & _TAGS.keys():
            columns.append({"cells": [_tagged(cell) for cell in column]})
        else:
            columns.append(column)
    return zlib.compress(json.dumps([len(rows), columns], ensure_ascii=False).encode(), 1)


def _tagged(cell: Value) -> Any:
    if tag := _TAGS.get(type(cell)):
        return [tag[0], tag[1](cell)]
    return cell


def _unpacked(body: bytes) -> list[Row]:
    count, columns = json.loads(zlib.decompress(body))
    plain = [
        [_READERS[cell[0]](cell[1]) if isinstance(cell, list) else cell for cell in column["cells"]]
        if isinstance(column, dict)
        else column
        for column in columns
    ]
    return list(zip(*plain, strict=True)) if plain else [()] * count


def _padded(rows: Sequence[Row], width: int) -> list[Row]:
    padding = ("",) * width
    return [row if len(row) == width else (*row, *padding[len(row) :]) for row in rows]


# Reading a stranger's file into a spool


def read_in(
    data: bytes, name: str, key: DataKey, limits: Limits, tick: Callable[[], object] = bool
) -> str:
    """Read a spreadsheet as `reading.read_book` does; the path of its rows.

    `tick` is called with every batch. Raises `SheetError`.
    """
    if len(data) > limits.file_bytes:
        raise SheetError("too_large", f"{len(data)} bytes")
    with Spool(key) as spool:
        answer = _Answer(limits, Path(name).stem or name, spool)
        for event in said(data, job(name, limits, None), limits):
            answer.take(event)
            tick()
        answer.finish()
    return spool.path


class _Answer:
    """What the parser's child says, passed on to a spool."""

    def __init__(self, limits: Limits, fallback_name: str, spool: Spool) -> None:
        self.spool, self.limits = spool, limits
        self.announced = Collected(limits, fallback_name)
        self.about: dict = {}
        self.spoilt: list[Problem] = []
        self.height = 0  # rows so far, blank ones at the end among them

    def take(self, event: dict | Batch) -> None:
        if isinstance(event, Batch):
            self.spoilt += [
                Problem(self.height + row + 1, column + 1, "", "", ROUNDED)
                for row, column in event.rounded
            ]
            self.height += len(event.rows)
            self.spool.rows(event.rows)
            if self.spool.total * max(1, self.spool.width) > self.limits.cells:
                raise SheetError("too_large", f"{self.height} rows of {self.spool.width} columns")
            return
        self.finish()
        if event.get("again"):
            self.spool.begin_again()
        else:
            self.about = event

    def finish(self) -> None:
        """Close the sheet under way, if there is one."""
        about, self.about = self.about, {}
        spoilt, self.spoilt, self.height = tuple(self.spoilt), [], 0
        if not about:
            return
        try:
            self.spool.end(self.announced.sheet(about, [], spoilt))
        except (ValueError, TypeError, LookupError) as error:
            raise SheetError("damaged", f"unexpected answer: {error!r}") from error


# Opening


def opened(path: str, key: DataKey, name: str) -> Book:
    """The book of a spool. Raises FileNotFoundError or VaultError."""
    sheets: list[Sheet] = []
    head: list[Row] = []
    for kind, body in _records(path, key):
        if kind == _ROWS:
            if len(head) < HEAD:
                head += _unpacked(body[4:])
            continue
        sheets.append(_sheet(json.loads(body), head[:HEAD], path, key, len(sheets)))
        head = []
    return Book(name, tuple(sheets))


def _sheet(whole: dict, head: list[Row], path: str, key: DataKey, at: int) -> Spooled:
    about = {name: _tuples(value) for name, value in whole["about"].items()}
    about["problems"] = tuple(
        Problem(row, column, "", "", why) for row, column, why in about["problems"]
    )
    rows = _padded([*head, *_unpacked(bytes.fromhex(whole["witnesses"]))], whole["width"])
    return Spooled(**about, rows=rows, total=whole["total"], source=lambda: _batches(path, key, at))


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _batches(path: str, key: DataKey, sheet: int) -> Iterator[tuple[int, bytes]]:
    """The batches of one sheet, packed: how many rows, and the rows."""
    at = 0
    for kind, body in _records(path, key):
        if kind == _SHEET:
            at += 1
        elif at == sheet:
            yield int.from_bytes(body[:4]), body[4:]
        if at > sheet:
            return


def _records(path: str, key: DataKey) -> Iterator[tuple[bytes, bytes]]:
    """Kind and body of each record of a spool."""
    held = bytearray()
    for frame in private_files.read(path, key):
        held += frame
        done = 0
        while len(held) >= done + _LENGTH:
            end = done + _LENGTH + int.from_bytes(held[done : done + _LENGTH])
            if len(held) < end:
                break
            record = bytes(held[done + _LENGTH : end])
            yield record[:1], record[1:]
            done = end
        del held[:done]
