"""The look ledger read by rule: jobs write down what the rules find.

Findings are written once the hour or the day they are about is over, so that they never change, and
under a key of the occasion, so that no second run writes them again. A number changed later holds
from then on: what was found before keeps the words and numbers it was found by. Looks at sealed
records are in no finding.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import takewhile

from django.db import connection
from django.db.models import Min
from django.utils.timezone import localdate

from office.audit import leave_out_sealed
from office.calendar import exceptions
from office.clock import now
from office.keyset import Branch, Search
from office.look_rules import (
    BY_KEY,
    DAILY,
    HOUR,
    HOURLY,
    Day,
    Found,
    Measures,
    Seen,
    find_people,
)
from office.models import Job, Look, LookFinding
from office.workdays import is_workday

HOURS_JOB, DAYS_JOB = "look_hours", "look_days"
_SETTLED = timedelta(minutes=2)  # a look committed late may be older than one seen already
_BITE = 5_000  # looks taken up at a time
_BITES = 20  # in one run: a job gives its worker back soon
_DAYS = 40  # in one run
_BUSY = 100  # records that many people opened, read in one query
_MOST = 100_000  # looks of one day, or of the days a record is asked about


def follow_hours(moment: datetime) -> int:
    """Ask the rules of the hour about looks an hour old; how many looks were new.

    The place in the ledger is kept in the job's row: only who looked since is looked at again.
    """
    job, _ = Job.objects.get_or_create(name=HOURS_JOB)
    upto, done, measures = moment - HOUR - _SETTLED, 0, Measures.in_force()
    for _ in range(_BITES):
        rows = Look.objects.filter(id__gt=job.cursor).order_by("id")
        bite = rows.values_list("id", "at", "person_id")[:_BITE]
        ready = list(takewhile(lambda row: row[1] <= upto, bite))
        if not ready:
            break
        people: dict[date, set[int]] = defaultdict(set)
        for _, at, person in ready:
            people[localdate(at)].add(person)
        for day, ids in people.items():
            looks = [look for look in _seen(_looks_on(day, day)) if look.person_id in ids]
            _find(HOURLY, day, looks, measures, over=upto)
        job.cursor = ready[-1][0]
        job.save(update_fields=["cursor"])
        done += len(ready)
    return done


def follow_days(moment: datetime) -> int:
    """Ask the rules of the day about days that are over; how many days were new.

    The job's row keeps the ordinal of the last day it asked about.
    """
    job, _ = Job.objects.get_or_create(name=DAYS_JOB)
    last = localdate(moment - _SETTLED) - timedelta(days=1)
    if not job.cursor:
        first = Look.objects.aggregate(first=Min("at"))["first"]
        if first is None:
            return 0
        job.cursor = localdate(first).toordinal() - 1
    done, measures = 0, Measures.in_force()
    while job.cursor < last.toordinal() and done < _DAYS:
        day = date.fromordinal(job.cursor + 1)
        _find(DAILY, day, _seen(_looks_on(day, day)), measures)
        _find_by_record(day, measures)
        job.cursor += 1
        job.save(update_fields=["cursor"])
        done += 1
    return done


def _looks_on(first: date, last: date) -> Search:
    """The looks of these days at records that were not sealed then and are not now."""
    found = Search(Look)
    found.require("NOT sealed")
    leave_out_sealed(found, "kind", "object_id")
    found.between(first, last)
    return found


def _seen(search: Search) -> list[Seen]:
    """The looks of a search, oldest first."""
    ids = search.ids(_MOST)
    rows: list[Seen] = []
    for start in range(0, len(ids), _BITE):
        some = Look.objects.filter(pk__in=ids[start : start + _BITE]).order_by()
        rows += [Seen(*row) for row in some.values_list(*Seen._fields)]
    return sorted(rows, key=lambda look: (look.at, look.id))


def _find(
    rules: Sequence[str],
    day: date,
    looks: Sequence[Seen],
    measures: Measures,
    over: datetime | None = None,
) -> None:
    """Write what these rules find in each person's looks of a day.

    over: only what began so early that nothing can be added to it any more.
    """
    persons: dict[int, list[Seen]] = defaultdict(list)
    for look in looks:
        persons[look.person_id].append(look)
    about = Day(day, is_workday(day, exceptions(day, day)))
    for person in sorted(persons):
        for key in rules:
            ask = BY_KEY[key].find
            for found in ask(persons[person], about, measures) if ask else ():
                if over is None or found.looks[0].at <= over:
                    _write(found, day)


def _find_by_record(day: date, measures: Measures) -> None:
    """Write which records reached the set number of people on a day."""
    if not measures.people:
        return
    first = day - timedelta(days=measures.people_days)
    busy = _busy(first, day, measures.people)
    if not busy:
        return
    search = _looks_on(first, day)
    for start in range(0, len(busy), _BUSY):
        looks = _seen(replace(search, branches=busy[start : start + _BUSY]))
        for found in find_people(looks, Day(day, working=True), measures):
            _write(found, day)


def _busy(first: date, last: date, people: int) -> list[Branch]:
    """The records at which so many different people looked, sealed or not: ways to read the looks."""
    search = Search(Look)
    search.between(first, last)
    table = connection.ops.quote_name(Look._meta.db_table)
    where = " AND ".join([*search.where, "object_id <> 0"])
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT kind, object_id FROM {table} WHERE {where} GROUP BY kind, object_id"
            " HAVING COUNT(DISTINCT person_id) >= %s ORDER BY kind, object_id",
            [*search.values, people],
        )
        return [Branch(("kind", "object_id"), pair) for pair in cursor.fetchall()]


def _write(found: Found, day: date) -> None:
    last = found.looks[-1]
    ids = [look.id for look in found.looks]
    about = {"kind": last.kind, "object_id": last.object_id, "label": last.label}
    who = {"person_id": last.person_id}
    LookFinding.objects.get_or_create(
        key=found.key,
        defaults={
            "rule": found.rule,
            "at": now(),
            "day": day,
            "first": min(ids),
            "last": max(ids),
            "count": found.count,
            "told": found.told,
            **(about if found.by_record else who),
        },
    )
