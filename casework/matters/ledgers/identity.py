"""Which row is which matter: the keyed hashes a ledger row is known by when it comes again."""

from collections.abc import Iterable

from office.vault import keyed_hash


def numbered(source: str, number: str) -> str:
    """The identity of a row with a number of its source (32 hex digits)."""
    return keyed_hash("ledger_number", f"{source}\x1f{number}")


def unnumbered(cells: Iterable[tuple[str, str]]) -> str:
    """The identity of a row without a number: its mapped cells, as (field, text)."""
    written = "\x1e".join(f"{field}\x1f{text}" for field, text in sorted(cells))
    return keyed_hash("ledger_row", written)
