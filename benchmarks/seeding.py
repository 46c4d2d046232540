"""A street with as many matters as asked for: made once a database, all through the bulk door."""

import random
from datetime import timedelta
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from casework.matters.models import Matter, Petitioner, SupportUnit
from casework.matters.profiles import make_national_profile
from casework.matters.states import Channel
from office.bulk import insert_rows, insert_tracked
from office.clock import now, today
from office.grants import make_groups
from office.history import acting
from office.models import Unit, User
from office.posts import appoint
from office.vault import new_data_key

UNITS = 100  # each leads 1 % of the matters
SUPPORTS = 100  # matters elsewhere that the measured officer's unit supports
BATCH = 5_000
_THINGS = [
    "电梯停运",
    "物业费公示",
    "夜间噪声",
    "加班费未付",
    "过渡费迟发",
    "楼道充电",
    "停车收费",
    "路灯不亮",
]


def seed(rows: int) -> User:
    """Fill the database to `rows` matters and return the restricted officer (unit 1)."""
    mark = settings.VAR_DIR / f"seeded-{connection.vendor}"
    if mark.exists():
        return User.objects.get(username="officer")
    make_groups()
    profile = make_national_profile()
    with acting(None, "seed"):
        street = Unit.add_root(name="云湖街道", kind="street", valid_from="2020-01-01")
        units = [
            street.add_child(name=f"第{n}科室", kind="section", valid_from="2020-01-01")
            for n in range(UNITS)
        ]
        officer = person("officer", "officer", units[0])
        person(
            "idle", "officer", street.add_child(name="空", kind="section", valid_from="2020-01-01")
        )
        person("auditor", "auditor", street)
        key = new_data_key()
        key.save()
        for start in range(0, rows, BATCH):
            fill(range(start, min(start + BATCH, rows)), units, profile, key, officer)
        elsewhere = Matter.objects.exclude(lead_unit=units[0]).filter(due_on__isnull=False)
        with transaction.atomic():
            insert_tracked(
                [
                    SupportUnit(matter=matter, unit=units[0], since=today())
                    for matter in elsewhere.order_by("?")[:SUPPORTS]
                ]
            )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mark.write_text(str(rows))
    return officer


def person(username: str, role: str, unit: Unit) -> User:
    user = User(username=username, name=username)
    user.set_unusable_password()
    user.save()
    appoint(user, unit, role, since=today() - timedelta(days=900))
    return user


def fill(numbers: range, units: list[Unit], profile, key, officer: User) -> None:
    """One batch: matters with petitioners, a twentieth of them open."""
    dice = random.Random(numbers.start)
    matters = [matter(n, dice, units, profile, key, officer) for n in numbers]
    with transaction.atomic():
        insert_tracked(matters)
        insert_rows([petitioner(one) for one in matters])


def matter(n: int, dice: random.Random, units: list[Unit], profile, key, officer: User) -> Matter:
    opened = n % 20 == 0
    received = today() - timedelta(days=dice.randrange(1, 40 if opened else 1000))
    one = Matter(
        number=f"XF{received.year}-{n:07d}",
        title=f"{dice.choice(_THINGS)}，第{n}件",
        channel=dice.choice(Channel.values),
        klass="C",
        path="C6",
        lead_unit=units[n % UNITS] if n % 40 else units[(n // 40) % UNITS],
        state="handling" if opened else "closed",
        received_on=received,
        accepted_on=received,
        due_on=received + timedelta(days=60) if opened else None,
        due_kind="handle" if opened else "",
        profile=profile,
        registered_at=now(),
        registered_by=officer if n % 1000 == 0 else None,
        data_key=key,
    )
    one.put("claim", f"第{n}件的诉求")
    return one


def petitioner(one: Matter) -> Petitioner:
    row = Petitioner(matter=one, name_hash=uuid4().hex)
    row.put("name", "韦小梅")
    row.put("phone", "19900001234")
    return row
