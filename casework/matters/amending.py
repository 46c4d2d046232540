"""Correcting and completing what was registered: one save, one history row, nobody overwritten."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime

from casework.matters.clocks import KINDS
from casework.matters.counting.ledger import drop, lead, start
from casework.matters.intake import (
    Arrival,
    Person,
    add_petitioner,
    people_gaps,
    sender_day,
    set_person,
    with_stated,
)
from casework.matters.models import Matter, Petitioner
from casework.matters.moving import log_move, taken_up
from casework.matters.permissions import may
from casework.matters.reading import why_no_change
from office.clock import today
from office.history import because
from office.history_view import field_label
from office.models import Change

VERB = "matters.change_matter"
_KIND = "matters.matter"
#: the sender's day stays what it is
KEPT = date.min
_PERSON = {row.name for row in fields(Person)}


@dataclass(frozen=True)
class Amendment:
    """What is to stand in a record afterwards.

    facts: columns of the matter; place, claim: new text, "" keeps the old one; people: petitioner id →
    field → new text, "" keeps the old one; stated: petitioner id → fields whose odd number stands so
    on the paper; added: a further petitioner; sender_due: the last day the sender set, None for none,
    KEPT as it is; version: the matter's as it was loaded; seen: id of the
    last change that the person who typed had before their eyes.
    """

    version: int
    seen: int
    facts: Mapping[str, Any] = field(default_factory=dict)
    place: str = ""
    claim: str = ""
    people: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    stated: Mapping[int, tuple[str, ...]] = field(default_factory=dict)
    added: Person | None = None
    sender_due: date | None = KEPT

    def typed(self, pk: int) -> dict[str, str]:
        """What was typed for a petitioner, without what stays as it is."""
        return {name: text for name, text in self.people.get(pk, {}).items() if text.strip()}


class Overtaken(Exception):
    """Somebody changed the matter itself since it was loaded; nothing was written."""


def last_change(matter: Matter) -> int:
    """Id of the newest change of this record and all that belongs to it."""
    rows = Change.objects.filter(root_kind=_KIND, root_id=matter.pk)
    return rows.aggregate(last=Max("id"))["last"] or 0


def _people_overtaken(matter: Matter, wanted: Amendment) -> list[str]:
    """Sentences about petitioners' fields that were typed here and changed by somebody since."""
    rows = Change.objects.filter(
        root_kind=_KIND, root_id=matter.pk, id__gt=wanted.seen, kind="matters.petitioner"
    )
    found = []
    for row in rows.select_related("actor", "shape").order_by("id"):
        both = [name for name in row.shape.names() if name in wanted.typed(row.object_id)]
        if both:
            labels = "、".join(field_label(Petitioner, name) for name in both)
            at = f"{localtime(row.at):%m-%d %H:%M}"
            found.append(f"{row.actor or '系统'} 于 {at} 改了信访人的{labels}。")
    return [*found, "您填写的内容都还在，尚未保存。请核对后再保存一次。"] if found else []


def amend(matter: Matter, wanted: Amendment, *, by: Any) -> list[str]:
    """Write what differs; returns the labels of what changed, [] when nothing did.

    Raises Overtaken or ValidationError (field → sentence, or what colleagues changed meanwhile),
    PermissionDenied, Matter.DoesNotExist; then nothing is written.
    """
    with transaction.atomic():
        matter = _admitted(matter, by)
        with because("修改登记信息"):
            return _write(matter, wanted)


def complete(matter: Matter, wanted: Amendment, *, by: Any) -> Matter:
    """`amend`, then the registration counts as complete: 补全登记, with a row in the timeline."""
    with transaction.atomic():
        matter = _admitted(matter, by)
        if matter.complete:
            raise ValidationError("这件已经补全过了，请刷新页面查看。")
        matter.complete = True
        with because("补全登记"):
            _write(matter, wanted)
        log_move(matter, "complete", by=by, on=today(), source=matter.state, verb=VERB)
        return matter


def _admitted(matter: Matter, by: Any) -> Matter:
    matter = taken_up(matter, by)
    if not may(by, matter, VERB):
        raise PermissionDenied
    if why := why_no_change(matter):
        raise ValidationError(why)
    return matter


def _write(matter: Matter, wanted: Amendment) -> list[str]:
    if matter.version != wanted.version:
        raise Overtaken
    if told := _people_overtaken(matter, wanted):
        raise ValidationError(told)
    rows = {row.pk: row for row in matter.petitioners.select_for_update()}
    for row in rows.values():
        row.matter = matter  # its key opens the row
    after = {
        pk: replace(person_of(row), **wanted.typed(pk), as_is=wanted.stated.get(pk, ()))
        for pk, row in rows.items()
    }
    for name, value in wanted.facts.items():
        setattr(matter, name, value)
    if wanted.place.strip():
        matter.put("place", wanted.place.strip())
    if wanted.claim.strip():
        matter.put("claim", wanted.claim.strip())
    _check(matter, [*after.values(), *([wanted.added] if wanted.added else [])])
    changed = [name for name in matter.changed_fields() if name != "complete"]
    labels = [field_label(Matter, name) for name in changed]
    if _set_sender(matter, wanted.sender_due):
        labels.append(str(KINDS["sender"]))
    matter.save()
    for pk, row in rows.items():
        set_person(row, after[pk])
        labels += [
            label
            for name in row.changed_fields()
            if name in _PERSON and (label := field_label(Petitioner, name))
        ]
        with because(with_stated(row, after[pk])):
            row.save()
    if wanted.added:
        add_petitioner(matter, wanted.added)
        labels.append("新增信访人")
    return labels


def _set_sender(matter: Matter, day: date | None) -> bool:
    """Put the sender's last day right while an answer is owed; whether anything changed (unsaved)."""
    if day == KEPT or day == sender_day(matter) or not owes_sender(matter):
        return False
    if day is None:
        drop(matter, "sender", today())
    else:
        since = matter.received_on
        start(matter, "sender", since, due_on=max(day, since), article="来文要求（更正）")
    lead(matter)
    return True


def owes_sender(matter: Matter) -> bool:
    """Whether a day the sender set would still be kept or missed."""
    return matter.is_open and matter.answered_on is None and not matter.sealed


def person_of(row: Petitioner) -> Person:
    """A stored petitioner as intake takes one."""
    return Person(
        name=row.unlocked("name"),
        phone=row.unlocked("phone"),
        id_number=row.unlocked("id_number"),
        address=row.unlocked("address"),
        contact_note=row.unlocked("contact_note"),
        kind=row.kind,
        main=row.main,
    )


def _check(matter: Matter, people: Sequence[Person]) -> None:
    """The rules of registration hold for corrections too."""
    gaps = people_gaps(
        Arrival(
            channel=matter.channel,
            received_on=matter.received_on,
            claims=[(matter.title, "")],
            people=people,
            people_count=matter.people_count,
            representatives=matter.representatives,
        )
    )
    if not matter.title.strip():
        gaps["title"] = "请用一句话写清是什么事。"
    grid, community = matter.grid, matter.community
    if grid and community and not grid.path.startswith(community.path):
        gaps["grid"] = f"{grid}不在{community}，请选同一个社区（村）的网格。"
    if gaps:
        raise ValidationError(gaps)
