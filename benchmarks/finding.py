"""查找 as the restricted officer: nobody, hidden and sealed must cost the same; growth with the rows.

Goals: hidden and sealed within the spread of nobody (ratio 0.9–1.1), growth from 1k to 1M <= 1.3.
"""

from benchmarks.measuring import report, rounds
from benchmarks.seeding import petitioner, seed
from casework.matters.contacts import name_hash
from casework.matters.finding import Question, find
from casework.matters.models import Matter, Petitioner
from casework.matters.searching import SAID
from office.history import acting
from office.search import write

INDEXED = 20_000  # newest matters whose texts are put into the keyed index
WHO = {"seen": "柏小舟", "hidden": "于大河", "sealed": "司马青"}


def run(rows: int) -> dict[str, float]:
    officer = seed(rows)
    whole = Matter.objects.visible_to(officer)
    seen = whole.order_by("pk")[0]
    hidden, sealed = Matter.objects.exclude(pk__in=whole.values("pk")).order_by("pk")[:2]
    _seal(sealed)
    for who, matter in (("seen", seen), ("hidden", hidden), ("sealed", sealed)):
        _name(matter, WHO[who])
    newest = list(Matter.objects.order_by("-pk").values_list("pk", flat=True)[:INDEXED])
    print(
        f"{rows} matters; {write(SAID, newest)} texts of the newest {len(newest)} put into the index"
    )
    absent = f"第{rows + rows // 3}件的诉求"  # of the same pieces as those that are there
    texts = {"a common text": "的诉求", "no text": absent}
    elsewhere = Matter.objects.filter(lead_unit=hidden.lead_unit, sealed=False)
    for label, matters in (("one text", whole), ("one hidden text", elsewhere)):
        number = matters.order_by("-pk").values_list("number", flat=True)[0]
        texts[label] = f"第{int(number[-7:])}件的诉求"
    acts = {"nobody": lambda: find(officer, Question("name", "无此人"))}
    for who, name in WHO.items():
        acts[who] = lambda name=name: find(officer, Question("name", name))
    for label, words in texts.items():
        acts[label] = lambda words=words: find(officer, Question("text", words))
    print(", ".join(f"{label} {len(act().matters)}" for label, act in acts.items()))
    return report(rounds(acts, times=20), "nobody")


def _seal(matter: Matter) -> None:
    with acting(None, "bench"):
        matter.klass, matter.sealed = "B", True
        matter.save()


def _name(matter: Matter, name: str) -> None:
    """Give a matter one petitioner of this name."""
    if Petitioner.objects.filter(name_hash=name_hash(name)).exists():
        return
    with acting(None, "bench"):
        row = petitioner(matter)
        row.put("name", name)
        row.name_hash = name_hash(name)
        row.save()
