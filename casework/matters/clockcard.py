"""The running limit of a matter as a card: days left, last day, and why that day."""

from dataclasses import dataclass
from datetime import date

from casework.matters.clocks import KINDS
from casework.matters.models import Matter
from casework.matters.profiles import deadline_of
from office.calendar import known_years
from office.workdays import is_provisional, words_left


@dataclass(frozen=True)
class ClockCard:
    """left: 还有 47 天; lines: the sum line by line, [] when the date was taken over as it is."""

    label: str
    left: str
    due_on: date
    lines: list[str]
    provisional: str


def start_of(matter: Matter) -> date | None:
    """The day from which the running limit counts: sealed, received, accepted or answered."""
    kind = matter.due_kind
    if kind == "hand_over" and (sealed := matter.moves.filter(name="seal").order_by("pk").last()):
        return sealed.on
    if kind in ("notice", "hand_over"):
        return matter.received_on
    return matter.answered_on if kind == "review_ask" else matter.accepted_on


def clock_card(matter: Matter, on: date) -> ClockCard | None:
    """The card of the limit that runs on a day; None when nothing runs."""
    if matter.due_on is None:
        return None
    label, start = KINDS.get(matter.due_kind, "期限"), start_of(matter)
    left = words_left(matter.due_on, on)
    sum_of = deadline_of(matter, matter.due_kind, start) if start and label != "期限" else None
    if sum_of is None or start is None or sum_of.due_on != matter.due_on:
        return ClockCard(label, left, matter.due_on, [], "")
    limit = sum_of.limit
    unit = "日（自然日）" if limit.unit == "day" else "个工作日"
    lines = [
        f"起算：{start:%Y-%m-%d}（当日不算）",
        f"加：{limit.days} {unit}",
        f"依据：{limit.article}",
        f"等于：{matter.due_on:%Y-%m-%d}",
    ]
    if matter.due_kind != "review_ask":  # an office's own last day; a resident's window is kinder
        lines[-1] += "，遇节假日不顺延"
    return ClockCard(label, left, matter.due_on, lines, _provisional(matter, start, limit.unit))


def _provisional(matter: Matter, start: date, unit: str) -> str:
    if matter.due_on is None or not is_provisional(start, matter.due_on, known_years()):
        return ""
    if unit == "day":
        return f"{matter.due_on.year} 年节假日尚未公布。这个期限按自然日算，不受影响。"
    return f"暂定：{matter.due_on.year} 年节假日尚未公布，先按周一至周五算。"
