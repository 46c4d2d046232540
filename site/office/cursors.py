"""Places in a list as an address may carry them: they say nothing of how many rows there are.

A plain id would: whoever compares those of two pages counts the rows between them that are kept
from them. The same place has always the same cursor; an altered one is none. It stops whoever
reads addresses, not whoever has SECRET_KEY.
"""

import base64
import binascii
import hashlib
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from django.conf import settings

_ROOM = 32  # bytes of every place, so that its length says nothing either
_LONGEST = 100  # characters of an address's value that are looked at


@lru_cache(maxsize=4)
def _cipher(secret: str) -> AESSIV:
    return AESSIV(hashlib.sha512(f"office.cursors:{secret}".encode()).digest())


def cursor(listing: str, place: str) -> str:
    """The cursor of a place (at most 32 bytes) in the list of this name."""
    data = place.encode().ljust(_ROOM, b"\0")
    if len(data) > _ROOM:
        raise ValueError(f"{listing}: a place of {len(data)} bytes")
    blob = _cipher(settings.SECRET_KEY).encrypt(data, [listing.encode()])
    return base64.urlsafe_b64encode(blob).decode().rstrip("=")


def place(listing: str, text: str | None) -> str:
    """The place behind a cursor of this list; "" for anything that is none."""
    if not text or len(text) > _LONGEST or not text.isascii():
        return ""
    try:
        blob = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
        return _cipher(settings.SECRET_KEY).decrypt(blob, [listing.encode()]).rstrip(b"\0").decode()
    except (InvalidTag, binascii.Error, ValueError):
        return ""


def number(listing: str, text: str | None) -> int | None:
    """The id behind a cursor of a log; None for anything that is none."""
    found = place(listing, text)
    return int(found) if found else None
