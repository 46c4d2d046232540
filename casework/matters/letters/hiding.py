"""What a template may not hold: words that the print view does not show, and what Word fetches or starts.

Whoever signs reads the pieces of `blocks`: runs that stand directly in paragraphs of the body, of its
tables and of the first section's header and footer. Words anywhere else would go out unread. Page
numbers may stand anywhere.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from docx.document import Document as Word
from docx.oxml.ns import qn
from lxml import etree

_SHOWN = {qn(f"w:{tag}") for tag in ("r", "p", "tc", "tr", "tbl", "body", "document", "hdr", "ftr")}
_WORDS = re.compile(r"[^\W\d_]|[{}%]")
_TEXT = {"t", "delText"}
#: parts whose words Word never sets on a page; whatever else there is may be shown
_ASIDE = ("docprops/", "customxml/", "word/glossary/")
_FIELDS = {"PAGE", "NUMPAGES", "SECTIONPAGES"}
_REVISED = {qn(f"w:{tag}") for tag in ("ins", "del", "moveFrom", "moveTo", "dataBinding")}
_STARTS = (
    "/oleObject", "/package", "/control", "/activeXControlBinary", "/aFChunk", "/subDocument",
    "/frame", "/vbaProject", "/keyMapCustomizations", "/recipientData", "/mailMergeSource",
)  # fmt: skip
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
OUTSIDE = "模板引用了外部的图片、文件或模板，打开时会去读取。请改为插入在文件里。"
EMBEDDED = "模板里嵌入了别的文件、控件或者对象。请删去，需要的文字直接写在正文里。"
UNSHOWN = (
    "有文字不在正文、表格、第一节的页眉页脚里（例如在文本框、脚注、批注、修订、超链接、内容控件、"
    "首页或奇偶页不同的页眉页脚里），签发的人看不到：“{said}”。请改成普通文字。"
)
REVISED = "模板里有修订记录或者和数据绑定的内容控件。请接受全部修订、删去控件，再上传。"
FIELD = "模板里有会自动变化的域（{said}）。除了页码，请改成普通文字。"


def faults_of(data: bytes) -> list[str]:
    """What stands in the way of a .docx that opens, one Chinese sentence each."""
    found: dict[str, None] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            part = name.lower()
            if part.endswith(".rels"):
                found |= dict.fromkeys(_relations(_read(archive, name)))
            elif part.endswith(".xml") and not part.startswith(_ASIDE):
                found |= dict.fromkeys(_within(_read(archive, name)))
    return list(found)


def _read(archive: zipfile.ZipFile, name: str) -> Any:
    """A part as a tree that loads nothing. Raises XMLSyntaxError."""
    plain = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(archive.read(name), plain)


def _relations(tree: Any) -> Iterator[str]:
    for one in tree.iter(_RELATION):
        kind, mode = one.get("Type") or "", (one.get("TargetMode") or "").strip().lower()
        if mode == "external" and not kind.endswith("/hyperlink"):
            yield OUTSIDE
        if kind.endswith(_STARTS):
            yield EMBEDDED


def _within(tree: Any) -> Iterator[str]:
    for node in tree.iter(etree.Element):
        if node.tag in _REVISED:
            yield REVISED
        elif node.tag == qn("w:altChunk"):
            yield EMBEDDED
        elif etree.QName(node).localname in _TEXT and _WORDS.search(node.text or ""):
            above = {one.tag for one in node.iterancestors()}
            if node.tag != qn("w:t") or above - _SHOWN:
                yield UNSHOWN.format(said=(node.text or "").strip()[:20])
    yield from _fields(tree)


def _fields(tree: Any) -> Iterator[str]:
    """Instructions of fields, put together over their runs, that are no page numbers."""
    said = [one.get(qn("w:instr")) or "" for one in tree.iter(qn("w:fldSimple"))]
    open_: list[str] = []
    for node in tree.iter(qn("w:fldChar"), qn("w:instrText")):
        if node.tag == qn("w:instrText"):
            if not open_:
                open_.append("")
            open_[-1] += node.text or ""
        elif node.get(qn("w:fldCharType")) == "begin":
            open_.append("")
        elif open_ and node.get(qn("w:fldCharType")) == "end":
            said.append(open_.pop())
    for one in (*said, *open_):
        name = (one.split() or ["?"])[0].upper()
        if name not in _FIELDS:
            yield FIELD.format(said=name[:20])


def other_edges(word: Word) -> list[str]:
    """Words in headers and footers that the print view leaves out: of first and even pages, and of all
    sections but the first.
    """
    found = []
    for n, section in enumerate(word.sections):
        edges = [
            section.first_page_header, section.first_page_footer,
            section.even_page_header, section.even_page_footer,
        ]  # fmt: skip
        edges += [section.header, section.footer] if n else []
        for edge in edges:
            if not edge.is_linked_to_previous:
                told = "".join(node.text or "" for node in edge._element.iter(qn("w:t")))
                if _WORDS.search(told):
                    found.append(UNSHOWN.format(said=told.strip()[:20]))
    return found
