"""What stands above the rows of an official sheet, and what its columns are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from office.sheets.styles import Style
from office.sheets.workbook import Page, Sheet
from office.sheets.xmltext import Looks, lines, plain, text_tail

KINDS = ("text", "day", "moment", "number")
LINE, HIGHEST = 15, 409  # points: of a line of text, and what a row may have
#: characters an A4 page on its side holds before its print is too small to read (some 7 points)
READABLE = 190
BESIDE = 30  # characters that columns printed again on each page may take


@dataclass(frozen=True)
class Column:
    """One column: its key for the caller, its title, its width in characters, what it holds.

    kind: "text" (IDs and numbers of records too), "day", "moment" or "number". A value that is not
    of the kind is written as what it is: a text in a column of days stays that text.
    """

    key: str
    title: str
    width: int
    kind: str = "text"
    wrap: bool = False

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of column: {self.kind}")


@dataclass(frozen=True)
class TemplateColumn(Column):
    """A column of an empty ledger: drop-down, note, whether it must be filled, an example."""

    choices: tuple[str, ...] = ()
    note: str = ""
    required: bool = False
    example: str = ""


@dataclass(frozen=True)
class Head:
    """What stands above the header: title, who filled it in and when, filters in words.

    watermark: a line under the title, in the header and footer of every printed page.
    """

    title: str
    unit: str = ""
    by: str = ""
    reviewer: str = ""
    on: date | None = None
    conditions: str = ""
    watermark: str = ""

    @property
    def line(self) -> str:
        """填报单位, 填报人, 审核人 and 日期; what is not known stays open for the pen."""
        on = f"{self.on.year}年{self.on.month}月{self.on.day}日" if self.on else ""
        said = (
            ("填报单位", self.unit),
            ("填报人", self.by),
            ("审核人", self.reviewer),
            ("日期", on),
        )
        return "　　　".join(f"{name}：{value or '　　　　'}" for name, value in said)

    @property
    def rows(self) -> list[tuple[str, Style, int]]:
        """Text, style and size in points of each row above the header."""
        found = [
            (self.title, Style.TITLE, 16),
            (self.watermark, Style.WATERMARK, 11),
            (self.line, Style.LINE, 11),
            (self.conditions and f"筛选条件：{self.conditions}", Style.LINE, 11),
        ]
        return [(plain(text), style, size) for text, style, size in found if text]


def page_of(head: Head, columns: Sequence[Column]) -> Page:
    """Paper, frozen rows and widths of a sheet under this head."""
    top = len(head.rows) + 1
    mark = _margin(head.watermark, 100)
    unit = _margin(head.unit, 40)
    return Page(
        widths=[column.width for column in columns],
        frozen=top,
        repeated=top,
        header=mark and f"&C{mark}",
        footer=f"&L{mark or unit}&C第 &P 页 共 &N 页",
        across=across(columns),
        beside=_beside(columns),
    )


def across(columns: Sequence[Column]) -> int:
    """Pages side by side that these columns are printed on, so that they can be read."""
    return max(-(-sum(column.width for column in columns) // READABLE), 1)


def first_page(columns: Sequence[Column]) -> int:
    """How many columns the first of these pages holds: the lines of the head stand over them."""
    room, count = sum(column.width for column in columns) / across(columns), 0
    for column in columns:
        room -= column.width
        if room < 0 and count:
            break
        count += 1
    return count


def _beside(columns: Sequence[Column]) -> int:
    """The first columns, by which a row is known again on the second page: two where they fit."""
    if across(columns) == 1:
        return 0
    return 2 if sum(column.width for column in columns[:2]) <= BESIDE else 1


def _margin(text: str, most: int) -> str:
    """A text for the page's header: `&` begins a code there, and digits could follow one."""
    return plain(text).replace("\n", " ")[:most].replace("&", "&&")


def write_head(sheet: Sheet, head: Head, columns: Sequence[Column]) -> None:
    """The rows above the values: title, lines, header."""
    over = first_page(columns)
    whole = sum(column.width for column in columns[:over])
    for text, style, size in head.rows:
        needed = lines(text, max(whole * 11 // size, 1))
        blank = [text_tail("", style)] * (len(columns) - 1)
        sheet.add([text_tail(text, style), *blank], height=needed * (size * 1.25 + 4))
        sheet.merge(over)
    needed = max((lines(c.title, max(c.width - 1, 1)) for c in columns), default=1)
    sheet.add([text_tail(c.title, _header(c)) for c in columns], height=max(needed * LINE + 2, 20))


def _header(column: Column) -> Style:
    return Style.REQUIRED if getattr(column, "required", False) else Style.HEADER


def looks_of(column: Column) -> Looks:
    """Styles of the column's values."""
    if column.wrap:
        return Looks(Style.TEXT_WRAPPED, Style.LONG_WRAPPED)
    return Looks(Style.TEXT, Style.LONG)
