"""Every odd, hostile and real file is opened once: outcome, seconds, peak memory of the child.

Goal: each within 10 seconds and 500 MB, and none with another outcome than the table of the tests.
The files lie beside the repository; where they do not, nothing is measured. Each is read in a
process of its own, so that the peak is that of its own child alone.
"""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from office.sheets.reading import LIMITS, SheetError, read_book
from tests.office.sheets.odd_files import OUTCOMES

FILES = Path(__file__).resolve().parents[1].parent / "shared/data"
MB = 1024  # ru_maxrss is in KB


def measure(path: str) -> dict[str, float | str]:
    """One file in this process: what came out, seconds, MB of the child that opened it."""
    started = time.perf_counter()
    try:
        filled = read_book(path).filled
        code, what = ("", f"{len(filled)} sheets") if filled else ("empty", "empty")
    except SheetError as error:
        code = what = error.code
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MB
    return {"code": code, "what": what, "seconds": seconds, "peak": peak}


def alone(path: Path) -> dict:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.odd_files", str(path)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return json.loads(done.stdout)


def run(rows: int) -> dict[str, float]:
    """Print the table, slowest first, and return the largest numbers; `rows` means nothing here."""
    names = [name for name in OUTCOMES if (FILES / name).exists()]
    if not names:
        print("the odd files are not beside this repository: nothing measured")
        return {}
    found = {name: alone(FILES / name) for name in names}
    for name, one in sorted(found.items(), key=lambda pair: -pair[1]["seconds"]):
        wrong = "" if one["code"] == OUTCOMES[name].code else "  NOT AS IN THE TABLE"
        print(f"{one['seconds']:7.2f} s {one['peak']:7.0f} MB  {one['what']:<18} {name}{wrong}")
    kinds: dict[str, int] = {}
    for one in found.values():
        kinds[one["code"] or "read"] = kinds.get(one["code"] or "read", 0) + 1
    print(f"{len(found)} files: " + ", ".join(f"{kinds[kind]} {kind}" for kind in sorted(kinds)))
    print(f"limits: {LIMITS.seconds} s, {LIMITS.memory // 1024 // 1024} MB")
    return {
        "slowest": max(one["seconds"] for one in found.values()),
        "largest MB": max(one["peak"] for one in found.values()),
        "not as in the table": sum(one["code"] != OUTCOMES[n].code for n, one in found.items()),
    }


if __name__ == "__main__":
    print(json.dumps(measure(sys.argv[1])))
