"""Cutting elements out of XML by the place of their bytes: what stays is what was there.

A tree read and written again loses prefixes that Word insists on; here nothing is written anew.
"""

import re
from collections.abc import Callable
from enum import Enum
from xml.parsers import expat

from office.metadata.apart.saying import Refused

_TAG = re.compile(rb"""<[^>"']*(?:"[^"]*"[^>"']*|'[^']*'[^>"']*)*>""")
_DEEPEST = 500


class Fate(Enum):
    """What becomes of an element: kept, cut out whole, or its tags alone."""

    KEEP = 0
    DROP = 1
    UNWRAP = 2


Judge = Callable[[str, dict[str, str], list[str]], Fate]


def local(name: str) -> str:
    """The name of an element or attribute without its namespace."""
    return name.rpartition(" ")[2]


def walk(
    xml: bytes, seen: Callable[[str, dict[str, str]], None], text: Callable[[str], None]
) -> None:
    """Read a part: `seen(local name, attributes)` at each element, `text` for what stands in it."""
    parser = _parser()
    parser.StartElementHandler = lambda name, attrs: seen(local(name), _plain(attrs))
    parser.CharacterDataHandler = text
    _parse(parser, xml)


def cut(xml: bytes, judge: Judge) -> bytes:
    """The part without what `judge(local name, attributes, names above)` drops. Raises Refused."""
    if xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        xml = xml.decode("utf-16").encode()
        xml = re.sub(rb'encoding="[^"]*"', b'encoding="UTF-8"', xml, count=1)
    spans: list[tuple[int, int]] = []
    path: list[str] = []
    open_at: list[tuple[Fate, int]] = []
    parser = _parser()

    def start(name: str, attrs: dict[str, str]) -> None:
        if len(path) > _DEEPEST:
            raise Refused("文件结构异常（嵌套过深），不能清除。请用 WPS 打开后另存一份。")
        fate = judge(local(name), _plain(attrs), path)
        path.append(local(name))
        open_at.append((fate, parser.CurrentByteIndex))

    def end(name: str) -> None:
        path.pop()
        fate, begins = open_at.pop()
        if fate == Fate.KEEP:
            return
        first = last = _tag(xml, begins)
        if xml[first[1] - 2 : first[1]] != b"/>":
            last = _tag(xml, parser.CurrentByteIndex)
        if fate == Fate.DROP or last == first:
            spans.append((first[0], last[1]))
        else:
            spans.extend((first, last))

    parser.StartElementHandler, parser.EndElementHandler = start, end
    _parse(parser, xml)
    return _without(xml, spans)


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*args: object) -> None:  # entities that grow, files from elsewhere
        raise Refused("文件结构异常（含文档类型声明），不能检查。请用 WPS 打开后另存一份。")

    parser.StartDoctypeDeclHandler = refuse
    parser.buffer_text = True
    return parser


def _parse(parser: expat.XMLParserType, xml: bytes) -> None:
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise Refused("文件已损坏，不能检查。请用 WPS 打开后另存一份。") from error


def _plain(attrs: dict[str, str]) -> dict[str, str]:
    return {local(name): value for name, value in attrs.items()}


def _tag(xml: bytes, at: int) -> tuple[int, int]:
    found = _TAG.match(xml, at)
    if found is None:
        raise Refused("文件结构异常，不能清除。请用 WPS 打开后另存一份。")
    return found.start(), found.end()


def _without(xml: bytes, spans: list[tuple[int, int]]) -> bytes:
    out, at = [], 0
    for first, last in sorted(spans):
        if first >= at:
            out.append(xml[at:first])
        at = max(at, last)
    return b"".join([*out, xml[at:]])
