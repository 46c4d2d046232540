"""What may be searched of a matter: in plain what the list shows, through keyed hashes what was said.

Sealed matters are in neither index. A renamed unit or category is followed by `follow_names`.
"""

import json
from collections.abc import Iterable
from datetime import datetime, timedelta

from casework.matters.models import Matter, Opinion
from office.models import Change, Job
from office.registries import Text
from office.search import write
from office.vault import VaultError, VaultRecord, keys

KIND = "matters.matter"
SAID = "matters.matter:text"
NAMES_JOB = "search_names"
_BITE = 200  # matters written at a time
_RENAMES = 100  # changes of names taken up in one run
_SETTLED = timedelta(seconds=60)  # a change committed late may carry a lower id than one seen
_NAMED = ("community", "grid", "lead_unit", "category", "category__parent")
#: what was renamed → columns of a matter that name it
_COLUMNS = {
    "office.unit": ("community", "grid", "lead_unit"),
    "matters.category": ("category", "category__parent"),
}


def plain_texts(ids: list[int]) -> dict[int, Text]:
    """Title, numbers, and the names of place, unit and category; nothing of sealed or destroyed ones."""
    names = [f"{column}__name" for column in _NAMED]
    rows = Matter.objects.filter(pk__in=ids, sealed=False, destroyed_at=None).values_list(
        "pk", "title", "number", "source_number", "received_on", *names
    )
    return {
        pk: Text(
            title=title,
            body=f"{number}\n{told}",
            names="\n".join(dict.fromkeys(filter(None, named))),
            day=day,
        )
        for pk, title, number, told, day, *named in rows
    }


def said_texts(ids: list[int]) -> dict[int, Text]:
    """Claim, place, other content and answers, opened; nothing of sealed or destroyed ones.

    For the index alone: nothing of it is shown. Raises VaultError when
    the key files are missing: what cannot be read now is not to be taken out of the index.
    """
    keys()
    rows = {
        row.pk: row
        for row in Matter.objects.filter(pk__in=ids, sealed=False)
        .select_related("data_key")
        .only("claim", "place", "extra", "received_on", "data_key")
    }
    said: dict[int, list[str]] = {}
    for pk, row in rows.items():
        said[pk] = [_text(row, "claim"), _text(row, "place"), _lines(_text(row, "extra"))]
    for opinion in Opinion.objects.filter(matter__in=rows).order_by("pk").only("body", "matter"):
        opinion.matter = rows[opinion.matter_id]
        said[opinion.matter_id].append(_text(opinion, "body"))
    return {
        pk: Text(title="", body=text, day=rows[pk].received_on)
        for pk, parts in said.items()
        if (text := "\n".join(filter(None, parts)))
    }


def _text(record: VaultRecord, field: str) -> str:
    """The text of a field, "" when its key was destroyed or it was altered."""
    try:
        return record.unlocked(field)
    except VaultError:
        return ""


def _lines(extra: str) -> str:
    """Headings and values that came beside our fields, one a line."""
    try:
        table = json.loads(extra) if extra else []
    except ValueError:
        return extra
    pairs: Iterable[Iterable[object]] = table.items() if isinstance(table, dict) else table
    return "\n".join(" ".join(map(str, pair)) for pair in pairs)


def follow_names(moment: datetime) -> int:
    """Write the matters of renamed units and categories anew; returns how many names were followed."""
    job, _ = Job.objects.get_or_create(name=NAMES_JOB)
    changes = Change.objects.filter(
        id__gt=job.cursor, kind__in=_COLUMNS, at__lte=moment - _SETTLED
    ).order_by("id")
    done = 0
    for change in changes[:_RENAMES]:
        for column in _COLUMNS[change.kind]:
            _write_all(column, change.object_id)
        job.cursor = change.pk
        job.save(update_fields=["cursor"])
        done += 1
    return done


def _write_all(column: str, pk: int) -> None:
    rows, last = Matter.objects.filter(**{column: pk}).order_by("pk"), 0
    while ids := list(rows.filter(pk__gt=last).values_list("pk", flat=True)[:_BITE]):
        write(KIND, ids)
        last = ids[-1]
