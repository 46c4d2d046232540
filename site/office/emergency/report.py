"""Everything an emergency account did, with times: what it changed, what it looked at, when it came."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps

from office.audit import field_labels, kind_label, search, search_looks
from office.models import Change, Emergency, Look, SignIn

MOST = 1000  # lines of each kind; an account of a day makes fewer


@dataclass(frozen=True)
class Line:
    """One thing done: when, what it was done to, and what in words. No contents of any record."""

    at: datetime
    kind: str
    label: str
    what: str


@dataclass(frozen=True)
class Report:
    """cut: whether there is more than is shown."""

    changes: list[Line]
    looks: list[Line]
    entries: list[Line]
    cut: bool


def report(emergency: Emergency, reader: Any) -> Report:
    """What `reader` may know of it: numbers and names of fields, nothing of sealed records."""
    user = emergency.user
    changed = search(person=user.pk).ids(MOST + 1)
    looked = search_looks(person=user.pk, reader=reader).ids(MOST + 1)
    entries = SignIn.objects.filter(account=user).order_by("-pk")[: MOST + 1]
    found = Report(
        [_change(row) for row in _rows(Change, changed[:MOST]).select_related("shape")],
        [
            Line(row.at, kind_label(row.kind), row.label, f"{row.what}（{row.purpose}）")
            for row in _rows(Look, looked[:MOST])
        ],
        [
            Line(row.at, row.get_what_display(), row.address or "", row.device)
            for row in entries[:MOST]
        ],
        max(len(changed), len(looked), len(entries)) > MOST,
    )
    return found


def _rows(model: Any, ids: list[int]) -> Any:
    return model.objects.filter(pk__in=ids).order_by("-pk")


def _change(row: Change) -> Line:
    try:
        labels = field_labels(apps.get_model(row.kind))
    except (LookupError, ValueError):
        labels = {}
    fields = "、".join(labels[name] for name in row.shape.names() if name in labels)
    what = "：".join(part for part in (row.get_action_display(), fields) if part)
    return Line(row.at, kind_label(row.kind), row.label or str(row.object_id), what)
