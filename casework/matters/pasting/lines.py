"""Pasted text as labelled parts: tabs, double blanks, brackets, labels on lines of their own. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from casework.matters.pasting.labels import LONG, SHORT, bare, field_of, inside
from office.sheets.cells import text as clean

_BREAK = "\x1f"  # a line break inside a cell of a pasted table
_QUOTED = re.compile(r'(?P<before>^|\t)"(?P<cell>(?:[^"]|"")*)"(?=\t|\n|$)', re.M)
_CELLS = re.compile(r"\t|[ \u00a0\u3000]{2,}")
_MARKED = re.compile(r"^(?P<label>[^:：【】\n]{1,22}?)\s*[:：]\s*(?P<value>.*)$", re.S)
_BRACKETED = re.compile(
    r"^\s*[【\[](?P<label>[^【】\[\]]{1,16})[】\]]\s*[:：]?\s*(?P<value>.*)$", re.S
)
_SPACED = re.compile(r"^(?P<label>\S{3,8})[ \u3000](?P<value>\S.*)$", re.S)
_LABEL = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9（）()/、 　]{0,13}")
_SALUTATION = re.compile(r"(?:办事处|街道|政府|单位|委员会|管委会|局|办|社区|村|领导|同志)$")
_LONGEST_CONTINUATION = 60  # characters of a further line of an address


@dataclass
class Part:
    """A label as it stands, the field it names ("" none of ours) and its lines."""

    label: str
    name: str
    line: int
    lines: list[str] = field(default_factory=list)

    @property
    def value(self) -> str:
        return clean("\n".join(self.lines))


@dataclass(frozen=True)
class _Segment:
    """A piece of a line: label ("" for none) and text."""

    label: str
    text: str


def rows(pasted: str) -> list[str]:
    """The lines of a paste; breaks inside the quoted cells of a table are kept as marks."""
    whole = pasted.replace("\r\n", "\n").replace("\r", "\n").replace(_BREAK, " ")
    if "\t" in whole:
        whole = _QUOTED.sub(_unquoted, whole)
    return whole.split("\n")


def _unquoted(found: re.Match) -> str:
    cell = found["cell"].replace('""', '"')
    return found["before"] + cell.replace("\n", _BREAK).replace("\t", " ")


def restored(line: str) -> str:
    """A line as it was pasted, so that it can be read again."""
    return "\t".join(_quoted(cell) if _BREAK in cell else cell for cell in line.split("\t"))


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""').replace(_BREAK, "\n") + '"'


def in_cell(cell: str) -> str:
    """The text of a cell with its own line breaks."""
    return cell.replace(_BREAK, "\n")


def table(lines: list[str]) -> tuple[int, list[list[str]]] | None:
    """(line of its header, rows) of a table with labels on top and one sheet a row; None else."""
    for at, line in enumerate(lines):
        head = [cell.strip() for cell in line.split("\t")]
        named = [cell for cell in head if cell and field_of(bare(cell)) is not None]
        if len(named) < 3 or len(named) * 2 < len(head):
            continue
        below = [row.split("\t") for row in lines[at + 1 :] if row.strip()]
        first = below[0] if below else []
        said = [cell for cell in first if cell.strip() and field_of(bare(cell)) is not None]
        if len(first) >= 3 and len(said) < 2:
            return at, [head, *below]
    return None


def parts_of(lines: list[str]) -> tuple[list[Part], list[str]]:
    """The labelled parts in their order, and the lines that belong to none."""
    found: list[Part] = []
    loose: list[str] = []
    for at, line in enumerate(lines):
        if not line.strip(" \t\u3000\u00a0" + _BREAK):
            if found and found[-1].name in LONG and found[-1].lines:
                found[-1].lines.append("")
            continue
        current = found[-1] if found else None
        fresh = True
        for segment in _segments(line, current):
            if segment.label:
                name = field_of(segment.label) or ""
                current = Part(segment.label, name, at, [segment.text] if segment.text else [])
                found.append(current)
            elif current is not None and _goes_on(current, segment.text, fresh):
                if fresh or "\t" in line or not current.lines:
                    current.lines.append(segment.text)
                else:  # two blanks in the middle of a sentence
                    current.lines[-1] += f" {segment.text}"
            else:
                loose.append(clean(segment.text))
            fresh = False
    return found, loose


def _goes_on(part: Part, more: str, fresh: bool) -> bool:
    """Whether an unlabelled piece belongs to the part before it."""
    if not part.lines:
        return True
    if part.name in LONG:
        return True
    if part.name in SHORT or not fresh:
        return False
    return len(more) <= _LONGEST_CONTINUATION and not part.lines[-1].endswith(("。", "！", "？"))


def _segments(line: str, current: Part | None) -> Iterator[_Segment]:
    """A line cut at its labels. Inside a claim only known labels at the head of a cell cut it."""
    in_claim = current is not None and current.name in LONG and bool(current.lines)
    tabbed = "\t" in line
    cells = [cell.replace(_BREAK, "\n").strip(" \u3000\u00a0") for cell in _CELLS.split(line)]
    cells = [piece for cell in cells if cell for piece in _opened(cell)]
    if in_claim and not tabbed and all(_head(cell, True, False)[0] is None for cell in cells):
        yield _Segment("", line.strip())
        return
    waiting = ""  # a label whose value is the next cell
    for cell in cells:
        label, value, known = _head(cell, in_claim, tabbed)
        if label is None or (waiting and _is_value(waiting, value, known)):
            if waiting or in_claim:
                yield _Segment(waiting, cell)
            else:
                yield from _cut("", cell)
            in_claim, waiting = in_claim or field_of(waiting) in LONG, ""
            continue
        if waiting:
            yield _Segment(waiting, "")
        waiting, in_claim = "", False
        if value:
            yield from _cut(label, value)
            in_claim = field_of(label) in LONG
        else:
            waiting = label
    if waiting:
        yield _Segment(waiting, "")


def _opened(cell: str) -> list[str]:
    """【云湖热线】工单编号：…: who sends a message stands before its first label."""
    found = _BRACKETED.match(cell)
    if found is None or field_of(bare(found["label"])) is not None or not found["value"]:
        return [cell]
    return [cell[: found.start("value")].strip(), found["value"]]


def _is_value(waiting: str, value: str, known: bool) -> bool:
    """Whether a cell behind a label is its value although it looks like a label itself."""
    return not known or (bool(value) and field_of(waiting) in LONG)


def _head(cell: str, in_claim: bool, tabbed: bool) -> tuple[str | None, str, bool]:
    """(label, value, known) of a cell that begins with a label; (None, "", False) of other text."""
    if found := _BRACKETED.match(cell):
        # 【12345热线】 at the head of a message is who sent it: known words alone are a label there.
        label = bare(found["label"])
        return (label, found["value"], True) if field_of(label) is not None else _NO_LABEL
    if (found := _MARKED.match(cell)) and _fits(label := bare(found["label"])):
        known = field_of(label) is not None
        salutation = not found["value"].strip() and _SALUTATION.search(label)
        if known or (not in_claim and not salutation):
            return label, found["value"], known
    label = bare(cell)
    if field_of(label) is not None and len(label) > (2 if in_claim and not tabbed else 1):
        return label, "", True
    if not in_claim and (found := _SPACED.match(cell)) and field_of(bare(found["label"])):
        return bare(found["label"]), found["value"], True
    return _NO_LABEL


_NO_LABEL = (None, "", False)


def _fits(label: str) -> bool:
    return bool(_LABEL.fullmatch(label)) and bool(re.search(r"[\u4e00-\u9fff]", label))


def _cut(label: str, value: str) -> Iterator[_Segment]:
    """A value in which further known labels stand, as in messages: 来电人：张某，电话：139…

    What stands inside a claim stays there unless it ends the sheet.
    """
    pieces = inside().split(value)
    if len(pieces) == 1:
        yield _Segment(label, value)
        return
    held, text = label, pieces[0]
    for label, value in zip(pieces[1::2], pieces[2::2], strict=True):
        if field_of(held) in LONG and field_of(label) not in _ENDS_A_CLAIM:
            text += f"{label}：{value}"
            continue
        yield _Segment(held, text.strip(_BETWEEN))
        held, text = label, value
    yield _Segment(held, text.strip(_BETWEEN))


#: what may follow a claim in the same line; a phone number there may be anybody's
_ENDS_A_CLAIM = {"limit", "number", "given", "source", "community"}
_BETWEEN = " \n，,；;|｜"
