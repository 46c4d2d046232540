"""What the record says of how long it is kept."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.models import Matter
from casework.matters.retention import may_change, may_hold
from casework.matters.terms import Rules, last_day_of
from office.clock import today
from office.retention.classes import label


@dataclass(frozen=True)
class Kept:
    """The class of an ended matter in words, its last day (None: for ever), until when it is held
    back, and where that is changed ("" when not by this reader).
    """

    klass: str
    until: date | None
    held: date | None
    url: str


def kept_card(user: Any, matter: Matter) -> Kept | None:
    """None while the matter is open or has no class yet."""
    if matter.is_open or not matter.retention:
        return None
    rules = Rules.here()
    mine = not matter.destroyed_at and (may_change(user, matter) or may_hold(user, matter))
    return Kept(
        label(matter.retention, rules.years.get(matter.retention)),
        last_day_of(matter, rules),
        matter.hold_until if matter.hold_until and matter.hold_until >= today() else None,
        reverse("matters:retention", args=[matter.pk]) if mine else "",
    )
