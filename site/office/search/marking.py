"""Hits marked in the text as it was written: folding changes lengths, the reader's text stays."""

import unicodedata
from collections.abc import Iterator

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from office.search.folding import fold, words


def _segments(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, folded) of the shortest parts of a text that fold by themselves."""
    start = 0
    for n in range(1, len(text) + 1):
        if n < len(text) and unicodedata.combining(text[n]):
            continue
        yield start, n, fold(text[start:n])
        start = n


def spans(text: str, query: str) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text: (start, end), ascending, not touching."""
    folded, places = [], []
    for start, end, part in _segments(text):
        folded.append(part or " ")
        places += [(start, end)] * len(part or " ")
    whole = "".join(folded)
    found = []
    for word in words(query):
        at = whole.find(word)
        while at >= 0:
            found.append((places[at][0], places[at + len(word) - 1][1]))
            at = whole.find(word, at + 1)
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def marked(text: str, query: str) -> SafeString:
    """The text with the words of the query in <mark>, safe to show."""
    parts, done = [], 0
    for start, end in spans(text, query):
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))


def excerpt(text: str, query: str, around: int = 60) -> SafeString:
    """The piece of a text around the first hit, marked; its beginning when there is none."""
    places = spans(text, query)
    start = max(places[0][0] - around, 0) if places else 0
    end = min((places[0][1] if places else 0) + around, len(text))
    cut = marked(text[start:end], query)
    return mark_safe(("…" if start else "") + cut + ("…" if end < len(text) else ""))
