"""One change history for every record.

`django-simple-history` gives the tables and the reading; the rows are written here by one
`INSERT … SELECT` a statement, in the transaction of the change, together with one `office.Change`
row a record. Triggers make both append-only (`office/triggers.py`).
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from copy import deepcopy
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db import connection, models, transaction
from simple_history.models import HistoricalRecords

from office import clock
from office.models.changes import Change, shape_id

HIDDEN = ("password",)  # that it changed is logged, the value is not copied


class StaleRecord(Exception):
    """Somebody else saved the record since it was loaded; nothing was written."""

    def __init__(self, record: models.Model) -> None:
        super().__init__("这条记录已被别人改过，请刷新后再保存。")
        self.record = record


@dataclass(frozen=True)
class Acting:
    """Who is behind the writes of this context, in which post, from where and why."""

    user: Any = None
    post: Any = None
    reason: str = ""
    address: str = ""


NOBODY = Acting()
_acting: ContextVar[Acting] = ContextVar("office_acting")


def current() -> Acting:
    return _acting.get(NOBODY)


@contextmanager
def acting(
    user: Any = None, reason: str = "", post: Any = None, address: str = ""
) -> Iterator[None]:
    """Name the person (None: the system), reason and post behind all writes inside the block."""
    token = _acting.set(Acting(user=user, post=post, reason=reason, address=address))
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def because(reason: str, **who: Any) -> Iterator[None]:
    """State why the writes inside the block happen; `who`: fields of `Acting` that differ too."""
    token = _acting.set(replace(current(), reason=reason, **who))
    try:
        yield
    finally:
        _acting.reset(token)


@dataclass(frozen=True)
class Audit:
    """How a model appears in the change log; names are columns of the model or of its `parent`.

    label: what an auditor calls the record (its number); unit: owning unit; sealed: hidden from
    the audit page; parent: foreign key to the record this row belongs to.
    """

    label: str = ""
    unit: str = ""
    sealed: str = ""
    parent: str = ""


class Records(HistoricalRecords):
    """simple-history's tables without its per-row ORM writing and its many indexes."""

    def copy_fields(self, model: type[models.Model]) -> dict[str, models.Field]:
        fields = super().copy_fields(model)
        for name, field in fields.items():
            field.db_index = name == model._meta.pk.name
        return fields

    def fields_included(self, model: Any) -> list[models.Field]:
        """Without `untracked` fields, and without `derived` ones: a hash in the history would
        outlive what it was made from."""
        fields = super().fields_included(model)
        left_out = {*getattr(model, "derived", ()), *getattr(model, "untracked", ())}
        return [field for field in fields if field.name not in left_out]

    def get_extra_fields(self, model: type[models.Model], fields: dict) -> dict[str, Any]:
        extra = super().get_extra_fields(model, fields)
        extra["history_user"].db_index = False
        extra["_history_excluded_fields"] = [*HIDDEN, *model.untracked]
        return extra

    def create_historical_record(
        self, instance: models.Model, history_type: str, using: str | None = None
    ) -> None:
        if history_type == "-":
            raise TypeError(f"{instance._meta.label} is never deleted")
        changed = getattr(instance, "_changed", ())
        write_history(type(instance), [instance.pk], history_type, changed)


def write_history(
    model: type[models.Model], pks: Sequence[int], kind: str, changed: Sequence[str] = ()
) -> None:
    """Copy the rows `pks` of `model` into its history and log one Change each.

    kind: "+" new or "~" changed; changed: field names, () for a new row. Must run inside the
    transaction that wrote the rows. Two statements however many rows there are.
    """
    now = connection.ops.adapt_datetimefield_value(clock.now())
    insert, values = _history_insert(model, pks, kind, now)
    log, rest = _change_insert(model, kind, changed, now)
    table = _quoted(model.history.model._meta.db_table)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # one way to the server and back instead of two
            cursor.execute(
                f"WITH h AS ({insert} RETURNING *) {log.format(rows='h', where='TRUE')}",
                [*values, *rest],
            )
            return
        cursor.execute(f"{insert} RETURNING history_id", values)
        ids = [row[0] for row in cursor.fetchall()]
        span = "h.history_id BETWEEN %s AND %s"  # SQLite writes one transaction at a time
        cursor.execute(log.format(rows=f"{table} h", where=span), [*rest, min(ids), max(ids)])


def _history_insert(
    model: type[models.Model], pks: Sequence[int], kind: str, now: Any
) -> tuple[str, list]:
    """The statement that copies the rows into the history, and its values."""
    who, history = current(), model.history.model
    columns = ", ".join(_quoted(field.column) for field in history.tracked_fields)
    where, keys = _keyed(_quoted(model._meta.pk.column), pks)
    statement = (
        f"INSERT INTO {_quoted(history._meta.db_table)} ({columns}, history_date,"
        " history_change_reason, history_type, history_user_id)"
        f" SELECT {columns}, %s, %s, %s, %s FROM {_quoted(model._meta.db_table)} WHERE {where}"
        f" ORDER BY {_quoted(model._meta.pk.column)}"  # as they were made, whatever the plan
    )
    return statement, [now, who.reason or None, kind, getattr(who.user, "pk", None), *keys]


def _change_insert(
    model: type[models.Model], kind: str, changed: Sequence[str], now: Any
) -> tuple[str, list]:
    """The statement that logs a Change for each history row (`{rows}` h, `{where}`), its values."""
    who, audit = current(), model.audit
    pk = f"h.{_quoted(model._meta.pk.column)}"
    join, root_kind, root_id, owner = "", model._meta.label_lower, pk, "h"
    if audit.parent:
        link = model._meta.get_field(audit.parent)
        parent = link.remote_field.model._meta
        join = f" JOIN {_quoted(parent.db_table)} p ON p.id = h.{_quoted(link.column)}"
        root_kind, root_id, owner = parent.label_lower, "p.id", "p"

    def column(name: str, otherwise: str) -> str:
        return f"{owner}.{_quoted(name)}" if name else otherwise

    stamp = "timestamptz" if connection.vendor == "postgresql" else "text"
    statement = (
        f"INSERT INTO {_quoted(Change._meta.db_table)} (kind, object_id, history_id, root_kind,"
        " root_id, label, at, actor_id, post_id, action, reason, shape_id, unit_id, sealed)"
        f" SELECT %s, {pk}, h.history_id, %s, {root_id}, {column(audit.label, _EMPTY)},"
        f" CAST(%s AS {stamp}), %s, %s, %s, %s, %s, {column(audit.unit, _NULL)},"
        f" {column(audit.sealed, _FALSE)} FROM {{rows}}{join} WHERE {{where}} ORDER BY h.history_id"
    )
    actor, post = getattr(who.user, "pk", None), getattr(who.post, "pk", None)
    shape = shape_id(model._meta.label_lower, changed)
    kind_of = model._meta.label_lower
    return statement, [kind_of, root_kind, now, actor, post, kind, who.reason, shape]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _keyed(column: str, pks: Sequence[int]) -> tuple[str, list]:
    """A condition that holds for exactly these keys, short for thousands of them."""
    if len(pks) == 1:
        return f"{column} = %s", [pks[0]]
    if connection.vendor == "postgresql":
        return f"{column} = ANY(%s)", [list(pks)]
    return f"{column} IN ({','.join(str(int(pk)) for pk in pks)})", []


@cache
def _changed_in_place(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(f.attname for f in model._meta.concrete_fields if isinstance(f, models.JSONField))


def _kept(model: type[models.Model], values: dict[str, Any]) -> dict[str, Any]:
    """The values as they stay: what may be changed in place is copied, so that a change shows."""
    for name in _changed_in_place(model):
        if name in values:
            values[name] = deepcopy(values[name])
    return values


_EMPTY, _NULL, _FALSE = "''", "CAST(NULL AS bigint)", "(1 = 0)"


class TrackedModel(models.Model):
    """A record whose every change is kept, and whose stale copies cannot overwrite newer ones."""

    version = models.PositiveIntegerField("版本", default=1, editable=False)
    history = Records(
        inherit=True,
        excluded_fields=[*HIDDEN],
        history_change_reason_field=models.TextField(null=True),
    )
    audit = Audit()
    #: fields that are no facts about the record: no history and no version
    untracked: tuple[str, ...] = ()
    #: fields made from vault fields (keyed hashes): they change with history, which never holds them
    derived: tuple[str, ...] = ()
    wagtail_reference_index_ignore = True  # a snippet's save would cost 6–12 times as much

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Any, values: Any) -> Any:
        record = super().from_db(db, field_names, values)
        record._loaded = _kept(cls, dict(zip(field_names, values, strict=True)))
        return record

    def changed_fields(self) -> list[str]:
        """Names of the fields whose value is not the loaded one; all of them when new."""
        loaded = getattr(self, "_loaded", None)
        fields = self._meta.concrete_fields
        if loaded is None:
            return [field.name for field in fields]
        mine = self.__dict__
        return [
            field.name
            for field in fields
            if field.attname in mine
            and (field.attname not in loaded or mine[field.attname] != loaded[field.attname])
        ]

    def save(
        self, *args: Any, update_fields: Any = None, force_insert: Any = False, **kw: Any
    ) -> None:
        """Write the record, its history and its Change in one transaction; nothing if unchanged.

        Raises StaleRecord when the row's version is no longer the loaded one, or when `version` was
        set to another one (what a form carried along). After a rollback the record must be loaded
        again: what it remembers was never kept.
        """
        if self._state.adding or force_insert:
            self._changed = ()
            with transaction.atomic():
                super().save(*args, force_insert=True, **kw)
            self._remember()
            return
        self._prepare_related_fields_for_save(operation_name="save")
        changed = self._chosen(update_fields)
        facts = [name for name in changed if name not in self.untracked]
        self._require_own_version(facts)
        if not facts:
            if changed:
                self._save_untracked(changed, **kw)
            return
        before = self.version
        self._changed, self.version = facts, before + 1
        try:
            with transaction.atomic():
                super().save(update_fields=[*changed, "version"], **kw)
        except BaseException:
            self.version = before
            raise
        self._remember()

    def _chosen(self, update_fields: Any) -> list[str]:
        """Names of the changed fields that are to be written; `update_fields` as Django takes it."""
        changed = [name for name in self.changed_fields() if name != "version"]
        if update_fields is None:
            return changed
        wanted = set(update_fields)
        if unknown := wanted - self._meta._non_pk_concrete_field_names:
            raise ValueError(f"{self._meta.label} has no fields {sorted(unknown)}")
        fields = {field.name: field.attname for field in self._meta.concrete_fields}
        return [name for name in changed if wanted & {name, fields[name]}]

    def _require_own_version(self, facts: list[str]) -> None:
        """The version in hand is the one the fields were loaded with, even if nothing changed."""
        loaded = getattr(self, "_loaded", {})
        if "version" in loaded:
            if self.version != loaded["version"]:
                raise StaleRecord(self)
        elif facts:
            raise TypeError(f"{self._meta.label} was loaded without its version: not to be saved")

    def _save_untracked(self, changed: list[str], **kw: Any) -> None:
        self.skip_history_when_saving = True
        try:
            super().save(update_fields=changed, **kw)
        finally:
            del self.skip_history_when_saving
        self._remember()

    def _do_update(self, base_qs: Any, *args: Any, **kw: Any) -> bool:
        if not hasattr(self, "skip_history_when_saving"):
            base_qs = base_qs.filter(version=self._loaded["version"])
        if not super()._do_update(base_qs, *args, **kw):
            raise StaleRecord(self)
        return True

    def _remember(self) -> None:
        """Take what is in hand as what is stored."""
        mine = self.__dict__
        names = [field.attname for field in self._meta.concrete_fields]
        self._loaded = _kept(type(self), {name: mine[name] for name in names if name in mine})

    def refresh_from_db(self, using: Any = None, fields: Any = None, **kw: Any) -> None:
        """Django's; a refresh of some fields (or of a deferred one) makes no stale copy fresh."""
        wanted = None if fields is None else set(fields)
        super().refresh_from_db(using, wanted, **kw)
        if wanted is None:
            self._remember()
            return
        fresh = {
            field.attname: self.__dict__[field.attname]
            for field in self._meta.concrete_fields
            if field.name != "version" and wanted & {field.name, field.attname}
        }
        self.__dict__.setdefault("_loaded", {}).update(_kept(type(self), fresh))

    def delete(self, *args: Any, **kw: Any) -> Any:
        """Records are ended or voided with a reason, never deleted."""
        raise TypeError(f"{self._meta.label} is never deleted")
