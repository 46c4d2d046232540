"""Writing a plan: one short transaction a batch, everything with its history, numbers last."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from casework.matters.intake import Person, set_person
from casework.matters.ledgers.checking import Draft
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.planning import Filling, Plan, kept
from casework.matters.models import ImportJob, Item, ItemLink, Matter, Move, Opinion, Petitioner
from casework.matters.states import Channel, State
from office.bulk import insert_rows, insert_tracked
from office.history import because, current
from office.numbers import draw_many
from office.posts import post_for
from office.sheets.cells import is_masked
from office.vault import new_data_key

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

    @classmethod
    def of(cls, job: ImportJob, lookups: Lookups, by: Any, moment: datetime) -> "Context":
        return cls(job, lookups, by, post_for(by, VERB) if by else None, moment)


def write(plan: Plan, context: Context) -> None:
    """Write a plan's new matters and updates; call inside a transaction."""
    if plan.updated:
        with because(FILLED):
            _fill(plan.updated, context)
    if plan.added:
        with because(IMPORTED):
            _add(plan.added, context)


# New matters


def _add(drafts: Sequence[Draft], context: Context) -> None:
    keys = [new_data_key() for _ in drafts]
    for key in keys:
        key.created_at = context.moment
    insert_rows(keys)
    pairs = list(zip(drafts, keys, strict=True))
    matters = [_matter(draft, key, context) for draft, key in pairs]
    items = [_item(draft, context) for draft in drafts]
    _number(items, matters, timezone.localtime(context.moment).year)
    insert_tracked(items)
    insert_tracked(matters)
    rows = list(zip(drafts, matters, strict=True))
    insert_tracked(
        [ItemLink(item=item, matter=matter) for item, matter in zip(items, matters, strict=True)]
    )
    insert_tracked([_petitioner(*row) for row in rows if row[0].has_person])
    insert_tracked(
        [_opinion(matter, draft.answer, draft) for draft, matter in rows if draft.answer]
    )
    insert_rows([_first_move(*row, context) for row in rows])


def _matter(draft: Draft, key: Any, context: Context) -> Matter:
    profile = context.lookups.profiles[draft.profile]
    matter = Matter(
        title=draft.title,
        channel=draft.channel,
        klass=draft.klass,
        category_id=draft.category,
        community_id=draft.community,
        lead_unit_id=draft.unit,
        state=State.CLOSED if draft.closed else State.REGISTERED,
        received_on=draft.received_on,
        answered_on=draft.answered_on,
        closed_on=draft.closed_on or draft.answered_on if draft.closed else None,
        profile=profile,
        people_count=draft.people_count,
        source=context.job.source,
        source_number=draft.number,
        source_key=draft.key,
        from_ledger=draft.closed,
        import_job=context.job,
        registered_at=context.moment,
        registered_by=context.by,
        data_key=key,
    )
    if not draft.closed:
        matter.due_kind = "notice"
        matter.due_on = context.lookups.notice_due(draft.profile, draft.received_on)
    matter.put("claim", draft.claim)
    matter.put("place", draft.place)
    matter.put("extra", _plain(draft.extra))
    return matter


def _plain(extra: Sequence[Sequence[str]]) -> str:
    return json.dumps(extra, ensure_ascii=False) if extra else ""


def _item(draft: Draft, context: Context) -> Item:
    return Item(
        ref=uuid.uuid4(),
        channel=draft.channel,
        received_on=draft.received_on,
        registered_at=context.moment,
        registered_by=context.by,
    )


def _number(items: Sequence[Item], matters: Sequence[Matter], year: int) -> None:
    for series, rows in (("LJ", items), ("XF", matters)):
        for number, row in zip(draw_many(series, year, len(rows)), rows, strict=True):
            row.number = f"{series}{year}-{number:06d}"


def _petitioner(draft: Draft, matter: Matter) -> Petitioner:
    """What the row says of a person; what was masked is kept as text and never looked up."""
    row = Petitioner(matter=matter, kind=draft.kind)
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


def _opinion(matter: Matter, answer: str, draft: Draft) -> Opinion:
    opinion = Opinion(matter=matter, answered_on=draft.answered_on)
    opinion.put("body", answer)
    return opinion


def _first_move(draft: Draft, matter: Matter, context: Context) -> Move:
    """`register`, as at the counter; `take_over` for what was finished elsewhere."""
    on = timezone.localtime(context.moment).date() if draft.closed else draft.received_on
    said = context.job.source if draft.closed else Channel(draft.channel).label
    return Move(
        matter=matter,
        name="take_over" if draft.closed else "register",
        target=matter.state,
        actor=context.by,
        post=context.post,
        at=context.moment,
        on=on,
        summary=said,
        address=current().address or None,
    )


# Updates


def _fill(fillings: Sequence[Filling], context: Context) -> None:
    """Fill empty fields, one save a matter."""
    pks = {found.known.pk for found in fillings}
    rows = Matter.objects.select_for_update(of=("self",)).select_related("data_key")
    matters = {matter.pk: matter for matter in rows.filter(pk__in=pks)}
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
            _opinion(matter, found.answer, found.draft).save()
