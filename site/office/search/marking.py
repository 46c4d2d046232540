"""Hits marked in the text as it was written: folding changes lengths, the reader's text stays."""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from office.search import sounds
from office.search.folding import letters, words


def _mapped(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its letters the place of the one it came from."""
    alone = {ord(char): letters(char) for char in set(text)}
    folded = letters(text)
    if text.translate(alone) == folded:
        lengths = [len(alone[ord(char)]) for char in text]
        if len(folded) == len(text) and max(lengths, default=1) == 1:
            return folded, range(len(text))
        return folded, [n for n, length in enumerate(lengths) for _ in range(length)]
    # Some letters fold together with their neighbours (a letter and its accent): in parts.
    parts = [(start, letters(text[start:end])) for start, end in _segments(text)]
    return "".join(part for _, part in parts), [start for start, part in parts for _ in part]


def _segments(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the shortest parts of a text that fold by themselves."""
    start = 0
    for n in range(1, len(text)):
        own = letters(text[n])
        if unicodedata.combining(own[0]):
            continue  # an accent belongs to what it stands on, whatever comes between
        if letters(text[start : n + 1]) == letters(text[start:n]) + own:
            yield start, n
            start = n
    if text:
        yield start, len(text)


def spans(text: str, query: str, *, by_sound: bool = False) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text: (start, end), ascending, not touching.

    by_sound: a word that is not written there is marked where it is heard.
    """
    folded, origin = _mapped(text)
    found: list[tuple[int, int]] = []
    for word in words(query):
        hits = list(_places(folded, word))
        if by_sound and not hits and sounds.is_heard(word):
            hits = list(sounds.places(folded, word))
        found += [(origin[start], _end(origin, end - 1, len(text))) for start, end in hits]
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _end(origin: Sequence[int], at: int, length: int) -> int:
    """Where the letter of the text ends that a folded letter came from."""
    after = at + 1
    while after < len(origin) and origin[after] == origin[at]:
        after += 1
    return origin[after] if after < len(origin) else length


def _places(folded: str, word: str) -> Iterator[tuple[int, int]]:
    at = folded.find(word)
    while at >= 0:
        yield at, at + len(word)
        at = folded.find(word, at + 1)


def marked(text: str, query: str, *, by_sound: bool = True) -> SafeString:
    """A title or a name with the words of the query in <mark>, safe to show.

    by_sound: also where a Latin word is heard as pinyin or initials; not for the text of a page.
    """
    return _marked(text, spans(text, query, by_sound=by_sound))


def _marked(text: str, places: Iterable[tuple[int, int]]) -> SafeString:
    parts, done = [], 0
    for start, end in places:
        parts += [escape(text[done:start]), "<mark>", escape(text[start:end]), "</mark>"]
        done = end
    return mark_safe("".join([*parts, escape(text[done:])]))


def excerpt(text: str, query: str, around: int = 60) -> SafeString:
    """The piece of a text around the first hit, marked; its beginning when there is none."""
    places = spans(text, query)
    first = places[0] if places else (0, 0)
    start, end = max(first[0] - around, 0), min(first[1] + around, len(text))
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in places if a < end]
    cut = _marked(text[start:end], inside)
    return mark_safe(("…" if start else "") + cut + ("…" if end < len(text) else ""))
