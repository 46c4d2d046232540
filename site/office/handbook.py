"""The handbook (docs/handbook) as pages of the back office: one page a post, readable by all."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlencode

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

FOLDER = Path(settings.BASE_DIR) / "docs" / "handbook"
GENERAL = "README"  # what everybody has to know

#: role -> name of its page
PAGES = {
    "registrar": "登记员",
    "officer": "承办人",
    "unit_head": "承办人",
    "office_head": "主任和领导",
    "leader": "主任和领导",
    "custodian": "密件",
    "editor": "宣传员",
    "page_reviewer": "宣传员",
    "auditor": "审计员",
    "system_admin": "管理员",
    "security_admin": "管理员",
    "audit_admin": "管理员",
}
_MARKDOWN = MarkdownIt("commonmark", {"html": False}).enable("table").disable("image")


@dataclass(frozen=True)
class Chapter:
    """One page of the handbook: its name in addresses, its title, its body as HTML."""

    name: str
    title: str
    body: SafeString


@cache
def chapters() -> dict[str, Chapter]:
    """All pages by name, the general one first, the others in the order of their roles."""
    names = [GENERAL, *dict.fromkeys(PAGES.values())]
    return {name: _chapter(FOLDER / f"{name}.md") for name in names}


def chapter_for(posts: list[Any]) -> str:
    """Name of the page for somebody with these posts; the general one when no post has its own."""
    return next((PAGES[post.role] for post in posts if post.role in PAGES), GENERAL)


def _chapter(path: Path) -> Chapter:
    """Read a page; its first line is its title. OSError when the file is missing."""
    first, _, text = path.read_text(encoding="utf-8").partition("\n")
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type == "table_open":
            token.attrSet("class", "desk-table")
        for child in token.children or []:
            _point_inside(child)
            if child.type == "softbreak":  # no space where the file's line ends: it is Chinese
                child.type = "text"
    # Raw HTML is off and pictures too: what comes out has nothing but the text's own structure.
    body = mark_safe(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {}))
    return Chapter(path.stem, first.lstrip("# "), body)


def _point_inside(token: Token) -> None:
    """A link to another file of the handbook becomes one to its page here."""
    target = unquote(str(token.attrGet("href") or ""))
    if token.type == "link_open" and target.endswith(".md"):
        token.attrSet("href", "?" + urlencode({"page": target.removesuffix(".md")}))
