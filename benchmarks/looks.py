"""Writing a look, the record with and without looks, the auditor's desk, the jobs of its rules.

Goals: a look <= 3 x a bare INSERT; a record whose look holds <= 1.3 x the masked one; each page of
the desk <= 3 x the admin's home page, growth from 1k to 1M looks <= 1.3; the jobs <= 100 ms for
1,000 looks.
"""

import random
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count

from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse

from benchmarks.measuring import report, rounds
from benchmarks.pages import opening, queries, visitor
from benchmarks.seeding import person, seed
from casework.matters.models import Matter
from casework.matters.opening import BOTH
from office.bulk import insert_rows
from office.clock import at, now, today
from office.history import acting
from office.look_findings import DAYS_JOB, HOURS_JOB, follow_days, follow_hours
from office.looks import log_look
from office.models import Job, Look, LookFinding, Unit, User
from office.posts import posts_of

MATTERS, PEOPLE, DAYS, BATCH = 20_000, 100, 730, 20_000
RECORD = "wagtailsnippets_matters_matter:inspect"
SAME = 60  # rows of the person and the record whose pages are measured, and findings: a full page
_later = count(1)


def run(rows: int) -> dict[str, float]:
    officer = seed(MATTERS)
    fill(rows)
    follow(rows)
    print(
        f"{Look.objects.count()} looks of {PEOPLE} people at {MATTERS} records,"
        f" {LookFinding.objects.count()} findings ({connection.vendor})"
    )
    return writing(officer) | record(officer) | desk()


def fill(rows: int) -> None:
    """Looks of two years: most in office hours, a few in the evening and in bursts."""
    mark = settings.VAR_DIR / f"looked-{connection.vendor}"
    if mark.exists():
        return
    with acting(None, "seed"):
        units = list(Unit.objects.filter(kind="section"))
        person("reader", "unit_head", units[0])
        who = [person(f"looker{n}", "officer", units[n % len(units)]) for n in range(PEOPLE)]
    posts = {one.pk: posts_of(one)[0] for one in who}
    matters = list(Matter.objects.order_by("pk").values_list("pk", "number"))
    dice, start = random.Random(7), now() - timedelta(days=DAYS)
    step = timedelta(days=DAYS) / rows
    same = User.objects.get(username="looker7"), matters[7]
    for first in range(0, rows, BATCH):
        looks = []
        for n in range(first, min(first + BATCH, rows)):
            one, (pk, number) = dice.choice(who), dice.choice(matters)
            if n < SAME:
                one, (pk, number) = same
            looks.append(
                Look(
                    kind="matters.matter",
                    object_id=pk,
                    label=number,
                    at=start + n * step,
                    person=one,
                    post=posts[one.pk],
                    what="诉求与经过",
                    purpose="承办本事项",
                    typed=False,
                    outside=n % 50 == 0,
                )  # fmt: skip
            )
        with transaction.atomic():
            insert_rows(looks)
    for n in range(SAME):
        LookFinding.objects.create(
            rule="after", key=f"same:{n}", at=now(), day=today(), person=same[0], first=1, last=1,
            count=1, told="上班时间（8:00—18:00）以外查看 1 件（设定 1 件），22:30 至 22:30",
        )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mark.write_text(str(rows))


def follow(rows: int) -> None:
    """The jobs over the newest looks, as they would have run every ten minutes."""
    newest, some = Look.objects.order_by("-id")[0], min(rows, 10_000)
    Job.objects.update_or_create(name=HOURS_JOB, defaults={"cursor": newest.pk - some})
    began = time.perf_counter()
    done = follow_hours(now())
    spent = time.perf_counter() - began
    done = max(done, 1)
    print(f"rules of the hour: {spent / done * 1e6:.0f} ms for 1,000 looks ({done})")
    last = newest.at.date().toordinal() - 8
    Job.objects.update_or_create(name=DAYS_JOB, defaults={"cursor": last})
    began = time.perf_counter()
    days = follow_days(now())
    spent = time.perf_counter() - began
    looks = max(rows / DAYS * days, 1)
    print(f"rules of the day: {spent / looks * 1e6:.0f} ms for 1,000 looks ({days} days)")


def writing(officer: User) -> dict[str, float]:
    """A look, each in a transaction of its own, against the same row written by hand."""
    matter = Matter.objects.order_by("pk")[0]
    post = posts_of(officer)[0]
    columns = (
        "kind, object_id, label, at, person_id, post_id, what, purpose, address, sealed, act,"
        " typed, outside"
    )
    statement = f"INSERT INTO office_look ({columns}) VALUES ({', '.join(['%s'] * 13)})"

    def bare() -> None:
        moment = connection.ops.adapt_datetimefield_value(now())
        row = [
            "matters.matter", matter.pk, matter.number, moment, officer.pk, post.pk, "诉求与经过",
            "承办本事项", None, False, "open", False, False,
        ]  # fmt: skip
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement, row)

    def ours() -> None:
        with transaction.atomic():
            log_look(officer, matter, "诉求与经过", purpose="承办本事项", post=post)

    return report(rounds({"bare INSERT": bare, "a look": ours}, times=100), "bare INSERT")


def record(officer: User) -> dict[str, float]:
    """The page of a matter in hand: masked, open while a look holds, and with two looks written."""
    matter = Matter.objects.filter(due_on__isnull=False).order_by("pk")[0]
    with acting(None, "bench"):
        matter.officer = officer
        matter.lead_unit = posts_of(officer)[0].unit
        matter.save()
    path, reader = reverse(RECORD, args=[matter.pk]), User.objects.get(username="reader")
    for what in BOTH:
        log_look(reader, matter, what, purpose="督办前了解进展")
    read, work = opening(visitor("reader"), path), opening(visitor("officer"), path)

    def later(act: Callable[[], object]) -> Callable[[], object]:
        """The page when no look holds any more."""

        def opened() -> object:
            with at(now() + timedelta(minutes=16) * next(_later)):
                return act()

        return opened

    acts = {
        "record, masked": later(read),
        "record, looks hold": read,
        "record of an officer, looks hold": work,
        "record of an officer, two looks": later(work),
    }
    print("queries: " + ", ".join(f"{name} {queries(act)}" for name, act in acts.items()))
    return report(rounds(acts, times=5), "record, masked")


def desk() -> dict[str, float]:
    client = visitor("auditor")
    who = User.objects.get(username="looker7").pk
    number = Matter.objects.order_by("pk")[7].number
    person_page, record_page = reverse("office_looks_person"), reverse("office_looks_record")
    acts = {
        "admin home": opening(client, reverse("wagtailadmin_home")),
        "desk by rule": opening(client, reverse("office_look_findings")),
        "desk by rule, open ones": opening(
            client, reverse("office_look_findings") + "?rule=after&state=open"
        ),
        "desk by person": opening(client, f"{person_page}?person={who}"),
        "desk by record": opening(client, f"{record_page}?record={number}"),
    }
    print("queries: " + ", ".join(f"{name} {queries(act)}" for name, act in acts.items()))
    return report(rounds(acts, times=3), "admin home")
