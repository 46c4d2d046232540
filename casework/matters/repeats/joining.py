"""联名与代表: more petitioners of one matter, each with a receipt; some speak for all (art. 20).

Representatives limit who speaks at a visit, never who may register, get answers or see progress; no
petitioner learns from us who the others are (practice §1).
"""

import uuid
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from casework.matters.intake import Arrival, Person, add_petitioner, people_gaps
from casework.matters.models import CoPetitioner, Item, ItemLink, Matter, MatterFile
from casework.matters.moving import taken_up
from casework.matters.permissions import may
from casework.matters.profiles import representative_limit
from casework.matters.reading import why_no_change
from casework.matters.recording import as_of, log_move
from casework.matters.states import State
from office.clock import now, today
from office.history import because
from office.numbers import draw

VERB = "matters.change_matter"
Chosen = CoPetitioner.Chosen


def may_join(user: Any, matter: Matter) -> bool:
    """Registrar and office head add petitioners until the matter is over."""
    over = matter.sealed or not matter.is_open or matter.state == State.SEALED
    return not over and may(user, matter, VERB)


def join(
    matter: Matter, person: Person, *, by: Any, on: date, channel: str, others: bool = False
) -> CoPetitioner:
    """Add a petitioner who came later; the arrival is their own, with a number and a code.

    others: the row of somebody who was registered with the matter, so no arrival of their own.
    Raises ValidationError (field → sentence), PermissionDenied, Matter.DoesNotExist.
    """
    with transaction.atomic():
        matter = _admitted(matter, by)
        people = matter.petitioners.count() + 1
        _check(matter, person, people, on)
        with because("加入联名", **as_of(by, VERB)):
            row = add_petitioner(matter, person)
            if people > matter.people_count:
                matter.people_count = people
                matter.save()
            item = None if others else _arrival(matter, channel, on, by)
            joined = CoPetitioner(matter=matter, petitioner=row, item=item, since=today())
            joined.save()
        log_move(
            matter, "join", by=by, on=on, source=matter.state, verb=VERB,
            summary=f"联名人共 {people} 人",
        )  # fmt: skip
    return joined


def _admitted(matter: Matter, by: Any) -> Matter:
    matter = taken_up(matter, by)
    if not may(by, matter, VERB):
        raise PermissionDenied
    if why := why_no_change(matter):
        raise ValidationError(why)
    if not may_join(by, matter):
        raise ValidationError(f"{matter.number} 已经办完，新来的人请另行登记。")
    return matter


def _check(matter: Matter, person: Person, people: int, on: date) -> None:
    gaps = {}
    if not any((person.name.strip(), person.phone.strip(), person.address.strip())):
        gaps["name"] = "请写姓名，或者一种联系方式。"
    if on > today():
        gaps["on"] = "日期不能晚于今天。"
    told = Arrival(
        channel=matter.channel, received_on=matter.received_on, claims=[(matter.title, "")],
        people=[person], people_count=people,
    )  # fmt: skip
    found = people_gaps(told)
    if "title" in found:
        gaps["name"] = "这件事项的标题里写了他（她）的姓名或号码。请先把标题改成只写事情。"
    if gaps:
        raise ValidationError(gaps)


def _arrival(matter: Matter, channel: str, on: date, by: Any) -> Item:
    """An arrival of the newcomer's own: their receipt and code open nothing of the others'."""
    moment = now()
    item = Item(
        ref=uuid.uuid4(), channel=channel, received_on=on, registered_at=moment, registered_by=by
    )
    year = timezone.localtime(moment).year
    item.number = f"LJ{year}-{draw('LJ', year):06d}"
    item.save()
    ItemLink(item=item, matter=matter, kind=ItemLink.Kind.JOINED).save()
    return item


def note_co_petitioners(matter: Matter, by: Any) -> list[CoPetitioner]:
    """Every petitioner of a matter as a row that may be chosen; the caller is in a transaction."""
    known = {row.petitioner_id: row for row in matter.co_petitioners.all()}
    with because("联名人", **as_of(by, VERB)):
        for row in matter.petitioners.order_by("pk"):
            if row.pk not in known:
                known[row.pk] = CoPetitioner(matter=matter, petitioner=row, since=today())
                known[row.pk].save()
    return [known[pk] for pk in sorted(known)]


def choose(
    matter: Matter,
    chosen: Mapping[int, bool],
    *,
    how: str,
    paper: MatterFile | None,
    note: str,
    by: Any,
) -> int:
    """Note who was chosen to speak: petitioner id → yes; returns how many.

    how: `Chosen`; paper: the file of the matter that says so. Raises as `join` does.
    """
    with transaction.atomic():
        matter = _admitted(matter, by)
        count = sum(chosen.values())
        _check_choice(matter, count, how, paper, note)
        for row in note_co_petitioners(matter, by):
            yes = chosen.get(row.petitioner_id, False)
            row.representative, row.chosen = yes, how if yes else ""
            row.paper = paper if yes else None
            with because("推选代表", **as_of(by, VERB)):
                row.save()
        with because("推选代表", **as_of(by, VERB)):
            matter.representatives = count
            matter.save()
        log_move(
            matter, "choose", by=by, on=today(), source=matter.state, verb=VERB, note=note,
            summary=f"代表 {count} 人" + (f"（{Chosen(how).label}）" if count else ""),
        )  # fmt: skip
    return count


def _check_choice(
    matter: Matter, count: int, how: str, paper: MatterFile | None, note: str
) -> None:
    gaps = {}
    limit = representative_limit(matter.profile, matter.people_count)
    if count > limit.days:
        gaps["chosen"] = f"代表最多 {limit.days} 人（{limit.article}）。请他们协商减少。"
    if count and how not in Chosen.values:
        gaps["how"] = "请选择怎么推选的。"
    proved = paper is not None and paper.matter_id == matter.pk and not paper.withdrawn
    if how == Chosen.LETTER and count and not proved:
        gaps["paper"] = "请先把代表推选书上传到材料里，再选它。"
    if how == Chosen.SPOKEN and count and not note.strip():
        gaps["note"] = "当场推选的，请写明什么时候、怎么推的。"
    if gaps:
        raise ValidationError(gaps)
