"""The list of matters as the restricted officer: cost against the empty list, growth, queries.

Goals: <= 9 queries whatever the rows, <= 1.4 x the empty list, growth from 1k to 1M <= 1.3.
"""

from django.urls import reverse

from benchmarks.measuring import report, rounds
from benchmarks.pages import opening, queries, visitor
from benchmarks.seeding import seed
from casework.matters.models import Matter

VARIANTS = {
    "open, by due date": "",
    "all, newest first": "?tab=all",
    "overdue": "?tab=overdue",
    "one state": "?tab=all&state=closed",
    "search a common word": "?tab=all&q=电梯",
    "search a number": "?tab=all&q={number}",
}


def run(rows: int) -> dict[str, float]:
    officer = seed(rows)
    path = reverse("wagtailsnippets_matters_matter:list")
    number = Matter.objects.visible_to(officer).order_by("-pk")[0].number
    acts = {"empty list": opening(visitor("idle"), path)}
    client = visitor("officer")
    for name, query in VARIANTS.items():
        acts[name] = opening(client, path + query.format(number=number))
    print(
        f"{rows} matters; queries: " + ", ".join(f"{n} {queries(act)}" for n, act in acts.items())
    )
    return report(rounds(acts, times=3), "empty list")
