"""Many records at once, new or changed, with their history, in the caller's transaction.

Rows go in by COPY (PostgreSQL) or `executemany` (SQLite) with keys reserved beforehand, history and
changes follow by two statements: per row a tenth of `save()`'s cost, and nothing is missing.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import Any

from django.db import connection, models

from office.history import StaleRecord, TrackedModel, write_history


def insert_tracked(records: Sequence[TrackedModel]) -> None:
    """Insert new records of one model, set their keys, write history and changes.

    Call inside a transaction (RuntimeError otherwise). Nothing is validated and no signal is sent:
    the caller has checked the values. Database constraints hold as always.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(
            "insert_tracked() outside a transaction could leave rows without history"
        )
    if records:
        insert_rows(records)
        write_history(type(records[0]), [record.pk for record in records], "+")
        for record in records:
            record._remember()


def update_tracked(model: type[TrackedModel], names: Sequence[str], rows: Sequence[tuple]) -> None:
    """Change the columns `names` of many records, with one history row and one Change each.

    rows: (key, version as it was read, new value for each name). Call inside a transaction.
    Raises StaleRecord when one of them was saved by somebody else since: nothing may stay then.
    """
    if not connection.in_atomic_block:
        raise RuntimeError(
            "update_tracked() outside a transaction could leave rows without history"
        )
    if not rows:
        return
    fields = [model._meta.get_field(name) for name in names]
    quoted = connection.ops.quote_name
    sets = ", ".join(f"{quoted(field.column)} = %s" for field in fields)
    pk, version = quoted(model._meta.pk.column), quoted("version")
    values = [
        (*(_stored(field, value) for field, value in zip(fields, new, strict=True)), key, at)
        for key, at, *new in rows
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quoted(model._meta.db_table)} SET {sets}, {version} = {version} + 1"
            f" WHERE {pk} = %s AND {version} = %s",
            values,
        )
        if cursor.rowcount != len(rows):
            raise StaleRecord(model(pk=rows[0][0]))
    write_history(model, [row[0] for row in rows], "~", names)


def _stored(field: models.Field, value: Any) -> Any:
    return field.get_db_prep_save(value, connection)


def insert_rows(records: Sequence[models.Model]) -> None:
    """Insert new rows of one model (tracked or not) and set their keys; no history.

    What the database refuses leaves the records as new as they were.
    """
    model = type(records[0])
    if any(type(record) is not model for record in records):
        raise TypeError("insert_rows() takes records of one model at a time")
    try:
        for record, pk in zip(records, _reserve(model, len(records)), strict=True):
            record.pk = pk
        _write(model, records)
    except BaseException:
        for record in records:
            record.pk = None
        raise
    alias = connection.alias
    for record in records:
        record._state.adding = False
        record._state.db = alias


def _write(model: type[models.Model], records: Sequence[models.Model]) -> None:
    fields = model._meta.concrete_fields
    columns = ", ".join(connection.ops.quote_name(field.column) for field in fields)
    table = connection.ops.quote_name(model._meta.db_table)
    rows = _rows(records, fields)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            statement = f"COPY {table} ({columns}) FROM STDIN"
            with connection.wrap_database_errors, cursor.copy(statement) as copy:
                for row in rows:
                    copy.write_row(row)
        else:
            marks = ", ".join(["%s"] * len(fields))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({marks})", list(rows))


def _reserve(model: type[models.Model], count: int) -> Iterable[int]:
    """Keys nobody else will use. SQLite's writer lock and PostgreSQL's sequence see to that."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) FROM generate_series(1, %s)",
                [f'"{table}"', model._meta.pk.column, count],
            )
            return [row[0] for row in cursor.fetchall()]
        cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
        row = cursor.fetchone()
        start = (row[0] if row else 0) + 1
        return range(start, start + count)


def _rows(records: Sequence[models.Model], fields: Sequence[models.Field]) -> Iterable[tuple]:
    """The records as tuples the driver takes; only the columns that need it are converted."""
    # Of the instances' own dicts: Django's descriptors of foreign keys cost more than the row.
    pick = itemgetter(*(field.attname for field in fields))
    links = [(field.name, field.attname) for field in fields if field.is_relation]
    stamped = [field for field in fields if getattr(field, "auto_now_add", False)]
    converters = [(n, convert) for n, field in enumerate(fields) if (convert := _converter(field))]
    for record in records:
        values, related = record.__dict__, record._state.fields_cache
        if any(values[attname] is None and related.get(name) for name, attname in links):
            record._prepare_related_fields_for_save(operation_name="insert_rows")
        for field in stamped:
            field.pre_save(record, add=True)
        row = list(pick(values))
        for n, convert in converters:
            if row[n] is not None:
                row[n] = convert(row[n])
        yield tuple(row)


#: columns whose values the drivers take as they are; `save()` would not change them either
_AS_THEY_ARE = (models.CharField, models.TextField, models.IntegerField, models.BooleanField)
#: columns whose values repeat in a batch and can be keys of a table
_REPEATED = (models.DateField, models.UUIDField)


def _converter(field: models.Field) -> Callable[[Any], Any] | None:
    target = field.target_field if isinstance(field, models.ForeignKey) else field
    if isinstance(target, _AS_THEY_ARE):
        return None

    def convert(value: Any) -> Any:
        return field.get_db_prep_save(value, connection)

    if isinstance(target, models.BinaryField):
        # Both drivers take bytes; anything else is the field's own business, as in `save()`.
        return lambda value: value if type(value) is bytes else convert(value)
    return lru_cache(maxsize=1024)(convert) if isinstance(target, _REPEATED) else convert
