"""Sealing what was written against reading the same rows raw, and a walk over the whole chain.

goal: sealing costs <= 6 x reading the rows; a walk over the chain as much as sealing it.
"""

import time
from datetime import timedelta

from django.db import connection

from benchmarks.seeding import seed
from office import triggers
from office.clock import now
from office.models import ChainSeal
from office.seal_checks import check_all
from office.seals import heads_file, seal


def run(rows: int) -> dict[str, float]:
    """Seconds for everything the seed wrote."""
    seed(rows)
    triggers.remove()  # a chain of an earlier run would leave nothing to seal
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM office_chainseal")
    triggers.install()
    heads_file().unlink(missing_ok=True)
    models = [model for model in triggers.guarded_models() if model is not ChainSeal]
    began = time.perf_counter()
    count = sum(
        sum(1 for _ in model._base_manager.order_by("pk").values_list().iterator())
        for model in models
    )
    read = time.perf_counter() - began
    began = time.perf_counter()
    links = seal(now() + timedelta(minutes=15))
    sealed = time.perf_counter() - began
    began = time.perf_counter()
    walk = check_all(lambda number: None)
    walked = time.perf_counter() - began
    print(
        f"{count} rows in {links} links ({connection.vendor}); problems: {walk.problems or 'none'}"
    )
    for name, spent in (("read raw", read), ("seal", sealed), ("walk", walked)):
        each = spent / max(count, 1) * 1e6
        print(f"{name:<12}{spent:8.2f} s {each:8.1f} us a row {spent / read:6.2f} x read raw")
    return {"read": read, "seal": sealed, "walk": walked}
