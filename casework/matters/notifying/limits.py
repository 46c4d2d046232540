"""Notices of what the clock found: near, due, late, lapsed."""

from collections.abc import Iterable
from datetime import date
from functools import cache
from typing import Any

from casework.matters.clocks import ABOVE, KINDS
from casework.matters.conflicts.standing import touched
from casework.matters.models import Clock, Matter
from casework.matters.notifying.hands import (
    KIND,
    able,
    custodians,
    heads_of,
    in_charge,
    office_heads,
    out_of,
)
from casework.matters.notifying.kinds import LAPSED, LATE, NEAR, SEALED, TODAY
from casework.matters.opinions import WINDOWS
from office.clock import today
from office.outbox.kinds import NoticeKind
from office.outbox.posting import Happening, post_all

#: windows of others whose end somebody here has to act on
_NEWS = (*WINDOWS, "objection", "path_last_day")
WARNED = (NEAR, TODAY)


class Hearers:
    """Who hears of limits. Asked once for the length of a pass: a post that changes meanwhile counts
    from the next one on.
    """

    def __init__(self) -> None:
        self.heads, self.office = cache(heads_of), cache(office_heads)
        self.custodians = cache(custodians)
        self._touched = cache(touched)

    def people(self, matter: Matter, kind: NoticeKind) -> list[Any]:
        """Who hears of a limit of a matter that is not sealed: whoever has it in hand, and the heads
        of the unit and of the office too of what is more than a warning.
        """
        out = out_of(matter) if matter.pk in self._touched(today()) else set()
        people = in_charge(matter, out, self.heads, self.office)
        if kind not in WARNED:
            people = [*people, *able([*self.heads(matter.lead_unit), *self.office()], out)]
        return people


def tell_marks(found: Iterable[tuple[int, str, date]], hearers: Hearers) -> None:
    """Put (clock, mark, last day) into the outbox, each once; inside the transaction of the marks.

    What the office owes is told to whoever has the matter in hand, once it is late to the heads of
    the unit and of the office too; of sealed matters custodians hear, without a number.
    """
    marks = {pk: (what, last) for pk, what, last in found}
    rows = Clock.objects.filter(pk__in=marks).select_related("matter__lead_unit", "matter__officer")
    told = (_happening(clock, *marks[clock.pk], hearers) for clock in rows)
    post_all(one for one in told if one is not None and one.receivers)


def _happening(clock: Clock, what: str, last: date, hearers: Hearers) -> Happening | None:
    matter, key = clock.matter, f"{clock.pk}:{what}:{last}"
    record = (KIND, matter.pk)
    if matter.sealed:
        return Happening(SEALED.key, key, hearers.custodians(), {}, record)
    kind = kind_of(clock, what, last)
    if kind is None:
        return None
    people = hearers.people(matter, kind)
    facts = {"编号": matter.number, "期限": KINDS[clock.kind].label, "最后一天": last}
    if kind is NEAR:
        facts["天数"] = (last - today()).days
    return Happening(kind.key, key, people, facts, record)


def kind_of(clock: Clock, what: str, last: date) -> NoticeKind | None:
    """What a mark is called to people; None for what is nobody's news.

    Nor is a warning of a day that has gone, which a pass for a past day finds.
    """
    if what == "lapsed":
        return LAPSED if clock.kind in _NEWS else None
    if what == "late":
        return LATE if KINDS[clock.kind].by != ABOVE else LAPSED
    if last < today():
        return None
    return TODAY if last == today() else NEAR
