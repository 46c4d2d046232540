"""Sheets to read: made on the spot, and real ones that lie beside the repository, where they do."""

from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from office.sheets.reading import Sheet

REAL = Path(__file__).resolve().parents[3].parent / "shared/data"


@pytest.fixture
def real() -> Callable[[str], Path]:
    """Path of a real file; skips the test where it is not at hand."""

    def find(name: str) -> Path:
        if not (REAL / name).exists():
            pytest.skip(f"real input {name} is not beside this repository")
        return REAL / name

    return find


@pytest.fixture
def xlsx() -> Callable[..., bytes]:
    """Makes an .xlsx of one sheet: rows, then areas to merge such as "A1:C1"."""

    def make(rows: Sequence[Sequence[Any]], *merged: str, title: str = "台账") -> bytes:
        book = Workbook()
        book.active.title = title
        for row in rows:
            book.active.append(row)
        for area in merged:
            book.active.merge_cells(area)
        out = BytesIO()
        book.save(out)
        return out.getvalue()

    return make


@pytest.fixture
def reopened() -> Callable[[bytes], Any]:
    """Opens written bytes as Excel would: the first sheet, formulas not computed."""
    return lambda data: load_workbook(BytesIO(data)).worksheets[0]


@pytest.fixture
def sheet() -> Callable[..., Sheet]:
    """A sheet as if it had been read; short rows are filled up."""

    def make(rows: Sequence[Sequence[Any]], **more: Any) -> Sheet:
        width = max(map(len, rows))
        return Sheet("台账", [(*row, *[""] * (width - len(row))) for row in rows], **more)

    return make
