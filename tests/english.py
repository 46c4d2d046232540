"""English that a page still shows: for tests of pages, ours and Wagtail's."""

import re
from collections.abc import Iterable
from html.parser import HTMLParser

# What is inside these is not read as text of the page.
SKIPPED = {"script", "style", "code", "pre", "kbd", "samp", "svg", "math"}
VOID = {
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr",
}  # fmt: skip
# Attributes whose text is shown or read aloud.
SPOKEN = {
    "alt", "aria-description", "aria-label", "aria-placeholder", "aria-roledescription",
    "aria-valuetext", "label", "placeholder", "title",
    # Wagtail's scripts put these on the page: tooltips, and what a button says while it works.
    "data-w-progress-active-value", "data-w-tooltip-content-value",
}  # fmt: skip
PRESSED = {"submit", "button", "reset"}
# Elements of Wagtail's that scripts fill before they show them, or never show.
UNSHOWN = {"data-side-panel-toggle-counter"}
UNSHOWN_CLASSES = {"xdsoft_save_selected"}

# Written the same way on a Chinese page.
ALLOWED = {
    "alt", "api", "app", "avif", "bmp", "cad", "cookie", "csv", "css", "ctrl", "doc", "docx", "email", "enter", "esc",
    "et", "excel", "ftp", "gb", "gif", "heic", "html", "http", "https", "ico", "ipv4", "ipv6",
    "javascript", "jpeg", "jpg", "json", "kb", "mb", "ofd", "pdf", "ping", "png", "pb", "ppt",
    "pptx", "rss", "sha", "shift", "sm", "svg", "tab", "tb", "tsv", "txt", "url", "utc", "webp", "wifi", "word", "wps",
    "xls", "xlsb", "xlsx", "xml", "zip",
}  # fmt: skip
# Taken out before words are looked for.
NO_WORDS = re.compile(
    r"[a-z]+://\S+"  # addresses of pages
    r"|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"  # addresses of mail
    r"|\b(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,}(?:/[\w./%-]*)?"  # host names and names of files
    r"|(?<![\w/])/[\w./%-]+"  # paths
    r"|\.[A-Za-z0-9]{2,5}\b"  # endings of file names
    r"|\b[A-Z]{1,6}-?\d[\w-]*"  # numbers: XF2026-000001, A4, SM3
    r"|\b[0-9A-Fa-f]{8,}\b"  # digests
)
PHRASE = re.compile(r"[A-Za-z][A-Za-z'’-]*(?:[ ,;:/&()]+[A-Za-z][A-Za-z'’-]*)*")
WORD = re.compile(r"[A-Za-z][A-Za-z'’-]*")


def phrases(text: str, allowed: Iterable[str]) -> list[str]:
    """The runs of English in `text`, without what is allowed at their ends; single letters are none."""
    found = []
    for phrase in PHRASE.findall(NO_WORDS.sub("|", " ".join(text.split()))):
        words = [word for word in WORD.findall(phrase) if len(word) > 1]
        if any(word.lower() not in allowed for word in words):
            found.append(phrase)
    return found


class Page(HTMLParser):
    """Gathers what a reader sees or hears of a page, in its order."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: list[str] = []
        self.inside: list[str] = []  # open elements, from the outermost one that is not read

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        unread = (
            tag in SKIPPED
            or given.get("translate") == "no"
            or bool(UNSHOWN & set(given))
            or bool(UNSHOWN_CLASSES & set(given.get("class", "").split()))
        )
        if (self.inside or unread) and tag not in VOID:
            self.inside.append(tag)
        if self.inside or unread:
            return
        self.texts += [value for name, value in given.items() if name in SPOKEN]
        if tag == "input" and given.get("type", "").lower() in PRESSED:
            self.texts.append(given.get("value", ""))
        if tag == "meta" and given.get("name") == "description":
            self.texts.append(given.get("content", ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self.inside:
            while self.inside.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if not self.inside:
            self.texts.append(data)


def english_left(html: str, allowed: Iterable[str] = ()) -> list[str]:
    """English phrases a reader of `html` sees or hears, each once, in the order of the page.

    Read are the text (also of what is folded away) and the attributes that are shown or read aloud.
    Not read are scripts, styles, code, keys (`kbd`), drawings, whatever is marked `translate="no"`,
    and words on the short list above; `allowed` adds words of one test, such as user names. Give it
    the page as the browser built it (`page.content()`) where scripts write text.
    """
    page = Page()
    page.feed(html)
    page.close()
    known = ALLOWED | {word.lower() for word in allowed}
    found = [phrase for text in page.texts for phrase in phrases(text, known)]
    return list(dict.fromkeys(found))
