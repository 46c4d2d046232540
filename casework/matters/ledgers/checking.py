"""One row of a ledger checked: either all a matter needs, or what is wrong with it, by cell."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from casework.matters.ledgers import identity
from casework.matters.ledgers.fields import CATEGORIES, DAYS
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.returning import Returned, comparable, meanings, our_number
from casework.matters.ledgers.wordings import (
    NOTHING,
    SEALED,
    UNKNOWN,
    anonymity,
    channel_of,
    hide_numbers,
    is_finished,
    is_report,
    kind_of_name,
    klass_of,
    names_somebody,
)
from casework.matters.states import Channel, Klass, PersonKind
from office.identity import id_number_problem
from office.sheets import cells, columns
from office.sheets.cells import is_masked, text
from office.sheets.problems import Problem
from office.sheets.reading import Row, Sheet, Value
from office.sheets.writing import ERRORS

#: a row received longer ago than this comes in as closed [S: practice of take-over]
OLD_AFTER = timedelta(days=365)
LONGEST_TITLE, LONGEST_NUMBER = 120, 60
#: a wrong one is remarked on: a letter that is lost is worse than a digit that is wrong
_NUMBERS = ("phone", "id_number")
#: where 无 or 不详 says that nobody knows; elsewhere it is a value
_ASKED = {"number", "received", "person", "phone", "id_number", "address", "people_count", "community"} | {
    "place", "unit", "closed_on", "answered_on",
}  # fmt: skip
_MIDNIGHT = time()


@dataclass(slots=True)
class Draft:
    """What a row becomes. Ids are keys of the units and categories; `extra` keeps what has no field.

    `closed`: finished, replied or old, so it comes in by `take_over`; `profile`: index into
    `Lookups.profiles`; `extra`: [heading, text] of everything the other fields do not hold whole;
    `notes`: phones and ID numbers that cannot be right, which keep no row out.
    """

    row: int
    key: str = ""
    number: str = ""
    title: str = ""
    received_on: date = date.min
    channel: str = Channel.OTHER
    klass: str = ""
    category: int | None = None
    community: int | None = None
    unit: int | None = None
    claim: str = ""
    place: str = ""
    people_count: int = 1
    kind: str = PersonKind.PERSON
    name: str = ""
    phone: str = ""
    id_number: str = ""
    address: str = ""
    contact_note: str = ""
    answer: str = ""
    answered_on: date | None = None
    closed_on: date | None = None
    closed: bool = False
    profile: int = 0
    extra: list[list[str]] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)

    @property
    def face(self) -> tuple[str, date]:
        """By what a row is known to be the same when its number comes again."""
        return self.title, self.received_on

    @property
    def has_person(self) -> bool:
        """Whether anything is known of who came."""
        known = self.name or self.phone or self.id_number or self.address
        return bool(known) or self.kind == PersonKind.ANONYMOUS


# One cell: value, text and column → what it means; ValueError says in Chinese what is wrong with it


def _text(value: Value, written: str, column: columns.Column) -> str:
    return written


def _moment(value: Value, written: str, column: columns.Column) -> datetime:
    return column.moment(value)


def _phones(value: Value, written: str, column: columns.Column) -> list[str]:
    return [written] if is_masked(written) else cells.phones(value)


def _id_number(value: Value, written: str, column: columns.Column) -> str:
    if not is_masked(written) and (why := id_number_problem(written)):
        raise ValueError(why)
    return written


def _count(value: Value, written: str, column: columns.Column) -> int:
    found = cells.number(value)
    if not isinstance(found, int) or not 1 <= found <= 100_000:
        raise ValueError("人数应是 1 以上的整数：请只写数字。")
    return found


def _klass(value: Value, written: str, column: columns.Column) -> str:
    return klass_of(written)


_CLEANERS: dict[str, Callable[[Value, str, columns.Column], Any]] = {
    "received": _moment,
    "answered_on": _moment,
    "closed_on": _moment,
    "phone": _phones,
    "id_number": _id_number,
    "people_count": _count,
    "klass": _klass,
}


class Checker:
    """Checks the rows of one sheet. Made once; `check` does not touch the database.

    `source`: whose ledger it is, "" when nobody said; `namespace`: within what its numbers are its
    own (`naming.namespace`).
    """

    def __init__(
        self,
        sheet: Sheet,
        mapping: columns.Mapping,
        lookups: Lookups,
        source: str,
        namespace: str,
        on: date,
    ) -> None:
        self.lookups, self.source, self.namespace, self.on = lookups, source, namespace, on
        self.mapped = [
            (column.index - 1, column.field, _CLEANERS.get(column.field, _text), column)
            for column in mapping.columns
            if column.field
        ]
        self.columns = {column.field: column for column in mapping.columns if column.field}
        self.others = [
            (column.index - 1, column.heading)
            for column in mapping.columns
            if not column.field and not _is_errors(column, sheet)
        ]
        self.every = [c for c in mapping.columns if not _is_errors(c, sheet)]
        self.places = {column.heading: column.index for column in mapping.columns}
        self.spoilt = {(problem.row, problem.column): problem.why for problem in sheet.problems}
        self.own_form = bool(meanings([column.heading for column in self.every]))
        self.comparable = comparable((c.index, c.heading, c.field) for c in self.every)

    def check(self, number: int, row: Row) -> "Checked":
        """The draft of row `number` (1-based, as in Excel), or all its problems.

        A row with a number of ours is neither: it is compared and never written.
        """
        if returned := self._returned(number, row):
            return returned
        found: dict[str, Any] = {}
        said: dict[str, str] = {}
        problems: list[Problem] = []
        for at, name, clean, column in self.mapped:
            value = row[at]
            if value == "" or (written := text(value)) in NOTHING or not written:
                continue
            if written in UNKNOWN and name in _ASKED:
                continue
            said[name] = written
            try:
                if self.spoilt and (why := self.spoilt.get((number, column.index))):
                    raise ValueError(why)
                found[name] = clean(value, written, column)
            except ValueError as error:
                problems.append(self._problem(number, name, str(error), written))
        if problem := self._report(number, row):
            return [problem]
        draft = Draft(number, notes=self._notes(problems))
        self._facts(draft, found, said, problems)
        self._names(draft, found)
        self._when(draft, found, said, problems)
        if len(problems) > len(draft.notes):
            return problems
        if draft.unit and not draft.closed:  # who leads an open matter is decided by 交办 alone
            self._keep(draft, "unit", found["unit"])
            draft.unit = None
        self._person(draft, found)
        self._keep_odd(draft, said)
        self._title(draft, found)
        self._identity(draft, said)
        self._others(draft, row)
        return draft

    def _returned(self, number: int, row: Row) -> Returned | None:
        """The row as one of ours, when it carries such a number."""
        column = self.columns.get("number")
        value = row[column.index - 1] if column else ""
        if column is None or not isinstance(value, str) or not (ours := our_number(text(value))):
            return None
        said = tuple((at, heading, key, row[at - 1]) for at, heading, key in self.comparable)
        return Returned(number, ours, column.index, column.heading, said)

    def _others(self, draft: Draft, row: Row) -> None:
        """Cells of columns that mean no field, as they stand."""
        for at, heading in self.others:
            value = row[at]
            if value != "" and (written := text(value)) and written not in NOTHING:
                draft.extra.append([heading, written])
        draft.extra.sort(key=self._place)

    def _report(self, number: int, row: Row) -> Problem | None:
        """A report against somebody, told by any cell: it may not come in unsealed (art. 30)."""
        for column in self.every:
            value = row[column.index - 1]
            if isinstance(value, str) and value and is_report(value, column.heading):
                return Problem(number, column.index, column.heading, "", SEALED)
        return None

    def _problem(self, number: int, name: str, why: str, value: str = "") -> Problem:
        column = self.columns.get(name)
        if column is None:
            return Problem(number, 1, "", "", why)
        return Problem(number, column.index, column.heading, value, why)

    def _place(self, pair: list[str]) -> int:
        return self.places[pair[0]]

    def _keep(self, draft: Draft, name: str, written: str) -> None:
        """Keep a cell's own words beside what was understood of them."""
        draft.extra.append([self.columns[name].heading, written])

    def _facts(
        self, draft: Draft, found: Mapping[str, Any], said: dict, problems: list[Problem]
    ) -> None:
        """Channel, class and state of the row, and what it says itself."""
        draft.channel = channel_of(found.get("channel", ""), self.source)
        if "channel" in said and said["channel"] != Channel(draft.channel).label:
            self._keep(draft, "channel", said["channel"])
        draft.klass = found.get("klass", "")
        if "klass" in said and not (draft.klass and said["klass"] == Klass(draft.klass).label):
            self._keep(draft, "klass", said["klass"])
        if "status" in said:
            self._keep(draft, "status", said["status"])
        draft.claim, draft.place = found.get("claim", ""), found.get("place", "")
        draft.answer = found.get("answer", "")
        draft.people_count = found.get("people_count", 1)
        if not said.keys() & {"title", *CATEGORIES} and not (self.own_form and draft.claim):
            name = next((n for n in ("title", *CATEGORIES) if n in self.columns), "title")
            problems.append(self._problem(draft.row, name, "没有标题，也没有分类：请至少填一项。"))

    def _names(self, draft: Draft, found: Mapping[str, Any]) -> None:
        """Category, community and unit, where they are exactly ours; other words are kept."""
        for name in CATEGORIES:
            pk = self.lookups.categories.get(found.get(name, ""))
            if pk and draft.category is None:
                draft.category = pk
            elif name in found:
                self._keep(draft, name, found[name])
        for name, known in (("community", self.lookups.places), ("unit", self.lookups.units)):
            if name in found:
                pk = known.get(found[name])
                setattr(draft, name, pk)
                if pk is None:
                    self._keep(draft, name, found[name])

    def _when(
        self, draft: Draft, found: Mapping[str, Any], said: dict, problems: list[Problem]
    ) -> None:
        """The day it was received, and the clock of what is still open."""
        for name in DAYS:
            if name in found and found[name].time() != _MIDNIGHT:
                self._keep(draft, name, said[name])
        if "received" not in said:
            problems.append(self._problem(draft.row, "received", "没有收到日期：这一项必填。"))
        if "received" not in found:
            return
        draft.received_on = day = found["received"].date()
        if day > self.on:
            why = "收到日期晚于今天：请检查年份。"
            problems.append(self._problem(draft.row, "received", why, said["received"]))
            return
        self._closing(draft, found, said, problems)
        draft.profile = self.lookups.profile_at(day)
        if draft.profile < 0:
            if not draft.closed:
                why = "这一天没有生效的规则方案：请信访办主任先在“规则方案”中设置。"
                problems.append(self._problem(draft.row, "received", why, said["received"]))
            draft.profile = self.lookups.oldest  # no clock runs: any profile will do

    def _closing(
        self, draft: Draft, found: Mapping[str, Any], said: dict, problems: list[Problem]
    ) -> None:
        """Whether the row is done with: finished, replied, or too old to be running."""
        day = draft.received_on
        for name in ("answered_on", "closed_on"):
            if name in found:
                setattr(draft, name, found[name].date())
                if not day <= found[name].date() <= self.on:
                    why = f"这个日期应在收到日期 {day:%Y-%m-%d} 和今天之间：请检查。"
                    problems.append(self._problem(draft.row, name, why, said[name]))
        finished = "status" in said and is_finished(said["status"], self.columns["status"].heading)
        replied = draft.answer or draft.answered_on or draft.closed_on
        draft.closed = bool(replied or finished or day < self.on - OLD_AFTER)

    def _person(self, draft: Draft, found: Mapping[str, Any]) -> None:
        name, flag = found.get("person", ""), None
        if "anonymous" in found:
            flag = anonymity(found["anonymous"])
            if flag is None:
                name = name or found["anonymous"]
            if flag is False or (flag is None and name != found["anonymous"]):
                self._keep(draft, "anonymous", found["anonymous"])
        if flag or anonymity(name):
            draft.kind = PersonKind.ANONYMOUS
            if name and not anonymity(name):
                self._keep(draft, "person", name)
            name = ""
        else:
            draft.kind = kind_of_name(name)
        draft.name, draft.address = name, found.get("address", "")
        draft.id_number = found.get("id_number", "")
        if numbers := found.get("phone"):
            draft.phone = numbers[0]
            if len(numbers) > 1:
                draft.contact_note = "其他电话：" + "、".join(numbers[1:])

    def _notes(self, problems: list[Problem]) -> list[Problem]:
        """Those among the problems that keep no row out."""
        columns = {self.columns[name].index for name in _NUMBERS if name in self.columns}
        return [problem for problem in problems if problem.column in columns]

    def _keep_odd(self, draft: Draft, said: Mapping[str, str]) -> None:
        """A number that cannot be right keeps no letter out: it stays beside, as it was written."""
        columns = {note.column for note in draft.notes}
        for name in _NUMBERS:
            if name in said and self.columns[name].index in columns:
                self._keep(draft, name, said[name])

    def _title(self, draft: Draft, found: Mapping[str, Any]) -> None:
        """The title says the thing: without the petitioner's name or numbers, at most 120 long."""
        whole = found.get("title", "")
        if not whole and self.own_form:  # our form has one column for both: it asks for the thing
            whole = draft.claim if len(draft.claim) <= LONGEST_TITLE else ""
        if whole:
            title = hide_numbers(" ".join(whole.split()))
            if names_somebody(draft.name):
                title = title.replace(draft.name, "信访人")
        else:
            title = self._made_up(found)
        draft.title = title if len(title) <= LONGEST_TITLE else f"{title[: LONGEST_TITLE - 1]}…"
        if "title" in found and draft.title != whole:
            self._keep(draft, "title", whole)

    def _made_up(self, found: Mapping[str, Any]) -> str:
        """A title out of the categories and the community."""
        parts = [found[name] for name in reversed(CATEGORIES) if name in found]
        kinds = list(dict.fromkeys(parts))[-2:]
        place = f"（{found['community']}）" if "community" in found else ""
        return "：".join(kinds) + place

    def _identity(self, draft: Draft, said: Mapping[str, str]) -> None:
        number = said.get("number", "")
        if number:
            draft.key = identity.numbered(self.namespace, number)
            draft.number = number[:LONGEST_NUMBER]
            if draft.number != number:
                self._keep(draft, "number", number)
        else:
            draft.key = identity.unnumbered(said.items())


Checked = Draft | Returned | list[Problem]


def _is_errors(column: columns.Column, sheet: Sheet) -> bool:
    """Whether a column holds the errors of an earlier copy."""
    return column.heading == ERRORS and column.index == sheet.width
