"""What is late, by unit and by who handles it: counts with addresses, from one bounded query."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from casework.matters.queues import COUNTED

_NOBODY = "未指定"
_NO_UNIT = "未交办"


@dataclass(frozen=True)
class Count:
    """A name, how many in words, and the list that shows them."""

    name: str
    told: str
    url: str


@dataclass(frozen=True)
class UnitLate:
    """A unit with its late matters, and those of each of its people."""

    unit: Count
    owners: list[Count]


@dataclass(frozen=True)
class Late:
    """All late matters that were looked at; capped: there are more than were counted."""

    units: list[UnitLate]
    told: str
    capped: bool


def late_by_unit(rows: QuerySet, on: date) -> Late:
    """The late matters among `rows` by unit, the longest list first: one query, never more than
    `COUNTED` rows of it.
    """
    late = rows.overdue(on).filter(sealed=False).order_by("due_on", "id")
    found = list(
        late.values_list("lead_unit", "lead_unit__name", "officer", "officer__name")[:COUNTED]
    )
    capped = len(found) >= COUNTED
    units: Counter[tuple[Any, str]] = Counter()
    owners: dict[Any, Counter[tuple[Any, str]]] = {}
    for unit, name, officer, who in found:
        units[unit, name or _NO_UNIT] += 1
        owners.setdefault(unit, Counter())[officer, who or _NOBODY] += 1
    base = reverse("wagtailsnippets_matters_matter:list") + "?tab=overdue"
    table = [
        UnitLate(
            Count(name, _told(count, capped), f"{base}&unit={unit or 'none'}"),
            [
                Count(
                    who, _told(n, capped),
                    f"{base}&unit={unit or 'none'}&officer={officer or 'none'}",
                )
                for (officer, who), n in owners[unit].most_common()
            ],
        )
        for (unit, name), count in units.most_common()
    ]  # fmt: skip
    return Late(table, f"{COUNTED - 1}+" if capped else str(len(found)), capped)


def _told(count: int, capped: bool) -> str:
    return f"{count}+" if capped else str(count)
