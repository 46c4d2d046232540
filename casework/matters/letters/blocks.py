"""A .docx as plain pieces for a page: the print view and the PDF say exactly what the file says."""

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from docx import Document as WordFile
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

_ALIGNED = {ALIGN.CENTER: "center", ALIGN.RIGHT: "right"}
_LARGE, _SMALL = 18, 11  # points
_DEEPEST = 3  # of headings


@dataclass(frozen=True)
class Piece:
    """A paragraph, or a table. parts: (text, bold) of its runs; look: classes of print.css.

    level: of a heading, 1 the title, 0 for none; rows: of a table, each a list of cells, each a list of
    pieces.
    """

    parts: tuple[tuple[str, bool], ...] = ()
    look: str = ""
    level: int = 0
    rows: tuple[tuple[tuple["Piece", ...], ...], ...] = ()


def pieces_of(data: bytes) -> list[Piece]:
    """The pieces of a file in reading order, header and footer included."""
    word = WordFile(BytesIO(data))
    section = word.sections[0]
    edges = [
        [one for one in _of(edge) if one.parts or one.rows]
        for edge in (section.header, section.footer)
    ]
    found = [*edges[0], *_of(word), *edges[1]]
    if not any(piece.level == 1 for piece in found):  # a template that somebody else styled
        for n, piece in enumerate(found):
            if {"large", "center"} <= set(piece.look.split()):
                found[n] = Piece(piece.parts, piece.look, level=1)
                break
    return found


def _of(block: Any) -> Iterator[Piece]:
    for part in block.iter_inner_content():
        if hasattr(part, "rows"):
            yield Piece(rows=tuple(_row(row) for row in part.rows))
        else:
            yield _paragraph(part)


def _row(row: Any) -> tuple[tuple[Piece, ...], ...]:
    found, last = [], None
    for cell in row.cells:
        if cell._tc is not last:  # a cell over several columns comes once for each
            found.append(tuple(_of(cell)))
        last = cell._tc
    return tuple(found)


def _paragraph(part: Any) -> Piece:
    parts = tuple((run.text, bool(run.bold)) for run in part.runs if run.text)
    return Piece(parts, " ".join(_looks(part)), _level(part) if parts else 0)


def _level(part: Any) -> int:
    """The level of a heading: by its outline, or by the style of Word's own headings."""
    own = part._p.pPr.find(qn("w:outlineLvl")) if part._p.pPr is not None else None
    if own is not None:
        level = int(own.get(qn("w:val")) or 9) + 1
        return level if level <= _DEEPEST else 0
    name, _, number = (part.style.name or "").partition(" ")
    return int(number) if name == "Heading" and number in ("1", "2", "3") else 0


def _looks(part: Any) -> Iterator[str]:
    aligned = (
        part.alignment if part.alignment is not None else part.style.paragraph_format.alignment
    )
    if aligned in _ALIGNED:
        yield _ALIGNED[aligned]
    sizes = [run.font.size.pt for run in part.runs if run.font.size]
    if sizes and max(sizes) >= _LARGE:
        yield "large"
    elif sizes and max(sizes) <= _SMALL:
        yield "small"
    colours = {
        str(run.font.color.rgb) for run in part.runs if run.font.color and run.font.color.rgb
    }
    if colours & {"FF0000", "C00000"}:
        yield "red"
    if part.paragraph_format.first_line_indent:
        yield "indent"
    if not part.text.strip():
        yield "empty"
