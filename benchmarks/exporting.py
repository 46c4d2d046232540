"""The 信访台账 of all matters as .xlsx: read, opened, masked, written; memory flat.

The yardstick reads the same columns by `values_list`, without vault and rights, and hands them to
the fastest writer there is (rustpy-xlsxwriter, compiled). Two ratios are printed: the whole export
to the yardstick, and writer to writer over the same plain rows. Each act has a process of its own;
each matter lies under a data key of its own, as intake leaves it.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from importlib import import_module
from importlib.util import find_spec
from itertools import islice
from typing import IO, Any

import django
from django.conf import settings
from django.db import connection, transaction

from benchmarks.measuring import ROUNDS, report
from benchmarks.writing import peak
from office.sheets.official import Head, write_csv, write_xlsx

YARDSTICK, SCAN = "raw read + fastest writer", "raw read"
OURS, ROWS, FIRST = "our export, .xlsx", "our rows, read and masked", "our export, a tenth of it"
PLAIN = "raw read + our writer"
RAW = {
    "number": "number", "registered_on": "received_on", "received_on": "received_on",
    "channel": "channel", "source": "source", "people_count": "people_count",
    "representatives": "representatives", "place": "community__name", "grid": "grid__name",
    "category": "category__name", "purpose": "klass", "claim": "title", "path": "path",
    "accepted_on": "accepted_on", "lead_unit": "lead_unit__name", "officer": "officer__name",
    "due_on": "due_on", "answered_on": "answered_on", "closed_on": "closed_on", "state": "state",
}  # fmt: skip


def listing() -> Any:
    """The export an auditor asks for: every matter, newest first."""
    from office.models import User  # noqa: PLC0415 - a process of its own sets Django up first
    from office.registries import exports  # noqa: PLC0415

    return exports["matters"].open(User.objects.get(username="auditor"), {"tab": "all"}, False)


def raw(columns: list[str]) -> Iterator[tuple]:
    """The same columns as they lie in the tables; personal data are read and left closed."""
    from casework.matters.models import Matter, Petitioner  # noqa: PLC0415

    names = [RAW[key] for key in columns if key in RAW]
    rows = Matter.objects.filter(sealed=False).order_by("-pk").values_list(*names)
    people = Petitioner.objects.order_by("-matter").values_list(
        "matter_id", "kind", "name", "phone"
    )
    known = {"petitioner": "韦*", "contact": "199****1234", "group": "否", "repeated": "初次"}
    at = {key: place for place, key in enumerate(key for key in columns if key in RAW)}
    pick = [(at.get(key), known.get(key)) for key in columns]
    closed = people.iterator()
    for row in rows.iterator():
        next(closed, None)
        yield tuple(known if place is None else row[place] for place, known in pick)


def fastest(file: IO[bytes], head: Head, columns: Any, rows: Iterator[tuple]) -> None:
    titles = [column.title for column in columns]
    writer = import_module("rustpy_xlsxwriter").FastExcel(file)
    writer.sheet(head.title, (dict(zip(titles, row, strict=True)) for row in rows)).save()


def act(name: str, rows: int) -> None:
    """One of the acts, written to a file that is thrown away."""
    found = listing()
    plain = raw([column.key for column in found.columns])
    with tempfile.TemporaryFile() as file:
        ways: dict[str, Callable[[], object]] = {
            SCAN: lambda: deque(plain, maxlen=0),
            ROWS: lambda: deque(found.rows(), maxlen=0),
            YARDSTICK: lambda: fastest(file, found.head, found.columns, plain),
            PLAIN: lambda: write_xlsx(file, found.head, found.columns, plain),
            OURS: lambda: write_xlsx(file, found.head, found.columns, found.rows()),
            FIRST: lambda: write_xlsx(
                file, found.head, found.columns, islice(found.rows(), rows // 10)
            ),
            "our export, .csv": lambda: write_csv(file, found.head, found.columns, found.rows()),
        }
        ways[name]()


NAMES = (SCAN, ROWS, PLAIN, YARDSTICK, OURS, "our export, .csv", FIRST)


def measured(name: str, rows: int) -> dict[str, float]:
    """Seconds and peak memory of one act in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.exporting", name, str(rows)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def prepare(rows: int) -> None:
    """The seeded matters with a key each, a place, a category, an officer and an answer."""
    from benchmarks.seeding import seed  # noqa: PLC0415
    from casework.matters.models import Category  # noqa: PLC0415
    from office.history import acting  # noqa: PLC0415
    from office.models import Unit  # noqa: PLC0415

    officer = seed(rows)
    mark = settings.VAR_DIR / f"own-keys-{connection.vendor}"
    if mark.exists():
        return
    with acting(None, "seed"):
        category = Category(code="WY", name="物业管理")
        category.save()
        place = Unit.objects.get(kind="street").add_child(
            name="青檀社区", kind="community", valid_from=date(2020, 1, 1)
        )
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE matters_matter SET category_id = %s, community_id = %s, officer_id = %s,"
            " source = '区信访局', answered_on = accepted_on, closed_on = CASE WHEN state = 'closed'"
            " THEN accepted_on END",
            [category.pk, place.pk, officer.pk],
        )
    own_keys()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    mark.touch()


def own_keys() -> None:
    """Each matter's data under a data key of its own."""
    from casework.matters.models import Matter, Petitioner  # noqa: PLC0415
    from office.models import DataKey  # noqa: PLC0415
    from office.vault import encrypt, new_data_key  # noqa: PLC0415

    numbers = iter(Matter.objects.order_by("pk").values_list("pk", flat=True).iterator())
    while some := list(islice(numbers, 5_000)):
        keys = DataKey.objects.bulk_create([new_data_key() for _ in some])
        pairs = list(zip(some, keys, strict=True))
        matters = [
            (key.pk, encrypt(key, "matters.matter.claim", f"第{pk}件的诉求".encode()), pk)
            for pk, key in pairs
        ]
        people = [
            (
                encrypt(key, "matters.petitioner.name", "韦小梅".encode()),
                encrypt(key, "matters.petitioner.phone", b"19900001234"),
                pk,
            )
            for pk, key in pairs
        ]
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(
                "UPDATE matters_matter SET data_key_id = %s, claim = %s WHERE id = %s", matters
            )
            cursor.executemany(
                f"UPDATE {Petitioner._meta.db_table} SET name = %s, phone = %s WHERE matter_id = %s",
                people,
            )


def run(rows: int) -> dict[str, float]:
    prepare(rows)
    names = list(NAMES)
    if not find_spec("rustpy_xlsxwriter"):
        print("rustpy-xlsxwriter is not installed here: no yardstick")
        names.remove(YARDSTICK)
    found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in random.sample(names, len(names)):
            found[name].append(measured(name, rows))
    base = YARDSTICK if YARDSTICK in found else SCAN
    middle = report({name: [e["seconds"] for e in each] for name, each in found.items()}, base)
    told(rows, found, middle)
    return middle


def told(rows: int, found: dict[str, list[dict[str, float]]], middle: dict[str, float]) -> None:
    """The ratios and the memory in words."""
    queries = found[ROWS][0]["queries"]
    print(
        f"our rows: {middle[ROWS] / rows * 1e6:.0f} µs and {queries / rows * 500:.2f} queries per 500 rows"
    )
    if YARDSTICK in middle:
        whole = middle[OURS] / middle[YARDSTICK]
        ours, theirs = middle[PLAIN] - middle[SCAN], middle[YARDSTICK] - middle[SCAN]
        print(
            f"whole export {whole:.2f} x yardstick (goal 2); writer to writer {ours / theirs:.2f}"
        )
    idle = statistics.median(each["idle"] for each in found[OURS])
    for name in (FIRST, OURS):
        most = statistics.median(each["peak"] for each in found[name])
        print(
            f"{name}: {(most - idle) / 2**20:.0f} MiB above the {idle / 2**20:.0f} MiB of an idle process"
        )


def main() -> None:
    """One act: its seconds, queries and memory as JSON."""
    django.setup()
    listing()  # what a process reads once is read
    if connection.vendor == "sqlite":  # the database's own cache has a size of its own
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA mmap_size=0")
            cursor.execute("PRAGMA cache_size=-2000")
    idle, before = peak(), time.process_time()
    counted = _Counted()
    with connection.execute_wrapper(counted):
        act(sys.argv[1], int(sys.argv[2]))
    numbers = {"seconds": time.process_time() - before, "peak": peak(), "idle": idle}
    print(json.dumps(numbers | {"queries": counted.number}))


class _Counted:
    """Counts statements without keeping them."""

    number = 0

    def __call__(self, execute: Callable[..., Any], *args: Any) -> Any:
        self.number += 1
        return execute(*args)


if __name__ == "__main__":
    main()
