"""Approved rules are closed by the database itself, on SQLite and PostgreSQL.

Of an approved profile nothing changes but the day it ends; its tables take no row and no change. Two
profiles never hold on one day. It stops the application, its bugs and an editor of rows; an owner of
the database can drop triggers. Migrations run without them: SQLite cannot rebuild a table that a
trigger of another table reads.
"""

from collections.abc import Iterable
from typing import Any

from django.core.checks import Tags, Warning, register
from django.db import connection

from casework.matters.models.profiles import (
    RuleAct,
    RuleField,
    RuleLimit,
    RuleProfile,
    RuleSetting,
    RuleText,
)

CLOSED = "approved rules do not change"
OVERLAP = "two rule profiles on one day"
_ROWS = (RuleLimit, RuleField, RuleAct, RuleText, RuleSetting)
_PROFILE = RuleProfile._meta.db_table
#: columns of a profile that may change after its approval
_STILL = ("valid_to", "version")
_FUNCTION = "matters_refuse_rules"


def install(**kwargs: Any) -> None:
    """Create the triggers anew, once the tables are there in their present shape."""
    if not _ready():
        return
    remove()
    if connection.vendor == "postgresql":
        _run(_functions())
    _run(_statements())


def _ready() -> bool:
    """Whether all tables are there as they are now; not so before or in the midst of migrations."""
    tables = set(connection.introspection.table_names())
    if not {model._meta.db_table for model in (RuleProfile, *_ROWS)} <= tables:
        return False
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, _PROFILE)
    return {field.column for field in RuleProfile._meta.fields} <= {one.name for one in columns}


def remove(**kwargs: Any) -> None:
    """Drop them: before tables are rebuilt."""
    on = {True: "", False: ' ON "{}"'}[connection.vendor == "sqlite"]
    _run(f'DROP TRIGGER IF EXISTS "{name}"{on.format(table)}' for name, table, *_ in _triggers())


@register(Tags.database)
def rules_are_closed(databases: Any = None, **kwargs: Any) -> list[Any]:
    """`manage.py check --database default`: the triggers of approved rules are there.

    A warning, not an error: a migration that broke off left them out, and the next one puts them
    back, which it could not if the check stopped it.
    """
    absent = missing() if databases and _ready() else []
    if not absent:
        return []
    told = f"missing triggers: {', '.join(absent[:6])}"
    return [Warning(told, hint="manage.py migrate", id="matters.W001")]


def missing() -> list[str]:
    """Names of absent triggers."""
    if connection.vendor == "sqlite":
        query = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        query = "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled IN ('O', 'A')"
    with connection.cursor() as cursor:
        cursor.execute(query)
        have = {row[0] for row in cursor.fetchall()}
    return [name for name, *_ in _triggers() if name not in have]


def _triggers() -> Iterable[tuple[str, str, str, str, str]]:
    """(name, table, event, condition, message) of each trigger."""
    approved = f"(SELECT stage FROM \"{_PROFILE}\" WHERE id = {{}}.profile_id) = 'approved'"
    for model in _ROWS:
        table = model._meta.db_table
        old, new = approved.format("OLD"), approved.format("NEW")
        yield f"closed_{table}_insert", table, "INSERT", new, CLOSED
        yield f"closed_{table}_update", table, "UPDATE", f"{old} OR {new}", CLOSED
        yield f"closed_{table}_delete", table, "DELETE", old, CLOSED
    differs = "IS NOT" if connection.vendor == "sqlite" else "IS DISTINCT FROM"
    kept = " OR ".join(
        f'OLD."{field.column}" {differs} NEW."{field.column}"'
        for field in RuleProfile._meta.fields
        if field.name not in _STILL
    )
    yield (
        f"closed_{_PROFILE}_update",
        _PROFILE,
        "UPDATE",
        f"OLD.stage = 'approved' AND ({kept})",
        CLOSED,
    )
    yield f"closed_{_PROFILE}_delete", _PROFILE, "DELETE", "OLD.stage = 'approved'", CLOSED
    last = "'9999-12-31'" if connection.vendor == "sqlite" else "DATE '9999-12-31'"
    ends = f"COALESCE({{}}.valid_to, {last})"
    mine, theirs = ends.format("NEW"), ends.format("p")
    overlap = (
        f"NEW.stage = 'approved' AND NEW.valid_from <= {mine} AND EXISTS (SELECT 1 FROM"
        f" \"{_PROFILE}\" p WHERE p.id <> NEW.id AND p.stage = 'approved'"
        f" AND p.valid_from <= {theirs} AND p.valid_from <= {mine} AND NEW.valid_from <= {theirs})"
    )
    yield f"apart_{_PROFILE}_insert", _PROFILE, "INSERT", overlap, OVERLAP
    yield f"apart_{_PROFILE}_update", _PROFILE, "UPDATE", overlap, OVERLAP


def _functions() -> Iterable[str]:
    """PostgreSQL's triggers call a function; its conditions may not look into tables, so it does."""
    for name, _, event, condition, message in _triggers():
        out = "OLD" if event == "DELETE" else "NEW"
        yield (
            f'CREATE OR REPLACE FUNCTION "{_FUNCTION}_{name}"() RETURNS trigger AS $$ BEGIN'
            f" IF {condition} THEN RAISE EXCEPTION '{message}'"
            " USING ERRCODE = 'integrity_constraint_violation'; END IF;"
            f" RETURN {out}; END $$ LANGUAGE plpgsql"
        )


def _statements() -> Iterable[str]:
    for name, table, event, condition, message in _triggers():
        if connection.vendor == "sqlite":
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" WHEN {condition}'
                f" BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
        else:
            yield (
                f'CREATE TRIGGER "{name}" BEFORE {event} ON "{table}" FOR EACH ROW'
                f' EXECUTE FUNCTION "{_FUNCTION}_{name}"()'
            )


def _run(statements: Iterable[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
