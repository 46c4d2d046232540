"""A ledger that lies open: its sheet, what its columns mean, and a trial of what would happen."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import islice
from typing import Any

from casework.matters.ledgers import naming, returning, spooling
from casework.matters.ledgers.checking import Checker
from casework.matters.ledgers.fields import BY_NAME, CATEGORIES, FIELDS, missing
from casework.matters.ledgers.layouts import layout_of, with_aside
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.planning import Plan, Planner
from casework.matters.models import ImportJob, LedgerLayout
from office.limits import limit
from office.sheets import columns, remarks
from office.sheets.cells import fold
from office.sheets.layouts import Layout
from office.sheets.problems import Problem, column_letter
from office.sheets.reading import Book, Row, Sheet, SheetError
from office.sheets.records import data_rows, passed_over
from office.vault import VaultError

#: rows tried out for the check page; what comes after them is checked while it is imported
MOST_TRIED = 30_000
_TRIED_AT_ONCE = 1_000
#: problems and notes of a trial that are kept; a ledger with more of them is another ledger
MOST_KEPT = 5_000
OWN_FORM = "本系统信访台账的列"
#: fields by which a sheet shows that it is the ledger among others
NEEDED = frozenset({"received", "title", *CATEGORIES})


@dataclass
class Trial:
    """What an import would come to. `complete`: False when only the first rows were tried.

    problems: cells that keep a row out; notes: rows that are no records, and cells of rows of ours
    that say something else than the record; rows: how many hold a record.
    """

    counts: dict[str, int]
    problems: list[Problem]
    notes: list[Problem]
    rows: int
    complete: bool = True


@dataclass
class Ledger:
    """An import with its file open. `layout`: the kept mapping that recognised it, or ""."""

    job: ImportJob
    book: Book
    sheet: Sheet
    mapping: columns.Mapping
    layout: str = ""

    @classmethod
    def open(cls, job: ImportJob, book: Book | None = None) -> "Ledger":
        """Open the rows and apply what was chosen so far. Raises `SheetError` (Chinese)."""
        book = book or rows_of(job)
        sheet = sheet_of(book, job.sheet)
        chosen = job.mapping or {}
        if not chosen:
            return cls(job, book, sheet, *_recognised(sheet, job.options.get("layout", "")))
        found = _proposed(sheet, int(chosen["header_row"]))
        return cls(job, book, sheet, _with_choices(found, chosen), str(chosen.get("layout", "")))

    @property
    def missing(self) -> list[str]:
        """Required fields no column is taken for, in words."""
        return missing(set(self.mapping.by_field()))

    @property
    def long(self) -> bool:
        """Whether the worker checks it and brings it in, instead of the page."""
        return height(self.sheet) > limit("background_rows")

    @cached_property
    def yearless(self) -> list[columns.Column]:
        """Columns of days some of which name no year, which nobody has said yet."""
        return columns.asking_for_year(self.sheet, self.mapping, FIELDS)

    @cached_property
    def remarks(self) -> list[str]:
        """What a person should know of the sheet: what Excel hides, what stands beside it."""
        sheet = self.sheet.measured if isinstance(self.sheet, spooling.Spooled) else self.sheet
        found = remarks.notes_of_book(self.book) + remarks.notes(sheet, self.mapping)
        return found + _rounded(self.sheet, self.mapping)

    def chosen(self) -> dict[str, Any]:
        """The mapping as `ImportJob.mapping` keeps it: by position in this very sheet."""
        return {
            "header_row": self.mapping.header_row,
            "layout": self.layout,
            "columns": {
                str(c.index): [c.field or "", c.order, c.why, c.sure, c.year]
                for c in self.mapping.columns
            },
        }

    def checker(self, lookups: Lookups, on: date) -> Checker:
        source = "" if self.job.source == naming.NO_SOURCE else self.job.source
        return Checker(self.sheet, self.mapping, lookups, source, naming.namespace(self.job), on)

    def count(self) -> int:
        """How many rows hold a record."""
        return sum(1 for _ in data_rows(self.sheet, self.mapping))

    def rows_after(self, row: int) -> Iterator[tuple[int, Row]]:
        """The rows that hold a record behind row `row` of the sheet, with their numbers in it."""
        first = max(self.mapping.first_row, row + 1)
        return data_rows(self.sheet, replace(self.mapping, first_row=first))

    def trial(
        self, by: Any, on: date, most: int = MOST_TRIED, tick: Callable[[], object] = bool
    ) -> Trial:
        """Check everything and write nothing; `tick` is called every thousand rows."""
        planner = Planner(self.checker(Lookups.read(on), on), by, trial=True)
        found = Trial(dict.fromkeys(Plan().counts, 0), [], [], self.count())
        rows = islice(self.rows_after(0), most)
        while batch := list(islice(rows, _TRIED_AT_ONCE)):
            plan = planner.plan(planner.check(batch))
            found.problems += plan.problems
            found.notes += plan.notes
            for name, count in plan.counts.items():
                found.counts[name] += count
            tick()
        found.notes = [*passed_over(self.sheet, self.mapping), *found.notes]
        found.complete = found.rows <= most
        return found


def rows_of(job: ImportJob) -> Book:
    """The sheets of an import. Raises `SheetError` when they could not be, or are not yet, read."""
    if code := job.options.get("unreadable"):
        raise SheetError(code)
    if not job.path or not job.read:
        raise SheetError("missing", "not read")
    try:
        return spooling.opened(job.path, job.data_key, job.name)
    except (FileNotFoundError, VaultError) as error:
        raise SheetError("missing", str(error)) from error


def height(sheet: Sheet) -> int:
    """How many rows a sheet has, header and blank ones among them."""
    return sheet.total if isinstance(sheet, spooling.Spooled) else len(sheet.rows)


def _rounded(sheet: Sheet, mapping: columns.Mapping) -> list[str]:
    """Numbers too long for a number cell: those in mapped columns are errors, the others are said."""
    free = {column.index for column in mapping.columns if not column.field}
    spoilt = sorted({problem.column for problem in sheet.problems if problem.column in free})
    if not spoilt:
        return []
    letters = "、".join(map(column_letter, spoilt))
    return [
        f"{letters} 列有超过 15 位的号码，表格软件已改了它们的后几位，存下来的不准：要用到，请照原件更正。"
    ]


def sheets_that_fit(book: Book) -> list[Sheet]:
    """Filled sheets with all required columns."""
    return [
        sheet
        for sheet in book.filled
        if not missing(set(columns.propose(sheet, FIELDS).by_field()))
    ]


def sheet_of(book: Book, name: str) -> Sheet:
    """The sheet of that name, else the first that looks like a ledger, else the one most like it."""
    if not book.filled:
        raise SheetError("empty")
    if len(book.filled) == 1 and not name:
        return book.filled[0]
    named = [sheet for sheet in book.sheets if sheet.name == name]
    return (named or sheets_that_fit(book) or [columns.likeliest(book.filled, FIELDS, NEEDED)])[0]


def _recognised(sheet: Sheet, wanted: str) -> tuple[columns.Mapping, str]:
    """The mapping by the wanted layout, by one whose headings are all there, by our own form, or
    as recognised.
    """
    best, name = 0.0, ""
    proposed = _proposed(sheet)
    headings = [column.heading for column in proposed.columns]
    for row in LedgerLayout.objects.in_use():
        try:
            layout = layout_of(row)
        except ValueError:
            continue
        fit = 2.0 if row.name == wanted else layout.fit(sheet)
        if fit > best and (fit >= 1 and not wanted or row.name == wanted):
            best, name, found = fit, row.name, with_aside(layout, row, headings)
    if name:
        return found.match(sheet, FIELDS), name
    if fields := returning.meanings(headings):
        found_here = Layout(name="", fields=fields).match(sheet, FIELDS)
        told = (
            replace(column, why=OWN_FORM) if column.heading in fields else column
            for column in found_here.columns
        )
        return replace(found_here, columns=tuple(told)), ""
    return proposed, ""


def _proposed(sheet: Sheet, header_row: int | None = None) -> columns.Mapping:
    """What the columns most likely mean; a heading only like a field may be known to mean none."""
    found, aside = columns.propose(sheet, FIELDS, header_row), returning.left_aside()
    kept = (
        replace(column, field=None, why="原样保留", sure=True)
        if column.field and not column.sure and fold(column.heading) in aside
        else column
        for column in found.columns
    )
    return replace(found, columns=tuple(kept))


def _with_choices(found: columns.Mapping, chosen: Mapping[str, Any]) -> columns.Mapping:
    """The proposal with what was chosen for each column laid over it."""
    kept = chosen["columns"]
    done = []
    for column in found.columns:
        if str(column.index) in kept:
            name, order, why, sure, *year = kept[str(column.index)]
            name = name if name in BY_NAME else None
            column = replace(column, field=name, order=order, why=why, sure=sure)
            column = replace(column, year=year[0] if year else None)
        done.append(column)
    return replace(found, columns=tuple(done))
