"""How cells of written sheets look: one table of styles, the same in every file we write."""

from enum import IntEnum, auto
from typing import NamedTuple

# On every office computer in China; other systems take their own Song typeface for it.
TYPEFACE = "宋体"


class Style(IntEnum):
    """Number of a style in the table of styles of every file; the order is that of `_LOOKS`."""

    PLAIN = 0
    TITLE = auto()
    LINE = auto()
    WATERMARK = auto()
    HEADER = auto()
    REQUIRED = auto()
    TEXT = auto()
    TEXT_WRAPPED = auto()
    LONG = auto()
    LONG_WRAPPED = auto()
    DAY = auto()
    MOMENT = auto()
    TIME = auto()
    DURATION = auto()
    NUMBER = auto()
    EXAMPLE = auto()
    EXAMPLE_DAY = auto()
    FREE = auto()
    FREE_LONG = auto()
    FREE_DAY = auto()
    FREE_MOMENT = auto()
    FREE_TIME = auto()
    FREE_DURATION = auto()
    FREE_NUMBER = auto()
    MARKED = auto()
    MARKED_LONG = auto()
    MARKED_DAY = auto()
    MARKED_MOMENT = auto()
    MARKED_TIME = auto()
    MARKED_DURATION = auto()
    MARKED_NUMBER = auto()
    ERROR = auto()


class _Look(NamedTuple):
    """One row of the table. `quote`: Excel takes what is typed into the cell as text."""

    font: str = "body"
    fill: str = "none"
    border: bool = False
    format: str = "General"
    across: str = ""
    down: str = "center"
    wrap: bool = False
    quote: bool = False


FORMATS = {
    "General": 0,
    "@": 49,
    "yyyy-mm-dd": 164,
    "yyyy-mm-dd hh:mm:ss": 165,
    "hh:mm:ss": 166,
    "[h]:mm:ss": 167,
}
_TEXT, _DAY, _MOMENT, _TIME, _DURATION = list(FORMATS)[1:]

_FONTS = {
    "body": (11, ""),
    "title": (16, "<b/>"),
    "bold": (11, "<b/>"),
    "grey": (11, '<color rgb="FF7F7F7F"/>'),
    "red": (11, '<color rgb="FFC00000"/>'),
    "needed": (11, '<b/><color rgb="FFC00000"/>'),
    "italic": (11, '<i/><color rgb="FF7F7F7F"/>'),
}
# The first two are reserved by the format.
_FILLS = {"none": "", "gray125": "", "head": "FFEDEDED", "marked": "FFFFF2CC"}


def _values(fill: str, border: bool, numbers: str = "") -> list[_Look]:
    """Text, long text, day, moment, time, duration, number: the looks of a column of values."""
    look = _Look(fill=fill, border=border)
    formats = (_DAY, _MOMENT, _TIME, _DURATION)
    return [
        look._replace(format=_TEXT),
        look._replace(quote=True),
        *(look._replace(format=made, across="center") for made in formats),
        look._replace(across=numbers),
    ]


_TABLE = _values("none", True, "center")
_LOOKS = [
    _Look(),
    _Look("title", across="center", wrap=True),
    _Look(wrap=True),
    _Look("grey", across="center", wrap=True),
    _Look("bold", "head", True, _TEXT, "center", wrap=True),
    _Look("needed", "head", True, _TEXT, "center", wrap=True),
    _TABLE[0],
    _TABLE[0]._replace(wrap=True),
    _TABLE[1],
    _TABLE[1]._replace(wrap=True),
    *_TABLE[2:],
    _Look("italic", border=True, format=_TEXT, wrap=True),
    _Look("italic", border=True, format=_DAY, across="center"),
    *_values("none", False),
    *_values("marked", False),
    _Look("red", down="top", wrap=True, format=_TEXT),
]


def _font(size: int, more: str) -> str:
    marks, _, colour = more.partition("<color")
    colour = f"<color{colour}" if colour else ""
    return (
        f'<font>{marks}<sz val="{size}"/>{colour}<name val="{TYPEFACE}"/>'
        f'<family val="3"/><charset val="134"/></font>'
    )


def _fill(name: str, colour: str) -> str:
    if not colour:
        return f'<fill><patternFill patternType="{name}"/></fill>'
    return (
        f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/>'
        f'<bgColor indexed="64"/></patternFill></fill>'
    )


def _format(look: _Look) -> str:
    """One `xf` of the table of cell formats."""
    font, fill = list(_FONTS).index(look.font), list(_FILLS).index(look.fill)
    across = f' horizontal="{look.across}"' if look.across else ""
    wrap = ' wrapText="1"' if look.wrap else ""
    return (
        f'<xf numFmtId="{FORMATS[look.format]}" fontId="{font}" fillId="{fill}" '
        f'borderId="{look.border:d}" xfId="0"{" quotePrefix=" + chr(34) + "1" + chr(34) if look.quote else ""} '
        f'applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1">'
        f'<alignment{across} vertical="{look.down}"{wrap}/></xf>'
    )


def _part(name: str, items: list[str]) -> str:
    return f'<{name} count="{len(items)}">{"".join(items)}</{name}>'


def table() -> str:
    """The part xl/styles.xml."""
    own = [
        f'<numFmt numFmtId="{number}" formatCode="{code}"/>'
        for code, number in FORMATS.items()
        if number >= 164
    ]
    sides = "".join(
        f'<{side} style="thin"><color auto="1"/></{side}>'
        for side in ("left", "right", "top", "bottom")
    )
    borders = [
        "<border><left/><right/><top/><bottom/><diagonal/></border>",
        f"<border>{sides}<diagonal/></border>",
    ]
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        + _part("numFmts", own)
        + _part("fonts", [_font(*found) for found in _FONTS.values()])
        + _part("fills", [_fill(*found) for found in _FILLS.items()])
        + _part("borders", borders)
        + '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        + _part("cellXfs", [_format(look) for look in _LOOKS])
        + '<cellStyles count="1"><cellStyle name="常规" xfId="0" builtinId="0"/></cellStyles>'
        + "</styleSheet>"
    )
