"""What a person has to do next, from every part of the room, one line a duty.

Other parts join by one line in SOURCES: a function `source(user, on)` that gives at most
`MOST` duties, the earliest first, by a fixed number of indexed queries.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from casework.matters.clocks import KINDS, OWED
from casework.matters.coming import Facts, next_step
from casework.matters.forms.filters import end_of_week
from casework.matters.models import Clock, Matter
from casework.matters.profiles import limits_of
from office.workdays import words_left

MOST = 100  # lines of one source: nobody works off more in a day


@dataclass(frozen=True)
class Duty:
    """One line. what: the next step; matter: number and title; due: last day, None without one.

    also: another date that runs beside it, in words; kind: what sort of work, "" for the own matter;
    waits: whom it waits for when it is not this person's move.
    """

    what: str
    number: str
    title: str
    url: str
    due: date | None = None
    also: str = ""
    kind: str = ""
    waits: str = ""


Source = Callable[[Any, date], list[Duty]]
_NOT_MINE = {"registrar", "office_head", "legal_reviewer", "leader", "unit_head"}


def own_matters(user: Any, on: date) -> list[Duty]:
    """The matters this person handles: two queries and one for the limits of each profile."""
    rows = Matter.objects.visible_to(user).filter(officer=user, sealed=False).open()
    shown = (
        "number", "title", "state", "klass", "path", "channel", "fast", "officer_id", "due_on",
        "due_kind", "profile__name",
    )  # fmt: skip
    matters = list(
        rows.select_related("profile").only(*shown).order_by("due_on", "id")[:MOST]
    )  # fmt: skip
    beside = _running_beside([matter.pk for matter in matters])
    limits = {matter.profile_id: matter.profile for matter in matters}
    values = {pk: limits_of(profile) for pk, profile in limits.items()}
    address = reverse("wagtailsnippets_matters_matter:inspect", args=[0])
    return [
        _own(matter, address, beside.get(matter.pk, []), values[matter.profile_id])
        for matter in matters
    ]


def _own(matter: Matter, address: str, beside: list[tuple[str, date]], limits: Any) -> Duty:
    step = next_step(Facts.of(matter), limits)
    other = min(
        ((due, kind) for kind, due in beside if kind != matter.due_kind), default=(None, "")
    )  # fmt: skip
    also = f"{KINDS[other[1]].label} {other[0]:%m-%d}" if other[0] else ""
    waits = step.who if step and (not step.ours or step.mover in _NOT_MINE) else ""
    return Duty(
        what=step.what if step else matter.get_state_display(),
        number=matter.number,
        title=matter.title,
        url=address.replace("/0/", f"/{matter.pk}/"),
        due=matter.due_on,
        also=also,
        waits=waits,
    )


def _running_beside(ids: list[int]) -> dict[int, list[tuple[str, date]]]:
    """What else the office owes on these matters: matter → (kind, last day)."""
    found: dict[int, list[tuple[str, date]]] = {}
    rows = Clock.objects.filter(matter__in=ids, status=Clock.Status.RUNNING).order_by()
    for pk, kind, due in rows.values_list("matter_id", "kind", "due_on"):
        if kind in KINDS and KINDS[kind].by == OWED and KINDS[kind].leads:
            found.setdefault(pk, []).append((kind, due))
    return found


#: every source of the officer's desk, each a fixed number of queries
SOURCES: list[Source] = [
    own_matters,
]

LATE, TODAY, WEEK, LATER, OTHERS = "已超期", "今天", "本周", "以后", "等别人"


@dataclass(frozen=True)
class Line:
    """A duty as it is shown on a day. left: 还有 3 天, 今天到期, 超期 2 天; tone: late, soon, fine."""

    duty: Duty
    left: str
    tone: str

    @property
    def dated(self) -> bool:
        """Whether the day stands below the words: not where they name it themselves."""
        return self.duty.due is not None and not self.left.startswith("至")


@dataclass(frozen=True)
class Group:
    """Lines of one heading, and how many more there are than are shown."""

    name: str
    lines: list[Line]
    more: int = 0


_SHOWN = 40  # lines of one group on the page


def gather(user: Any, on: date) -> list[Duty]:
    """All duties of a person, the earliest first; those without a day at the end."""
    found = [duty for source in SOURCES for duty in source(user, on)]
    return sorted(found, key=lambda duty: (duty.due is None, duty.due or on, duty.number))


def grouped(duties: Iterable[Duty], on: date) -> list[Group]:
    """Duties under their headings in the order of urgency; headings without lines are left out.

    What is late is shown as late whoever has to move; only what is in time may wait for others.
    """
    sunday = end_of_week(on)
    heaps: dict[str, list[Line]] = {name: [] for name in (LATE, TODAY, WEEK, LATER, OTHERS)}
    for duty in duties:
        heaps[_heading(duty, on, sunday)].append(_line(duty, on))
    return [
        Group(name, lines[:_SHOWN], max(len(lines) - _SHOWN, 0))
        for name, lines in heaps.items()
        if lines
    ]


def _heading(duty: Duty, on: date, sunday: date) -> str:
    if duty.due and duty.due < on and not _window(duty):
        return LATE
    if duty.waits:
        return OTHERS
    if duty.due == on:
        return TODAY
    return WEEK if duty.due and duty.due <= sunday else LATER


def _window(duty: Duty) -> bool:
    """Whether the day is one until which somebody outside may act: nobody here is late then."""
    return duty.waits in ("信访人", "上级", "来文单位")


def _line(duty: Duty, on: date) -> Line:
    if duty.due is None:
        return Line(duty, "", "fine")
    if _window(duty):
        return Line(duty, "期满" if duty.due < on else f"至 {duty.due:%m-%d}", "fine")
    tone = "late" if duty.due < on else "soon" if duty.due <= on + timedelta(days=7) else "fine"
    return Line(duty, words_left(duty.due, on), tone)
