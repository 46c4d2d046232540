"""What the rooms tell of their records: which are due, what keeps one, how one is erased."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Due:
    """A record whose term is over. mark: what it looks like now; kept: why it stays, "" when it goes."""

    kind: str
    object_id: int
    label: str
    klass: str
    until: date
    mark: str
    kept: str = ""

    @property
    def key(self) -> str:
        """How a form names it."""
        return f"{self.kind}:{self.object_id}"


@dataclass(frozen=True)
class Holdings:
    """What is destroyed with a record: data keys by their reference, files by their path."""

    keys: tuple[str, ...]
    paths: tuple[str, ...]
    shared: int = 0  # files of several records that may hold a copy; they end by their own term


@dataclass(frozen=True)
class Kind:
    """How records of one kind are destroyed.

    due: those whose term was over before a day, by number; `ids` narrows. doom: inside a transaction,
    lock the record and mark it as destroyed by a list for good; False when it is not there.
    holdings: of a doomed one. erase: inside a transaction, destroy its keys and all that identifies.
    visible: which of these a person may see; concerned: who is recused from any of them; address:
    its page.
    """

    label: str
    due: Callable[[date, Iterable[int] | None], list[Due]]
    lock: Callable[[int], bool]
    doom: Callable[[int, str, datetime], bool]
    holdings: Callable[[int], Holdings]
    erase: Callable[[int, datetime], None]
    visible: Callable[[Any, Iterable[int]], set[int]]
    concerned: Callable[[Iterable[int]], set[int]]
    address: Callable[[int], str]


#: kind ("matters.matter") → how it is destroyed; filled in each `AppConfig.ready`
destroyable: dict[str, Kind] = {}
