"""Rich text as plain text: tags gone, entities read, what stands apart on the page stays apart."""

from html.parser import HTMLParser

# Elements inside a line; whatever else begins or ends, begins or ends a line of text.
_INLINE = {
    *(
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "data",
        "del",
        "dfn",
        "em",
        "i",
        "ins",
        "kbd",
    ),
    *("mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr"),
}


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.handle_starttag(tag, [])

    def handle_data(self, data: str) -> None:
        self.pieces.append(data)


def plain_text(html: str) -> str:
    """The words of a rich text, one line a block: "<p>延<b>期</b></p><p>交房</p>" is two lines."""
    reader = _Lines()
    reader.feed(html)
    reader.close()
    lines = "".join(reader.pieces).splitlines()
    return "\n".join(stripped for line in lines if (stripped := line.strip()))
