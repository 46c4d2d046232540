"""How many supervisions there were, by unit and by ground: never by person (domain §7)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q

from casework.matters.cooperation.queries import seen_by
from casework.matters.models import Supervision

_STAGE = Supervision.Stage
#: by what may be counted; there is no person among it
_BY = {"unit": "unit__name", "ground": "ground", "measure": "measure"}


@dataclass(frozen=True)
class Tally:
    """label; asked: supervisions of the period; running: not ended yet; dropped: withdrawn again."""

    label: str
    asked: int
    running: int
    dropped: int


def supervised(user: Any, start: date, end: date, by: str) -> list[Tally]:
    """Supervisions ordered between two days, both included; withdrawn ones are counted apart.

    by: "unit", "ground" or "measure"; KeyError for anything else.
    """
    column = _BY[by]
    rows = (
        Supervision.objects.filter(asked_on__range=(start, end), matter__in=seen_by(user))
        .order_by()
        .values(column)
        .annotate(
            asked=Count("pk", filter=~Q(stage=_STAGE.WITHDRAWN)),
            running=Count("pk", filter=Q(stage__in=(_STAGE.ASKED, _STAGE.ANSWERED))),
            dropped=Count("pk", filter=Q(stage=_STAGE.WITHDRAWN)),
        )
    )
    labels = {
        "ground": dict(Supervision.Ground.choices),
        "measure": dict(Supervision.Measure.choices),
    }
    told = labels.get(by, {})
    found = [
        Tally(str(told.get(row[column], row[column])), row["asked"], row["running"], row["dropped"])
        for row in rows
    ]
    return sorted(found, key=lambda one: (-one.asked, one.label))
