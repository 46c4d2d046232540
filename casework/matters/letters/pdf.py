"""The print view as a PDF, by WeasyPrint (docs/decisions/0027): the fonts are embedded, the lines break
as Chinese lines do, and its structure is tagged for screen readers.
"""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

STYLE = Path(__file__).resolve().parents[1] / "static" / "matters" / "letter.css"
MISSING = (
    "这台服务器没有装 Pango，不能生成 PDF。请用“打印”，在打印机里选“另存为 PDF”；"
    "或者请系统管理员安装 Pango 和一种中文字体。"
)


def pdf_of(context: dict[str, Any]) -> bytes:
    """One PDF of the sheets of a print view. Raises ValidationError where Pango is not installed."""
    try:
        from weasyprint import CSS, HTML  # noqa: PLC0415 - needs Pango, which not every machine has
    except OSError as error:
        raise ValidationError(MISSING) from error
    page = HTML(
        string=render_to_string("matters/letters/sheets.html", context), url_fetcher=_nothing
    )
    style = CSS(string=STYLE.read_text(encoding="utf-8"), url_fetcher=_nothing)
    return page.write_pdf(stylesheets=[style], pdf_variant="pdf/ua-1")


def _nothing(url: str, *args: Any, **kwargs: Any) -> Any:
    """A letter loads nothing from anywhere."""
    raise ValueError(f"a letter loads nothing: {url[:80]}")
