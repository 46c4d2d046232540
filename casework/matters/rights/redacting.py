"""Other people out of a text: by rule first, looked over by the clerk afterwards (PIPL art. 45).

What is known of others (names, phones, ID numbers, addresses) is replaced however it was spaced or
widened; so is every mobile and ID number that is not the person's own. What is the person's own
stays. A rule cannot know a neighbour who is in nobody's field: that is why somebody reads it.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

OTHER, STAFF, NUMBER, WORD = "〔他人〕", "〔工作人员〕", "〔号码〕", "〔已遮盖〕"
_GAP = r"[\s\u3000\-—_.·•]*"
_D = r"[0-9０-９]"
#: full numbers: of a mobile phone, of a citizen; digits may stand apart or wide
_MOBILE = rf"(?<!{_D})[1１]{_GAP}[3-9３-９](?:{_GAP}{_D}){{9}}(?!{_D})"
_CITIZEN = rf"(?<!{_D})(?:{_D}{_GAP}){{17}}(?:{_D}|[XxＸｘ])(?!{_D})"
_WIDE = 0xFEE0  # from a letter or digit to its wide twin


@dataclass(frozen=True)
class People:
    """What may stand (own) and what may not. Texts as they are stored; "" counts for nothing."""

    own: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    staff: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@dataclass
class Redactor:
    """Redacts many texts; `count` says how many places were replaced so far."""

    people: People
    count: int = field(default=0)

    def __post_init__(self) -> None:
        known = [
            ("own", self.people.own),
            ("word", self.people.words),
            ("other", self.people.others),
            ("staff", self.people.staff),
        ]
        told = {"word": WORD, "other": OTHER, "staff": STAFF}
        # The longest first: of two names of which one holds the other, the whole one counts. What
        # the clerk blackened goes before what is one's own; equal texts keep the first meaning.
        order = {"word": 0, "own": 1, "other": 2, "staff": 3}
        parts = sorted(
            {(kind, text) for kind, texts in known for text in texts if _is_worth(text)},
            key=lambda part: (-len(_plain(part[1])), order[part[0]]),
        )
        self._told: list[str] = [told.get(kind, "") for kind, _ in parts]
        patterns = [f"({_spaced(text)})" for _, text in parts]
        self._rule = re.compile("|".join([*patterns, f"({_CITIZEN})", f"({_MOBILE})"]), re.I)

    def __call__(self, text: str) -> str:
        return self._rule.sub(self._replace, text) if text else ""

    def _replace(self, found: re.Match[str]) -> str:
        at = (found.lastindex or 1) - 1
        told = self._told[at] if at < len(self._told) else NUMBER
        if not told:
            return found.group()
        self.count += 1
        return told


def parts_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Texts as they may stand in a sentence: several numbers in one field are looked for apart."""
    found: list[str] = []
    for text in texts:
        found += [text, *re.split(r"[、，,;；/\s]+", text)]
    return tuple(dict.fromkeys(part.strip() for part in found if part.strip()))


def _plain(text: str) -> str:
    return re.sub(_GAP, "", unicodedata.normalize("NFKC", text))


def _is_worth(text: str) -> bool:
    """Whether a text can be looked for: one sign alone would blacken half a page."""
    return len(_plain(text)) > 1


def _spaced(text: str) -> str:
    return _GAP.join(_sign(sign) for sign in _plain(text))


def _sign(sign: str) -> str:
    wide = chr(ord(sign) + _WIDE) if "!" <= sign <= "~" else ""
    return f"[{re.escape(sign)}{wide}]" if wide else re.escape(sign)
