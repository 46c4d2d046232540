"""Which column means what: a proposal that a person can correct.

Pure; columns and rows are 1-based as in Excel. What can be meant is the caller's table of `Field`s.
"""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import islice

from office.sheets import cells
from office.sheets.headers import Header, find_header, forms, header_named
from office.sheets.reading import Sheet, Value

KINDS = ("text", "day", "moment", "phone", "id_number", "number", "yes_no", "choice")
LAYOUT_FORMAT = 1
UNKNOWN, UNTITLED = "没有认出", "没有标题"
SAMPLES, LONGEST_SAMPLE = 3, 40
LOOKED_AT = 200
# A column looks like a kind when so many of its values do; a heading holds a word when the word is
# at least so much of it.
ALIKE, COVERED = 0.8, 0.5


@dataclass(frozen=True, slots=True)
class Field:
    """Something a column can mean. `kind` is one of `KINDS`; `synonyms` are headings seen in use."""

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    kind: str = "text"

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"unknown kind of field: {self.kind}")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet and what it is taken for.

    `field`: name of a `Field`, or None for not imported. `samples`: up to three different values.
    `why`: Chinese, for the person who checks. `sure`: False when that person should look.
    `order`: "mdy", "dmy" or "": how the column writes days with the year last. `year`: of its days
    that name none (6.30), once a person has said it. `from_1904`: as `Sheet.from_1904`.
    """

    index: int
    heading: str
    field: str | None
    samples: tuple[str, ...]
    why: str
    sure: bool = False
    order: str = ""
    year: int | None = None
    from_1904: bool = False

    def moment(self, value: Value) -> datetime:
        """The moment a cell of this column means. Raises `ValueError` in Chinese."""
        return cells.moment(value, self.order, self.year, from_1904=self.from_1904)


@dataclass(frozen=True, slots=True)
class Mapping:
    """A sheet's columns and where its rows begin.

    `header_row`: last row of the header, 0 when there is none. `first_row`: first row after it.
    `missing`: headings of the layout that the sheet does not have. `beside`: first and last column
    of other tables that stand beside the one that is taken over.
    """

    header_row: int
    first_row: int
    columns: tuple[Column, ...]
    missing: tuple[str, ...] = ()
    beside: tuple[tuple[int, int], ...] = ()

    def column_of(self, name: str) -> Column | None:
        """The column taken for a field."""
        return next((column for column in self.columns if column.field == name), None)

    def by_field(self) -> dict[str, Column]:
        """Columns by the name of their field; those not imported are left out."""
        return {column.field: column for column in self.columns if column.field}

    def choose(self, index: int, name: str | None, order: str | None = None) -> "Mapping":
        """The mapping after a person set column `index` to a field, or to None.

        The field is taken away from the column that had it before. Raises `KeyError` for a column
        the sheet does not have.
        """
        if index not in {column.index for column in self.columns}:
            raise KeyError(index)
        return replace(self, columns=tuple(_chosen(c, index, name, order) for c in self.columns))

    def in_year(self, index: int, year: int | None) -> "Mapping":
        """The mapping after a person said which year the days of column `index` belong to."""
        if index not in {column.index for column in self.columns}:
            raise KeyError(index)
        years = (replace(c, year=year) if c.index == index else c for c in self.columns)
        return replace(self, columns=tuple(years))

    def layout(self, name: str) -> dict:
        """The mapping as plain JSON, to be matched to later files by their headings."""
        return {
            "format": LAYOUT_FORMAT,
            "name": name,
            "header_row": self.header_row,
            "columns": [
                {"heading": c.heading, "field": c.field, "order": c.order} for c in self.columns
            ],
        }


def _chosen(column: Column, index: int, name: str | None, order: str | None) -> Column:
    """One column after a person's choice."""
    if column.index == index:
        order = column.order if order is None else order
        return replace(column, field=name, order=order, why="人工选定", sure=True)
    if name and column.field == name:
        return replace(column, field=None, why="已改由另一列对应", sure=True)
    return column


# A proposal


def propose(sheet: Sheet, fields: Sequence[Field], header_row: int | None = None) -> Mapping:
    """What the columns of a sheet most likely mean; every field is proposed at most once.

    `header_row`: the last header row where a person has named it (0: there is none); found
    otherwise. Headings decide, exact before similar; then the content, where it leaves one choice.
    """
    header = find_header(sheet, _words(fields))
    if header_row is not None and header_row != header.bottom:
        header = header_named(sheet, header_row)
    return propose_under(header, sheet, fields)


def propose_under(header: Header, sheet: Sheet, fields: Sequence[Field]) -> Mapping:
    """The same below a header that is already known."""
    columns = _by_heading(_columns(sheet, header), header, _words(fields))
    columns = _by_content(columns, _values(sheet, header), fields)
    return Mapping(header.bottom, header.bottom + 1, tuple(columns), beside=header.beside)


def likeliest(sheets: Sequence[Sheet], fields: Sequence[Field], needed: Collection[str]) -> Sheet:
    """The sheet with most of the `needed` fields recognised for sure; the first of several such."""

    def found(sheet: Sheet) -> int:
        return sum(c.sure and c.field in needed for c in propose(sheet, fields).columns)

    return max(sheets, key=found)


def asking_for_year(sheet: Sheet, mapping: Mapping, fields: Sequence[Field]) -> list[Column]:
    """Columns taken for days some of which name no year, as long as nobody has said which."""
    of_days = {field.name for field in fields if field.kind in ("day", "moment")}
    rows = sheet.rows[mapping.first_row - 1 :]
    return [
        column
        for column in mapping.columns
        if column.field in of_days
        and column.year is None
        and cells.needs_year(row[column.index - 1] for row in rows)
    ]


def _words(fields: Sequence[Field]) -> dict[str, str]:
    """Folded labels, names and synonyms, with the field each belongs to; the first one keeps it."""
    words: dict[str, str] = {}
    for wanted in fields:
        for word in (wanted.label, wanted.name, *wanted.synonyms):
            words.setdefault(cells.fold(word), wanted.name)
    words.pop("", None)
    return words


def _values(sheet: Sheet, header: Header) -> list[list[Value]]:
    """For each column its first values that are not blank."""
    filled = (row for row in sheet.rows[header.bottom :] if any(cell != "" for cell in row))
    rows = list(islice(filled, LOOKED_AT))
    return [[row[at] for row in rows if not cells.blank(row[at])] for at in range(sheet.width)]


def _columns(sheet: Sheet, header: Header) -> list[Column]:
    """The columns that have a heading or a value, nothing recognised yet; no other table's."""
    columns = []
    for at, values in enumerate(_values(sheet, header)):
        if any(first <= at + 1 <= last for first, last in header.beside):
            continue
        rest = () if values or header.parts[at] else sheet.rows[header.bottom :]
        if not (values or header.parts[at] or any(not cells.blank(row[at]) for row in rest)):
            continue
        samples = dict.fromkeys(_sample(value) for value in values)
        columns.append(
            Column(
                index=at + 1,
                heading=header.headings[at],
                field=None,
                samples=tuple(samples)[:SAMPLES],
                why=UNKNOWN if header.parts[at] else UNTITLED,
                order=cells.day_order(row[at] for row in sheet.rows[header.bottom :]),
                from_1904=sheet.from_1904,
            )
        )
    return columns


def _sample(value: Value) -> str:
    short = cells.text(value).replace("\n", " ")
    return short if len(short) <= LONGEST_SAMPLE else short[: LONGEST_SAMPLE - 1] + "…"


def _by_heading(columns: list[Column], header: Header, words: dict[str, str]) -> list[Column]:
    """Recognise headings that are a known word, then those that begin or end with one."""
    read = {column.index: forms(header.parts[column.index - 1]) for column in columns}
    taken: dict[str, str] = {}
    done: dict[int, Column] = {}
    for column in columns:
        name = next((words[form] for form in read[column.index] if form in words), None)
        if name and name in taken:
            why = f"与“{taken[name]}”意思相同，只取前一列"
            done[column.index] = replace(column, why=why)
        elif name:
            taken[name] = column.heading
            done[column.index] = replace(column, field=name, why="标题相符", sure=True)
    open_ = [column for column in columns if column.index not in done]
    similar = [(c, *_similar(read[c.index], words, taken)) for c in open_]
    best: dict[str, float] = {}
    ties: Counter[tuple[str, float]] = Counter()
    for _, _, name, share in similar:
        best[name] = max(best.get(name, 0), share)
        ties[name, share] += 1
    for column, word, name, share in similar:
        if not name or share < best[name]:
            continue
        if ties[name, share] > 1:
            done[column.index] = replace(column, why=f"有几列的标题都含“{word}”，请选定一列")
        else:
            done[column.index] = replace(column, field=name, why=f"标题含“{word}”")
    return [done.get(column.index, column) for column in columns]


def _similar(
    ways: list[str], words: dict[str, str], taken: Collection[str]
) -> tuple[str, str, float]:
    """The longest known word a heading begins or ends with: word, its field, share of the heading."""
    found = [
        (len(word) / len(way), word)
        for way in ways
        for word, name in words.items()
        if len(word) > 1 and name not in taken and (way.startswith(word) or way.endswith(word))
    ]
    share, word = max(found, default=(0.0, ""))
    return (word, words[word], share) if share >= COVERED else ("", "", 0.0)


# By content


def _is_day(value: Value) -> bool:
    if isinstance(value, str):
        return any(_passes(cells.day, value, order) for order in ("mdy", "dmy"))
    return isinstance(value, date)


def _is_phone(value: Value) -> bool:
    written = cells.text(value)
    if cells.is_masked(written):
        return len(written) == 11 and written[:3].isdigit() and written[0] == "1"
    return len(written) >= 10 and _passes(cells.phone, value)


def _is_id_number(value: Value) -> bool:
    written = cells.text(value)
    if cells.is_masked(written):
        return len(written) == 18 and written[:3].isdigit()
    return _passes(cells.id_number, value)


def _passes(clean: Callable, *value: Value) -> bool:
    try:
        clean(*value)
    except ValueError:
        return False
    return True


LOOKS: dict[str, tuple[Callable[[Value], bool], frozenset[str]]] = {
    "日期": (_is_day, frozenset({"day", "moment"})),
    "电话": (_is_phone, frozenset({"phone"})),
    "证件号": (_is_id_number, frozenset({"id_number"})),
}


def _looks_like(values: list[Value]) -> str:
    """The key of `LOOKS` that most of the values fit, or ""."""
    for look, (fits, _) in LOOKS.items():
        if values and sum(map(fits, values)) >= ALIKE * len(values):
            return look
    return ""


def _by_content(
    columns: list[Column], values: list[list[Value]], fields: Sequence[Field]
) -> list[Column]:
    """Recognise what no heading told, where one column and one field are left for each other."""
    taken = {column.field for column in columns}
    looks = {
        c.index: _looks_like(values[c.index - 1])
        for c in columns
        if not c.field and c.why in (UNKNOWN, UNTITLED)
    }
    count = Counter(looks.values())
    found = []
    for column in columns:
        look = looks.get(column.index)
        if look:
            free = [f.name for f in fields if f.kind in LOOKS[look][1] and f.name not in taken]
            if count[look] == len(free) == 1:
                column = replace(column, field=free[0], why=f"内容像{look}")
            else:
                column = replace(column, why=f"内容像{look}，请选定")
        found.append(column)
    return found
