"""`python -m benchmarks [area …]`: each area in a process and a database of its own.

Sizes by variables: SMALL (1000), ROWS (1000000), IMPORT (10000), EXPORT (100000), ROUNDS (5). Seeds are kept in
VAR_DIR (SQLite) or in databases bench_<rows> of the server that DATABASE_URL names.
"""

import json
import os
import platform
import subprocess
import sys
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

ROOT = Path(__file__).resolve().parents[1]
#: area → sizes it is measured at
AREAS = {
    "list": ("SMALL", "ROWS"),
    "desk": ("EXPORT", "ROWS"),
    "audit": ("SMALL", "ROWS"),
    "save": ("SMALL", "EXPORT"),
    "search": ("ROWS",),
    "importing": ("IMPORT",),
    "odd_files": ("SMALL",),
    "writing": ("EXPORT",),
    "exporting": ("EXPORT",),
    "finding": ("SMALL", "ROWS"),
    "timing": ("SMALL",),
    "sealed": ("EXPORT",),
    "looks": ("SMALL", "ROWS"),
    "seals": ("EXPORT",),
    "recount": ("EXPORT",),
    "tick": ("EXPORT",),
}
#: areas whose rows are not matters: a database of their own beside that of the same size
APART = {"looks", "timing", "recount", "tick"}
DEFAULTS = {"SMALL": 1_000, "ROWS": 1_000_000, "IMPORT": 10_000, "EXPORT": 100_000}


def size(name: str) -> int:
    return int(os.environ.get(name, DEFAULTS[name]))


def environment(area: str, rows: int) -> dict[str, str]:
    """A folder, and on a server a database, for each size."""
    name = f"{area}_{rows}" if area in APART else str(rows)
    base = Path(os.environ.get("VAR_DIR", "var/bench"))
    found = {
        **os.environ,
        "VAR_DIR": str(base / name),
        "INSECURE_HTTP": "1",
        "ALLOWED_HOSTS": "testserver",
    }
    found["PYTHONPATH"] = f"{ROOT / 'site'}{os.pathsep}{ROOT}"
    if url := os.environ.get("DATABASE_URL"):
        found["DATABASE_URL"] = urlunsplit(urlsplit(url)._replace(path=f"/bench_{name}"))
    return found


def measure(area: str, rows: int) -> dict:
    """Run one area at one size; its last line is its numbers as JSON."""
    command = [sys.executable, "-m", "benchmarks.run", area, str(rows)]
    done = subprocess.run(
        command,
        env=environment(area, rows),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    *lines, last = done.stdout.strip().splitlines() or [""]
    print("\n".join(lines), flush=True)
    try:
        return json.loads(last)
    except ValueError:
        print(last, flush=True)
        return {}


def main() -> None:
    database = "PostgreSQL" if os.environ.get("DATABASE_URL") else "SQLite"
    print(
        f"{platform.platform()}, Python {platform.python_version()}, {os.cpu_count()} cores, {database}"
    )
    for area in sys.argv[1:] or AREAS:
        print(f"\n== {area} ==")
        found = {name: measure(area, size(name)) for name in AREAS[area]}
        if len(found) == 2:
            (first, small), (last, large) = found.items()
            for key in small.keys() & large.keys():
                print(
                    f"growth {key}: {large[key] / small[key]:.2f} ({size(first)} -> {size(last)} rows)"
                )


if __name__ == "__main__":
    main()
