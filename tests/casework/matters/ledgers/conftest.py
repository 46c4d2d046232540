"""Ledgers to bring: made on the spot, and real ones that lie beside the repository, where they do."""

from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from openpyxl import Workbook

from casework.matters.ledgers import background, jobs
from casework.matters.ledgers.opening import Ledger
from casework.matters.models import ImportJob, Matter
from office import clock
from office.history import acting

REAL = Path(__file__).resolve().parents[4].parent / "shared/data/petitions"
NOON = datetime(2026, 11, 23, 12, tzinfo=ZoneInfo("Asia/Shanghai"))
HEADINGS = (
    "编号",
    "登记日期",
    "标题",
    "诉求内容",
    "信访人",
    "联系电话",
    "承办单位",
    "办理状态",
    "备注",
)


@pytest.fixture(autouse=True)
def noon() -> Iterator[None]:
    with clock.at(NOON):
        yield


@pytest.fixture
def real() -> Callable[[str], Path]:
    """Path of a real ledger; skips the test, visibly, where it is not at hand."""

    def find(name: str) -> Path:
        if not (REAL / name).exists():
            pytest.skip(f"real ledger {name} is not beside this repository")
        return REAL / name

    return find


def workbook(rows: Sequence[Sequence[Any]], headings: Sequence[str] = HEADINGS) -> bytes:
    """An .xlsx of one sheet; rows shorter than the headings end in empty cells."""
    book = Workbook()
    book.active.title = "台账"
    book.active.append(list(headings))
    for row in rows:
        book.active.append(list(row))
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def bring(
    data: bytes, by: Any = None, *, name: str = "台账.xlsx", source: str = "区热线"
) -> ImportJob:
    """Upload, check and commit, as the pages and the worker do. Returns the finished import."""
    with acting(by):
        job = jobs.create(data, name, by=by, source=source)
    the_worker_comes_by()
    with acting(by):
        ledger = Ledger.open(ImportJob.objects.get(pk=job.pk))
        begun = jobs.begin(ledger)
        if not begun.background:
            return jobs.run(ledger, by)
    the_worker_comes_by()
    return ImportJob.objects.get(pk=job.pk)


def the_worker_comes_by(moment: datetime = NOON) -> int:
    """The worker does all that waits; how many pieces there were."""
    pieces = 0
    while background.work(moment, lambda: False):
        pieces += 1
    return pieces


def counts(job: ImportJob) -> tuple[int, int, int, int, int]:
    """Rows read, added, updated, skipped, wrong."""
    return job.rows, job.added, job.updated, job.skipped, job.failed


def told(job: ImportJob) -> list[str]:
    """What was wrong, as a person reads it."""
    return [str(problem) for problem in jobs.problems(job)]


def only() -> Matter:
    return Matter.objects.get()


YESTERDAY = date(2026, 11, 22)
LONG_AGO = date(2024, 3, 1)
