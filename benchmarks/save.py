"""One save with history, Change and vault against a bare `save()`: goal >= 0.4 of its speed.

"save, then its index" brings the search up to date after each save: growth from 1k to 100k <= 1.3.
"one move" is a whole act of the life cycle: the matter locked, rights, gates and needs asked, the matter
saved with its history, the row of the act written, the limits looked at.
"""

from collections.abc import Iterator
from itertools import count, cycle

from django.db import models, transaction

from benchmarks.measuring import report, rounds
from benchmarks.seeding import person, seed
from casework.matters.models import Clock, Matter
from casework.matters.moving import move
from casework.matters.states import State
from office.history import TrackedModel, acting
from office.models import User
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

    whose, officers = _movers(officer)

    def moved() -> None:
        move(whose[0], "name_officer", by=whose[1], data={"officer": next(officers)})

    def indexed() -> None:
        tracked()
        index_changes()

    assert issubclass(Matter, TrackedModel)
    while index_changes():
        pass
    acts = {
        "bare save()": plain, "save with history": tracked, "one move": moved,
        "save, then its index": indexed,
    }  # fmt: skip
    found = report(rounds(acts, times=100), "bare save()")
    print(
        f"ours reaches {found['bare save()'] / found['save with history']:.2f} of a bare save() (goal 0.4)"
    )
    return found


def _movers(officer: User) -> tuple[tuple[Matter, User], Iterator[User]]:
    """A matter in hand with the head of its unit, and two officers who take turns."""
    matter = Matter.objects.filter(state=State.HANDLING).order_by("-pk").first()
    if not matter.clocks.exists():
        with acting(officer, "试样"):
            Clock(
                matter=matter, kind="handle", start_on=matter.accepted_on, due_on=matter.due_on
            ).save()
    name = f"turn_{matter.lead_unit_id}"
    if not User.objects.filter(username=f"{name}_head").exists():
        with acting(officer, "试样"):
            for end, role in (("head", "unit_head"), ("a", "officer"), ("b", "officer")):
                person(f"{name}_{end}", role, matter.lead_unit)
    head = User.objects.get(username=f"{name}_head")
    two = User.objects.filter(username__in=[f"{name}_a", f"{name}_b"]).order_by("username")
    return (matter, head), cycle(two)
