"""Where rooms tell the kernel what it may not import: filled in each `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from office.exporting.lists import ExportList

#: functions (user) -> list[str]: open work of a person, in words, that must be handed over first
open_work: list[Callable[[Any], list[str]]] = []

#: functions (request) -> list of components for the admin's home page
home_panels: list[Callable[[Any], list[Any]]] = []

#: kind ("matters.matter") -> function (user, ids) -> {id: url} of records the user may open
record_links: dict[str, Callable[[Any, list[int]], dict[int, str]]] = {}

#: kind → function (ids) -> {id: name}: what an auditor reads where the label in the log is a code
record_names: dict[str, Callable[[list[int]], dict[int, str]]] = {}

#: kind → function (user) -> ids of the records this person stepped back from: no log, not even an
#: auditor's, tells them of these
hidden_roots: dict[str, Callable[[Any], list[int]]] = {}

#: (name, label, seconds between runs, function (now) -> None): work that may wait
jobs: list[tuple[str, str, int, Callable[[Any], Any]]] = []

#: (name, label, function (now, stopping) -> bool): work that takes minutes, in a thread of its own
#: so that `jobs` never wait for it. A call takes up one piece (a file, some batches), says whether
#: there was one, and is called again at once until there is none. `stopping()` turns true when the
#: worker is to end: put the piece down where it can be taken up again. Several workers may run: a
#: piece is claimed in its own row (`office.work.claim`) and is free again when its worker was killed.
long_jobs: list[tuple[str, str, Callable[[Any, Callable[[], bool]], bool]]] = []

#: key ("matters") -> list that can be exported as a file, see `office.exporting.lists`
exports: dict[str, "ExportList"] = {}

#: functions () -> paths below PRIVATE_ROOT that rows name: what the sweep of lost files leaves alone
private_paths: list[Callable[[], Iterable[str]]] = []


@dataclass(frozen=True, slots=True)
class Text:
    """What may be searched of one record, as people wrote it. day: the newest come first.

    names: units, communities, categories. Title and names are also found by pinyin and initials.
    """

    title: str
    body: str = ""
    names: str = ""
    day: date | None = None


@dataclass(frozen=True)
class Searchable:
    """How a kind of record is searched. texts: (ids) -> {id: Text}; an id left out is not findable.

    keyed: the texts are personal data. The index then holds keyed hashes of their pieces and no
    text, and a hit is certain only after `office.search.confirm`. ids: (after, most) -> the next
    ids of all records, ascending; without it those of the model the kind is named after.
    """

    texts: Callable[[list[int]], dict[int, Text]]
    keyed: bool = False
    ids: Callable[[int, int], list[int]] | None = None


#: kind ("matters.matter") → how it is searched; sealed records are in no index
searchable: dict[str, Searchable] = {}

#: functions (now) -> list of office.health.Line: further lines of the health page
health: list[Callable[[Any], list[Any]]] = []
