"""Filling a template: bytes of a .docx from bytes of a template and the words of one letter."""

import unicodedata
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from docx import Document as WordFile
from docxtpl import DocxTemplate
from jinja2 import TemplateError
from lxml import etree

from casework.matters.letters.sandbox import environment

#: docxtpl begins a new paragraph, of the same style, where a value has this sign
_PARAGRAPH = "\a"
#: what a template can bring the library to
_FAULTS = (TemplateError, TypeError, ValueError, KeyError, AttributeError)


def filled(template: bytes, values: dict[str, Any]) -> bytes:
    """The letter as a .docx. Values are text and never markup; their lines become paragraphs.

    Raises ValidationError when the template cannot be filled: one that was checked always can.
    """
    try:
        return _filled(template, values)
    except _FAULTS as error:
        raise ValidationError("按模板填写时出错。请信访办主任检查或换回原来的模板。") from error


def _filled(template: bytes, values: dict[str, Any]) -> bytes:
    word = DocxTemplate(BytesIO(template))
    word.render(_plain(values), environment())
    _say_who(word, values)
    out = BytesIO()
    word.save(out)
    return out.getvalue()


def asked(template: bytes) -> frozenset[str]:
    """The placeholders a template asks for, wherever in the file they stand."""
    return frozenset(
        DocxTemplate(BytesIO(template)).get_undeclared_template_variables(environment())
    )


def try_out(template: bytes, values: dict[str, Any]) -> None:
    """Fill a template and throw the letter away. Raises ValidationError (Chinese) when it cannot be
    filled, or when what comes out is no sound file: the library would repair that and lose words.
    """
    word = DocxTemplate(BytesIO(template))
    try:
        word.render_init()
        etree.fromstring(word.build_xml(_plain(values), environment()).encode())
        WordFile(BytesIO(_filled(template, values)))
    except etree.XMLSyntaxError as error:
        raise ValidationError(
            "{% if %} 和 {% endif %}、{% for %} 和 {% endfor %} 要在同一段里，或者像 {%p if 附言 %} 那样各占一段，"
            "不能一个在表格里、一个在表格外。"
        ) from error
    except _FAULTS as error:
        raise ValidationError(
            "用样例填写时出错，请检查文本框、脚注和文档属性里的占位符。"
        ) from error


def _say_who(word: DocxTemplate, values: dict[str, Any]) -> None:
    """The file tells the body it comes from, and nothing of who wrote the template or printed it."""
    facts = word.docx.core_properties
    facts.author = facts.last_modified_by = str(values.get("发文主体") or "")[:200]
    facts.title = str(values.get("标题") or "")[:200]
    facts.comments = facts.keywords = facts.subject = facts.category = ""
    facts.language = "zh-CN"


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_plain(one) for one in value]
    lines = str(value).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return _PARAGRAPH.join(_printable(line) for line in lines if line.strip())


def _printable(line: str) -> str:
    """Without signs a Word file cannot hold."""
    return "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in line)
