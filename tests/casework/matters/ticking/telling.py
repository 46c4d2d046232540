"""What tests of the clock ask: let it be another day, pass, and read what was marked and told."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction

from casework.matters.models import Clock, Matter, RuleProfile
from casework.matters.profiles import setting_of
from casework.matters.ticking.passing import run
from office import clock
from office.calendar import known_years
from office.history import acting
from office.models import CalendarYear, TickMark
from tests.casework.matters.counter import all_said
from tests.casework.matters.opinions import making
from tests.casework.matters.rules.making import drafted

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


def ending_rules(rules, since):
    """Rules in force from a day on that call a matter ended when nobody asked for a review; the
    holidays of these years are known.
    """
    with acting(None, "测试"):
        for year in {2026, 2027} - known_years():
            CalendarYear(year=year, source="测试").save()
    local = drafted("期满即终结的方案", since=since)
    with transaction.atomic(), acting(None, "测试"):
        rules.valid_to = since - timedelta(days=1)
        rules.save()
        row = local.settings.get(key="lapse")
        row.value = "final"
        row.save()
        local.stage, local.digest = RuleProfile.Stage.APPROVED, "期满即终结"
        local.save()
    assert setting_of(local, "lapse") == "final"


def answered(cast, street):
    """In its window, with nothing left to say."""
    matter = making.answered(cast, street)
    all_said(matter, cast.officer)
    return matter
