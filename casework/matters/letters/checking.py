"""A template is checked before it is taken in: it opens, starts nothing, and asks only for what there is.

Its paragraphs are read as one text, a paragraph a line, so that whatever is wrong has a line of its
own: "第 7 段". Header, body and footer are filled each by itself, so each has to be sound by itself.
Then it is filled with invented data, and once more with nothing.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from docx import Document as WordFile
from docx.document import Document as Word
from jinja2 import TemplateSyntaxError, nodes

from casework.matters.letters.hiding import faults_of, other_edges
from casework.matters.letters.kinds import TEMPLATES, is_form
from casework.matters.letters.placeholders import ROWS, of_kind, sample_of
from casework.matters.letters.rendering import try_out
from casework.matters.letters.sandbox import NotAllowed, environment
from office.attachments import kind_of
from office.metadata import examined

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LARGEST = 2 * 1024 * 1024  # bytes of a template
_UNPACKED = 20 * 1024 * 1024
#: docxtpl's marks that take the paragraph, row, cell or run around a tag along with it
_AROUND = re.compile(r"(\{[%{])(?:p|tr|tc|r) ")
_CAN_BE_HELPED = ("宏", "密码")  # what the check of any upload already says how to take out
_NOT_WORD = "请上传 .docx 文件。旧版 .doc、.wps 请先用 Word 或 WPS 另存为 .docx。"
_ONLY = "模板里只能写占位符、{% if %} 和 {% for %}"


def opened(data: bytes) -> Word:
    """The file as python-docx reads it. Raises ValidationError for what is no plain .docx."""
    if len(data) > LARGEST:
        raise ValidationError(f"模板超过 {LARGEST // 1024 // 1024} MB，请把里面的图片压缩或去掉。")
    try:
        kind = kind_of(data)
    except ValidationError as error:
        if any(word in error.messages[0] for word in _CAN_BE_HELPED):
            raise
        kind = ""
    if kind != DOCX:
        raise ValidationError(_NOT_WORD)
    with zipfile.ZipFile(BytesIO(data)) as archive:
        if sum(info.file_size for info in archive.infolist()) > _UNPACKED:
            raise ValidationError("文件展开后太大，不能作为模板。")
    looked = examined(data, DOCX)
    if looked.refused:
        raise ValidationError(looked.refused)
    try:
        faults = faults_of(data)  # first: what is embedded may keep the reader from opening it
        word = None if faults else WordFile(BytesIO(data))
        faults += other_edges(word) if word is not None else []
    except Exception as error:  # a hostile file can make the reader fail in any way
        raise ValidationError(
            "文件打不开。请用 Word 或 WPS 打开后另存为 .docx，再上传。"
        ) from error
    if word is None or faults:
        raise ValidationError(faults)
    return word


def lines_of(word: Word) -> dict[str, list[str]]:
    """Every paragraph of a file in reading order, by where it stands: "" the body, 页眉, 页脚."""
    found: dict[str, list[str]] = {"": list(_within(word)), "页眉": [], "页脚": []}
    for section in word.sections:
        for place, edges in (
            ("页眉", (section.header, section.first_page_header, section.even_page_header)),
            ("页脚", (section.footer, section.first_page_footer, section.even_page_footer)),
        ):
            for edge in edges:
                if not edge.is_linked_to_previous:
                    found[place] += _within(edge)
    return {place: [line.replace("\n", " ") for line in lines] for place, lines in found.items()}


def _within(block: Any) -> Iterator[str]:
    for part in block.iter_inner_content():
        if hasattr(part, "rows"):
            seen = set()
            for row in part.rows:
                for cell in row.cells:
                    if cell._tc not in seen:  # merged cells come once
                        seen.add(cell._tc)
                        yield from _within(cell)
        else:
            yield part.text


def check(kind: str, data: bytes) -> list[str]:
    """Refuse a template that would fail or misbehave; returns hints that stop nothing.

    Raises ValidationError, one sentence a fault, each with its paragraph (Chinese).
    """
    faults: list[str] = []
    used: set[str] = set()
    for place, lines in lines_of(opened(data)).items():
        text = "\n".join(_AROUND.sub(r"\1 ", line) for line in lines)
        try:
            tree = environment().parse(text)
        except TemplateSyntaxError as error:
            faults.append(_at(error.lineno, lines, _told(error), place))
            continue
        faults += _faults(kind, tree, lines, place)
        used |= {node.name for node in tree.find_all(nodes.Name)}
    if faults:
        raise ValidationError(faults)
    sample = sample_of(kind)
    for values in (sample, {name: type(value)() for name, value in sample.items()}):
        try_out(data, values)
    return _hints(kind, used)


def _at(line: int, lines: list[str], said: str, place: str = "") -> str:
    shown = lines[line - 1].strip()[:60] if 0 < line <= len(lines) else ""
    return f"{place}第 {line} 段“{shown}”：{said}" if shown else f"{place}第 {line} 段：{said}"


def _told(error: TemplateSyntaxError) -> str:
    said = str(error.message or "")
    if isinstance(error, NotAllowed):
        return f"这种写法不支持。{_ONLY}。"
    if "endfor" in said or "endif" in said or "was looking for" in said:
        return "{% if %} 和 {% endif %}、{% for %} 和 {% endfor %} 没有成对。"
    if "end of template" in said or "end of print" in said or "unexpected '}'" in said:
        return "占位符没有写完整：每个 {{ 要有 }}，每个 {% 要有 %}。"
    if "unknown tag" in said:
        return f"不认识这个标签。{_ONLY}。"
    return f"写法有误。{_ONLY}，例如 {{{{ 信访人 }}}}。"


def _faults(kind: str, tree: nodes.Template, lines: list[str], place: str) -> Iterator[str]:
    known = {one.name for one in of_kind(kind)}
    parts = {part for name in known & set(ROWS) for part in ROWS[name]}
    own = {
        node.target.name for node in tree.find_all(nodes.For) if isinstance(node.target, nodes.Name)
    }
    for node in tree.find_all(nodes.Node):
        if said := _wrong(node, known, parts, own):
            whose = f"{TEMPLATES[kind]}能用的见下表。" if isinstance(node, nodes.Name) else ""
            yield _at(node.lineno, lines, said + whose, place)


def _wrong(node: nodes.Node, known: set[str], parts: set[str], own: set[str]) -> str:
    """What a node asks for and does not get; "" when there is such a thing."""
    if isinstance(node, nodes.For):
        listed = isinstance(node.iter, nodes.Name) and node.iter.name in known & set(ROWS)
        return "" if listed else f"{{% for %}} 只能逐条列出：{'、'.join(ROWS)}。"
    if isinstance(node, nodes.Name):
        return "" if node.name in known | own else f"没有“{node.name}”这个占位符。"
    if isinstance(node, nodes.Getattr):
        if not isinstance(node.node, nodes.Name) or node.node.name not in own:
            return f"“.{node.attr}”前面应当是 {{% for %}} 里的名字。"
        if node.attr not in parts:
            return f"没有“{node.attr}”这一栏，能用的：{'、'.join(sorted(parts))}。"
    return ""


#: what a letter of a kind may not lack (art. 32, 35; the house's own form)
_EXPECTED = {
    "opinion": ("诉求", "事实和理由", "法律依据", "处理意见", "处理结果", "救济途径"),
    "acceptance": ("办理期限",),
    "extension": ("办理期限", "正文"),
    "refusal": ("正文", "救济途径"),
    "path_notice": ("途径机关", "最后安全日"),
}
_OF_LETTERS = ("发文主体", "文号", "成文日期")


def _hints(kind: str, used: set[str]) -> list[str]:
    known = {one.name for one in of_kind(kind)}
    wanted = () if is_form(kind) else (*_OF_LETTERS, *_EXPECTED.get(kind, ()))
    missing = [name for name in wanted if name in known and name not in used]
    return [f"模板里没有用到：{'、'.join(missing)}。请确认是不是漏了。"] if missing else []
