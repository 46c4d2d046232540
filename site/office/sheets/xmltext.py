"""Values as cells of .xlsx: the one place where a text, a day or a number becomes XML.

A text is a string-typed cell whatever it begins with, so nothing a person typed can become a
formula, and its value is never changed by a mark in front. Days and moments are true dates. A tail
is what follows the row number in `<c r="A12…`.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from office.sheets.reading import ROUNDED_FROM, Value
from office.sheets.styles import Style

LONGEST_TEXT = 32_767  # UTF-16 units one cell of .xlsx can hold
CUT = "…（过长，已截断）"
SHANGHAI = ZoneInfo("Asia/Shanghai")
# Days are counted from here; Excel believes in 29 February 1900, so earlier days are off by one.
EPOCH, FIRST_DAY = date(1899, 12, 30).toordinal(), date(1900, 3, 1).toordinal()
# Excel before 2010 shows #### for longer texts in cells of the format "text".
LONG = 255

# What XML cannot carry; one of them makes the whole file unreadable.
_ILLEGAL_MARKS = "\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff"
_ILLEGAL = re.compile(f"[{_ILLEGAL_MARKS}]")
_UNCLEAN = re.compile(f"[\r{_ILLEGAL_MARKS}]")
_SUSPECT = re.compile(f"[&<>_\r{_ILLEGAL_MARKS}]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_EDGES = frozenset(" \t\n")
_AT_EDGES = tuple(edge for mark in _EDGES for edge in (f"|{mark}", f"{mark}|"))
_NONE = type(None)


def plain(text: str) -> str:
    """What a cell can hold of a text: line breaks as "\\n", no control characters, cut at the limit.

    A text that had to be cut ends in a remark that says so.
    """
    if _UNCLEAN.search(text):
        text = _ILLEGAL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if len(text) > LONGEST_TEXT // 2 and len(units := text.encode("utf-16-le")) > 2 * LONGEST_TEXT:
        text = units[: 2 * (LONGEST_TEXT - len(CUT))].decode("utf-16-le", "ignore") + CUT
    return text


def escaped(text: str) -> str:
    """Text between tags, or in an attribute in double quotes; `text` has passed through `plain`."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;")


def _body(text: str) -> str:
    """A string item's inside. `_x000D_` and its like would be read as an escape, so are escaped."""
    if _SUSPECT.search(text):
        text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
        text = _LIKE_AN_ESCAPE.sub("_x005F_", text)
    edge = text[0] in _EDGES or text[-1] in _EDGES
    return f'<t xml:space="preserve">{text}</t>' if edge else f"<t>{text}</t>"


@dataclass(frozen=True, slots=True)
class Looks:
    """Styles of one column by the type of its values; `long`: texts of more than 255 characters."""

    text: Style
    long: Style
    day: Style = Style.DAY
    moment: Style = Style.MOMENT
    time: Style = Style.TIME
    duration: Style = Style.DURATION
    number: Style = Style.NUMBER


def tail(value: Value | None, looks: Looks) -> str:
    """The cell of a value; None and "" are an empty cell with the column's look."""
    if isinstance(value, str):
        return text_tail(value, looks.text, looks.long)
    if value is None:
        return f'" s="{looks.text}"/>'
    if isinstance(value, bool):
        return f'" s="{looks.text}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, int | float | Decimal):
        if math.isfinite(value) and -ROUNDED_FROM < value < ROUNDED_FROM:
            return f'" s="{looks.number}"><v>{value}</v></c>'
    elif isinstance(value, date | time | timedelta) and (serial := _serial(value)) is not None:
        return f'" s="{_dated(value, looks)}"><v>{serial!r}</v></c>'
    return text_tail(_worded(value), looks.text, looks.long)


def text_tail(text: str, style: Style, long: Style | None = None) -> str:
    """A string-typed cell; an empty one when nothing is left of the text."""
    text = plain(text)
    if not text:
        return f'" s="{style}"/>'
    if long is not None and len(text) > LONG:
        style = long
    return f'" s="{style}" t="inlineStr"><is>{_body(text)}</is></c>'


def _dated(value: date | time | timedelta, looks: Looks) -> Style:
    if isinstance(value, datetime):
        return looks.moment
    if isinstance(value, date):
        return looks.day
    return looks.time if isinstance(value, time) else looks.duration


def _serial(value: date | time | timedelta) -> int | float | None:
    """Excel's number of a date: days, the time of day as a fraction; None where it has none."""
    if isinstance(value, datetime):
        return moment_serial(value)
    if isinstance(value, date):
        return value.toordinal() - EPOCH if value.toordinal() >= FIRST_DAY else None
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    return value / timedelta(days=1) if value >= timedelta() else None


def moment_serial(value: datetime) -> float | None:
    """Excel's number of a moment in Asia/Shanghai, to the second; None before its calendar."""
    if value.tzinfo:
        value = value.astimezone(SHANGHAI)
    if (day := value.toordinal()) < FIRST_DAY:
        return None
    return day - EPOCH + (value.hour * 3600 + value.minute * 60 + value.second) / 86_400


def local(value: datetime) -> datetime:
    """A moment as the wall clock in Asia/Shanghai showed it, to the second; naive ones as are."""
    if value.tzinfo:
        value = value.astimezone(SHANGHAI).replace(tzinfo=None)
    return value.replace(microsecond=0)


def _worded(value: Value | Decimal) -> str:
    """A value that Excel cannot hold as what it is, in words."""
    return f"{local(value):%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


# Whole columns of a batch of rows: the same cells, made at once where all are harmless


def cells(letter: str, first: int, values: Sequence[Value | None], looks: Looks) -> list[str]:
    """The cells of one column, from row `first` on; the same as `tail` would make one by one."""
    kinds = set(map(type, values)) - {_NONE}
    if kinds == {str}:
        texts = ["" if value is None else value for value in values]
        if _harmless(texts):  # type: ignore[arg-type]
            opened = f'" s="{looks.text}" t="inlineStr"><is><t>'
            empty = f'" s="{looks.text}"/>'
            return [
                f'<c r="{letter}{row}{opened}{text}</t></is></c>'
                if text
                else f'<c r="{letter}{row}{empty}'
                for row, text in enumerate(texts, first)
            ]
    elif len(kinds) == 1 and (numbers := _all_numbers(values, *kinds)):
        style = {int: looks.number, date: looks.day, datetime: looks.moment}[kinds.pop()]
        opened, empty = f'" s="{style}"><v>', f'" s="{looks.text}"/>'
        return [
            f'<c r="{letter}{row}{empty}'
            if number is None
            else f'<c r="{letter}{row}{opened}{number}</v></c>'
            for row, number in enumerate(numbers, first)
        ]
    return [f'<c r="{letter}{row}{tail(value, looks)}' for row, value in enumerate(values, first)]


def _harmless(texts: list[str]) -> bool:
    """Whether no text is long, has anything to be escaped, or a blank at its edge."""
    whole = "|".join(texts)
    return (
        not _SUSPECT.search(whole)
        and not any(edge in whole for edge in _AT_EDGES)
        and whole[:1] not in _EDGES
        and whole[-1:] not in _EDGES
        and max(map(len, texts)) <= LONG
    )


def _all_numbers(values: Sequence, kind: type) -> list[int | float | None] | None:
    """What stands in a column of whole numbers, days or moments; None: it is not so simple."""
    there = [value for value in values if value is not None]
    if kind is int:
        return list(values) if -ROUNDED_FROM < min(there) <= max(there) < ROUNDED_FROM else None
    if kind is date and min(there).toordinal() >= FIRST_DAY:
        return [None if value is None else value.toordinal() - EPOCH for value in values]
    if kind is datetime and None not in (serials := list(map(moment_serial, there))):
        following = iter(serials)
        return [None if value is None else next(following) for value in values]
    return None


def lines(value: Value | None, width: int) -> int:
    """How many lines a value takes in a wrapped cell `width` characters wide.

    A Chinese character is two wide and has three bytes.
    """
    if not isinstance(value, str) or not value:
        return 1
    if "\n" in value:
        return sum(lines(line, width) for line in value.split("\n"))
    length = len(value)
    if 2 * length <= width:
        return 1
    # One place less a line: a mark that may not begin a line takes its neighbour along.
    return -(-(length + len(value.encode("utf-8", "replace"))) // max(2 * width - 4, 2))
