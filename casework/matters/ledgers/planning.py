"""What happens to each checked row: a new matter, an update of empty fields, nothing, or an error.

Identity is (source, number), or the row itself where it has no number. The same plan serves the
check page (nothing is written) and the import.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from casework.matters.ledgers.checking import Checked, Checker, Draft
from casework.matters.ledgers.returning import Returned, compare
from casework.matters.models import Matter, Opinion
from casework.matters.states import State
from office.sheets.problems import Problem
from office.sheets.reading import Row

#: written out, not as parameters: only so do both databases take the partial indexes
_BY_KEY = "NOT (matters_matter.source_key = '')"
_BY_HAND = "matters_matter.source_key = '' AND NOT (matters_matter.source_number = '')"

#: what a later row may fill where it is empty: never state, unit, class or personal data
_FACTS = ("category", "community", "claim", "place")
_DAYS = ("answered_on", "closed_on")


@dataclass(slots=True)
class Known:
    """A matter as far as a later row can change it.

    `pk` is None for one that an earlier row of the same file adds (`draft` is that row's).
    `faces`: (title, day) under which it is the same: as it stands, and as it was first told.
    `empty`: names of fields without a value; `told`: heading → texts kept; `number`: as people know it.
    """

    key: str
    faces: list[tuple[str, date]]
    pk: int | None = None
    version: int = 0
    number: str = ""
    row: int = 0
    empty: set[str] = field(default_factory=set)
    told: dict[str, set[str]] = field(default_factory=dict)
    answered: bool = False
    finished: bool = False
    numbered: bool = True
    mine: bool = True
    draft: Draft | None = None

    @classmethod
    def of_draft(cls, draft: Draft) -> "Known":
        known = cls(draft.key, [draft.face], row=draft.row, draft=draft)
        known.empty = {name for name in (*_FACTS, *_DAYS) if not getattr(draft, name)}
        known.answered, known.finished = bool(draft.answer), draft.closed
        known.numbered = bool(draft.number)
        for heading, text in draft.extra:
            known.told.setdefault(heading, set()).add(text)
        return known

    @property
    def name(self) -> str:
        """How a person finds it."""
        return f"{self.number}" if self.number else f"本表第 {self.row} 行"


@dataclass(slots=True)
class Filling:
    """What a row adds to a known matter: fields that were empty, an answer, kept texts."""

    known: Known
    draft: Draft
    facts: dict[str, Any] = field(default_factory=dict)
    answer: str = ""
    extra: list[list[str]] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.facts or self.answer or self.extra)


@dataclass(slots=True)
class Plan:
    """What some rows come to; every row is counted once.

    `merged`: rows that fill what an earlier row of the same plan adds; `taken`: how many rows were
    planned, the last of them being row `last` of the sheet; `notes`: cells that keep no row out: of
    rows of ours that say something else than the record, phones and ID numbers that cannot be right.
    """

    added: list[Draft] = field(default_factory=list)
    updated: list[Filling] = field(default_factory=list)
    skipped: int = 0
    failed: int = 0
    merged: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[Problem] = field(default_factory=list)
    last: int = 0
    taken: int = 0

    @property
    def counts(self) -> dict[str, int]:
        """Rows by what happens to them, as `ImportJob` names it."""
        return {
            "added": len(self.added),
            "updated": len(self.updated) + self.merged,
            "skipped": self.skipped,
            "failed": self.failed,
        }


def filling(known: Known, draft: Draft) -> Filling:
    """What of a row is new to a matter with the same identity, title and day."""
    found = Filling(known, draft)
    for name in _FACTS:
        value = getattr(draft, name)
        if name in known.empty and value:
            found.facts[name] = value
    if known.finished:
        for name in _DAYS:
            if name in known.empty and getattr(draft, name):
                found.facts[name] = getattr(draft, name)
    extra = draft.extra
    if draft.answer and not known.answered:
        if known.finished:
            found.answer = draft.answer
        else:  # a matter that is being worked on is answered by its officer, not by a ledger
            extra = [*extra, ["答复内容", draft.answer]]
    for heading, text in extra:
        told = known.told.get(heading)
        if not told or (not known.numbered and text not in told):
            found.extra.append([heading, text])
    return found


def remember(found: Filling) -> None:
    """Let the known matter know what was just added to it."""
    known = found.known
    known.empty -= found.facts.keys()
    known.answered = known.answered or bool(found.answer)
    for heading, text in found.extra:
        known.told.setdefault(heading, set()).add(text)
    if known.draft is not None:
        for name, value in found.facts.items():
            setattr(known.draft, name, value)
        known.draft.answer = known.draft.answer or found.answer
        known.draft.extra += found.extra


class Planner:
    """Plans the rows of one sheet in their order. `by` is whose import it is (None: the system).

    `trial`: nothing will be written, so what earlier rows add is remembered here.
    """

    def __init__(self, checker: Checker, by: Any, *, trial: bool = False) -> None:
        self.checker, self.by, self.trial = checker, by, trial
        self.seen: dict[str, Known | Draft] = {}

    def check(self, rows: Iterable[tuple[int, Row]]) -> list[Checked]:
        """The rows without the database."""
        return [self.checker.check(number, row) for number, row in rows]

    def plan(self, checked: Sequence[Checked], most_updates: int | None = None) -> Plan:
        """What the checked rows come to, given what the database holds, in a few queries.

        Stops early after `most_updates` updates, which cost more than new rows.
        """
        drafts = [one for one in checked if isinstance(one, Draft)]
        known: dict[str, Known | Draft] = self.seen if self.trial else {}
        known |= {key: one for key, one in self._stored(drafts).items() if key not in known}
        returned = self._compared(checked)
        plan = Plan()
        for one in checked:
            if len(plan.updated) == most_updates:
                break
            plan.taken += 1
            if isinstance(one, Draft):
                plan.last = one.row
                plan.notes += one.notes
                self._place(plan, known, one)
            elif isinstance(one, Returned):
                plan.last = one.row
                self._give_back(plan, *returned[one.row])
            else:
                plan.last = one[0].row
                plan.failed += 1
                plan.problems += one
        return plan

    def _compared(self, checked: Sequence[Checked]) -> dict[int, tuple[list[Problem], bool]]:
        """Rows of ours by their place in the sheet: what differs, and whether there is a record."""
        rows = [one for one in checked if isinstance(one, Returned)]
        if not rows:
            return {}
        return {row.row: rest for row, *rest in compare(rows, self.by, self.checker.on)}

    def _give_back(self, plan: Plan, said: list[Problem], known: bool) -> None:
        """A row of ours is passed over; one that names no record of ours is an error."""
        if known:
            plan.skipped += 1
            plan.notes += said
        else:
            plan.failed += 1
            plan.problems += said

    def _place(self, plan: Plan, known: dict[str, Known | Draft], draft: Draft) -> None:
        """Decide one row."""
        same = known.get(draft.key)
        if same is None:
            plan.added.append(draft)
            known[draft.key] = draft
            return
        if isinstance(same, Draft):
            known[draft.key] = same = Known.of_draft(same)
        if problem := self._conflict(same, draft):
            plan.failed += 1
            plan.problems.append(problem)
        elif same.mine and (found := filling(same, draft)):
            if same.pk is None:
                plan.merged += 1
            else:
                plan.updated.append(found)
            remember(found)
        else:
            plan.skipped += 1

    def _conflict(self, known: Known, draft: Draft) -> Problem | None:
        """The same number with another title or day: a person must look."""
        columns = self.checker.columns
        if draft.face in known.faces:
            return None
        if any(title == draft.title for title, _ in known.faces):
            name, what = "received", f"收到日期不同（已登记的是 {known.faces[0][1]:%Y-%m-%d}）"
        else:
            name, what = "title", "标题不同"
        column = columns.get(name) or columns.get("number") or next(iter(columns.values()))
        why = f"编号与 {known.name} 相同，但{what}：没有导入，请核对是不是编号写错了。"
        return Problem(draft.row, column.index, column.heading, "", why)

    # What the database holds

    def _stored(self, drafts: Sequence[Draft]) -> dict[str, Known]:
        """The matters already there, by identity."""
        wanted = {draft.key: draft for draft in drafts if draft.key not in self.seen}
        entered = {pk: key for key, pk in self._at_the_counter(wanted.values()).items()}
        keyed = Matter.objects.extra(where=[_BY_KEY]).filter(source_key__in=wanted)
        matters = list(keyed.select_related("data_key"))
        if entered:
            matters += Matter.objects.filter(pk__in=entered).select_related("data_key")
        if not matters:
            return {}
        pks = {matter.pk for matter in matters}
        answered = set(Opinion.objects.filter(matter__in=pks).values_list("matter", flat=True))
        seen = pks
        if self.by is not None:
            visible = Matter.objects.visible_to(self.by).filter(pk__in=pks)
            seen = set(visible.values_list("pk", flat=True))
        found = {}
        for matter in matters:
            key = matter.source_key or entered[matter.pk]
            found[key] = self._known(matter, key, matter.pk in answered, matter.pk in seen)
        self._as_first_told(found, drafts)
        return found

    def _at_the_counter(self, drafts: Iterable[Draft]) -> dict[str, int]:
        """Matters registered by hand with the number of this source: identity → key."""
        numbered = [draft for draft in drafts if draft.number]
        if not numbered or not self.checker.source:
            return {}
        rows = Matter.objects.extra(where=[_BY_HAND]).filter(
            source=self.checker.source, source_number__in={draft.number for draft in numbered}
        )
        entered = dict(rows.filter(sealed=False).values_list("source_number", "pk"))
        return {d.key: entered[d.number] for d in numbered if d.number in entered}

    def _known(self, matter: Matter, key: str, answered: bool, visible: bool) -> Known:
        known = Known(key, [(matter.title, matter.received_on)], matter.pk)
        known.version, known.number = matter.version, matter.number
        known.mine = visible and matter.state != State.VOID and not matter.sealed
        known.numbered = bool(matter.source_number)
        known.answered = answered
        known.finished = matter.from_ledger and matter.state == State.CLOSED
        for name in _FACTS + _DAYS:
            plain = getattr(matter, f"{name}_id" if name in ("category", "community") else name)
            if not plain:
                known.empty.add(name)
        if known.mine:
            for heading, text in kept(matter):
                known.told.setdefault(heading, set()).add(text)
        return known

    def _as_first_told(self, found: dict[str, Known], drafts: Sequence[Draft]) -> None:
        """A title or day corrected here since does not make the ledger's row another one."""
        changed = {
            found[draft.key].pk: found[draft.key]
            for draft in drafts
            if draft.key in found and draft.face not in found[draft.key].faces
        }
        if changed:
            first = Matter.history.filter(id__in=changed, history_type="+")
            for pk, title, day in first.values_list("id", "title", "received_on"):
                changed[pk].faces.append((title, day))


def kept(matter: Matter) -> list[list[str]]:
    """The labelled texts kept beside the fields of a matter: [heading, text]."""
    plain = matter.unlocked("extra")
    return json.loads(plain) if plain else []
