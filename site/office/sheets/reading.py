"""Reads a spreadsheet from a stranger: a `Book` of plain values, or a `SheetError` that says why.

The file is parsed in a bare child process (`parsing.py`) with limits on time and memory, so that a
hostile or broken file costs at most that child. Nothing the child says is executed: it answers in
lines of text, out of which only the known types of cells can come.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from office.sheets.problems import Problem

Value = str | int | float | bool | date | datetime | time | timedelta
Row = tuple[Value, ...]

# Excel keeps fifteen digits of a number; from here on the last ones are lost.
ROUNDED_FROM = 10**15

LONGEST_LINE = 1 << 20
PARSER = Path(__file__).with_name("parsing.py")
ENGINES = {"calamine": "python_calamine", "openpyxl": "openpyxl"}


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost. Sizes in bytes; `seconds` both of cpu and by the clock."""

    file_bytes: int = 50 * 1024 * 1024
    seconds: int = 10
    memory: int = 500 * 1024 * 1024
    cells: int = 2_000_000
    answer_bytes: int = 256 * 1024 * 1024


LIMITS = Limits()
# For what the worker reads in the background: a real ledger of hundreds of thousands of rows.
LARGE = Limits(
    seconds=300,
    memory=2 * 1024 * 1024 * 1024,
    cells=25_000_000,
    answer_bytes=4 * 1024 * 1024 * 1024,
)

AGAIN = "请在 Excel 或 WPS 中打开它，另存为 .xlsx 后再上传。"
SENTENCES = {
    "password": "这个文件设了密码，系统打不开。请在 Excel 或 WPS 中去掉密码，保存后再上传。",
    "damaged": f"这个文件已损坏，或者没有传完整。{AGAIN}",
    "not_a_spreadsheet": "这不是表格文件。请上传 .xlsx、.xls、.et、.ods 或 .csv 文件。",
    "web_page": f"这个文件其实是网页，只是名字像表格（有的系统导出时会这样）。{AGAIN}",
    "too_large": (
        "这个表格太大，系统读不下。请删掉数据下方和右边多余的行列，或者拆成几个文件，再上传。"
    ),
    "too_long": f"读这个文件花的时间太长，已经停下。请拆成几个文件，或者换一种格式：{AGAIN}",
    "empty": "这个文件是空的。请检查是不是选错了文件。",
    "needs_xlsx": f"这台机器只能读 .xlsx 和 .csv。{AGAIN}",
    "missing": "找不到这个文件。请重新选择文件上传。",
}


class SheetError(ValueError):
    """A file that cannot be read. `str()` is a Chinese sentence for the person who brought it.

    `code` is a key of `SENTENCES`; `detail` is English, for the log, and may be empty.
    """

    def __init__(self, code: str, detail: str = ""):
        super().__init__(SENTENCES[code])
        self.code = code
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet. `rows[0]` is row 1 of the file and `rows[n][0]` is column A.

    All rows are equally long and an empty cell is ""; empty rows and columns after the last value
    are left out. Whole numbers are ints, a date without a time of day is a `date`, moments are
    naive as in the file, a formula is its last computed value and one that failed is "".
    `merged`: (top, left, bottom, right), 1-based, of the first hundred rows; not known for .csv,
    .ods and .xlsb. `problems`: cells that were already spoilt in the file. `hidden_rows`,
    `hidden_columns`: (first, last), 1-based, of what Excel does not show, read all the same; they
    mean something only where `hiding_known`. `filtered`: a filter hides (some of) these rows.
    `from_1904`: the workbook counts days from 1904.
    """

    name: str
    rows: list[Row]
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    problems: tuple[Problem, ...] = ()
    hidden_rows: tuple[tuple[int, int], ...] = ()
    hidden_columns: tuple[tuple[int, int], ...] = ()
    filtered: bool = False
    hiding_known: bool = True
    from_1904: bool = False

    @property
    def width(self) -> int:
        """Number of columns, from A to the last one that holds a value."""
        return len(self.rows[0]) if self.rows else 0

    def numbered(self, first: int = 1) -> Iterator[tuple[int, Row]]:
        """Rows with their Excel numbers, from row `first` on."""
        return enumerate(self.rows[first - 1 :], first)


@dataclass(frozen=True, slots=True)
class Book:
    """A workbook as read: the file's name and its worksheets in order, hidden ones among them."""

    name: str
    sheets: tuple[Sheet, ...] = field(default_factory=tuple)

    def sheet(self, name: str) -> Sheet:
        """The sheet of that name; `KeyError` when there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return sheet
        raise KeyError(name)

    @property
    def filled(self) -> list[Sheet]:
        """Visible sheets that hold anything at all."""
        return [sheet for sheet in self.sheets if sheet.visible and sheet.rows]


def read_book(
    source: bytes | str | os.PathLike,
    name: str = "",
    *,
    limits: Limits = LIMITS,
    engine: str | None = None,
) -> Book:
    """Read .xlsx, .xlsm, .xls, .xlsb, .ods, .et (by content) or .csv, .tsv, .txt (by name).

    `source`: the file's bytes or its path. `name`: the file's name as the person knows it; needed
    with bytes, taken from the path otherwise. `engine`: "calamine" or "openpyxl"; the first one
    installed when not given. Raises `SheetError` for whatever is wrong with the file.
    """
    if not isinstance(source, bytes):
        name = name or Path(source).name
        source = content(Path(source), limits)
    if len(source) > limits.file_bytes:
        raise SheetError("too_large", f"{len(source)} bytes")
    child = start(job(name, limits, engine))
    clock = threading.Timer(limits.seconds, child.kill)
    clock.start()
    try:
        return Book(name, tuple(answer(child, source, name, limits)))
    finally:
        clock.cancel()
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            shut(pipe)


def content(path: Path, limits: Limits) -> bytes:
    """The file's bytes, at most one more than allowed."""
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise SheetError("missing", str(error)) from error


def job(name: str, limits: Limits, engine: str | None) -> dict:
    """What the child is told: which engine, where it is installed, how much it may use."""
    installed = {key: find_spec(module) for key, module in ENGINES.items()}
    engine = engine or next((key for key, spec in installed.items() if spec), "openpyxl")
    spec = installed[engine]
    return {
        "engine": engine,
        "path": [str(Path(spec.origin).parents[1])] if spec and spec.origin else [],
        "suffix": Path(name).suffix.lower().lstrip("."),
        "seconds": limits.seconds,
        "memory": limits.memory,
        "cells": limits.cells,
    }


def start(task: dict) -> subprocess.Popen:
    """The child process: no environment (so no keys), no site packages but the engine's."""
    keep = {key: os.environ[key] for key in ("SYSTEMROOT",) if key in os.environ}
    return subprocess.Popen(
        [sys.executable, "-I", "-S", "-X", "utf8", str(PARSER), json.dumps(task)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=keep,
        cwd=PARSER.parent,
    )


def shut(pipe: IO[bytes] | None) -> None:
    """Close one end; a child that is gone cannot take what was still buffered."""
    try:
        if pipe:
            pipe.close()
    except OSError:
        return


def answer(child: subprocess.Popen, data: bytes, name: str, limits: Limits) -> list[Sheet]:
    """Hand the child its bytes and collect its sheets. Raises `SheetError`."""
    assert child.stdin
    assert child.stdout
    try:
        child.stdin.write(data)
        child.stdin.close()
    except OSError:
        pass  # it died before it had read everything; its silence is judged below
    collected = Collected(limits, Path(name).stem or name)
    try:
        complete = collected.take(child.stdout)
    except SheetError:
        raise
    except (ValueError, TypeError, LookupError, StopIteration, RecursionError) as error:
        raise SheetError("damaged", f"unexpected answer: {error!r}") from error
    if not complete:
        raise SheetError(*cause_of_death(child.wait()))
    return collected.sheets


def cause_of_death(code: int) -> tuple[str, str]:
    """Why a child stopped without a last word, from its exit code (negative: signal)."""
    by_signal = {-24: "too_long", -9: "too_long", -6: "too_large"}  # SIGXCPU, SIGKILL, SIGABRT
    return by_signal.get(code, "damaged"), f"parser ended with {code}"


def itself(text: str) -> str:
    """Text stays text."""
    return text


# By the first letter of a cell in a mixed column; see `TAGGED` in parsing.py.
READERS: dict[str, Callable[[str], Value]] = {
    "": itself,
    "s": itself,
    "i": int,
    "r": int,
    "f": float,
    "b": bool,
    "d": date.fromisoformat,
    "m": datetime.fromisoformat,
    "h": time.fromisoformat,
    "x": lambda seconds: timedelta(seconds=float(seconds)),
}


class Collected:
    """The child's answer, put together sheet by sheet."""

    def __init__(self, limits: Limits, fallback_name: str):
        self.bytes_left = limits.answer_bytes
        self.most_cells = limits.cells
        self.fallback_name = fallback_name
        self.sheets: list[Sheet] = []
        self.about: dict = {}
        self.rows: list[Row] = []
        self.rounded: list[tuple[int, int]] = []

    def take(self, stream: IO[bytes]) -> bool:
        """Take everything up to the end; False when the child fell silent before it.

        Raises `SheetError` when the child reports one or says too much.
        """
        while line := stream.readline(LONGEST_LINE):
            said = json.loads(line)
            if not isinstance(said, dict):
                raise TypeError("no object")
            if "rows" in said:
                self.batch(int(said["rows"]), str(said["kinds"]), self.body(stream, said["bytes"]))
                continue
            self.finish()
            if "error" in said:
                code = said["error"]
                raise SheetError(code if code in SENTENCES else "damaged", str(said["detail"]))
            if said.get("end"):
                return True
            self.about = said
        return False

    def body(self, stream: IO[bytes], size: int) -> str:
        """The next `size` bytes as text."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise SheetError("too_large", "answer too long")
        if size < 0:
            raise ValueError("a body of negative length")
        return stream.read(size).decode()

    def batch(self, count: int, kinds: str, body: str) -> None:
        """Turn a batch of columns into rows."""
        kinds = kinds.rstrip("-")
        self.check_size(len(self.rows) + count, len(kinds))
        texts = iter(body.split("\x1e"))
        empty = ("",) * count
        columns: list[Sequence[Value]] = []
        for at, kind in enumerate(kinds, 1):
            cells = next(texts).split("\x1f") if kind != "-" else empty
            if len(cells) != count:
                raise ValueError("a column of the wrong length")
            if kind == "*":
                first = len(self.rows) + 1
                self.rounded += [(n, at) for n, cell in enumerate(cells, first) if cell[:1] == "r"]
                columns.append([READERS[cell[:1]](cell[1:]) for cell in cells])
            else:
                columns.append(cells if kind in "-s" else list(map(READERS[kind], cells)))
        self.rows += zip(*columns, strict=True) if columns else [()] * count

    def check_size(self, rows: int, width: int) -> None:
        """Refuse a sheet that would be too large once all its rows are equally long."""
        if rows * max(1, width) > self.most_cells:
            raise SheetError("too_large", f"{rows} rows of {width} columns")

    def finish(self) -> None:
        """Close the sheet under way, if there is one."""
        if not self.about:
            return
        rows, self.rows = self.rows, []
        rounded, self.rounded = self.rounded, []
        while rows and all(isinstance(cell, str) and not cell.strip() for cell in rows[-1]):
            rows.pop()
        width = max(map(len, rows), default=0)
        self.check_size(len(rows), width)
        if any(len(row) < width for row in rows):
            padding = ("",) * width
            rows = [(*row, *padding[len(row) :]) for row in rows]
        self.sheets.append(
            Sheet(
                name=str(self.about["sheet"]) or self.fallback_name,
                rows=rows,
                visible=bool(self.about["visible"]),
                merged=tuple(
                    (int(a), int(b), int(c), int(d)) for a, b, c, d in self.about["merged"]
                ),
                problems=tuple(
                    Problem(row, column, "", str(rows[row - 1][column - 1]), ROUNDED)
                    for row, column in rounded
                ),
            )
        )


ROUNDED = (
    "这个号码超过 15 位，表格软件已把后几位改成了 0 或近似数。"
    "请把这一列设为“文本”，照原件重新填写号码。"
)
