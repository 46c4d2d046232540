"""One worker brings one file in and prints its peak memory after each step.

`python -m benchmarks.importing_alone FILE.xlsx`, in the environment of `benchmarks.run`.
"""

import json
import subprocess
import sys
import time
from pathlib import Path
from threading import Thread
from uuid import uuid4

import django

django.setup()

from casework.matters.ledgers import keeping, spooling  # noqa: E402
from casework.matters.ledgers.jobs import (  # noqa: E402
    Received,
    begin,
    run,
    store,
)
from casework.matters.ledgers.opening import Ledger  # noqa: E402
from office import private_files  # noqa: E402
from office.clock import today  # noqa: E402
from office.history import acting  # noqa: E402
from office.sheets import listening  # noqa: E402
from office.sheets.reading import LARGE  # noqa: E402
from office.vault import new_data_key  # noqa: E402

#: runs a command and says its peak in KB: what a large parent had when it forked does not count
_MEASURED = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


class Peak(Thread):
    """Highest memory of this process so far, looked at every tenth of a second.

    Only what is its own: SQLite maps pages of the database file, which the system takes back.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.found = 0
        self.look()
        self.start()

    def look(self) -> int:
        """MB up to now."""
        status = Path("/proc/self/status").read_text(encoding="ascii")
        self.found = max(self.found, int(status.partition("RssAnon:")[2].split()[0]) // 1024)
        return self.found

    def run(self) -> None:
        while True:
            self.look()
            time.sleep(0.1)


def peak_of_child(path: Path) -> int:
    """The same of the child that parses the file."""
    task = json.dumps(listening.job(path.name, LARGE, None))
    parser = [sys.executable, "-I", "-S", "-X", "utf8", str(listening.PARSER), task]
    with path.open("rb") as file:
        done = subprocess.run(
            [sys.executable, "-c", _MEASURED, *parser],
            stdin=file,
            stdout=subprocess.PIPE,
            check=True,
        )
    return int(done.stdout) // 1024


def main() -> None:
    path = Path(sys.argv[1])
    peak = Peak()
    before, started = peak.look(), time.perf_counter()
    key = new_data_key()
    upload = keeping.put(path.read_bytes(), key)
    rows = spooling.read_in(keeping.load(upload, key), path.name, key, LARGE)
    private_files.remove(upload)
    read, after_reading = time.perf_counter() - started, peak.look()
    with acting(None, "bench"):
        received = Received(path.name, key, "", path=rows, read=True)
        job = store(received, by=None, source=f"bench {uuid4().hex[:8]}")
        ledger, started = Ledger.open(job), time.perf_counter()
        ledger.trial(None, today())
        checked, after_check = time.perf_counter() - started, peak.look()
        begin(ledger)
        started = time.perf_counter()
        run(ledger, None)
        ran = time.perf_counter() - started
    private_files.remove(rows)
    print(
        f"worker: {before} MB before, {after_reading} MB after reading ({read:.1f} s), "
        f"{after_check} MB after the check ({checked:.1f} s), {peak.look()} MB in the end ({ran:.1f} s); "
        f"child {peak_of_child(path)} MB"
    )


if __name__ == "__main__":
    main()
