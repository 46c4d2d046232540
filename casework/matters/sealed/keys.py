"""Primary keys that say nothing: whatever belongs to a sealed matter is outside the visible count."""

import secrets

#: sixteen digits: beyond guessing, and whole numbers still in a browser's script or a sheet
_LOWEST, _SPAN = 10**15, 8 * 10**15


def new_id() -> int:
    """A random negative key. Databases count upwards from 1, so no key of theirs is ever skipped."""
    return -(_LOWEST + secrets.randbelow(_SPAN))


def key_for(sealed: bool) -> int | None:
    """The key a new row is created with: one that says nothing when it belongs to something sealed,
    None (the database counts on) for everything else.
    """
    return new_id() if sealed else None
