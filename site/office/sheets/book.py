"""What comes out of a spreadsheet: its sheets as plain values, or a sentence that says why not."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from office.sheets.problems import Problem

Value = str | int | float | bool | date | datetime | time | timedelta
Row = tuple[Value, ...]

# Excel keeps fifteen digits of a number; from here on the last ones are lost.
ROUNDED_FROM = 10**15


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
    "long_cell": (
        "表格里有一格的文字超过 10 万字，系统读不下。"
        "请检查这一格（文本文件常见的原因是少了一个引号），改好后再上传。"
    ),
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
    `from_1904`: the workbook counts days from 1904. `height`: how many rows the file claims, more
    than `rows` where only the first ones were asked for; 0 where it does not say.
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
    height: int = 0

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
        """Visible sheets that hold anything at all; the hidden ones where no visible sheet does."""
        holding = [sheet for sheet in self.sheets if sheet.rows]
        return [sheet for sheet in holding if sheet.visible] or holding
