"""Who may still read which notice: one rule for the bell, its count, and what is sent.

A notice that speaks of a record is there for those who may open that record now, and for nobody
else; one that speaks of none is there for whom it was written.
"""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from office import registries
from office.models import Notice


def addresses(person: Any, notices: Iterable[Notice]) -> dict[int, str]:
    """Notice id → address inside the back office ("" for none); a hidden notice is not in it.

    One query a kind of record.
    """
    found: dict[int, str] = {}
    by_kind: dict[str, list[Notice]] = defaultdict(list)
    for notice in notices:
        if notice.record_kind:
            by_kind[notice.record_kind].append(notice)
        else:
            found[notice.pk] = notice.link
    for kind, about in by_kind.items():
        ask = registries.record_links.get(kind)
        ids = {one.record_id for one in about if one.record_id is not None}
        links = ask(person, sorted(ids)) if ask else {}
        found |= {one.pk: links[one.record_id] for one in about if one.record_id in links}
    return found
