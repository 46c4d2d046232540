"""Markers: words nobody else writes, one for each field and file, found again in any encoding."""

import base64
import hashlib
import re
from collections.abc import Iterator

PREFIX = "zqmarkzq"
RARE = "魍魉"  # beside each marker in a text: what lies in another encoding is found by it
PHONE, PAPER = "1990770", "E77077"
_LENGTH = 8


class Marks:
    """Hands out a marker for each name ("matters.matter.claim") and knows whose it was."""

    def __init__(self) -> None:
        self.of: dict[str, str] = {}

    def token(self, name: str) -> str:
        token = PREFIX + hashlib.sha256(name.encode()).hexdigest()[:_LENGTH]
        self.of[token] = name
        return token

    def text(self, name: str) -> str:
        """A marker as a person's text."""
        return f"说起{self.token(name)}{RARE}这件事"

    def person(self, name: str) -> str:
        return f"韦{self.token(name)}{RARE}"

    def phone(self, name: str) -> str:
        number = f"{PHONE}{int(hashlib.sha256(name.encode()).hexdigest(), 16) % 10_000:04d}"
        self.of[number] = name
        return number

    def paper(self, name: str) -> str:
        number = f"{PAPER}{int(hashlib.sha256(name.encode()).hexdigest(), 16) % 1000:03d}"
        self.of[number] = name
        return number

    def named(self, found: bytes) -> str:
        """Whose marker begins with what was found; the encoding where it is not plain."""
        text = found.decode("utf-8", "replace").lower()
        return next((name for token, name in self.of.items() if token.lower() == text), text)


def _forms(word: str) -> Iterator[bytes]:
    plain = word.encode()
    yield plain
    yield word.encode("utf-16-le")
    yield word.encode("utf-16-be")
    yield plain.hex().encode()
    yield plain.hex().upper().encode()
    for shift in range(3):  # base64 at any place of a longer text
        whole = base64.b64encode(b"\x00" * shift + plain).rstrip(b"=")
        yield whole[(0, 2, 3)[shift] : len(whole) - (2 if (len(plain) + shift) % 3 else 0)]
        yield base64.urlsafe_b64encode(b"\x00" * shift + plain).rstrip(b"=")[
            (0, 2, 3)[shift] : len(whole) - (2 if (len(plain) + shift) % 3 else 0)
        ]


def _rare_forms() -> Iterator[bytes]:
    yield from (RARE.encode(code) for code in ("utf-8", "gb18030", "utf-16-le", "utf-16-be"))
    yield RARE.encode("unicode_escape")
    yield RARE.encode().hex().encode()
    yield "".join(f"&#{ord(sign)};" for sign in RARE).encode()
    yield "".join(f"%{byte:02X}" for byte in RARE.encode()).encode()


def _needles() -> re.Pattern[bytes]:
    tail = rb"(?:[0-9a-f]{8})?"
    ways = [re.escape(form) for word in (PREFIX, PHONE, PAPER) for form in _forms(word)]
    ways += [re.escape(form) for form in _rare_forms()]
    own = [
        re.escape(PREFIX.encode()) + tail,
        PHONE.encode() + rb"\d{4}",
        PAPER.encode() + rb"\d{3}",
    ]
    return re.compile(b"|".join(dict.fromkeys([*own, *sorted(set(ways), key=len, reverse=True)])))


NEEDLES = _needles()


def found_in(data: bytes) -> list[bytes]:
    """Every marker of a piece of data, in any of its encodings, each once."""
    return list(dict.fromkeys(match[0] for match in NEEDLES.finditer(data)))
