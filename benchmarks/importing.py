"""A ledger of 15 columns comes in, history and all: goal <= 4 x the barest import of the same rows.

The yardstick reads the same file with calamine, makes the same checks and sends the same rows by
COPY (SQLite: executemany) to the same tables: no history, no encryption, no numbers drawn. Peak
memory is that of a worker of its own (`importing_alone`), and of the child that parses the file.
"""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from copy import copy as shallow
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.db import connection, models, transaction
from openpyxl import Workbook
from python_calamine import load_workbook

from benchmarks.measuring import ROUNDS, report
from casework.matters.ledgers import jobs, spooling
from casework.matters.ledgers.lookups import Lookups
from casework.matters.ledgers.opening import Ledger
from casework.matters.models import ImportJob, Item, ItemLink, Matter, Move, Opinion, Petitioner
from casework.matters.profiles import make_national_profile
from office import private_files
from office.bulk import _rows as driver_rows
from office.clock import today
from office.history import acting
from office.models import DataKey
from office.search import index_changes
from office.sheets.reading import LARGE, read_book

HEADINGS = (
    "信访编号", "登记日期", "标题", "诉求内容", "内容分类", "信访形式", "姓名", "联系电话", "证件号码",
    "属地社区", "承办单位", "人数", "办理状态", "答复内容", "备注",
)  # fmt: skip
KINDS = ("物业服务", "环境噪声", "劳动报酬", "道路交通", "农村土地")
WAYS = ("来访", "来信", "电话", "网站", "12345")
CHANGES = 10_000
_SHIFT = 10_000_000  # keys of the yardstick's rows: far behind those of the real ones


def ledger(rows: int) -> bytes:
    """An .xlsx of `rows` different rows, a tenth of them still open and of this year."""
    dice = random.Random(rows)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("台账")
    sheet.append(HEADINGS)
    for n in range(rows):
        opened = n % 10 == 0
        day = today() - timedelta(days=dice.randrange(1, 300 if opened else 3000))
        text = "".join(dice.choices("小区楼道物业水电停车噪声施工道路补偿工资社保", k=80))
        sheet.append(
            [
                f"B{n:06d}", day, f"{dice.choice(KINDS)}问题第{n}件", f"反映：{text}",
                dice.choice(KINDS), dice.choice(WAYS), f"测{n % 97}某", f"199{n:08d}",
                id_number(n), f"第{n % 12}社区", f"第{n % 30}科室", 1 + n % 4,
                "办理中" if opened else "已办结", "" if opened else f"已答复：{text[:40]}", f"第{n % 7}批",
            ]
        )  # fmt: skip
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def id_number(n: int) -> str:
    """An invented number whose check digit holds."""
    digits = f"990000{1950 + n % 50}0{1 + n % 9}1{n % 9}{n % 1000:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=True))
    return digits + "10X98765432"[total % 11]


def ours(data: bytes, source: str) -> ImportJob:
    """The import: read once into rows on the disk, then brought in from there."""
    with acting(None, "bench"):
        received = jobs.receive(data, "bench.xlsx")
        if not received.read:
            path = spooling.read_in(data, "bench.xlsx", received.key, LARGE)
            private_files.remove(received.path)
            received = replace(received, path=path, read=True)
        job = jobs.store(replace(received, waiting=False), by=None, source=source)
        opened = Ledger.open(job)
        jobs.begin(opened)
        done = jobs.run(opened, None)
        private_files.remove(done.path)
        return done


# The yardstick


def check(data: bytes, source: str) -> int:
    """Read with calamine, in this process, and make the same checks."""
    sheet = load_workbook(BytesIO(data)).get_sheet_by_index(0)
    rows = sheet.to_python()
    opened = Ledger.open(ImportJob(source=source), read_book(_head(rows), "bench.csv"))
    checker = opened.checker(Lookups.read(today()), today())
    return sum(not isinstance(checker.check(n, row), list) for n, row in enumerate(rows[1:], 2))


def _head(rows: Sequence[Sequence[Any]]) -> bytes:
    """The first rows as text: enough to recognise the columns."""
    return "\n".join(",".join(map(str, row)) for row in rows[:20]).encode()


class Copy:
    """The rows one import wrote, as tuples for the driver, to be sent again under other keys."""

    def __init__(self, job: ImportJob) -> None:
        matters = list(Matter.objects.filter(import_job=job).order_by("pk"))
        keys = [matter.pk for matter in matters]
        links = list(ItemLink.objects.filter(matter__import_job=job))
        self.tables: list[tuple[type[models.Model], list[models.Model]]] = [
            (DataKey, list(DataKey.objects.filter(pk__in=[m.data_key_id for m in matters]))),
            (Item, list(Item.objects.filter(pk__in=[link.item_id for link in links]))),
            (Matter, matters),
            (ItemLink, links),
        ]
        for model in (Petitioner, Opinion, Move):
            self.tables.append((model, list(model.objects.filter(matter__in=keys))))
        self.turn = 0

    def again(self, *wanted: type[models.Model]) -> list[tuple[type[models.Model], list[tuple]]]:
        """The same rows (of the `wanted` tables alone) under new keys; not part of what is measured."""
        self.turn += 1
        tables = [table for table in self.tables if not wanted or table[0] in wanted]
        moved = {model for model, _ in tables}
        return [(model, self._moved(model, rows, moved)) for model, rows in tables]

    def _moved(self, model: type[models.Model], rows: list, moved: set) -> list[tuple]:
        fields = model._meta.concrete_fields
        shifted = [f for f in fields if f.primary_key or f.related_model in moved]
        return list(driver_rows([self._new(row, shifted) for row in rows], fields))

    def _new(self, old: models.Model, shifted: list[models.Field]) -> models.Model:
        row = shallow(old)
        for field in shifted:
            setattr(row, field.attname, getattr(old, field.attname) + self.turn * _SHIFT)
        if hasattr(row, "ref"):
            row.ref = uuid4()
        if hasattr(row, "number"):
            row.number = f"{row.number[:2]}{self.turn:04d}{row.number[-7:]}"
        if hasattr(row, "source_key"):
            row.source_key = uuid4().hex
        return row


def send(model: type[models.Model], rows: Sequence[tuple]) -> None:
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f'COPY "{table}" ({columns}) FROM STDIN') as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(rows[0]))
            cursor.executemany(f'INSERT INTO "{table}" ({columns}) VALUES ({marks})', rows)


def barest(data: bytes, tables: Sequence[tuple[type[models.Model], list[tuple]]]) -> None:
    check(data, "bench")
    with transaction.atomic():
        for model, rows in tables:
            send(model, rows)


def timed(act: Callable[[], object]) -> tuple[float, float]:
    """Seconds by the clock, and of the processor (the child that reads the file included)."""
    started, used = time.perf_counter(), sum(os.times()[:4])
    act()
    return time.perf_counter() - started, sum(os.times()[:4]) - used


def run(rows: int) -> dict[str, float]:
    """Seconds by the clock, rounds interleaved; the search index follows apart, a part of it here."""
    make_national_profile()
    data = ledger(rows)
    seed = Copy(ours(data, f"warm-up {uuid4().hex[:8]}"))
    found: dict[str, list[tuple]] = {"barest import": [], "matters alone": [], "import": []}
    for _ in range(max(3, ROUNDS)):
        whole, alone, source = seed.again(), seed.again(Matter), f"bench {uuid4().hex[:8]}"
        acts = {
            "barest import": partial(barest, data, whole),
            "matters alone": partial(barest, data, alone),
            "import": partial(ours, data, source),
        }
        for name in random.sample(list(acts), len(acts)):
            found[name].append(timed(acts[name]))
    print("by the clock")
    middle = report(column(found, 0), "barest import")
    print("processor of this machine's Python (a database server's is not in it)")
    report(column(found, 1), "barest import")
    memory(data)
    spent, _ = timed(partial(index_changes, most=CHANGES))
    print(f"{rows / middle['import']:.0f} rows/s; search index: {CHANGES} changes in {spent:.1f} s")
    return middle


def memory(data: bytes) -> None:
    """What a worker of its own takes to read, check and bring in the file."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(data)
        file.flush()
        command = [sys.executable, "-m", "benchmarks.importing_alone", file.name]
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    print(done.stdout.strip())


def column(found: Mapping[str, list[tuple]], at: int) -> dict[str, list[float]]:
    return {name: [row[at] for row in rows] for name, rows in found.items()}
