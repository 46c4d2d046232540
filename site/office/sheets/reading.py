"""Reads a spreadsheet from a stranger: a `Book` of plain values, or a `SheetError` that says why.

The file is parsed in a bare child process (`parsing/`) with limits on time and memory, so that a
hostile or broken file costs at most that child (`listening.py`).
"""

import os
from dataclasses import dataclass, field
from pathlib import Path

from office.sheets.book import (
    LARGE,
    LIMITS,
    ROUNDED_FROM,
    SENTENCES,
    Book,
    Limits,
    Row,
    Sheet,
    SheetError,
    Value,
)
from office.sheets.listening import Batch, job, said
from office.sheets.problems import Problem

__all__ = [
    "LARGE", "LIMITS", "ROUNDED_FROM", "SENTENCES", "Book", "Limits", "Row", "Sheet", "SheetError",
    "Value", "read_book",
]  # fmt: skip

Source = bytes | str | os.PathLike


def read_book(
    source: Source,
    name: str = "",
    *,
    limits: Limits = LIMITS,
    engine: str | None = None,
) -> Book:
    """Read .xlsx, .xlsm, .xls, .xlsb, .ods, .et (by content) or .csv, .tsv, .txt (by name).

    `source`: the file's bytes or its path. `name`: the file's name as the person knows it; needed
    with bytes, taken from the path otherwise. `engine`: "calamine" or "openpyxl"; the first one
    installed when not given. Raises `SheetError` for whatever is wrong with the file. Who wants a
    long ledger without holding it in memory takes the batches of `listening.said` as they come.
    """
    data, name = _given(source, name, limits)
    collected = Collected(limits, Path(name).stem or name)
    for event in said(data, job(name, limits, engine), limits):
        collected.take(event)
    collected.finish()
    return Book(name, tuple(collected.sheets))


def _rounded(batch: Batch, first: int) -> tuple[Problem, ...]:
    """Problems of numbers that have lost their last digits."""
    return tuple(
        Problem(first + at, column + 1, "", str(batch.rows[at][column]), ROUNDED)
        for at, column in batch.rounded
    )


def _given(source: Source, name: str, limits: Limits) -> tuple[bytes, str]:
    """The file's bytes and name. Raises `SheetError` when there are none or too many."""
    if not isinstance(source, bytes):
        path = Path(source)
        source, name = content(path, limits), name or path.name
    if len(source) > limits.file_bytes:
        raise SheetError("too_large", f"{len(source)} bytes")
    return source, name


def content(path: Path, limits: Limits) -> bytes:
    """The file's bytes, at most one more than allowed. Raises `SheetError`."""
    try:
        with path.open("rb") as file:
            return file.read(limits.file_bytes + 1)
    except OSError as error:
        raise SheetError("missing", str(error)) from error


@dataclass(slots=True)
class Collected:
    """The child's answer, put together sheet by sheet."""

    limits: Limits
    fallback_name: str
    sheets: list[Sheet] = field(default_factory=list)
    about: dict = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def take(self, event: dict | Batch) -> None:
        """One more thing said. Raises `SheetError` when it becomes too much or makes no sense."""
        if isinstance(event, Batch):
            self.problems += _rounded(event, len(self.rows) + 1)
            self.check_size(len(self.rows) + len(event.rows), max(map(len, event.rows), default=0))
            self.rows += event.rows
            return
        self.finish()
        if event.get("again"):
            self.sheets.clear()
        else:
            self.about = event

    def check_size(self, rows: int, width: int) -> None:
        """Refuse a sheet that would be too large once all its rows are equally long."""
        if rows * max(1, width) > self.limits.cells:
            raise SheetError("too_large", f"{rows} rows of {width} columns")

    def finish(self) -> None:
        """Close the sheet under way, if there is one."""
        about, self.about = self.about, {}
        rows, self.rows = self.rows, []
        problems, self.problems = self.problems, []
        if not about:
            return
        while rows and all(isinstance(cell, str) and not cell.strip() for cell in rows[-1]):
            rows.pop()
        width = max(map(len, rows), default=0)
        self.check_size(len(rows), width)
        if any(len(row) < width for row in rows):
            padding = ("",) * width
            rows = [(*row, *padding[len(row) :]) for row in rows]
        try:
            self.sheets.append(self.sheet(about, rows, tuple(problems)))
        except (ValueError, TypeError, LookupError) as error:
            raise SheetError("damaged", f"unexpected answer: {error!r}") from error

    def sheet(self, about: dict, rows: list[Row], problems: tuple[Problem, ...]) -> Sheet:
        """The sheet as it was announced, with its rows."""
        return Sheet(
            name=str(about["sheet"]) or self.fallback_name,
            rows=rows,
            visible=bool(about["visible"]),
            merged=tuple((int(a), int(b), int(c), int(d)) for a, b, c, d in about["merged"]),
            problems=problems,
            hidden_rows=tuple((int(a), int(b)) for a, b in about.get("hidden_rows", ())),
            hidden_columns=tuple((int(a), int(b)) for a, b in about.get("hidden_columns", ())),
            filtered=bool(about.get("filtered", False)),
            hiding_known=bool(about.get("hiding_known", True)),
            from_1904=bool(about.get("from_1904", False)),
            height=int(about.get("height", 0)),
        )


ROUNDED = (
    "这个号码超过 15 位，表格软件已把后几位改成了 0 或近似数。"
    "请把这一列设为“文本”，照原件重新填写号码。"
)
