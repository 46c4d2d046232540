"""What a person has to do next, from every part of the room, one line a duty.

Other parts join by one line: in SOURCES a function `source(user, on)` that gives at most `MOST`
duties of matters the person sees, the earliest first; or in POINTERS one that points at matters by
key alone, seen or not: whether the person sees them is then asked once for all. Either by a fixed
number of indexed queries.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from casework.matters.clocks import KINDS, OWED, Limit
from casework.matters.coming import Facts, next_step
from casework.matters.forms.filters import end_of_week
from casework.matters.models import Clock, Matter, RuleProfile
from casework.matters.profiles import limits_of
from casework.matters.states import State
from office.workdays import words_left

MOST = 100  # lines of one source: nobody works off more in a day


@dataclass(frozen=True)
class Duty:
    """One line. what: the next step; matter: number and title; due: last day, None without one.

    also: another date that runs beside it, in words; kind: what sort of work, "" for the own matter;
    waits: whom it waits for when it is not this person's move; anybodys: whoever comes first does it.
    """

    what: str
    number: str
    title: str
    url: str
    due: date | None = None
    also: str = ""
    kind: str = ""
    waits: str = ""
    anybodys: bool = False


@dataclass(frozen=True)
class Pointer:
    """A duty before anything of its matter is read; what: "" for the matter's own next step."""

    matter: int
    what: str = ""
    url: str = ""
    due: date | None = None
    kind: str = ""


Source = Callable[[Any, date], list[Duty]]
Pointing = Callable[[Any, date], list[Pointer]]
_NOT_MINE = {"registrar", "office_head", "legal_reviewer", "leader", "unit_head"}
#: states whose next step names a limit of the profile
_BY_LIMIT = (State.REGISTERED,)
_READ = (
    "pk", "number", "title", "state", "klass", "path", "channel", "fast", "due_on", "due_kind",
    "profile_id",
)  # fmt: skip


def own_matters(user: Any, on: date) -> list[Pointer]:
    """The matters this person handles, by the index of officers. One query."""
    rows = Matter.objects.filter(officer=user.pk, due_on__isnull=False).order_by("due_on", "id")
    return [Pointer(pk) for pk in rows.values_list("pk", flat=True)[:MOST]]


#: every source of duties, each a fixed number of queries
SOURCES: list[Source] = []
POINTERS: list[Pointing] = [own_matters]


def gather(user: Any, on: date) -> list[Duty]:
    """All duties of a person, the earliest first; those without a day at the end."""
    found = _pointed(user, [one for pointing in POINTERS for one in pointing(user, on)])
    found += [duty for source in SOURCES for duty in source(user, on)]
    return sorted(found, key=lambda duty: (duty.due is None, duty.due or on, duty.number))


def _pointed(user: Any, pointers: list[Pointer]) -> list[Duty]:
    """The duties behind pointers at matters this person sees; the others are as if they were not.

    Two queries, whatever the number: the matters, and the clocks of the own ones.
    """
    keys = {one.matter for one in pointers}
    if not keys:
        return []
    seen = Matter.objects.visible_to(user).filter(sealed=False, destroyed_at=None, pk__in=keys)
    rows = {row["pk"]: row for row in seen.order_by().values(*_READ)}
    own = [one.matter for one in pointers if not one.what and one.matter in rows]
    beside = _running_beside(own)
    limits = _limits({row["profile_id"] for row in rows.values() if row["state"] in _BY_LIMIT})
    address = reverse("wagtailsnippets_matters_matter:inspect", args=[0])
    found = []
    for one in pointers:
        row = rows.get(one.matter)
        if row is None:
            continue
        if one.what:
            found.append(
                Duty(one.what, row["number"], row["title"], one.url, one.due, "", one.kind)
            )
            continue
        url = address.replace("/0/", f"/{one.matter}/")
        found.append(_own(row, url, beside.get(one.matter, []), limits))
    return found


def _limits(profiles: set[int]) -> dict[int, dict[str, Limit]]:
    if not profiles:
        return {}
    found = RuleProfile.objects.filter(pk__in=profiles)
    return {profile.pk: limits_of(profile) for profile in found}


def _own(
    row: Mapping[str, Any],
    url: str,
    beside: list[tuple[str, date]],
    limits: Mapping[int, Mapping[str, Limit]],
) -> Duty:
    facts = Facts(row["state"], row["klass"], row["path"], row["channel"], row["fast"], True)
    step = next_step(facts, limits.get(row["profile_id"], {}))
    due, kind = min(
        ((due, kind) for kind, due in beside if kind != row["due_kind"]), default=(None, "")
    )
    waits = step.who if step and (not step.ours or step.mover in _NOT_MINE) else ""
    if row["state"] == State.DRAFTED:
        waits = "审核人"  # by law or the office head: the draft tells
    return Duty(
        what=step.what if step else State(row["state"]).label,
        number=row["number"],
        title=row["title"],
        url=url,
        due=row["due_on"],
        also=f"{KINDS[kind].label} {due:%m-%d}" if due else "",
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


#: lines of each heading: what is owed soon in full, what may wait as far as it can be seen
_SHOWN = {LATE: 40, TODAY: 40, WEEK: 40, LATER: 12, OTHERS: 12}


def grouped(duties: Iterable[Duty], on: date, whole: bool = False) -> list[Group]:
    """Duties under their headings in the order of urgency; headings without lines are left out.

    What is late is shown as late whoever has to move; only what is in time may wait for others.
    """
    sunday = end_of_week(on)
    heaps: dict[str, list[Line]] = {name: [] for name in (LATE, TODAY, WEEK, LATER, OTHERS)}
    for duty in duties:
        heaps[_heading(duty, on, sunday)].append(_line(duty, on))
    shown = {name: len(lines) if whole else _SHOWN[name] for name, lines in heaps.items()}
    return [
        Group(name, lines[: shown[name]], max(len(lines) - shown[name], 0))
        for name, lines in heaps.items()
        if lines
    ]


def _heading(duty: Duty, on: date, sunday: date) -> str:
    if duty.due and duty.due < on and not _window(duty):
        return LATE
    if duty.waits:
        return OTHERS
    if duty.due in (on, None):  # without a day somebody waits for a word now
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
