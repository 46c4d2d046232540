"""One save with history, Change and vault against a bare `save()`: goal >= 0.4 of its speed.

"save, then its index" brings the search up to date after each save: growth from 1k to 100k <= 1.3.
"""

from itertools import count

from django.db import models, transaction

from benchmarks.measuring import report, rounds
from benchmarks.seeding import seed
from casework.matters.models import Matter
from office.history import TrackedModel, acting
from office.search import index_changes

_turn = count()


def run(rows: int) -> dict[str, float]:
    """Milliseconds a save, each in a transaction of its own."""
    officer = seed(rows)
    ours, bare = Matter.objects.order_by("pk")[:2]

    def tracked() -> None:
        with acting(officer, "更正"):
            ours.title = f"改过 {next(_turn)} 次"
            ours.put("claim", f"诉求改过 {next(_turn)} 次")
            ours.save()

    def plain() -> None:
        bare.title = f"改过 {next(_turn)} 次"
        bare.skip_history_when_saving = True
        with transaction.atomic():
            models.Model.save(bare)

    def indexed() -> None:
        tracked()
        index_changes()

    assert issubclass(Matter, TrackedModel)
    while index_changes():
        pass
    acts = {"bare save()": plain, "save with history": tracked, "save, then its index": indexed}
    found = report(rounds(acts, times=100), "bare save()")
    print(
        f"ours reaches {found['bare save()'] / found['save with history']:.2f} of a bare save() (goal 0.4)"
    )
    return found
