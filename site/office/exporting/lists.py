"""What a list must say to be exported: its columns, its rows as a stream, and who may.

A room fills `registries.exports` in its `AppConfig.ready`:

    registries.exports["matters"] = ExportList(
        key="matters", label="信访事项", model=Matter, may="matters.export_matter", open=open_matters
    )

Nothing here is bound to the moment of asking: a run opens its list anew when the file is written,
for the person as they are then.
"""

from array import array
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.http import QueryDict

from office.sheets.official import Column, Head
from office.sheets.reading import Value

_BITE = 500  # records read at a time


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list opened for one person under conditions.

    rows: starts the stream anew on each call, cells in the order of `columns`, memory flat, read in
    bites (see `in_bites`) and never through one open cursor: SQLite could not write the progress of
    the run beside it. conditions: the filters in words, "" when there are none. at_most: how many
    records there are, counted no further than the number given. writers: format → writer of this
    list alone, called as `write_xlsx` is; the kernel's own serve the other formats.
    """

    head: Head
    columns: Sequence[Column]
    rows: Callable[[], Iterator[Sequence[Value | None]]]
    conditions: str
    at_most: Callable[[int], int]
    writers: Mapping[str, Callable[..., int]] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class ExportList:
    """A kind of list that may be exported.

    key: its name in addresses (a slug); label: what people call it; model: what the look ledger
    says was exported; may: verb for the (masked) file; ask, decide: verbs to ask for the file in
    clear and to decide on it, "" when there is no such file; page: name of the address of the list
    itself; personal: whether an export needs a purpose; lasts: the limit (`office.limits`) of days
    for which its files are kept; offered: False for one whose own page alone begins its files;
    hindrance: (user, query) → why a file of these conditions is not made or handed out now, "" when
    it is, for lists that can change under a finished file.

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
    lasts: str = "export_days"
    offered: bool = True
    hindrance: Callable[[Any, QueryDict], str] = lambda user, query: ""

    @property
    def can_be_clear(self) -> bool:
        return bool(self.ask)


def in_bites(rows: models.QuerySet) -> Iterator[models.Model]:
    """The records of a queryset in its order, as it stood at the start, read a few at a time.

    Only their keys are held (eight bytes each); a record that has left the queryset since, because
    it was sealed or its right lapsed, is left out.
    """
    keys = array("q", rows.values_list("pk", flat=True).iterator())
    for start in range(0, len(keys), _BITE):
        bite = keys[start : start + _BITE].tolist()
        found = {record.pk: record for record in rows.filter(pk__in=bite)}
        yield from (found[pk] for pk in bite if pk in found)


def counted(rows: models.QuerySet, most: int) -> int:
    """How many records there are, counted up to `most`."""
    return rows.order_by()[:most].count()
