"""A list of 15 columns goes out as .xlsx: goal <= 2 x the fastest writer at 100,000 rows, memory flat.

The yardstick, rustpy-xlsxwriter, is compiled; "our look" gives its cells the same styles, widths,
heights of rows left out, and print settings. Each writer runs in a process of its own, and what the
making of the rows costs is taken off. openpyxl stands for scale, at a tenth of the size.
"""

import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Any

from openpyxl import Workbook

from benchmarks.measuring import ROUNDS, report
from office.sheets.official import Column, Head, write_csv, write_xlsx

COLUMNS = tuple(
    Column(title, title, width, kind, wrap)
    for title, width, kind, wrap in (
        ("序号", 6, "number", False), ("信访编号", 18, "text", False), ("登记日期", 12, "day", False),
        ("信访形式", 10, "text", False), ("来源单位", 14, "text", False), ("信访人", 10, "text", False),
        ("联系方式", 14, "text", False), ("人数", 6, "number", False), ("问题属地", 14, "text", False),
        ("诉求摘要", 40, "text", True), ("涉及单位", 16, "text", True), ("承办单位", 14, "text", False),
        ("办理期限", 12, "day", False), ("登记时间", 20, "moment", False), ("备注", 20, "text", True),
    )
)  # fmt: skip
HEAD = Head("信访台账", "云湖街道", "张三", "李四", date(2026, 5, 6))
START, NOTHING, YARDSTICK = datetime.fromisoformat("2026-01-01 09:12:44"), "the rows alone", "rustpy-xlsxwriter"  # fmt: skip


def made(rows: int) -> Iterator[Sequence[Any]]:
    """The list, row by row; every summary is a different one."""
    dice = random.Random(rows)
    for n in range(1, rows + 1):
        text = "".join(dice.choices("小区楼道物业水电停车噪声施工道路补偿工资社保", k=40))
        day = START.date() + timedelta(days=n % 200)
        yield (
            n, f"YH-2026-{n:06d}", day, ("来信", "来访", "网上")[n % 3], "区信访局", f"张{n % 900}",
            f"138****{n % 10000:04d}", n % 7 + 1, "青檀社区", f"反映{n}：{text}", "云湖物业服务有限公司",
            "社区建设办", day + timedelta(days=60), START + timedelta(minutes=n),
            "=1+1" if n % 5 == 0 else None,
        )  # fmt: skip


def ours(file: IO[bytes], rows: Iterator[Sequence[Any]]) -> None:
    write_xlsx(file, HEAD, COLUMNS, rows)


def ours_csv(file: IO[bytes], rows: Iterator[Sequence[Any]]) -> None:
    write_csv(file, HEAD, COLUMNS, rows)


def openpyxl(file: IO[bytes], rows: Iterator[Sequence[Any]]) -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("信访台账")
    sheet.append([column.title for column in COLUMNS])
    for row in rows:
        sheet.append(row)
    book.save(file)


def compiled(file: IO[bytes], rows: Iterator[Sequence[Any]], **look: Any) -> None:
    titles = [column.title for column in COLUMNS]
    writer = import_module("rustpy_xlsxwriter").FastExcel(file)
    writer.sheet("信访台账", (dict(zip(titles, row, strict=True)) for row in rows), **look).save()


def compiled_with_our_look(file: IO[bytes], rows: Iterator[Sequence[Any]]) -> None:
    kit = import_module("rustpy_xlsxwriter")
    formats = {
        "day": "yyyy-mm-dd",
        "moment": "yyyy-mm-dd hh:mm:ss",
        "text": "@",
        "number": "General",
    }
    looks = []
    for column in COLUMNS:
        look = kit.Format().set_border("thin").set_font_name("宋体").set_align("vcenter")
        look = look.set_num_format(formats[column.kind])
        looks.append(look.set_text_wrap() if column.wrap else look)
    bold = kit.Format().set_bold().set_border("thin")
    compiled(
        file, rows, column_formats=looks, header_format=bold, header_row=2,
        column_widths=[float(column.width) for column in COLUMNS],
        merge_ranges=[(0, 0, 0, 14, HEAD.title, bold), (1, 0, 1, 14, HEAD.line, bold)],
        page_setup={"landscape": True, "paper_size": 9, "fit_to_pages": (1, 0), "repeat_rows": 2},
    )  # fmt: skip


WRITERS: dict[str, Callable[[IO[bytes], Iterator[Sequence[Any]]], None]] = {
    NOTHING: lambda file, rows: deque(rows, maxlen=0) and None,
    "ours, .xlsx": ours,
    "ours, .csv": ours_csv,
    YARDSTICK: compiled,
    f"{YARDSTICK}, our look": compiled_with_our_look,
    "openpyxl, write_only": openpyxl,
}


def peak() -> int:
    """The most memory this process ever had, in bytes; Linux counts the parent's into rusage."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
        return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)  # fmt: skip


def measured(name: str, rows: int) -> dict[str, float]:
    """Seconds of CPU, peak memory and size of one writer's file, taken in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.writing", name, str(rows)]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)


def compared(rows: int, names: Sequence[str]) -> dict[str, float]:
    """Interleaved rounds of these writers; prints a table, returns the medians in seconds."""
    found: dict[str, list[dict[str, float]]] = {name: [] for name in names}
    for _ in range(ROUNDS):
        for name in random.sample(names, len(names)):
            found[name].append(measured(name, rows))
    bare = statistics.median(each["seconds"] for each in found[NOTHING])
    idle = statistics.median(each["peak"] for each in found[NOTHING])
    print(f"\n{rows} rows of {len(COLUMNS)} columns, the making of the rows taken off")
    net = {name: [e["seconds"] - bare for e in found[name]] for name in names if name != NOTHING}
    medians = report(net, YARDSTICK if YARDSTICK in net else "ours, .xlsx")
    for name in net:
        most = max(each["peak"] for each in found[name]) - idle
        print(
            f"{name:<34}{most / 2**20:9.1f} MiB more, file {found[name][0]['size'] / 2**20:.1f} MiB"
        )
    return medians


def run(rows: int) -> dict[str, float]:
    names = [name for name in WRITERS if not name.startswith("openpyxl")]
    if not find_spec("rustpy_xlsxwriter"):
        print("rustpy-xlsxwriter is not installed here: no yardstick")
        names = [name for name in names if not name.startswith(YARDSTICK)]
    compared(max(rows // 10, 1), [*names, "openpyxl, write_only"])
    return compared(rows, names)


def main() -> None:
    name, rows = sys.argv[1], int(sys.argv[2])
    with tempfile.TemporaryFile() as file:
        started = time.process_time()
        WRITERS[name](file, made(rows))
        seconds = time.process_time() - started
        size = file.seek(0, 2)
    print(json.dumps({"seconds": seconds, "peak": peak(), "size": size}))


if __name__ == "__main__":
    main()
