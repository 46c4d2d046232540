"""Pieces: what of a text is put into the index, and what of a word is asked of it.

A piece is a character, two or three neighbouring characters, a syllable, two neighbouring syllables,
or two or three neighbouring initials, together with its kind of record and the field it stands in.
The index holds a number of 32 bits for each, letters and signs alike, so that no tokenizer can drop
or join anything; that two pieces share a number costs a candidate too many, which the look at the
text takes out. Threes are there because a word made of common pairs would be looked for in half of
all records, and nearly every such word has a three that is nowhere.

Of keyed kinds the number is a keyed hash: without the key file it says nothing of the text. (Who has
the database alone can still count how often a number occurs.)
"""

import hmac
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from zlib import crc32

from office.registries import searchable
from office.search.folding import words
from office.search.sounds import is_heard, readings, starting
from office.vault import keys

TITLE, NAMES, BODY = "t", "n", "b"
FIELDS = (TITLE, NAMES, BODY)
_MANY = 64  # readings of one word; beyond it their first two syllables are asked for
#: no person types more, and no database takes a condition as long as what a program may send
MOST_WORDS, MOST_LETTERS = 50, 1000
_PURPOSE = b"pieces of the search index: "


def kind_number(kind: str) -> int:
    """A number of 15 bits for a kind of record; `manage.py check` holds that no two share one."""
    return crc32(kind.encode()) & 0x7FFF


def _plain(place: str, pieces: Iterable[str]) -> Iterator[int]:
    """place: kind number and field, then "s" for syllables, "i" for initials."""
    start = crc32(f"{place} ".encode())
    return (crc32(piece.encode(), start) for piece in pieces)


@lru_cache(maxsize=1 << 17)
def _keyed(key: bytes, piece: str) -> int:
    return int.from_bytes(hmac.digest(key, piece.encode(), "sha256")[:4], "big")


def _key(kind: str) -> bytes:
    return hmac.digest(keys().index, _PURPOSE + kind.encode(), "sha256")


def _runs(text: str, size: int) -> Iterator[str]:
    """Every run of so many letters."""
    return (text[n : n + size] for n in range(len(text) - size + 1))


def written(text: str) -> set[str]:
    """Every character and every two and three neighbouring ones of a folded text, without blanks."""
    found: set[str] = set()
    for part in text.split():
        found.update(part, _runs(part, 2), _runs(part, 3))
    return found


def _sounding(text: str) -> Iterator[tuple[str, set[str]]]:
    """(which, pieces) of a stored sound: syllables "s" and initials "i"."""
    runs = text.split(" ") if text else []
    short = [run.lower() for run in runs if run.isupper()]
    yield "s", {piece for run in runs if not run.isupper() for piece in _syllables(run)}
    yield "i", {piece for run in short for size in (2, 3) for piece in _runs(run, size)}


def _syllables(run: str) -> Iterator[str]:
    """YanQi → yan, qi, yan.qi."""
    starts = [n for n, letter in enumerate(run) if letter.isupper()]
    parts = [run[a:b].lower() for a, b in zip(starts, [*starts[1:], len(run)], strict=True)]
    yield from parts
    yield from map(".".join, zip(parts, parts[1:], strict=False))


@dataclass(frozen=True, slots=True)
class Stored:
    """The folded texts of one record as they lie in the index."""

    title: str = ""
    names: str = ""
    body: str = ""
    title_sound: str = ""
    names_sound: str = ""


def of_record(kind: str, texts: Stored) -> list[int]:
    """The numbers of all pieces of a record of a plain kind, ascending."""
    number, found = kind_number(kind), set()
    for field, text in ((TITLE, texts.title), (NAMES, texts.names), (BODY, texts.body)):
        found.update(_plain(f"{number}{field}", written(text)))
    for field, text in ((TITLE, texts.title_sound), (NAMES, texts.names_sound)):
        for which, pieces in _sounding(text):
            found.update(_plain(f"{number}{field}{which}", pieces))
    return sorted(found)


def of_keyed(kind: str, text: str) -> list[int]:
    """The numbers of all pieces of a folded text of a keyed kind, ascending."""
    key = _key(kind)
    return sorted({_keyed(key, piece) for piece in written(text)})


# --- What is asked -------------------------------------------------------------------------------
@dataclass(frozen=True)
class Any:
    """A record that has one of these pieces."""

    numbers: tuple[int, ...]


@dataclass(frozen=True)
class All:
    """A record that fits every part."""

    parts: tuple["Wanted", ...]


@dataclass(frozen=True)
class Either:
    """A record that fits one of the parts."""

    parts: tuple["Wanted", ...]


Wanted = Any | All | Either


def wanted(kind: str, query: str, fields: Sequence[str] = FIELDS) -> Wanted | None:
    """What a record must have in these fields to be a candidate for every word of the query.

    None for a query without words, and for one longer than any that is looked up.
    """
    asked = words(query)
    if not 0 < len(asked) <= MOST_WORDS or sum(map(len, asked)) > MOST_LETTERS:
        return None
    if searchable[kind].keyed:
        key = _key(kind)
        return All(tuple(Any((_keyed(key, p),)) for p in sorted(set().union(*map(_needed, asked)))))
    number = kind_number(kind)
    return All(tuple(_word(number, word, fields) for word in asked))


def _needed(word: str) -> set[str]:
    """The pieces of a word that no record holding it can lack."""
    return set(_runs(word, min(len(word), 3)))


def _word(number: int, word: str, fields: Sequence[str]) -> Wanted:
    def one_of(pieces: Iterable[str], which: str, fields: Iterable[str]) -> Any:
        held = list(pieces)
        found = {n for field in fields for n in _plain(f"{number}{field}{which}", held)}
        return Any(tuple(sorted(found)))

    spelled = All(tuple(one_of([piece], "", fields) for piece in sorted(_needed(word))))
    spoken = [field for field in fields if field != BODY]
    if not is_heard(word) or not spoken:
        return spelled
    initials = All(tuple(one_of([piece], "i", spoken) for piece in sorted(_needed(word))))
    ways = readings(word)
    if len(ways) > _MANY:
        ways = list({(*way[:1], "") if len(way) > 1 else way for way in ways})
    said = [
        All(tuple(one_of(pieces, "s", spoken) for pieces in _heard_pieces(way))) for way in ways
    ]
    return Either((spelled, initials, *said))


def _heard_pieces(way: tuple[str, ...]) -> Iterator[list[str]]:
    """For each piece that a reading needs, its possible forms: the last syllable may go on."""
    *whole, last = way
    if not whole:
        yield list(starting(last))
        return
    yield from ([f"{a}.{b}"] for a, b in zip(whole, whole[1:], strict=False))
    if last:
        yield [f"{whole[-1]}.{syllable}" for syllable in starting(last)]
    else:
        yield [whole[0]]
