"""The one place through which the clock speaks, and what it said so far."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from casework.matters.models import Clock
from casework.matters.notifying.limits import Hearers, tell_marks
from casework.matters.ticking.marks import Mark, words
from casework.matters.ticking.sources import CLOCKS
from office.bulk import insert_rows
from office.models import TickMark


@dataclass(frozen=True, slots=True)
class Finding:
    """A mark that was not found before. kind, pk: whose ("matters.clock"); told: whether somebody is
    to hear of it; the others are passed over for a more pressing one, or were known by another day.
    """

    kind: str
    pk: int
    mark: Mark
    told: bool


def tell(found: Sequence[Finding], moment: datetime, hearers: Hearers | None) -> None:
    """Write the findings of a batch down, inside its transaction, each once, for ever; and tell
    people of them (`notifying.limits`), unless hearers is None: then they are told at the end (`first`).
    """
    if found:
        insert_rows(
            [
                TickMark(
                    kind=one.kind, object_id=one.pk, what=one.mark.what, told=one.told, at=moment,
                    last_day=one.mark.last_day, on=one.mark.on,
                )
                for one in found
            ]
        )  # fmt: skip
        if hearers is not None:
            told = [one for one in found if one.told and one.kind == CLOCKS]
            tell_marks(((one.pk, one.mark.what, one.mark.last_day) for one in told), hearers)


def reminders(clocks: Iterable[Clock]) -> dict[int, str]:
    """Key of a clock → of what was told for its present last day: 2026-11-20 还剩 3 日. One query.

    What a trial of a day to come told bears the day it falls on.
    """
    due = {clock.pk: clock.due_on for clock in clocks}
    rows = TickMark.objects.filter(kind=CLOCKS, object_id__in=due, told=True).order_by("pk")
    found: dict[int, list[str]] = {}
    for pk, what, last, on, at in rows.values_list("object_id", "what", "last_day", "on", "at"):
        if last == due[pk]:
            day = max(on, timezone.localdate(at))
            found.setdefault(pk, []).append(f"{day:%Y-%m-%d} {words(what)}")
    return {pk: "，".join(told) for pk, told in found.items()}
