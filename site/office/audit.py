"""The audit page's reading: which changes, and what each of them changed.

`office.Change` says who changed which record when; old and new values are read from the history
tables only for the rows that are shown, in a fixed number of queries for each kind among them.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from typing import Any

from django.apps import apps
from django.db import connection, models
from django.db.models import Max, OuterRef, Subquery

from office.history import HIDDEN, TrackedModel
from office.history_view import (
    CODES,
    FieldChange,
    differences_of_many,
    field_label,
    has_chinese_label,
)
from office.keyset import Branch, Search
from office.models import Change, ChangeShape, Look
from office.registries import hidden_roots, record_links, record_names
from office.vault import VaultRecord

_TECHNICAL = {*CODES, "id", "version", "data_key", "sha256", "digest"}
_TECHNICAL |= {"is_superuser", "is_staff"}
_MOST_SHAPES = 100  # index scans of one query
SYSTEM = "系统"


@dataclass(frozen=True)
class Row:
    """One change, ready to show. `link` is "" when the reader may not open the record."""

    pk: int
    at: datetime
    who: str
    post: str
    kind: str
    label: str
    link: str
    action: str
    fields: list[FieldChange]
    reason: str


@cache
def tracked_kinds() -> dict[str, type[models.Model]]:
    """All models with a history, by kind ("matters.matter"), in the order of their labels."""
    found = [model for model in apps.get_models() if issubclass(model, TrackedModel)]
    found.sort(key=lambda model: str(model._meta.verbose_name))
    return {model._meta.label_lower: model for model in found}


def kind_label(kind: str) -> str:
    """The Chinese name of a kind, tracked or not; the kind itself when the model no longer exists."""
    try:
        return str(apps.get_model(kind)._meta.verbose_name)
    except (LookupError, ValueError):
        return kind


def field_labels(model: type[models.Model]) -> dict[str, str]:
    """Names and Chinese labels of the fields whose changes are shown."""
    return {
        field.name: str(field.verbose_name)
        for field in model._meta.concrete_fields
        if field.name not in {*_TECHNICAL, *getattr(model, "untracked", ())}
        and has_chinese_label(field)
    }


def records_called(label: str) -> list[tuple[str, int]]:
    """(kind, id) of the records whose number or name is exactly `label`, at most 20 of a kind.

    A label of the form "matters.matter:12" names one record.
    """
    kind, colon, key = label.rpartition(":")
    if colon and kind in tracked_kinds() and key.isascii() and key.isdigit() and len(key) < 19:
        return [(kind, int(key))]
    found = []
    for kind, model in tracked_kinds().items():
        if model.audit.label and not model.audit.parent:
            field = model._meta.get_field(model.audit.label)
            if len(label) <= (field.max_length or len(label)):
                rows = model._base_manager.filter(**{field.name: label}).order_by()
                found += [(kind, pk) for pk in rows.values_list("pk", flat=True)[:20]]
    return found


def search(
    *,
    person: int | str | None = None,
    since: date | None = None,
    until: date | None = None,
    kind: str = "",
    field: tuple[str, str] | None = None,
    record: str = "",
) -> Search:
    """The changes that fit all conditions, of records that are not sealed today.

    person: a user's id or `SYSTEM`; field: (kind, field name); record: a number or name, exactly.
    """
    found = Search(Change)
    leave_out_sealed(found, "root_kind", "root_id")
    shapes = _shapes(*field) if field else []
    ways: list[list[Branch]] = []
    if field and len(shapes) <= _MOST_SHAPES:
        ways.append([Branch(("shape_id",), (pk,)) for pk in shapes])
    if kind or (field and not ways):
        ways.append([Branch(("kind",), (field[0] if field else kind,))])
    if person and person != SYSTEM:
        ways.append([Branch(("actor_id",), (person,))])
    if record:
        named = records_called(record)
        ways = [[Branch(("root_kind", "root_id"), pair) for pair in named]]
    found.narrowest(*ways)
    if person == SYSTEM:
        found.require("actor_id IS NULL")
    elif person:
        found.require("actor_id = %s", person)
    if kind:
        found.require("kind = %s", kind)
    if field:
        found.require(f"shape_id IN ({', '.join(map(str, shapes)) or 'NULL'})")
    found.between(since, until)
    return found


def search_looks(
    *,
    person: int | None = None,
    since: date | None = None,
    until: date | None = None,
    record: str = "",
    reader: Any = None,
) -> Search:
    """The looks that fit all conditions, at records not sealed today; `record` as in `search`.

    reader: who reads them; looks at records they stepped back from are left out.
    """
    found = Search(Look)
    leave_out_sealed(found, "kind", "object_id")
    # What belongs to a sealed record without being one says so in the look alone.
    kinds = [name for name, _, _ in _sealable()]
    found.require(
        f"NOT (sealed AND kind NOT IN ({', '.join(['%s'] * len(kinds)) or 'NULL'}))", *kinds
    )
    if reader is not None:
        leave_out_hidden(found, "kind", "object_id", reader)
    if record:
        named = records_called(record)
        found.branches = [Branch(("kind", "object_id"), pair) for pair in named]
    elif person:
        found.branches = [Branch(("person_id",), (person,))]
    if person:
        found.require("person_id = %s", person)
    found.between(since, until)
    return found


def leave_out_sealed(found: Search, kind: str, key: str) -> None:
    """Keep what is about records that are not sealed now, whatever they were when it was written.

    kind, key: the log's columns that name the record. One probe of a small index a row: what was
    sealed since is gone at once and comes back with the unsealing, the log itself stays as it is.
    """
    for name, column, table in _sealable():
        found.require(
            f"NOT ({kind} = %s AND EXISTS (SELECT 1 FROM {table} s WHERE s.id = {key} AND s.{column}))",
            name,
        )


def leave_out_hidden(found: Search, kind: str, key: str, reader: Any) -> None:
    """Keep what is about records this reader did not step back from; columns as above.

    Somebody steps back from few records: their ids are in the statement.
    """
    for name, ask in hidden_roots.items():
        if ids := ask(reader):
            listed = ", ".join(str(int(pk)) for pk in sorted(ids))
            found.require(f"NOT ({kind} = %s AND {key} IN ({listed}))", name)


@cache
def _sealable() -> list[tuple[str, str, str]]:
    """(kind, column, table) of the records that may be sealed; what belongs to one goes with it."""
    quoted = connection.ops.quote_name
    return [
        (kind, quoted(model.audit.sealed), quoted(model._meta.db_table))
        for kind, model in tracked_kinds().items()
        if model.audit.sealed and not model.audit.parent
    ]


def _shapes(kind: str, name: str) -> list[int]:
    rows = ChangeShape.objects.filter(kind=kind, fields__contains=f",{name},")
    return list(rows.values_list("pk", flat=True))


def rows_of(ids: Sequence[int], reader: Any) -> list[Row]:
    """The changes with these ids, newest first, as `reader` may see them.

    Changes of a record that has been sealed since are left out.
    """
    changes = list(
        Change.objects.filter(pk__in=ids)
        .select_related("actor", "post__unit", "shape")
        .order_by("-pk")
    )
    sealed = _sealed_roots(changes)
    changes = [c for c in changes if _root(c) not in sealed]
    links = _links(changes, reader)
    # Records with a door are told of to those who may open it: an auditor who stepped back may not.
    changes = [c for c in changes if c.root_kind not in record_links or _root(c) in links]
    fields, names = _fields(changes), _names(changes)
    return [
        Row(
            pk=change.pk,
            at=change.at,
            who=str(change.actor or SYSTEM),
            post=str(change.post or ""),
            kind=kind_label(change.kind),
            label=names.get(_root(change)) or change.label or f"{change.object_id}",
            link=links.get(_root(change), ""),
            action=change.get_action_display(),
            fields=fields[change.pk],
            reason=change.reason,
        )
        for change in changes
    ]


def _root(change: Change) -> tuple[str, int]:
    return change.root_kind, change.root_id


def _by_kind(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = defaultdict(list)
    for kind, what in pairs:
        found[kind].append(what)
    return found


def _sealed_roots(changes: Iterable[Change]) -> set[tuple[str, int]]:
    """Records among these that are sealed today, whatever they were when they changed."""
    found = set()
    for kind, ids in _by_kind((c.root_kind, c.root_id) for c in changes).items():
        model = tracked_kinds().get(kind)
        if model and model.audit.sealed:
            rows = model._base_manager.filter(pk__in=set(ids), **{model.audit.sealed: True})
            found |= {(kind, pk) for pk in rows.values_list("pk", flat=True)}
    return found


def _links(changes: Iterable[Change], reader: Any) -> dict[tuple[str, int], str]:
    found = {}
    for kind, ids in _by_kind((c.root_kind, c.root_id) for c in changes).items():
        if ask := record_links.get(kind):
            found |= {(kind, pk): url for pk, url in ask(reader, sorted(set(ids))).items()}
    return found


def _names(changes: Iterable[Change]) -> dict[tuple[str, int], str]:
    """Names of the records whose label in the log is a code, or one they had under seal."""
    found = {
        (kind, pk): name
        for kind, ids in _by_kind((c.root_kind, c.root_id) for c in changes).items()
        if kind in record_names
        for pk, name in record_names[kind](sorted(set(ids))).items()
    }
    for kind, ids in _by_kind((c.root_kind, c.root_id) for c in changes if c.sealed).items():
        model = tracked_kinds().get(kind)
        if model and model.audit.label:
            rows = model._base_manager.filter(pk__in=set(ids)).order_by()
            found |= {(kind, pk): name for pk, name in rows.values_list("pk", model.audit.label)}
    return found


def _fields(changes: Iterable[Change]) -> dict[int, list[FieldChange]]:
    """Old and new values of each change, by the change's id."""
    found: dict[int, list[FieldChange]] = {}
    for kind, listed in _by_kind((c.kind, c) for c in changes).items():
        model = tracked_kinds().get(kind)
        found |= _fields_of_kind(model, listed) if model else {c.pk: [] for c in listed}
    return found


def _fields_of_kind(
    model: type[models.Model], changes: list[Change]
) -> dict[int, list[FieldChange]]:
    """The values of changes of one kind: new rows, the rows before them, and the records."""
    history = model.history.model._base_manager
    earlier = (
        history.filter(id=OuterRef("id"), history_id__lt=OuterRef("history_id"))
        .order_by()
        .values("id")
        .annotate(last=Max("history_id"))
        .values("last")
    )
    written = history.filter(history_id__in=[c.history_id for c in changes])
    new = {row.history_id: row for row in written.annotate(earlier=Subquery(earlier))}
    old = history.in_bulk([row.earlier for row in new.values() if row.earlier])
    records = _records(model, {c.object_id for c in changes})
    known = [c for c in changes if c.history_id in new]
    values = differences_of_many(
        [
            (old.get(new[c.history_id].earlier), new[c.history_id], records.get(c.object_id))
            for c in known
        ]
    )
    found = {c.pk: [*shown, *_hidden(c)] for c, shown in zip(known, values, strict=True)}
    return {c.pk: [] for c in changes} | found


def _hidden(change: Change) -> list[FieldChange]:
    """Fields whose change is known and whose value is kept nowhere."""
    model = tracked_kinds()[change.kind]
    return [
        FieldChange(field_label(model, name), "", "已更改")
        for name in change.shape.names()
        if name in HIDDEN and change.action == "~"
    ]


def _records(model: type[models.Model], ids: set[int]) -> dict[int, Any]:
    """The records with their data keys, for masking; none for models without a vault."""
    if not issubclass(model, VaultRecord):
        return {}
    names = {field.name for field in model._meta.concrete_fields}
    key = "data_key" if "data_key" in names else f"{model.audit.parent}__data_key"
    return model._base_manager.select_related(key).in_bulk(ids)
