"""What the seal costs everybody else: list, search and logs with 1 % of the matters sealed, and none.

Goals: the list with 1 % sealed <= 1.1 x the list with none; the audit page that asks which records
are sealed today <= 1.1 x one that asks each change whether it was written under seal.
"""

import random
import statistics
import time
from collections.abc import Callable

from django.db import connection
from django.urls import reverse

from benchmarks.measuring import ROUNDS
from benchmarks.pages import opening, visitor
from benchmarks.seeding import seed
from benchmarks.timing import staff
from casework.matters.models import Matter
from office import audit
from office.models import Change

EACH = 8  # calls of each page in a round
LIST = "wagtailsnippets_matters_matter:list"
VARIANTS = {
    "list, open, officer": ("officer", LIST, ""),
    "list, all, officer": ("officer", LIST, "?tab=all"),
    "list, all, office head": ("officehead", LIST, "?tab=all"),
    "list, search, office head": ("officehead", LIST, "?tab=all&q=电梯"),
    "audit, newest": ("auditor", "office_audit", ""),
    "audit, one kind": ("auditor", "office_audit", "?kind=matters.matter"),
    "looks": ("auditor", "office_looks", ""),
}


def share(sealed: bool) -> None:
    """Seal one matter in a hundred, or none: the flag alone, in the measured copy of the data."""
    table = connection.ops.quote_name(Matter._meta.db_table)
    fits = "id %% 100 = 7" if sealed else "1 = 0"
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET sealed = ({fits}) WHERE sealed <> ({fits})", [])
        cursor.execute("ANALYZE")


def acts_of() -> dict[str, Callable[[], object]]:
    return {
        name: opening(visitor(who), reverse(page) + query)
        for name, (who, page, query) in VARIANTS.items()
    }


def run(rows: int) -> dict[str, float]:
    seed(rows)
    staff()
    acts = acts_of()
    found: dict[str, dict[bool, list[float]]] = {n: {False: [], True: []} for n in acts}
    for _ in range(ROUNDS):
        for sealed in (False, True):
            share(sealed)
            for name, spent in interleaved(acts, EACH).items():
                found[name][sealed] += spent
    print(f"{rows} matters, {Change.objects.count()} changes; medians of processor time")
    for name, spent in found.items():
        none, some = statistics.median(spent[False]), statistics.median(spent[True])
        print(
            f"{name:<28}none {none * 1000:8.2f} ms, 1 % {some * 1000:8.2f} ms  {some / none:.2f} x"
        )
    against_the_flag(acts)
    share(False)
    return {}


def interleaved(acts: dict[str, Callable[[], object]], times: int) -> dict[str, list[float]]:
    """Processor seconds of each act, called in random order: other work of the machine hardly counts."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(times):
        for name in random.sample(list(acts), len(acts)):
            started = time.process_time()
            acts[name]()
            found[name].append(time.process_time() - started)
    return found


def against_the_flag(acts: dict[str, Callable[[], object]]) -> None:
    """The audit page as it is, against one that reads nothing but the change's own flag."""
    ours = audit.leave_out_sealed

    def by_flag(act: Callable[[], object]) -> Callable[[], object]:
        def without() -> object:
            audit.leave_out_sealed = lambda found, kind, key: found.require("NOT sealed")
            try:
                return act()
            finally:
                audit.leave_out_sealed = ours

        return without

    for name in [name for name in acts if name.startswith(("audit", "looks"))]:
        spent = interleaved({"now": acts[name], "flag": by_flag(acts[name])}, 10 * EACH)
        now, flag = statistics.median(spent["now"]), statistics.median(spent["flag"])
        print(
            f"{name:<28}now {now * 1000:8.2f} ms, by flag {flag * 1000:8.2f} ms  {now / flag:.2f} x"
        )
