"""Can the clock tell a sealed matter from one that does not exist? Interleaved requests, medians.

Goal: the medians of both lie within 5 % of each other at every door, as those of two absent ones do.
"""

import logging
import os
import random
import statistics
import time

from django.db import transaction
from django.test import Client

from benchmarks.pages import visitor
from benchmarks.seeding import person, seed
from casework.matters.approvals import ask
from casework.matters.models import Matter, MatterFile
from office.clock import now
from office.history import acting
from office.models import Unit, User
from office.search import index_changes

TIMES = int(os.environ.get("TIMES", "1000"))
DOORS = {
    "detail": "/admin/matters/inspect/{pk}/",
    "history": "/admin/matters/history/{pk}/",
    "a file's content": "/admin/matters/{pk}/files/{file}/content/",
    "list, its number": "/admin/matters/?tab=all&q={number}",
}


def staff() -> None:
    """Two custodians and an office head, made once."""
    street = Unit.objects.get(kind=Unit.Kind.STREET)
    with acting(None, "seed"):
        for username, role in (
            ("keeper1", "custodian"), ("keeper2", "custodian"), ("officehead", "office_head"),
        ):  # fmt: skip
            if not User.objects.filter(username=username).exists():
                person(username, role, street)


def sealed_matter(officer: User) -> MatterFile:
    """The file of a matter of the officer's own unit that was sealed since; made once."""
    found = MatterFile.objects.filter(matter__sealed=True).select_related("matter").first()
    if found is not None:
        return found
    matter = Matter.objects.visible_to(officer).open().order_by("-pk")[0]
    with transaction.atomic(), acting(officer, "seed"):
        file = MatterFile(
            matter=matter, path="2026/bench", kind="text/plain", size=1, sha256="0",
            added_by=officer, added_at=now(),
        )  # fmt: skip
        file.put("name", "说明.txt")
        file.save()
        ask(matter, "seal", by=officer, reason="测试")
    index_changes()
    return MatterFile.objects.select_related("matter").get(pk=file.pk)


def absent(pk: int) -> int:
    """A key that no matter has, of as many digits where there is one."""
    taken = set(Matter.objects.values_list("pk", flat=True))
    digits = len(str(pk))
    free = (n for n in range(10**digits - 1, 10 ** (digits - 1), -1) if n not in taken)
    return next(free, max(taken) + 1)


def interleaved(client: Client, paths: dict[str, str]) -> dict[str, list[float]]:
    """Milliseconds of TIMES requests of each address, in random order round by round."""
    found: dict[str, list[float]] = {name: [] for name in paths}
    for _ in range(20):
        answers = {client.get(path).status_code for path in paths.values()}
        if len(answers) != 1:
            raise RuntimeError(f"not the same answer: {answers} of {list(paths.values())}")
    for _ in range(TIMES):
        for name in random.sample(list(paths), len(paths)):
            started = time.perf_counter()
            client.get(paths[name])
            found[name].append((time.perf_counter() - started) * 1000)
    return found


def run(rows: int) -> dict[str, float]:
    officer = seed(rows)
    staff()
    file = sealed_matter(officer)
    matter = file.matter
    none = absent(matter.pk)
    stem = matter.number[:-6]
    there = {"pk": matter.pk, "file": file.pk, "number": matter.number}
    missing = {"pk": none, "file": file.pk, "number": f"{stem}987654"}
    other = {"pk": none, "file": file.pk, "number": f"{stem}987655"}
    logging.disable(logging.WARNING)
    print(f"{rows} matters, {TIMES} interleaved requests each; medians in ms")
    for who in ("officer", "officehead"):
        client = visitor(who)
        for door, address in DOORS.items():
            asked = {"sealed": there, "absent": missing, "absent again": other}
            paths = {name: address.format(**keys) for name, keys in asked.items()}
            middle = {k: statistics.median(v) for k, v in interleaved(client, paths).items()}
            print(
                f"{who:<12}{door:<20}sealed {middle['sealed']:7.3f}  absent {middle['absent']:7.3f}"
                f"  ratio {middle['sealed'] / middle['absent']:.3f}"
                f"  (absent to absent {middle['absent again'] / middle['absent']:.3f})"
            )
    return {}
