"""Append-only tables, held by the database itself on SQLite and PostgreSQL.

They stop the application, its bugs and an editor of rows; an owner of the database can drop them,
which the system check and the health page report.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import connection, models

MESSAGE = "append-only table"
_FUNCTION = "office_refuse_change"


def guarded_models() -> list[type[models.Model]]:
    """Every history table, the change log, the look ledger, and models that say append_only."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if hasattr(model, "history_id")
        and hasattr(model, "history_type")
        or model._meta.label in {"office.Change", "office.Look"}
        or getattr(model, "append_only", False)
    ]


def names(table: str) -> list[str]:
    """The triggers a table must have on this database."""
    last = "replace" if connection.vendor == "sqlite" else "truncate"
    return [f"keep_{table}_{event}" for event in ("update", "delete", last)]


def missing() -> list[str]:
    """Names of absent triggers of tables that exist."""
    have, tables = _present(), set(connection.introspection.table_names())
    return [
        name
        for model in guarded_models()
        if model._meta.db_table in tables
        for name in names(model._meta.db_table)
        if name not in have
    ]


def _present() -> set[str]:
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    with connection.cursor() as cursor:
        cursor.execute(query)
        return {row[0] for row in cursor.fetchall()}


def install() -> None:
    """Create the triggers that are missing; safe to run again, cheap when nothing is missing."""
    absent = set(missing())
    if not absent:
        return
    statements: list[str] = []
    if connection.vendor == "postgresql":
        statements.append(
            f"CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger AS"
            f" $$ BEGIN RAISE EXCEPTION '{MESSAGE}: %', TG_TABLE_NAME"
            " USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"
        )
    for model in guarded_models():
        if any(name in absent for name in names(model._meta.db_table)):
            statements += drop_statements(model) + list(_create_statements(model))
    _run(statements)


def remove() -> None:
    """Drop all triggers: for tests that empty tables, nothing else."""
    _run(statement for model in guarded_models() for statement in drop_statements(model))


def drop_statements(model: type[models.Model]) -> list[str]:
    table = model._meta.db_table
    on = "" if connection.vendor == "sqlite" else f' ON "{table}"'
    return [f'DROP TRIGGER IF EXISTS "{name}"{on}' for name in names(table)]


def _create_statements(model: type[models.Model]) -> Iterable[str]:
    table, pk = model._meta.db_table, model._meta.pk.column
    update, delete, last = names(table)
    if connection.vendor == "sqlite":
        abort = f"BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        yield f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" {abort}'
        yield f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" {abort}'
        # INSERT OR REPLACE deletes without firing the delete trigger.
        yield (
            f'CREATE TRIGGER "{last}" BEFORE INSERT ON "{table}"'
            f' WHEN NEW."{pk}" IS NOT NULL AND EXISTS (SELECT 1 FROM "{table}" WHERE "{pk}" ='
            f' NEW."{pk}") {abort}'
        )
        return
    call = f"EXECUTE FUNCTION {_FUNCTION}()"
    yield f'CREATE TRIGGER "{update}" BEFORE UPDATE ON "{table}" FOR EACH ROW {call}'
    yield f'CREATE TRIGGER "{delete}" BEFORE DELETE ON "{table}" FOR EACH ROW {call}'
    yield f'CREATE TRIGGER "{last}" BEFORE TRUNCATE ON "{table}" FOR EACH STATEMENT {call}'


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
