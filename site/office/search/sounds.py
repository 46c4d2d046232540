"""How Chinese text sounds: pinyin by phrase, and the initials of its syllables.

The sound of a text is, for each unbroken run of Chinese characters, its syllables with a capital at
the start of each and the capitals alone: 延期交房 → "YanQiJiaoFang YQJF". A Latin word of 2–20 letters
is heard in it when it is a run of pinyin that begins with a syllable (it may stop inside one), or a
run of initials. pypinyin's phrases decide between several readings; ü is written v.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from pypinyin import Style, lazy_pinyin

_WORD = re.compile(r"[a-z]{2,20}")
_HAN = re.compile(r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+")
#: initial → finals; the closed set of syllables that are heard
_FINALS = {
    "": "a ai an ang ao e ei en eng er o ou",
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e ei eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan un uo v ve",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo v ve",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
}
SYLLABLES = frozenset(
    initial + final for initial, finals in _FINALS.items() for final in finals.split()
)


def syllables(text: str) -> Iterator[tuple[int, list[str]]]:
    """(place of its first character, its syllables) of each run of a folded text.

    A character without a known sound ends a run.
    """
    for run in _HAN.finditer(text):
        said: list[str] = []
        start = run.start()
        for n, syllable in enumerate(_readings_of(run[0])):
            if syllable in SYLLABLES:
                said.append(syllable)
                continue
            if said:
                yield start, said
            start, said = run.start() + n + 1, []
        if said:
            yield start, said


@lru_cache(maxsize=1 << 15)
def _readings_of(run: str) -> tuple[str, ...]:
    """One reading for each character; names of units and communities come again and again."""
    return tuple(lazy_pinyin(run, style=Style.NORMAL, errors=list))


def sound(text: str) -> str:
    """The sound of a folded text as it is stored: "YanQiJiaoFang YQJF" a run, blanks between."""
    parts = []
    for _, run in syllables(text):
        parts.append("".join(map(str.capitalize, run)))
        if len(run) > 1:
            parts.append("".join(syllable[0] for syllable in run).upper())
    return " ".join(parts)


def places(text: str, word: str) -> Iterator[tuple[int, int]]:
    """Where a word is heard in a folded text: (first character, one past the last)."""
    said = heard(word)
    for start, run in syllables(text):
        full = "".join(map(str.capitalize, run))
        owner = [n for n, syllable in enumerate(run) for _ in syllable]
        short = "".join(syllable[0] for syllable in run).upper()
        for whole, of in ((full, owner), (short, range(len(run)))):
            for one in said:
                at = whole.find(one)
                while at >= 0:
                    yield start + of[at], start + of[at + len(one) - 1] + 1
                    at = whole.find(one, at + 1)


@cache
def starting(prefix: str) -> tuple[str, ...]:
    """The syllables that begin with these letters."""
    return tuple(sorted(one for one in SYLLABLES if one.startswith(prefix)))


def is_heard(word: str) -> bool:
    """Whether a folded word is one that may be found by its sound."""
    return bool(_WORD.fullmatch(word))


def readings(word: str) -> list[tuple[str, ...]]:
    """Every way to read a Latin word as syllables, the last of which may be cut short."""
    found: list[tuple[str, ...]] = []
    open_ways: list[tuple[tuple[str, ...], str]] = [((), word)]
    while open_ways:
        before, rest = open_ways.pop()
        if starting(rest):
            found.append((*before, rest))
        open_ways += [
            ((*before, rest[:length]), rest[length:])
            for length in range(1, min(7, len(rest)))
            if rest[:length] in SYLLABLES
        ]
    return found


def heard(word: str) -> list[str]:
    """What must stand in a stored sound for the word to be heard: each reading, and the initials."""
    return [*("".join(map(str.capitalize, way)) for way in readings(word)), word.upper()]
