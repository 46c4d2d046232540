"""A ledger that lies open: its sheet, what its columns mean, and a trial of what would happen."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from operator import itemgetter
from typing import Any

from casework.matters.ledgers import keeping, naming
from casework.matters.ledgers.checking import Checker
from casework.matters.ledgers.fields import BY_NAME, FIELDS, missing
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.planning import Plan, Planner
from casework.matters.models import ImportJob, LedgerLayout
from office.sheets import columns
from office.sheets.layouts import Layout
from office.sheets.problems import Problem
from office.sheets.reading import Book, Row, Sheet, SheetError, read_book
from office.sheets.records import data_rows, passed_over

#: rows tried out for the check page; what comes after them is checked while it is imported
MOST_TRIED = 30_000
_TRIED_AT_ONCE = 1_000


@dataclass
class Trial:
    """What an import would come to. `complete`: False when only the first rows were tried."""

    counts: dict[str, int]
    problems: list[Problem]
    notes: list[Problem]
    rows: int
    complete: bool = True


@dataclass
class Ledger:
    """An import with its file open. `layouts`: the kept mapping that recognised it, or ""."""

    job: ImportJob
    book: Book
    sheet: Sheet
    mapping: columns.Mapping
    layout: str = ""

    @classmethod
    def open(cls, job: ImportJob, book: Book | None = None) -> "Ledger":
        """Read the file and apply what was chosen so far. Raises `SheetError` (Chinese)."""
        book = book or read(job)
        sheet = sheet_of(book, job.sheet)
        chosen = job.mapping or {}
        if not chosen:
            return cls(job, book, sheet, *_recognised(sheet, job.options.get("layout", "")))
        found = columns.propose(sheet, FIELDS, int(chosen["header_row"]))
        return cls(job, book, sheet, _with_choices(found, chosen), str(chosen.get("layout", "")))

    @property
    def missing(self) -> list[str]:
        """Required fields no column is taken for, in words."""
        return missing(set(self.mapping.by_field()))

    def chosen(self) -> dict[str, Any]:
        """The mapping as `ImportJob.mapping` keeps it: by position in this very sheet."""
        return {
            "header_row": self.mapping.header_row,
            "layout": self.layout,
            "columns": {
                str(c.index): [c.field or "", c.order, c.why, c.sure] for c in self.mapping.columns
            },
        }

    def checker(self, lookups: Lookups, on: date) -> Checker:
        source = "" if self.job.source == naming.NO_SOURCE else self.job.source
        return Checker(self.sheet, self.mapping, lookups, source, naming.namespace(self.job), on)

    @cached_property
    def rows(self) -> list[tuple[int, Row]]:
        """Rows that hold a record, with their numbers in the sheet."""
        return list(data_rows(self.sheet, self.mapping))

    def rows_after(self, row: int) -> Iterator[tuple[int, Row]]:
        """The rows behind row `row` of the sheet."""
        return iter(self.rows[bisect_right(self.rows, row, key=itemgetter(0)) :])

    def trial(self, by: Any, on: date, most: int = MOST_TRIED) -> Trial:
        """Check everything and write nothing."""
        planner = Planner(self.checker(Lookups.read(on), on), by, trial=True)
        counts, problems = dict.fromkeys(Plan().counts, 0), []
        for start in range(0, min(len(self.rows), most), _TRIED_AT_ONCE):
            batch = self.rows[start : min(start + _TRIED_AT_ONCE, most)]
            plan = planner.plan(planner.check(batch))
            problems += plan.problems
            for name, count in plan.counts.items():
                counts[name] += count
        notes = passed_over(self.sheet, self.mapping)
        return Trial(counts, problems, notes, len(self.rows), complete=len(self.rows) <= most)


def read(job: ImportJob) -> Book:
    """The uploaded file as a book. Raises `SheetError`."""
    try:
        data = keeping.load(job.path, job.data_key) if job.path else b""
    except FileNotFoundError as error:
        raise SheetError("missing", str(error)) from error
    return read_book(data, job.name)


def sheets_that_fit(book: Book) -> list[Sheet]:
    """Filled sheets with all required columns."""
    return [
        sheet
        for sheet in book.filled
        if not missing(set(columns.propose(sheet, FIELDS).by_field()))
    ]


def sheet_of(book: Book, name: str) -> Sheet:
    """The sheet of that name, else the first one that looks like a ledger, else the first one."""
    if not book.filled:
        raise SheetError("empty")
    if len(book.filled) == 1 and not name:
        return book.filled[0]
    named = [sheet for sheet in book.sheets if sheet.name == name]
    return (named or sheets_that_fit(book) or book.filled)[0]


def layout_of(row: LedgerLayout) -> Layout:
    """A kept layout. Raises `ValueError` in Chinese when it cannot be used."""
    return Layout.load(row.mapping)


def _recognised(sheet: Sheet, wanted: str) -> tuple[columns.Mapping, str]:
    """The mapping by the wanted layout, by one whose headings are all there, or as recognised."""
    best, name = 0.0, ""
    for row in LedgerLayout.objects.all():
        try:
            layout = layout_of(row)
        except ValueError:
            continue
        fit = 2.0 if row.name == wanted else layout.fit(sheet)
        if fit > best and (fit >= 1 and not wanted or row.name == wanted):
            best, name, found = fit, row.name, layout
    if name:
        return found.match(sheet, FIELDS), name
    return columns.propose(sheet, FIELDS), ""


def _with_choices(found: columns.Mapping, chosen: Mapping[str, Any]) -> columns.Mapping:
    """The proposal with what was chosen for each column laid over it."""
    kept = chosen["columns"]
    done = []
    for column in found.columns:
        if str(column.index) in kept:
            name, order, why, sure = kept[str(column.index)]
            name = name if name in BY_NAME else None
            column = replace(column, field=name, order=order, why=why, sure=sure)
        done.append(column)
    return replace(found, columns=tuple(done))
