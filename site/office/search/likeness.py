"""Likeness: the newest records whose text has many pieces in common with a given one.

For proposals a person decides on, never for a decision. What a record must have one of are runs of
three characters, spread over the given text; how alike two texts are is the share of all their pieces
that they have in common (Dice), the same for plain and for keyed kinds.
"""

import struct
from collections.abc import Iterable, Iterator
from datetime import date

from office.models import SearchEntry
from office.registries import searchable
from office.search import candidates
from office.search.entries import entry_id, span
from office.search.folding import fold
from office.search.pieces import MOST_LETTERS, TITLE, Any, kind_number, of_keyed, wanted, written

_ASKED = 48  # runs of three that are looked up
_MOST = 1500  # candidates that are compared, the newest ones
_BITE = 300
_LEAST = 4  # characters below which two texts say nothing about each other


def alike(kind: str, text: str, since: date, least: float) -> dict[int, float]:
    """Records of `kind` received since a day that are at least so alike (0–1): id → likeness.

    Of a plain kind titles are compared, of a keyed one everything that is in its index. Costs the
    same whether anything is found or not.
    """
    plain = fold(text)[:MOST_LETTERS]
    asked = _asked(kind, plain)
    mine = _pieces(kind, plain)
    between = (entry_id(kind, 0, since), span(kind)[1])
    near = candidates.newest(kind, asked, between, _MOST)
    found = {}
    for start in range(0, max(len(near), 1), _BITE):
        for pk, pieces in _stored(kind, near[start : start + _BITE] or [0]):
            share = 2 * len(mine & pieces) / max(len(mine) + len(pieces), 1)
            if share >= least and len(plain) >= _LEAST:
                found[pk] = share
    return found


def _asked(kind: str, plain: str) -> Any:
    """A record that has one of the runs of three of the text, evenly spread over it."""
    runs = [part[n : n + 3] for part in plain.split() for n in range(len(part) - 2)]
    step = max(1, len(runs) // _ASKED)
    chosen = list(dict.fromkeys(runs[::step]))[:_ASKED] or ["\x01"]  # the last one is nowhere
    numbers = [number for run in chosen for number in _numbers(kind, run)]
    return Any(tuple(sorted(set(numbers))))


def _numbers(kind: str, run: str) -> Iterator[int]:
    """The number of one run as the index of the kind holds it."""
    found = wanted(kind, run, [TITLE])
    while found is not None and not isinstance(found, Any):
        found = found.parts[0]  # spelled out comes before how it sounds
    if found is not None:
        yield from found.numbers


def _pieces(kind: str, plain: str) -> set[int] | set[str]:
    return set(of_keyed(kind, plain)) if searchable[kind].keyed else written(plain)


def _stored(kind: str, ids: Iterable[int]) -> Iterator[tuple[int, set]]:
    """(record, its pieces) of entries; of a plain kind those of the title."""
    keyed = searchable[kind].keyed
    rows = SearchEntry.objects.filter(pk__in=ids, kind=kind_number(kind))
    for pk, title, held in rows.values_list("object_id", "title", "pieces"):
        data = bytes(held)
        yield pk, set(struct.unpack(f"<{len(data) // 4}I", data)) if keyed else written(title)
