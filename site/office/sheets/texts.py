"""The text of a cell made clean, blank cells told, headings folded for comparison. Pure."""

import re
import unicodedata
from datetime import datetime, time

from office.sheets.reading import Value

_BLANK_LIKE = "\t\v\f\x1c\x1d\x1e\x1f\xa0\u3000\u202f\u205f" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_NOTHING = [
    *(n for n in range(0x20) if chr(n) not in "\t\n\v\f\r\x1c\x1d\x1e\x1f"),
    *range(0x7F, 0xA0),
    0xAD,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2065),
    0xFEFF,
    0xFFFE,
    0xFFFF,
]
_WIDE = [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]
# Only wide digits and letters change: wide punctuation is how Chinese is written.
_CLEAN = {
    **{ord(mark): " " for mark in _BLANK_LIKE},
    **dict.fromkeys(_NOTHING),
    **{wide: wide - 0xFEE0 for wide in _WIDE},
    **dict.fromkeys((0x0D, 0x2028, 0x2029), "\n"),
}
_DIRTY = re.compile("[" + "".join(map(re.escape, map(chr, _CLEAN))) + "]")
_ESCAPED = re.compile(r"_x00([01][0-9A-Fa-f])_")


def text(value: Value | None) -> str:
    """A cell as clean text; "" when there is nothing in it.

    Strange blanks become blanks and vanish at both ends of every line, `_x000D_` and invisible
    characters vanish, wide digits and letters become narrow. Line breaks inside stay, with at most
    one empty line between paragraphs. Numbers come without `.0`, days as 2026-03-02.
    """
    if not isinstance(value, str):
        return _plain(value)
    if "_x00" in value:
        value = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
    if _DIRTY.search(value):
        value = value.replace("\r\n", "\n").translate(_CLEAN)
    if "\n" not in value:
        return value.strip()
    lines = [line.strip() for line in value.split("\n")]
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n")


def _plain(value: Value | None) -> str:
    """Text of a cell that is not text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}".removesuffix(":00")
    if isinstance(value, time):
        return f"{value:%H:%M:%S}".removesuffix(":00")
    return str(value)


def blank(value: Value | None) -> bool:
    """Whether a cell holds nothing a person can see."""
    return value is None or (isinstance(value, str) and not text(value))


_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
_UNSEEN = re.compile(r"[\s*:：_\-—·、.#]+")


def fold(value: Value | None, *, brackets: bool = True) -> str:
    """A heading for comparison: narrow, lower case, without blanks, line breaks and marks.

    `brackets=False` also leaves out what stands in brackets.
    """
    folded = unicodedata.normalize("NFKC", text(value)).casefold()
    return _UNSEEN.sub("", folded if brackets else _BRACKETS.sub("", folded))
