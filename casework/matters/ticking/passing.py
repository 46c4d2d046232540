"""A pass over everything that has a day: what is new is told, what was told before is left alone.

Safe to repeat at any time and after any gap: the marks are what a limit and a day make, whenever
they are looked for. One pass at a time, by a hold that runs out (`office.work`); each batch writes
its marks and its place in one transaction, so that a killed pass goes on where it stood. Once a day
what ends by itself is ended, after all that lapsed was told. The very first pass tells of all it found
together (`first`).
"""

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from casework.matters.notifying.limits import Hearers
from casework.matters.ticking.ending import end_lapsed
from casework.matters.ticking.first import first_words
from casework.matters.ticking.marks import ENDS
from casework.matters.ticking.sources import Source, Subject, sources
from casework.matters.ticking.telling import Finding, tell
from office.clock import now, today
from office.models import Tick, TickMark
from office.outbox.posting import post_all
from office.work import HOLD, Overtaken, claim, keep_hold

NAME, LABEL = "tick", "期限提醒"
BITE = 500  # records in one transaction


def work(moment: datetime) -> None:
    """The worker's minute."""
    run(timezone.localdate(moment))


def run(on: date) -> int | None:
    """Pass over all that has a day, as of `on`; how many marks were written.

    None when another pass is under way, or was until it was killed a moment ago. A pass that stopped
    half-way goes on when it is asked for the same day, else it begins anew.
    """
    Tick.objects.get_or_create(name=NAME)
    row = claim(Tick.objects.filter(name=NAME), now())
    if row is None:
        return None
    try:
        return _pass(row, on)
    except Overtaken:
        return None


def _pass(row: Any, on: date) -> int:
    if row.on != on:
        keep_hold(row, now(), on=on, source="", after="")
    kinds, written = sources(), 0
    names = list(kinds)
    for name in names[names.index(row.source) if row.source in names else 0 :]:
        written += _walk(row, name, kinds[name])
    reached, day = row.done_on or date.min, today()
    if reached < day <= on:  # once a day: what cannot end today is looked at again tomorrow
        end_lapsed(day, lambda: keep_hold(row, now()))
    # A trial of a day to come leaves that day to be told of when it is there, and a pass for a day
    # that is gone says nothing of today.
    done_at = now() if on >= day else row.done_at
    done_on = max(min(on, day), reached)
    first = row.done_at is None and done_at is not None
    words = first_words(on, lambda: keep_hold(row, now())) if first else []
    with transaction.atomic():  # a pass that is killed here is still the first one
        post_all(words)
        keep_hold(
            row, now(), source="", after="", done_on=done_on, done_at=done_at, held_until=None
        )
    return written


def _walk(row: Any, name: str, source: Source) -> int:
    """Walk one kind of record from where it stands to its end; how many marks were written.

    A batch without news is only read: most of them have none, and nobody is kept from writing.
    """
    after, written = row.after if row.source == name else "", 0
    since, hearers = row.done_on or date.min, Hearers() if row.done_at else None
    while True:
        subjects, reached = source(row.on, after, BITE)
        if news(name, subjects, since):
            with transaction.atomic():  # asked again, now that no other pass can write
                subjects, reached = source(row.on, after, BITE)
                keep_hold(row, now(), source=name, after=reached)
                found = news(name, subjects, since)
                tell(found, now(), hearers)
            written += len(found)
        elif row.held_until - now() < HOLD / 2:
            keep_hold(row, now(), source=name, after=reached)
        after = reached
        if len(subjects) < BITE:
            return written


def news(kind: str, subjects: list[Subject], since: date) -> list[Finding]:
    """The marks of these records that were not found before.

    since: the last day that was passed through. Of several new marks of a record the most pressing is
    told; and not even that, unless it ends the limit, when it fell on a day of before `since` for a
    record that had marks of an earlier last day: there is more time now, and nobody needs to hear of
    the half of it again. One query.
    """
    ids = [one.pk for one in subjects if one.marks]
    known: dict[int, set[tuple[str, date]]] = {}
    rows = TickMark.objects.filter(kind=kind, object_id__in=ids) if ids else TickMark.objects.none()
    for pk, *mark in rows.values_list("object_id", "what", "last_day"):
        known.setdefault(pk, set()).add((mark[0], mark[1]))
    found = []
    for one in subjects:
        had = known.get(one.pk, set())
        new = [mark for mark in one.marks if (mark.what, mark.last_day) not in had]
        latest = max((day for _, day in had), default=date.max)
        for mark in new:
            news_now = mark.what in ENDS or mark.on >= since or mark.last_day < latest
            found.append(Finding(kind, one.pk, mark, mark is new[-1] and news_now))
    return found
