"""Values as cells of .xlsx: the one place where a text, a day or a number becomes XML.

A text is a string-typed cell whatever it begins with, so nothing a person typed can become a
formula, and its value is never changed by a mark in front. Days and moments are true dates. Cells
come as tails: what follows the row number in `<c r="A12…`, so that a tail can be used again.
"""

import math
import re
from collections.abc import Callable
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
EPOCH, FIRST_DAY = datetime(1899, 12, 30), date(1900, 3, 1)  # noqa: DTZ001
# Excel before 2010 shows #### for longer texts in cells of the format "text".
LONG = 255
_LONGEST_KEPT, _MOST_KEPT = 40, 4_096  # of the tails remembered per column: bounds memory

# What XML cannot carry; one of them makes the whole file unreadable.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(
    "[&<>\r\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_"
)
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_EDGES = frozenset(" \t\n")


def plain(text: str) -> str:
    """What a cell can hold of a text: line breaks as "\\n", no control characters, cut at the limit.

    A text that had to be cut ends in a remark that says so.
    """
    if _SPECIAL.search(text):
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
    if _SPECIAL.search(text):
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
    if isinstance(value, timedelta):
        return value / timedelta(days=1) if value >= timedelta() else None
    if isinstance(value, time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86_400
    if isinstance(value, datetime):
        passed = local(value) - EPOCH
        serial = passed.days + passed.seconds / 86_400
        return serial if value.date() >= FIRST_DAY else None
    return (value - EPOCH.date()).days if value >= FIRST_DAY else None


def local(value: datetime) -> datetime:
    """A moment as the wall clock in Asia/Shanghai showed it, to the second; naive ones as are."""
    if value.tzinfo:
        value = value.astimezone(SHANGHAI).replace(tzinfo=None)
    return value.replace(microsecond=0)


def _worded(value: Value | Decimal) -> str:
    """A value that Excel cannot hold as what it is, in words."""
    return f"{local(value):%Y-%m-%d %H:%M:%S}" if isinstance(value, datetime) else str(value)


def remembering(make: Callable[[Value | None], str]) -> Callable[[Value | None], str]:
    """`make`, which keeps what it made of short texts and of dates: columns repeat themselves.

    Numbers are not kept (`1 == True`), and no more than a bounded number of tails.
    """
    kept: dict[Value | None, str] = {}

    def made(value: Value | None) -> str:
        found = kept.get(value)
        if found is None:
            found = make(value)
            short = isinstance(value, date) or (
                isinstance(value, str) and len(value) <= _LONGEST_KEPT
            )
            if short and len(kept) < _MOST_KEPT:
                kept[value] = found
        return found

    return made
