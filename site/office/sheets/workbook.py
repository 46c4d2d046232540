"""Streams an .xlsx: parts, sheets and rows, straight into the file, memory flat.

Knows cells as tails (`xmltext`) and styles by number (`styles`); what stands in the rows is the
caller's. Nothing but the names of sheets is kept of what has been written.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import IO

from office.sheets.problems import column_letter
from office.sheets.styles import table
from office.sheets.xmltext import escaped, plain

KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 1_048_576
# One part must stay under 2 GiB: beyond it the zip needs extensions that Excel calls a damage.
MOST_BYTES = 1_900_000_000
_letter = cache(column_letter)
_BITE = 1 << 20  # characters gathered before they are compressed
_LONGEST_MARGIN = 255  # characters of a page's header or footer, marks among them

_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_MS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
# Sheets are the default kind of part: how many there will be is not known when this is written.
_TYPES = (
    f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    f'<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Default Extension="xml" ContentType="{_MS}.worksheet+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_MS}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_MS}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_MS}.styles+xml"/></Types>'
)
_ROOT = (
    f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
    f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)


@dataclass(frozen=True)
class Page:
    """What is said of a sheet before its rows.

    widths: of the columns, in characters. frozen: rows that stay when scrolling. repeated: the row
    printed again on each page, 0: none. margins: texts of the page's header and footer in Excel's
    code (`&P` the page, `&N` pages). upright: portrait instead of landscape. across: pages side by
    side that the columns are printed on; beside: columns printed again on each of them.
    """

    widths: Sequence[int] = ()
    frozen: int = 0
    repeated: int = 0
    header: str = ""
    footer: str = ""
    upright: bool = False
    across: int = 1
    beside: int = 0
    hidden: bool = False
    styles: Sequence[int] = ()


@dataclass
class Sheet:
    """One worksheet being written; `rows` and `bytes` say how much there is."""

    out: IO[bytes]
    page: Page
    rows: int = 0
    bytes: int = 0
    merged: list[str] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)
    _gathered: list[str] = field(default_factory=list)
    _size: int = 0

    @property
    def room(self) -> int:
        """How many rows more it can hold."""
        return MOST_ROWS - self.rows if self.bytes < MOST_BYTES else 0

    def add(self, tails: Sequence[str], height: float = 0) -> None:
        """The next row; `height` in points, 0: as high as its text."""
        number = self.rows + 1
        cells = [f'<c r="{_letter(at)}{number}{tail}' for at, tail in enumerate(tails, 1)]
        self.extend([cells], [height])

    def extend(self, rows: Iterable[Sequence[str]], heights: Iterable[float]) -> None:
        """The next rows: whole cells, which know their addresses, and the height of each row."""
        made = [
            f'<row r="{number}"{_high(height)}>{"".join(cells)}</row>'
            for number, height, cells in zip(count(self.rows + 1), heights, rows)
        ]
        self.rows += len(made)
        self._gathered += made
        self._size += sum(map(len, made))
        if self._size > _BITE:
            self.flush()

    def flush(self) -> None:
        """Hand what has been gathered to the file."""
        data = "".join(self._gathered).encode()
        self._gathered.clear()
        self._size = 0
        self.bytes += len(data)
        self.out.write(data)

    def merge(self, width: int) -> None:
        """Make one cell of the first `width` cells of the row written last."""
        if width > 1:
            self.merged.append(f"A{self.rows}:{column_letter(width)}{self.rows}")

    def opening(self) -> str:
        """What stands before the rows."""
        page = self.page
        frozen = page.frozen and (
            f'<pane ySplit="{page.frozen}" topLeftCell="A{page.frozen + 1}" activePane="bottomLeft" '
            f'state="frozen"/><selection pane="bottomLeft"/>'
        )
        styles = [*page.styles, *[0] * len(page.widths)]
        columns = "".join(
            f'<col min="{at}" max="{at}" width="{width + 0.71:.2f}" customWidth="1" style="{styles[at - 1]:d}"/>'
            for at, width in enumerate(page.widths, 1)
        )
        return (
            f'{_XML}<worksheet xmlns="{_MAIN}" xmlns:r="{_OFFICE}">'
            f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{frozen or ""}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/>'
            + (f"<cols>{columns}</cols>" if columns else "")
            + "<sheetData>"
        )

    def closing(self) -> str:
        """What stands after the rows, in the order the format asks for."""
        merged = "".join(f'<mergeCell ref="{area}"/>' for area in self.merged)
        page = self.page
        margins = "".join(
            f"<{name}>{escaped(text[:_LONGEST_MARGIN])}</{name}>"
            for name, text in (("oddHeader", page.header), ("oddFooter", page.footer))
            if text
        )
        upright = "portrait" if page.upright else "landscape"
        return (
            "</sheetData>"
            + (f'<mergeCells count="{len(self.merged)}">{merged}</mergeCells>' if merged else "")
            + _counted("dataValidations", self.rules)
            + '<printOptions horizontalCentered="1"/>'
            + '<pageMargins left="0.4" right="0.4" top="0.7" bottom="0.7" header="0.3" footer="0.3"/>'
            + f'<pageSetup paperSize="9" orientation="{upright}" fitToWidth="{page.across}" fitToHeight="0"/>'
            + (f"<headerFooter>{margins}</headerFooter>" if margins else "")
            + "</worksheet>"
        )


def _repeated(name: str, page: Page) -> str:
    """Columns and row printed again on each page, as a reference of the format."""
    quoted = "'" + escaped(name.replace("'", "''")) + "'!"
    beside = f"{quoted}$A:${column_letter(page.beside)}," if page.beside else ""
    return f"{beside}{quoted}${page.repeated}:${page.repeated}"


def _high(height: float) -> str:
    return f' ht="{height:g}"' if height else ""


def _counted(name: str, items: Sequence[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>' if items else ""


class Workbook:
    """An .xlsx being written to `target`; a context manager. The file is whole only at its end."""

    def __init__(self, target: IO[bytes]):
        # Level 1: beyond it time doubles for a tenth of size.
        self._zip = zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
        self._sheets: list[tuple[str, Page]] = []
        self._zip.writestr("[Content_Types].xml", _TYPES)
        self._zip.writestr("_rels/.rels", _ROOT)
        self._zip.writestr("xl/styles.xml", table())

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            self._zip.writestr("xl/workbook.xml", self._book())
            self._zip.writestr("xl/_rels/workbook.xml.rels", self._parts())
        self._zip.close()

    @contextmanager
    def sheet(self, name: str, page: Page) -> Iterator[Sheet]:
        """The next sheet; one at a time. Its name is made one that Excel accepts and unique."""
        self._sheets.append((self._unique(name), page))
        with self._zip.open(f"xl/worksheets/sheet{len(self._sheets)}.xml", "w") as out:
            sheet = Sheet(out, page)
            out.write(sheet.opening().encode())
            yield sheet
            sheet.flush()
            out.write(sheet.closing().encode())

    def _unique(self, name: str) -> str:
        taken = {used.casefold() for used, _ in self._sheets}
        found, count = sheet_name(name), 1
        while found.casefold() in taken:
            count += 1
            end = f"（{count}）"
            found = sheet_name(name)[: 31 - len(end)] + end
        return found

    def _book(self) -> str:
        sheets = names = ""
        for at, (name, page) in enumerate(self._sheets, 1):
            hidden = ' state="hidden"' if page.hidden else ""
            sheets += f'<sheet name="{escaped(name)}" sheetId="{at}"{hidden} r:id="rId{at}"/>'
            if page.repeated:
                names += (
                    f'<definedName name="_xlnm.Print_Titles" localSheetId="{at - 1}">'
                    f"{_repeated(name, page)}</definedName>"
                )
        return (
            f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{sheets}</sheets>"
            + (f"<definedNames>{names}</definedNames>" if names else "")
            + "</workbook>"
        )

    def _parts(self) -> str:
        count = len(self._sheets)
        sheets = "".join(
            f'<Relationship Id="rId{at}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{at}.xml"/>'
            for at in range(1, count + 1)
        )
        return (
            f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{sheets}'
            f'<Relationship Id="rId{count + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
            f"</Relationships>"
        )


def sheet_name(name: str) -> str:
    """A name Excel accepts: at most 31 characters, none of `\\\\/*?:[]`, no quote at its ends."""
    kept = "".join("_" if mark in "\\/*?:[]\n\t" else mark for mark in plain(name))
    return kept[:31].strip("' ") or "Sheet1"
