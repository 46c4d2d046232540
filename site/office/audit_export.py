"""The audit list as a sheet: one row a changed field, as filtered, cut at 20,000 rows."""

from collections.abc import Iterator
from typing import IO, Any

from django.utils.timezone import localtime

from office.audit import Row, rows_of
from office.keyset import Search
from office.text_sheet import text_sheet

MOST_ROWS = 20_000
_BITE = 500  # changes read at a time

COLUMNS = [
    ("时间", 20),
    ("操作人", 12),
    ("岗位", 24),
    ("记录种类", 14),
    ("记录", 20),
    ("动作", 8),
    ("字段", 16),
    ("原值", 30),
    ("新值", 30),
    ("原因", 30),
]


def sheet(search: Search, reader: Any, conditions: str) -> tuple[IO[bytes], int, bool]:
    """The sheet, how many changes it holds, and whether older ones were left out."""
    listed, changes, cut = [], 0, False
    for row in _changes(search, reader):
        lines = list(_lines(row))
        if len(listed) + len(lines) > MOST_ROWS:
            cut = True
            break
        listed += lines
        changes += 1
    note = f"变更审计　{conditions or '全部变更'}　按时间从新到旧"
    if cut:
        note += f"　超过 {MOST_ROWS} 行，更早的变更没有导出：请用“至”填写 {localtime(row.at):%Y-%m-%d} 再导一次。"
    return text_sheet("变更审计", COLUMNS, listed, note), changes, cut


def _changes(search: Search, reader: Any) -> Iterator[Row]:
    before = None
    while ids := search.ids(_BITE, before=before):
        yield from rows_of(ids, reader)
        before = ids[-1]


def _lines(row: Row) -> Iterator[tuple[str, ...]]:
    about = (
        f"{localtime(row.at):%Y-%m-%d %H:%M:%S}",
        row.who,
        row.post,
        row.kind,
        row.label,
        row.action,
    )
    if not row.fields:
        yield (*about, "", "", "", row.reason)
    for field in row.fields:
        yield (*about, field.label, field.old, field.new, row.reason)
