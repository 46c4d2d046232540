"""Small tables searched by word, pinyin and initials: read whole, judged by the rule of the search."""

from collections.abc import Sequence

from django.db.models import QuerySet

from office.registries import Text
from office.search.conditions import fits


def heard(rows: QuerySet, fields: Sequence[str], query: str) -> QuerySet:
    """Those of `rows` whose fields hold every word, spelled or by sound (yqjf, wangtang).

    Reads these fields of all rows: for tables of hundreds, not for records.
    """
    found = [
        pk
        for pk, *values in rows.order_by().values_list("pk", *fields)
        if fits(query, Text(title="\n".join(str(value or "") for value in values)))
    ]
    return rows.filter(pk__in=found)
