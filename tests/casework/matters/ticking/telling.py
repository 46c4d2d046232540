"""What tests of the clock ask: let it be another day, pass, and read what was marked and told."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from casework.matters.models import Clock, Matter
from casework.matters.ticking.passing import run
from office import clock
from office.models import TickMark

MONDAY = date(2026, 11, 23)


def on(day: date, hour: int = 12):
    """The house on another day."""
    return clock.at(datetime.combine(day, time(hour), ZoneInfo("Asia/Shanghai")))


def passed(day: date) -> int | None:
    """A pass on that day; how many marks it wrote."""
    with on(day):
        return run(day)


def marks(of: Clock | Matter, *, told: bool | None = None) -> list[str]:
    """What was marked of a clock or of all clocks of a matter, in the order it was written."""
    keys = [of.pk] if isinstance(of, Clock) else list(of.clocks.values_list("pk", flat=True))
    rows = TickMark.objects.filter(kind="matters.clock", object_id__in=keys).order_by("pk")
    return [row.what for row in rows if told in (None, row.told)]


def told(of: Clock | Matter) -> list[str]:
    return marks(of, told=True)
