"""Clocks for what was open before there was a ledger of them."""

import secrets
from datetime import timedelta

from django.db import migrations, models
from django.utils import timezone

_BITE = 1000
_WHY = "升级：原有期限转入期限台账"
#: the kinds there were before the ledger → (field of the matter they count from, days, unit, article)
_BEFORE = {
    "notice": ("received_on", 15, "day", "《信访工作条例》第二十三条"),
    "hand_over": ("received_on", 3, "workday", "内部时限（《信访工作条例》第三十条）"),
    "handle": ("accepted_on", 60, "day", "《信访工作条例》第三十四条"),
    "duty": ("accepted_on", 60, "day", "《行政诉讼法》第四十七条（两个月，按 60 日计）"),
    "accompany": ("accepted_on", 30, "day", "内部时限（《信访工作条例》第三十一条未定天数）"),
    "suggestion": ("accepted_on", 30, "day", "内部时限（《信访工作条例》第二十九条未定天数）"),
    "review_ask": ("answered_on", 30, "day", "《信访工作条例》第三十五条"),
}


def begin_clocks(apps, schema_editor):
    """Every open matter whose limit no clock tells of gets one; run again, it adds nothing."""
    Matter, Clock = apps.get_model("matters", "Matter"), apps.get_model("matters", "Clock")
    told = Clock.objects.filter(matter=models.OuterRef("pk"), status="running")
    rows = Matter.objects.filter(due_on__isnull=False).exclude(models.Exists(told)).order_by("pk")
    limits = {
        (row.profile_id, row.kind): (row.days, row.unit, row.article)
        for row in apps.get_model("matters", "RuleLimit").objects.all()
    }
    calendar = dict(apps.get_model("office", "CalendarDay").objects.values_list("day", "working"))
    last = None
    while some := list(rows.filter(**({} if last is None else {"pk__gt": last}))[:_BITE]):
        last = some[-1].pk
        _begin(apps, some, limits, calendar)


def _begin(apps, matters, limits, calendar):
    Clock, Line = apps.get_model("matters", "Clock"), apps.get_model("matters", "ClockLine")
    clocks, sums = [], []
    for matter in matters:
        start, limit = _sum(matter, limits, calendar)
        clocks.append(
            Clock(
                pk=-(10**15 + secrets.randbelow(8 * 10**15)) if matter.sealed else None,
                matter_id=matter.pk, kind=matter.due_kind, round=matter.round, start_on=start,
                due_on=matter.due_on, by_calendar=bool(limit) and _by_calendar(matter, limit),
            )
        )
        sums.append(limit)
    Clock.objects.bulk_create([clock for clock in clocks if clock.pk])
    Clock.objects.bulk_create([clock for clock in clocks if not clock.pk])
    now = timezone.now()
    Line.objects.bulk_create([_line(Line, *pair, calendar, now) for pair in zip(clocks, sums, strict=False)])
    _tell(apps, matters, clocks, now)


def _sum(matter, limits, calendar):
    """(first day, limit) when the stored last day is that sum; (day, None) for a day as it stands."""
    if matter.due_kind not in _BEFORE:
        return min(matter.received_on, matter.due_on), None
    name, *national = _BEFORE[matter.due_kind]
    start = getattr(matter, name) or matter.received_on
    limit = limits.get((matter.profile_id, matter.due_kind), tuple(national))
    day, left = start, limit[0]
    while left:
        day += timedelta(days=1)
        left -= limit[1] != "workday" or _works(day, calendar)
    if day == matter.due_on and (matter.due_kind != "review_ask" or _works(day, calendar)):
        return start, limit
    return min(start, matter.due_on), None  # the petitioner was told this day: it stays


def _works(day, calendar):
    return calendar.get(day, day.weekday() < 5)


def _by_calendar(matter, limit):
    return limit[1] == "workday" or matter.due_kind == "review_ask"


def _line(Line, clock, limit, calendar, now):
    met = sorted(day for day in calendar if clock.start_on < day <= clock.due_on)
    used = [f"{day:%Y-%m-%d}{'+' if calendar[day] else '-'}" for day in met]
    days, unit, article = limit or (0, "", _WHY)
    return Line(
        clock=clock, what="start" if limit else "fixed", on=clock.start_on,
        start_on=clock.start_on, days=days, unit=unit, due_on=clock.due_on, article=article,
        calendar=" ".join(used) if clock.by_calendar else "", at=now,
    )


def _tell(apps, matters, clocks, now):
    """The history of the new clocks, and the log of changes."""
    History, Change = apps.get_model("matters", "HistoricalClock"), apps.get_model("office", "Change")
    names = [field.attname for field in clocks[0]._meta.concrete_fields]
    shape, _ = apps.get_model("office", "ChangeShape").objects.get_or_create(
        kind="matters.clock", fields=","  # of a new row no field is named
    )
    History.objects.bulk_create(
        History(
            **{name: getattr(clock, name) for name in names},
            history_date=now, history_change_reason=_WHY, history_type="+",
        )
        for clock in clocks
    )
    told = History.objects.filter(id__in=[clock.pk for clock in clocks], history_type="+")
    keys = dict(told.values_list("id", "history_id"))
    Change.objects.bulk_create(
        Change(
            kind="matters.clock", object_id=clock.pk, history_id=keys[clock.pk],
            root_kind="matters.matter", root_id=matter.pk, label=matter.number, at=now,
            action="+", reason=_WHY, shape=shape, unit_id=matter.lead_unit_id,
            sealed=matter.sealed,
        )
        for matter, clock in zip(matters, clocks, strict=False)
    )


class Migration(migrations.Migration):

    dependencies = [("matters", "0015_life_cycle"), ("office", "0010_desk_of_looks")]

    operations = [migrations.RunPython(begin_clocks, migrations.RunPython.noop)]
