"""为什么是这一天: the limits of a matter, each with its sum line by line and who owes it."""

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from django.urls import reverse

from casework.matters.clocks import ABOVE, KINDS, MAY_ASK
from casework.matters.counting.replay import Step, steps
from casework.matters.counting.strip import Strip, draw
from casework.matters.models import Clock, ClockLine, Matter
from casework.matters.opinions import promise_of
from casework.matters.table import LABELS
from casework.matters.ticking.telling import reminders
from office.calendar import exceptions, known_years
from office.clock import today
from office.models import CalendarDay
from office.workdays import is_provisional, words_left

_WEEKDAYS = "一二三四五六日"
_RUNNING, _MET = Clock.Status.RUNNING, Clock.Status.MET
_L = ClockLine.What
#: before a unit leads, and of what the office itself owes whoever leads
_OFFICE = ("notice", "objection", "routing", "sender", "hand_over", "report_back")
_STATUTORY = ("notice", "handle", "fast", "duty", "suggestion")


@dataclass(frozen=True)
class ClockCard:
    """left: 还有 47 天; lines: the sum line by line, [] when the date was taken over as it is.

    beside: what else is to be kept, beside the one that leads: 来文要求的时限 2026-11-26; owes: who
    it is up to; url: the page with the whole sum; reminded: what the clock told of it, "" nothing.
    """

    label: str
    left: str
    due_on: date
    lines: list[str]
    provisional: str
    owes: str = ""
    beside: list[str] = field(default_factory=list)
    url: str = ""
    reminded: str = ""


@dataclass(frozen=True)
class SumLine:
    """One line of a sum: by which act and on which day, what it did, on what ground, what it led to."""

    act: str
    on: date
    words: str
    article: str
    due_on: date


@dataclass(frozen=True)
class Told:
    """A clock as its section and its page tell it.

    left: days in words, or how it ended; unmoved: the day before it left a day off, None when it did
    not; leads: whether the lists go by it; reminded: as of `ClockCard`.
    """

    clock: Clock
    label: str
    owes: str
    left: str
    late: bool
    lines: list[SumLine]
    last: str
    provisional: str
    url: str
    leads: bool = False
    unmoved: date | None = None
    strip: Strip | None = None
    reminded: str = ""

    @property
    def running(self) -> bool:
        return self.clock.status == _RUNNING


@dataclass(frozen=True)
class Clocks:
    """The section of the record. earlier: why the leading one goes before the other, "" for one."""

    running: list[Told]
    ended: list[Told]
    earlier: str


def clock_card(matter: Matter, on: date) -> ClockCard | None:
    """The card of the limit that leads on a day; None when nothing runs."""
    if matter.due_on is None:
        return None
    rows = [clock for clock in _clocks(matter) if clock.status == _RUNNING]
    rows = [clock for clock in rows if clock.kind == matter.due_kind]
    first = next((clock for clock in rows if clock.due_on == matter.due_on), None)
    if first is None:
        label = KINDS[matter.due_kind].label if matter.due_kind in KINDS else "期限"
        return ClockCard(label, words_left(matter.due_on, on), matter.due_on, [], "")
    told = _tell(first, matter, on, known_years())
    lines = [f"{line.act}：{line.words}" for line in told.lines]
    lines += [f"依据：{line.article}" for line in told.lines if line.article]
    return ClockCard(
        told.label, told.left, first.due_on, [*lines, told.last], told.provisional, told.owes,
        _beside(matter, first), told.url, reminders([first]).get(first.pk, ""),
    )  # fmt: skip


def _clocks(matter: Matter) -> list[Clock]:
    """The clocks of a matter with their lines and acts; of one that was sealed once, none of then."""
    rows = matter.clocks.prefetch_related("lines__move").select_related("started_by")
    found = list(rows.order_by("due_on", "pk"))
    return found if matter.sealed else [clock for clock in found if clock.kind != "hand_over"]


def _beside(matter: Matter, first: Clock) -> list[str]:
    rows = matter.clocks.filter(status=_RUNNING).exclude(pk=first.pk).order_by("due_on", "pk")
    return [
        f"{KINDS[clock.kind].label} {clock.due_on:%Y-%m-%d}"
        for clock in rows
        if KINDS[clock.kind].leads
    ]


def section(user: Any, matter: Matter, opened: Collection[str]) -> Clocks | None:
    """The clocks on the record, what runs first; None for a matter that never had one."""
    on, years = today(), known_years()
    rows = _clocks(matter)
    said = reminders(rows) if rows else {}
    told = [
        replace(_tell(clock, matter, on, years), reminded=said.get(clock.pk, "")) for clock in rows
    ]
    if not told:
        return None
    running = [one for one in told if one.running]
    return Clocks(running, [one for one in told if not one.running], _earlier(running))


def _earlier(running: list[Told]) -> str:
    """Which of the statutory and the sender's limit leads, and that both are kept."""
    mine = [one for one in running if one.leads]
    others = [one for one in running if one.clock.kind == "sender" or one.clock.kind in _STATUTORY]
    if not mine or len(others) < 2 or not any(one.clock.kind == "sender" for one in others):
        return ""
    return f"法定期限和来文要求的时限都要守，先到的是“{mine[0].label}”，列表按它排。"


def told_clock(matter: Matter, pk: int, on: date) -> Told | None:
    """One clock of a matter with its strip; None when it is not one of those shown."""
    clock = next((row for row in _clocks(matter) if row.pk == pk), None)
    return None if clock is None else _tell(clock, matter, on, known_years(), drawn=True)


def _tell(
    clock: Clock, matter: Matter, on: date, years: Collection[int], *, drawn: bool = False
) -> Told:
    rows = sorted(clock.lines.all(), key=lambda line: line.pk)
    found = steps(clock, rows)
    last = found[-1]
    unmoved = last.unmoved if last.unmoved != last.due_on else None
    return Told(
        clock, KINDS[clock.kind].label, owes(clock, matter), *_left(clock, on),
        [_line(step) for step in found], _ends(last, clock, unmoved), _provisional(last, clock, years),
        reverse("matters:clock", args=[matter.pk, clock.pk]),
        clock.status == _RUNNING and (clock.due_on, clock.kind) == (matter.due_on, matter.due_kind),
        unmoved, _strip(last, found, on) if drawn else None,
    )  # fmt: skip


def owes(clock: Clock, matter: Matter) -> str:
    """Who it is up to: the office, its unit and officer, the petitioner, a superior."""
    by = KINDS[clock.kind].by
    if by == MAY_ASK:
        return "信访人"
    if by == ABOVE:
        return "上级机关"
    if matter.sealed:
        return "密件保管人"
    if clock.kind == "performance":
        promise = promise_of(matter, clock.subject)
        return str(promise.unit if promise else matter.lead_unit or "")
    if clock.kind in _OFFICE or matter.lead_unit is None:
        return "信访办公室"
    return f"{matter.lead_unit} {matter.officer or ''}".strip()


def _left(clock: Clock, on: date) -> tuple[str, bool]:
    """How much is left, or how it ended; whether that is too late."""
    if clock.status == _RUNNING:
        if KINDS[clock.kind].by == MAY_ASK and clock.due_on < on:
            return "期满", False
        return words_left(clock.due_on, on), clock.due_on < on
    if clock.status == _MET and clock.ended_on:
        late = (clock.ended_on - clock.due_on).days
        told = f"{clock.ended_on:%Y-%m-%d} 履行，" + (f"超期 {late} 天" if late > 0 else "按期")
        return told, late > 0
    return f"{clock.ended_on:%Y-%m-%d} 起不再计算", False


def _line(step: Step) -> SumLine:
    line, move = step.line, step.line.move
    act = LABELS.get(move.name, move.name) if move else line.get_what_display()
    return SumLine(act, line.on, _words(line), line.article, line.due_on)


def _unit(unit: str) -> str:
    return "个工作日" if unit == "workday" else "日（自然日）"


def _words(line: ClockLine) -> str:
    """What a line does to the sum."""
    day = f"{line.start_on:%Y-%m-%d}"
    if line.what == _L.START:
        return f"{day} 起算（当日不算），加 {line.days} {_unit(line.unit)}"
    if line.what == _L.FIXED:
        return f"{day} 起，最后一天定为 {line.due_on:%Y-%m-%d}"
    if line.what == _L.LENGTHEN:
        return f"延长 {line.days} {_unit(line.unit)}"
    if line.what == _L.EXCLUDE:
        return f"{day} 起的 {line.days} 天听证不计"
    if line.what == _L.RECOUNT:
        return "工作日历改动，按新日历重新数"
    if line.move is not None and line.move.name == "change_profile":
        return f"仍从 {day} 起算，按新方案改为 {line.days} {_unit(line.unit)}"
    if line.days:
        return f"起算日更正为 {day}（当日不算），加 {line.days} {_unit(line.unit)}"
    return f"起算日更正为 {day}，最后一天不变"


def _ends(step: Step, clock: Clock, unmoved: date | None) -> str:
    """The last line: which day it is, and what a day off does to it."""
    told = f"等于：{clock.due_on:%Y-%m-%d}（星期{_WEEKDAYS[clock.due_on.weekday()]}）"
    if unmoved:
        return f"{told}，{unmoved:%Y-%m-%d} 是休息日，顺延到下一个工作日"
    if step.sum.fixed is not None or step.sum.moves or step.sum.unit == "workday":
        return told
    return f"{told}，遇节假日不顺延"


def _provisional(step: Step, clock: Clock, years: Collection[int]) -> str:
    if clock.status != _RUNNING or step.sum.fixed is not None:
        return ""
    if not is_provisional(clock.start_on, clock.due_on, years):
        return ""
    year = next(
        year for year in range(clock.start_on.year, clock.due_on.year + 1) if year not in years
    )
    if not step.sum.bound:
        return f"{year} 年节假日尚未公布。这个期限按自然日算，不受影响。"
    return f"暂定：{year} 年节假日尚未公布，先按周一至周五算。"


def _strip(last: Step, found: list[Step], on: date) -> Strip:
    """By the calendar the line kept; a sum of plain days kept none and is drawn with today's."""
    start, due = last.sum.start, last.due_on
    calendar = last.calendar if last.sum.bound else exceptions(start, due)
    names = dict(CalendarDay.objects.filter(day__range=(start, due)).values_list("day", "name"))
    out = [(s.line.start_on, s.line.days) for s in found if s.line.what == _L.EXCLUDE]
    return draw(last.sum, calendar, names, on, out)
