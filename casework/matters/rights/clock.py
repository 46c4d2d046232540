"""The limit of a request: a sum of working days that can be shown, as every clock of the house."""

from datetime import date, timedelta
from typing import Any

from casework.matters.clockcard import ClockCard
from office.calendar import exceptions, known_years
from office.workdays import add_workdays, is_provisional, words_left

SOURCE = "内部时限（《个人信息保护法》第四十五、四十六条要求“及时”，未定天数）"


def due_day(received_on: date, days: int) -> date:
    """The last day of an answer: `days` working days, the day of receipt not counted."""
    # No month is without working days: the table of exceptions reaches far enough.
    reach = received_on + timedelta(days=2 * days + 31)
    return add_workdays(received_on, days, exceptions(received_on, reach))


def card(request: Any, on: date) -> ClockCard | None:
    """为什么是这一天; None when nothing runs."""
    if request.due_on is None:
        return None
    lines = [
        f"起算：{request.received_on:%Y-%m-%d}（收到当日不算）",
        f"加：{request.due_days} 个工作日",
        f"依据：{SOURCE}",
        f"等于：{request.due_on:%Y-%m-%d}",
    ]
    if due_day(request.received_on, request.due_days) != request.due_on:
        lines.insert(3, "登记之后工作日历改过，期限照登记时算的，不往后移")
    provisional = ""
    if is_provisional(request.received_on, request.due_on, known_years()):
        provisional = f"暂定：{request.due_on.year} 年节假日尚未公布，先按周一至周五算。"
    return ClockCard("答复", words_left(request.due_on, on), request.due_on, lines, provisional)
