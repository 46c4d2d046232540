"""一信多诉: one arrival, several matters, each with its own clocks, one receipt (practice §1)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from casework.matters.amending import person_of
from casework.matters.conflicts.registering import note_about
from casework.matters.intake import Arrival, open_another, people_gaps, sender_day
from casework.matters.models import Item, Matter
from casework.matters.moving import taken_up
from casework.matters.permissions import may_speak_for
from casework.matters.recording import as_of, log_move
from casework.matters.states import State
from office.clock import today
from office.history import because
from office.models import Unit
from office.vault import keyed_hash

VERB = "matters.add_matter"
_SENTENCE = re.compile(r"[^。！？；\n]+[。！？；]*")


@dataclass(frozen=True)
class Part:
    """What is taken out: a title, its part of the text, and which unit it is about, if any."""

    title: str
    claim: str
    about: Unit | None = None


def sentences(text: str) -> list[str]:
    """The text in pieces to choose from, as they stand."""
    return [found for piece in _SENTENCE.findall(text) if (found := piece.strip())]


def mark(text: str) -> str:
    """What tells whether the text is still the one that was shown, without being the text."""
    return keyed_hash("split", text)


def item_of(matter: Matter) -> Item | None:
    """The arrival that a matter came in by."""
    link = matter.links.select_related("item").order_by("id").first()
    return link.item if link else None


def hindrance(matter: Matter) -> str:
    """Why nothing can be taken out of a matter; "" when it can."""
    if matter.sealed:
        return "密件不拆分。"
    if not matter.is_open or matter.state in (State.VOID, State.MERGED):
        return f"{matter.number} 现在是“{matter.get_state_display()}”，不能再拆分。"
    if item_of(matter) is None:
        return f"{matter.number} 由台账导入，没有来件可以拆分，请另行登记。"
    return ""


def may_split(user: Any, matter: Matter) -> bool:
    """Whoever took the arrival in, and the head of the petition office."""
    item = item_of(matter)
    return item is not None and user.has_perm(VERB) and may_speak_for(user, item)


def further(item: Item, matter: Matter, claims: Sequence[tuple[str, str]]) -> Arrival:
    """The arrival of a matter again, with other claims: same people, place, day and sender."""
    people = []
    for row in matter.petitioners.order_by("pk"):
        row.matter = matter
        people.append(person_of(row))
    return Arrival(
        channel=item.channel, received_on=matter.received_on, claims=claims, people=people,
        community=matter.community, grid=matter.grid, people_count=matter.people_count,
        representatives=matter.representatives, source=matter.source,
        source_number=matter.source_number, sender_due=sender_day(matter),
    )  # fmt: skip


def split(matter: Matter, parts: Sequence[Part], *, by: Any, title: str = "") -> list[Matter]:
    """Take parts out of a matter as matters of their own, of the same arrival and day of receipt.

    The text of the matter stays whole; title: what it is called from now on, "" for as before.
    Raises ValidationError, PermissionDenied, Matter.DoesNotExist as `moving.move` does.
    """
    with transaction.atomic():
        matter = taken_up(matter, by)
        if told := hindrance(matter):
            raise ValidationError(told)
        item = item_of(matter)
        if item is None or not may_split(by, matter):
            raise PermissionDenied
        if not parts:
            raise ValidationError("请至少拆出一件，写上标题。")
        found = []
        for part in parts:
            arrival = further(item, matter, [(part.title, part.claim)])
            [new] = open_another(item, arrival, by=by)
            note_about(new, part.about, by=by)
            found.append(new)
        _note(matter, found, by, title.strip())
    return found


def _note(matter: Matter, found: Sequence[Matter], by: Any, title: str) -> None:
    """The matter tells what was taken out of it, and is called what it still is about."""
    numbers = "、".join(new.number for new in found)
    log_move(
        matter, "split", by=by, on=today(), source=matter.state,
        summary=f"另立 {numbers}"[:200], verb=VERB,
    )  # fmt: skip
    if not title or title == matter.title:
        return
    item = item_of(matter)
    if item is not None and (gaps := people_gaps(further(item, matter, [(title, "")]))):
        raise ValidationError(gaps)
    matter.title = title
    with because("拆分", **as_of(by, VERB)):
        matter.save()
