"""Starts the bare process that opens a stranger's file, and takes down what it says.

Nothing the child says is executed: it answers in lines of text (`parsing/answering.py`), out of which
only the known types of cells can come.
"""

import json
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import IO

from office import restraint
from office.sheets.book import SENTENCES, Limits, Row, SheetError, Value

LONGEST_LINE = 1 << 20
PARSER = Path(__file__).with_name("parsing") / "__main__.py"
ENGINES = {"calamine": "python_calamine", "openpyxl": "openpyxl"}
SCANNED_A_SECOND = 64 * 1024 * 1024


def job(name: str, limits: Limits, engine: str | None) -> dict:
    """What the child is told: which engine, where it is installed, how much it may use."""
    installed = {key: find_spec(module) for key, module in ENGINES.items()}
    engine = engine or next((key for key, spec in installed.items() if spec), "openpyxl")
    origins = [spec.origin for spec in installed.values() if spec and spec.origin]
    return {
        "engine": engine,
        "path": sorted({str(Path(origin).parents[1]) for origin in origins}),
        "suffix": Path(name).suffix.lower().lstrip("."),
        "seconds": limits.seconds,
        "memory": limits.memory,
        "cells": limits.cells,
        "scanned": limits.seconds * SCANNED_A_SECOND,
    }


def start(task: dict) -> subprocess.Popen:
    """The child process: no environment (so no keys), no site packages but the engine's."""
    return subprocess.Popen(
        restraint.command(PARSER, task),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=restraint.environment(),
        cwd=PARSER.parent,
    )


@dataclass(frozen=True, slots=True)
class Batch:
    """Some rows of the sheet under way. `rounded`: places in them (from 0) of spoilt numbers."""

    rows: list[Row]
    rounded: list[tuple[int, int]]


def said(data: bytes, task: dict, limits: Limits) -> Iterator[dict | Batch]:
    """What the child says of a file: about a sheet, then its batches. Raises `SheetError`.

    The clock runs only while we wait for the child, not while the caller works on a batch.
    """
    child = start(task)
    try:
        with patience(child, limits.seconds):
            hand_over(child, data)
        yield from events(child, limits)
    finally:
        child.kill()
        child.wait()
        for pipe in (child.stdin, child.stdout):
            shut(pipe)


@contextmanager
def patience(child: subprocess.Popen, seconds: float) -> Iterator[None]:
    """Kill the child when what happens inside takes longer than `seconds`."""
    clock = threading.Timer(seconds, child.kill)
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def hand_over(child: subprocess.Popen, data: bytes) -> None:
    """Give the child its bytes."""
    assert child.stdin
    try:
        child.stdin.write(data)
        child.stdin.close()
    except OSError:
        return  # it died before it had read everything; its silence is judged later


def shut(pipe: IO[bytes] | None) -> None:
    """Close one end; a child that is gone cannot take what was still buffered."""
    try:
        if pipe:
            pipe.close()
    except OSError:
        return


def events(child: subprocess.Popen, limits: Limits) -> Iterator[dict | Batch]:
    """The child's answer up to its end."""
    assert child.stdout
    listener = Listener(child.stdout, limits.answer_bytes, limits.cells)
    while True:
        try:
            with patience(child, limits.seconds):
                event = listener.next()
        except SheetError:
            raise
        except (ValueError, TypeError, LookupError, StopIteration, RecursionError) as error:
            raise SheetError("damaged", f"unexpected answer: {error!r}") from error
        if event is None:
            raise SheetError(*cause_of_death(child.wait()))
        if isinstance(event, dict) and event.get("end"):
            return
        yield event


def cause_of_death(code: int) -> tuple[str, str]:
    """Why a child stopped without a last word, from its exit code (negative: signal)."""
    by_signal = {-24: "too_long", -9: "too_long", -6: "too_large"}  # SIGXCPU, SIGKILL, SIGABRT
    return by_signal.get(code, "damaged"), f"parser ended with {code}"


def itself(text: str) -> str:
    """Text stays text."""
    return text


# By the first letter of a cell in a mixed column; see `TAGGED` in parsing/answering.py.
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


class Listener:
    """Takes down the child's answer event by event, and refuses what is too long or not to be had."""

    def __init__(self, stream: IO[bytes], bytes_left: int, most_cells: int):
        self.stream = stream
        self.bytes_left = bytes_left
        self.most_cells = most_cells

    def next(self) -> dict | Batch | None:
        """The next thing said, None when the child fell silent. Raises `SheetError` when it is one."""
        line = self.stream.readline(LONGEST_LINE)
        if not line:
            return None
        about = json.loads(line)
        if not isinstance(about, dict):
            raise TypeError("no object")
        if "rows" in about:
            return self.batch(int(about["rows"]), str(about["kinds"]), self.body(about["bytes"]))
        if "error" in about:
            code = about["error"]
            raise SheetError(code if code in SENTENCES else "damaged", str(about["detail"]))
        return about

    def body(self, size: int) -> str:
        """The next `size` bytes as text."""
        self.bytes_left -= size
        if self.bytes_left < 0:
            raise SheetError("too_large", "answer too long")
        if size < 0:
            raise ValueError("a body of negative length")
        return self.stream.read(size).decode()

    def batch(self, count: int, kinds: str, body: str) -> Batch:
        """Turn a batch of columns into rows."""
        kinds = kinds.rstrip("-")
        if count * max(1, len(kinds)) > self.most_cells:
            raise SheetError("too_large", f"{count} rows of {len(kinds)} columns")
        texts = iter(body.split("\x1e"))
        empty = ("",) * count
        columns: list[Sequence[Value]] = []
        rounded: list[tuple[int, int]] = []
        for at, kind in enumerate(kinds):
            cells = next(texts).split("\x1f") if kind != "-" else empty
            if len(cells) != count:
                raise ValueError("a column of the wrong length")
            if kind == "*":
                rounded += [(n, at) for n, cell in enumerate(cells) if cell[:1] == "r"]
                columns.append([READERS[cell[:1]](cell[1:]) for cell in cells])
            else:
                columns.append(cells if kind in "-s" else list(map(READERS[kind], cells)))
        rows: list[Row] = list(zip(*columns, strict=True)) if columns else [()] * count
        return Batch(rows, rounded)
