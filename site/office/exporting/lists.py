"""What a list must say to be exported: its columns, its rows as a stream, and who may.

A room fills `registries.exports` in its `AppConfig.ready`:

    registries.exports["matters"] = ExportList(
        key="matters", label="信访事项", model=Matter, may="matters.export_matter", open=open_matters
    )

Nothing here is bound to the moment of asking: a run opens its list anew when the file is written,
for the person as they are then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import models
from django.http import QueryDict

if TYPE_CHECKING:
    from office.sheets.official import Column, Head, Value


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list opened for one person under conditions.

    rows: starts the stream anew on each call, cells in the order of `columns`, memory flat;
    conditions: the filters in words, "" when there are none; at_most: how many rows there are,
    counted no further than the number given (an estimate may only be too high).
    """

    head: Head
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Sequence[Value]]]
    conditions: str
    at_most: Callable[[int], int]


@dataclass(frozen=True, kw_only=True)
class ExportList:
    """A kind of list that may be exported.

    key: its name in addresses (a slug); label: what people call it; model: what the look ledger
    says was exported; may: verb for the (masked) file; ask, decide: verbs to ask for the file in
    clear and to decide on it, "" when there is no such file; page: name of the address of the list
    itself; personal: whether an export needs a purpose.

    open(user, query, clear) -> Listing: `query` is the address's query string (a QueryDict: `.get`
    gives the last value). Its rows begin with `visible_to(user)`, never hold a sealed record, and
    are masked unless `clear`. Raises ValidationError (Chinese) for conditions that contradict.
    """

    key: str
    label: str
    model: type[models.Model]
    may: str
    open: Callable[[Any, QueryDict, bool], Listing]
    ask: str = ""
    decide: str = ""
    page: str = ""
    personal: bool = True

    @property
    def can_be_clear(self) -> bool:
        return bool(self.ask)
