"""The words of the very first pass: how many limits stand how, once to each person.

It finds what years left behind (a ledger brought in, a new installation): told one by one, that
would ring every bell hundreds of times. The marks are written as ever; what they say is counted at the
end from what is stored, so that a pass which was killed on the way misses none and counts none twice.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, Subquery
from django.urls import reverse

from casework.matters.models import Clock
from casework.matters.notifying.kinds import DIGEST, LAPSED, LATE, NEAR, SEALED, TODAY
from casework.matters.notifying.limits import Hearers, kind_of
from casework.matters.ticking.sources import CLOCKS
from office.models import TickMark
from office.outbox.posting import Happening

_BITE = 500  # limits between two signs of life
_KEY = "first"
_COUNTED = {NEAR.key: "快到期", TODAY.key: "当天到期", LATE.key: "超期", LAPSED.key: "期满"}


def first_words(on: date, alive: Callable[[], None]) -> list[Happening]:
    """What to tell whom of the limits that are marked by now; of sealed ones only that there are some.

    alive: called now and then. Posted again it tells nobody twice.
    """
    hearers, people = Hearers(), {}
    counts: dict[int, Counter[str]] = {}
    sealed = False
    told = TickMark.objects.filter(
        kind=CLOCKS, object_id=OuterRef("pk"), last_day=OuterRef("due_on"), told=True
    )
    rows = Clock.objects.filter(status=Clock.Status.RUNNING, matter__destroyed_at=None)
    rows = rows.annotate(said=Subquery(told.order_by("-pk").values("what")[:1]))
    rows = rows.filter(said__isnull=False).select_related("matter__lead_unit", "matter__officer")
    rows, after = rows.order_by("pk"), Q()  # keys of sealed rows may lie below zero
    while some := list(rows.filter(after)[:_BITE]):
        for clock in some:
            if clock.matter.sealed:
                sealed = True
            elif kind := kind_of(clock, clock.said, clock.due_on):
                for one in {one.pk: one for one in hearers.people(clock.matter, kind)}.values():
                    people[one.pk] = one
                    counts.setdefault(one.pk, Counter())[_COUNTED[kind.key]] += 1
        alive()
        after = Q(pk__gt=some[-1].pk)
    words = [_digest(people[pk], counts[pk], on) for pk in people]
    if sealed and (keepers := hearers.custodians()):
        words.append(Happening(SEALED.key, _KEY, keepers, {}, link=reverse("matters:sealed_desk")))
    return words


def _digest(person: Any, counted: Counter[str], on: date) -> Happening:
    facts = {"截至": on} | {name: counted[name] for name in _COUNTED.values()}
    key = f"{_KEY}:{person.pk}"
    return Happening(DIGEST.key, key, [person], facts, link=reverse("matters:desk"))
