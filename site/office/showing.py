"""No look, no text: inside the back office the vault opens nothing for a person unlooked.

While a request is answered, `decrypt` gives a value only when a look at what its data key protects
was written in this request or still holds; a page that forgets the look breaks instead of showing.
What the program opens for itself (masks, comparing, copying, the index, files being written) goes
through `vault.unlock` or happens inside `unshown()`. The worker and commands show nothing to anybody.
It stops our own mistakes, not who changes the program.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_Looked = dict[int, set[str]]
_looked: ContextVar[_Looked | None] = ContextVar("office_looked", default=None)


class NotLooked(Exception):
    """A page opened something personal before a look was written: a fault of the page."""


@contextmanager
def watched() -> Iterator[None]:
    """A request of a person: from here on nothing is open to them but what they looked at."""
    token = _looked.set({})
    try:
        yield
    finally:
        _looked.reset(token)


@contextmanager
def unshown() -> Iterator[None]:
    """Whatever is opened inside stays inside the program: it goes into no page and no answer."""
    token = _looked.set(None)
    try:
        yield
    finally:
        _looked.reset(token)


def allow(key_id: int, *places: str) -> None:
    """A look was written (or holds): open what lies under this key in `places`, "" for all of it.

    places: beginnings of what `vault.encrypt` was told, "matters.petitioner." for all its fields.
    Called by `office.looks` alone.
    """
    looked = _looked.get()
    if looked is not None:
        looked.setdefault(key_id, set()).update(places or ("",))


def require_look(key: Any, place: str) -> None:
    """Raise NotLooked when a person is answered who has not looked at this."""
    looked = _looked.get()
    if looked is None:
        return
    open_places = looked.get(getattr(key, "pk", None) or 0, ())
    if not any(place.startswith(opened) for opened in open_places):
        raise NotLooked(
            f"{place}: write the look first (office.looks, casework.matters.opening); what is not"
            " shown to anybody is read by record.unlocked(), vault.unlock or inside showing.unshown()"
        )
