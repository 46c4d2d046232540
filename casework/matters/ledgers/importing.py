"""Writing a plan: one short transaction a batch, everything with its history, numbers last."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from casework.matters.counting.beginning import begin_at_receipt
from casework.matters.intake import Person, set_person
from casework.matters.ledgers.checking import Draft
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.planning import Filling, Plan, kept
from casework.matters.ledgers.stamping import Stamp
from casework.matters.models import ImportJob, Item, ItemLink, Matter, Move, Opinion, Petitioner
from casework.matters.states import Channel, State
from office.bulk import insert_rows, insert_tracked
from office.history import because, current
from office.models import DataKey
from office.numbers import draw_many
from office.posts import post_for
from office.sheets.cells import is_masked
from office.vault import new_data_key

LABELS = dict(Channel.choices)
VERB = "matters.import_ledger"
IMPORTED, FILLED = "台账导入", "台账再次导入，补充空缺"


@dataclass(frozen=True)
class Context:
    """What all rows of an import share. `by` is None for the command."""

    job: ImportJob
    lookups: Lookups
    by: Any
    post: Any
    moment: datetime
    on: date

    @classmethod
    def of(cls, job: ImportJob, lookups: Lookups, by: Any, moment: datetime) -> "Context":
        post = post_for(by, VERB) if by else None
        return cls(job, lookups, by, post, moment, timezone.localdate(moment))


class Changed(Exception):
    """A matter that was to be filled has been changed since it was read: plan the rows anew."""


@dataclass
class Prepared:
    """New records of a plan, encrypted and complete but for keys and numbers; its updates as planned."""

    updated: Sequence[Filling]
    keys: list[DataKey] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    matters: list[Matter] = field(default_factory=list)
    links: list[ItemLink] = field(default_factory=list)
    petitioners: list[Petitioner] = field(default_factory=list)
    opinions: list[Opinion] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)


def prepare(plan: Plan, context: Context) -> Prepared:
    """Build and encrypt everything before the transaction begins: it holds the writer's lock."""
    stamps, found = Stamps(context), Prepared(plan.updated)
    for draft in plan.added:
        key = new_data_key()
        item = stamps.item(ref=uuid.uuid4(), channel=draft.channel, received_on=draft.received_on)
        matter = _matter(draft, key, context, stamps)
        about = {"matter": matter}
        found.keys.append(key)
        found.items.append(item)
        found.matters.append(matter)
        found.links.append(stamps.link({"item": item, **about}))
        if draft.has_person:
            found.petitioners.append(_petitioner(draft, stamps.petitioner(about)))
        if draft.answer:
            found.opinions.append(_answered(draft, draft.answer, stamps.opinion(about)))
        found.moves.append(_first_move(draft, about, context, stamps))
    return found


def write(found: Prepared, context: Context) -> None:
    """Write what was prepared; call inside a transaction. Raises `Changed`."""
    if found.updated:
        with because(FILLED):
            _fill(found.updated)
    if found.matters:
        with because(IMPORTED):
            _add(found, context.on.year)
            _begin_clocks(found, context)


# New matters


class Stamps:
    """What all new records of an import have in common."""

    def __init__(self, context: Context) -> None:
        job, by, moment = context.job, context.by, context.moment
        self.matter = Stamp(
            Matter, import_job=job, source=job.source, registered_by=by, registered_at=moment
        )
        self.item = Stamp(Item, registered_by=by, registered_at=moment)
        self.link, self.petitioner, self.opinion = (
            Stamp(ItemLink),
            Stamp(Petitioner),
            Stamp(Opinion),
        )
        self.move = Stamp(
            Move, actor=by, post=context.post, at=moment, address=current().address or None
        )


def _add(found: Prepared, year: int) -> None:
    insert_rows(found.keys)
    for matter, key in zip(found.matters, found.keys, strict=True):
        matter.data_key_id = key.pk
    _number(found.items, found.matters, year)
    insert_tracked(found.items)
    insert_tracked(found.matters)
    for rows in (found.links, found.petitioners, found.opinions, found.moves):
        for row in rows:
            row.matter_id = row.matter.pk
    for link in found.links:
        link.item_id = link.item.pk
    insert_tracked(found.links)
    insert_tracked(found.petitioners)
    insert_tracked(found.opinions)
    insert_rows(found.moves)


def _begin_clocks(found: Prepared, context: Context) -> None:
    """What is owed from receipt on, for what is still open; finished elsewhere nothing runs."""
    pairs = [pair for pair in zip(found.matters, found.moves, strict=True) if pair[0].is_open]
    if not pairs:
        return
    lookups = context.lookups
    limits = {
        profile.pk: limits for profile, limits in zip(lookups.profiles, lookups.limits, strict=True)
    }
    matters, moves = zip(*pairs, strict=True)
    begin_at_receipt(matters, moves, limits.__getitem__, lookups.calendar, context.moment)


def _matter(draft: Draft, key: Any, context: Context, stamps: Stamps) -> Matter:
    lookups = context.lookups
    matter = stamps.matter(
        {"data_key": key, "profile": lookups.profiles[draft.profile]},
        title=draft.title,
        channel=draft.channel,
        klass=draft.klass,
        category_id=draft.category,
        community_id=draft.community,
        lead_unit_id=draft.unit,
        state=State.CLOSED if draft.closed else State.REGISTERED,
        received_on=draft.received_on,
        answered_on=draft.answered_on,
        closed_on=draft.closed_on or draft.answered_on,
        people_count=draft.people_count,
        source_number=draft.number,
        source_key=draft.key,
        from_ledger=draft.closed,
    )
    if not draft.closed:
        matter.due_kind = "notice"
        matter.due_on = lookups.notice_due(draft.profile, draft.received_on)
    matter.put("claim", draft.claim)
    matter.put("place", draft.place)
    matter.put("extra", _plain(draft.extra))
    return matter


def _plain(extra: Sequence[Sequence[str]]) -> str:
    return json.dumps(extra, ensure_ascii=False) if extra else ""


def _number(items: Sequence[Item], matters: Sequence[Matter], year: int) -> None:
    for series, rows in (("LJ", items), ("XF", matters)):
        for number, row in zip(draw_many(series, year, len(rows)), rows, strict=True):
            row.number = f"{series}{year}-{number:06d}"


def _petitioner(draft: Draft, row: Petitioner) -> Petitioner:
    """What the row says of a person; what was masked is kept as text and never looked up."""
    row.kind = draft.kind
    person = Person(
        draft.name, draft.phone, draft.id_number, draft.address, draft.contact_note, draft.kind
    )
    set_person(row, person)
    if is_masked(draft.name):
        row.name_hash = ""
    if is_masked(draft.phone):
        row.phone_hash = ""
    if is_masked(draft.id_number):
        row.id_hash = ""
    return row


def _answered(draft: Draft, answer: str, opinion: Opinion) -> Opinion:
    opinion.answered_on = draft.answered_on
    opinion.put("body", answer)
    return opinion


def _first_move(draft: Draft, links: dict, context: Context, stamps: Stamps) -> Move:
    """`register`, as at the counter; `take_over` for what was finished elsewhere."""
    if draft.closed:
        name, target, on = "take_over", State.CLOSED, context.on
    else:
        name, target, on = "register", State.REGISTERED, draft.received_on
    return stamps.move(links, name=name, target=target, on=on, summary=LABELS[draft.channel])


# Updates


def _fill(fillings: Sequence[Filling]) -> None:
    """Fill empty fields, one save a matter."""
    pks = {found.known.pk for found in fillings}
    rows = Matter.objects.select_for_update(of=("self",)).select_related("data_key")
    matters = {matter.pk: matter for matter in rows.filter(pk__in=pks)}
    if any(matters[found.known.pk].version != found.known.version for found in fillings):
        raise Changed
    for found in fillings:
        matter = matters[found.known.pk]
        for name, value in found.facts.items():
            if name in ("claim", "place"):
                matter.put(name, value)
            else:
                setattr(matter, f"{name}_id" if name in ("category", "community") else name, value)
        if found.extra:
            matter.put("extra", _plain([*kept(matter), *found.extra]))
        matter.save()
        if found.answer:
            _answered(found.draft, found.answer, Opinion(matter=matter)).save()
