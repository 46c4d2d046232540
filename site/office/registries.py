"""Where rooms tell the kernel what it may not import: filled in each `AppConfig.ready`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from office.exporting.lists import ExportList
    from office.models import Notice
    from office.outbox.kinds import NoticeKind

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
#: Whoever makes a piece says so (`office.tasking.queue.wanted`).
long_jobs: list[tuple[str, str, Callable[[Any, Callable[[], bool]], bool]]] = []


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of long work as the page of tasks tells it, without personal data.

    what: which one it is, in words; by: who asked for it, "" for the system; state: "open" (waits or
    is under way), "done" or "failed"; told: how far it came, in words; share: (done, of) where the
    room knows how much there is; error: why it failed, in words.
    """

    pk: int
    what: str
    by: str
    since: datetime
    state: str
    held_until: datetime | None = None
    told: str = ""
    share: tuple[int, int] | None = None
    error: str = ""


@dataclass(frozen=True)
class TaskKind:
    """How the pieces of one of `long_jobs` are found.

    open: () -> the rows `office.work.claim` takes from; pieces: (most) -> all that are open and the
    newest `most` of the others; again: (key) -> None, brings one that is "failed" back to "open".
    """

    open: Callable[[], Any]
    pieces: Callable[[int], list[Piece]]
    again: Callable[[int], None] | None = None


#: name of one of `long_jobs` → how its pieces are told
tasks: dict[str, TaskKind] = {}

#: key ("matters") -> list that can be exported as a file, see `office.exporting.lists`
exports: dict[str, "ExportList"] = {}

#: functions () -> paths below PRIVATE_ROOT that rows name: what the sweep of lost files leaves alone
private_paths: list[Callable[[], Iterable[str]]] = []


@dataclass(frozen=True)
class Shift:
    """What a change of the work calendar would move. counts: (kind of limit, how many), whoever
    owns them; rows: (number, address, unit, kind, from, to) of the first of those the person may see.
    """

    counts: list[tuple[str, int]]
    rows: list[tuple[str, str, str, str, date, date]]

    @property
    def total(self) -> int:
        return sum(count for _, count in self.counts)


#: days whose rule changes: True worked, False off, None Monday to Friday again
CalendarChanges = dict[date, bool | None]
#: functions (user, changes) -> Shift: asked before a change of the work calendar is saved
calendar_previews: list[Callable[[Any, CalendarChanges], Shift]] = []
#: functions (user, changes, reason) -> None: told of it in the transaction that saves it
calendar_changed: list[Callable[[Any, CalendarChanges, str], None]] = []


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

#: kind ("publications.noticepage") → function (on, after, most) -> the next records, by ascending key,
#: of which somebody is to be told by the day `on` that their review date is near: (key, the day from
#: which that is so, the review date); fewer than `most` end the list. Each date is told of once.
freshness: dict[str, Callable[[date, int, int], list[tuple[int, date, date]]]] = {}

#: functions (now) -> list of office.health.Line: further lines of the health page
health: list[Callable[[Any], list[Any]]] = []


@dataclass(frozen=True, slots=True)
class CitablePage:
    """A released revision of a public page: what it said, since when anybody could read it."""

    page: int
    revision: int
    title: str
    text: str
    released_at: datetime
    url: str


@dataclass(frozen=True)
class Citable:
    """Pages a record may cite. search: (words) -> pages now public, the present revision of each;
    at: (revision) -> what that revision said, None unless it was public at some time; present:
    (page ids) -> {id: (revision, address)} of those that are public now.
    """

    search: Callable[[str], list[CitablePage]]
    at: Callable[[int], CitablePage | None]
    present: Callable[[Iterable[int]], dict[int, tuple[int, str]]]


#: kind ("wagtailcore.page") → how its released revisions are found
citable: dict[str, Citable] = {}


@dataclass(frozen=True)
class SeparationPart:
    """What a room adds to 职责分离状况: a table of what somebody may do beside their posts."""

    title: str
    headings: tuple[str, ...]
    rows: list[tuple[str, ...]]
    empty: str
    url: str = ""


#: functions (user, today) -> parts of the page of separation
separation: list[Callable[[Any, date], SeparationPart]] = []

#: key ("deputy_named") → a kind of notice, declared by the room in which it happens
notices: dict[str, "NoticeKind"] = {}

#: kind ("matters.petitioner") → function (id, notice) -> the phone number in the vault of that record,
#: "" without one, None where what the notice says does not stand any more or is not to be told: asked
#: when a message goes out, and kept nowhere
phones: dict[str, Callable[[int, "Notice"], str | None]] = {}
