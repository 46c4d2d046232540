"""The audit page over all changes: first page and filters against the admin's home page.

Goal: no growth from a thousand to a million changes.
"""

from django.urls import reverse

from benchmarks.measuring import report, rounds
from benchmarks.pages import opening, queries, visitor
from benchmarks.seeding import seed
from office.cursors import cursor
from office.models import Change


def run(rows: int) -> dict[str, float]:
    seed(rows)
    path, client = reverse("office_audit"), visitor("auditor")
    middle = Change.objects.order_by("id")[:1][0].pk + Change.objects.count() // 2
    acts = {
        "admin home": opening(client, reverse("wagtailadmin_home")),
        "newest changes": opening(client, path),
        "a page in the middle": opening(
            client, f"{path}?before={cursor('office.change', str(middle))}"
        ),
        "one kind": opening(client, f"{path}?kind=office.post"),
        "one record": opening(client, f"{path}?record=XF2026-0000020"),
    }
    print(
        f"{Change.objects.count()} changes; queries: "
        + ", ".join(f"{name} {queries(act)}" for name, act in acts.items())
    )
    return report(rounds(acts, times=3), "admin home")
