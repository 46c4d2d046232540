"""What was written down stays: the database itself refuses to change or empty the logs."""

import uuid
from datetime import UTC, date, datetime, time

import pytest
from django.core.management.sql import emit_post_migrate_signal
from django.db import IntegrityError, NotSupportedError, connection, models, transaction

from casework.matters.models import (
    ArchiveLine,
    Category,
    CitedPage,
    ClockLine,
    FollowUpCall,
    Hearing,
    LetterTemplate,
    Move,
    Review,
    RightsMove,
    StandingUse,
    TalkCitation,
)
from office import triggers
from office.bulk import insert_rows
from office.checks import append_only
from office.models import (
    ChainSeal,
    Change,
    DeliveryTry,
    Look,
    LookFinding,
    LookNote,
    Notice,
    SignIn,
    TickMark,
)

GUARDED = sorted(triggers.guarded_models(), key=lambda model: model._meta.label)
SOMETHING = [
    (models.ForeignKey, 1),
    (models.BooleanField, False),
    (models.IntegerField, 1),
    (models.CharField, "+"),
    (models.TextField, "x"),
    (models.DateTimeField, datetime(2026, 1, 1, tzinfo=UTC)),
    (models.DateField, date(2026, 1, 1)),
    (models.TimeField, time(9, 30)),
    (models.UUIDField, uuid.UUID(int=7)),
    (models.BinaryField, b"x"),
    (models.JSONField, {}),
]


def a_row(model):
    """A row with something in every column that needs it."""
    values = {
        field.attname: next(
            (value for kind, value in SOMETHING if isinstance(field, kind)), field.get_default()
        )
        for field in model._meta.concrete_fields
        if not field.primary_key and not field.null and not isinstance(field, models.AutoField)
    }
    row = model(**values)
    insert_rows([row])
    return row


def run(statement, *params):
    with connection.cursor() as cursor:
        cursor.execute(statement, params)


def deeds(model):
    """Statements that would change, drop or replace the row 1 of a table: name → SQL."""
    table, pk = model._meta.db_table, model._meta.pk.column
    column = next(field.column for field in model._meta.concrete_fields if not field.primary_key)
    columns = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
    same = f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM "{table}"'
    listed = {
        "update": f'UPDATE "{table}" SET "{column}" = "{column}"',
        "update one": f'UPDATE "{table}" SET "{column}" = "{column}" WHERE "{pk}" > 0',
        "delete": f'DELETE FROM "{table}"',
        "delete one": f'DELETE FROM "{table}" WHERE "{pk}" > 0',
        "insert or update": f'{same} WHERE true ON CONFLICT ("{pk}") DO UPDATE'
        f' SET "{column}" = excluded."{column}"',
    }
    if connection.vendor == "postgresql":
        return listed
    return listed | {
        "replace": same.replace("INSERT", "INSERT OR REPLACE"),
        "replace by rowid": same.replace("INSERT", "INSERT OR REPLACE").replace(f'"{pk}"', "rowid"),
        "replace by text": same.replace("INSERT", "INSERT OR REPLACE").replace(
            f'SELECT "{pk}"', f'SELECT CAST("{pk}" AS text)'
        ),
        "update or replace": f'UPDATE OR REPLACE "{table}" SET "{pk}" = "{pk}"',
    }


def emptyings(model):
    """Statements that empty a whole table at once, where the database has them."""
    table = model._meta.db_table
    if connection.vendor == "sqlite":
        return {}
    return {"truncate": f'TRUNCATE "{table}"', "with all": f'TRUNCATE "{table}" CASCADE'}


def refused(statement):
    try:
        with transaction.atomic():
            run(statement)
    except IntegrityError as error:
        return triggers.MESSAGE in str(error)
    except NotSupportedError as error:  # PostgreSQL empties no table that others point to
        return "cannot truncate" in str(error)
    return False


@pytest.mark.parametrize("model", GUARDED, ids=lambda model: model._meta.label_lower)
def test_an_editor_of_rows_is_refused_on_every_log(db, model):
    done = [name for name, statement in emptyings(model).items() if not refused(statement)]
    with transaction.atomic():
        a_row(model)
        done += [name for name, statement in deeds(model).items() if not refused(statement)]
        count = model._base_manager.count()
        transaction.set_rollback(True)  # the row hangs on records that are not there

    assert (done, count > 0) == ([], True)


def test_every_history_the_changes_the_looks_and_the_moves_are_guarded():
    histories = {model.history.model for model in all_tracked()}
    logs = {
        Change,
        ClockLine,
        Look,
        LookFinding,
        LookNote,
        Move,
        RightsMove,
        SignIn,
        ChainSeal,
        StandingUse,
        TickMark,
    }
    logs |= {ArchiveLine, CitedPage, FollowUpCall, TalkCitation, Hearing, LetterTemplate, Review}
    logs |= {DeliveryTry, Notice}
    assert set(GUARDED) == histories | logs


def all_tracked():
    return [model for model in connection_models() if hasattr(model, "history")]


def connection_models():
    return connection.introspection.get_migratable_models()


def test_the_application_itself_cannot_rewrite_a_move_or_a_look(db):
    with transaction.atomic():
        look, move = a_row(Look), a_row(Move)
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Look.objects.filter(pk=look.pk).update(purpose="别的目的")
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            move.save()
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            Move.objects.filter(pk=move.pk).delete()
        transaction.set_rollback(True)


def test_after_migrating_every_trigger_is_there(db):
    wanted = {name for model in GUARDED for name in triggers.names(model._meta.db_table)}

    assert triggers.missing() == []
    assert wanted <= triggers._present()
    assert all(len(name.encode()) <= 63 for name in wanted)  # PostgreSQL cuts longer names
    assert len(wanted) == 3 * len(GUARDED)


def test_the_system_check_names_a_trigger_that_is_gone(db):
    table = Change._meta.db_table
    assert append_only(databases=["default"]) == []
    for statement in triggers.drop_statements(Change)[:1]:
        run(statement)

    [error] = append_only(databases=["default"])
    assert (error.id, f"keep_{table}_update" in error.msg) == ("office.E004", True)
    assert triggers.missing() == [f"keep_{table}_update"]
    assert append_only(databases=None) == []  # `check` without a database asks none


def test_a_trigger_that_was_switched_off_counts_as_gone(db):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite cannot switch a trigger off")
    for off in ("DISABLE", "ENABLE REPLICA"):
        run(f"ALTER TABLE office_look {off} TRIGGER keep_office_look_delete")
        assert triggers.missing() == ["keep_office_look_delete"]


@pytest.mark.parametrize("count", [1, 3])
def test_installing_again_brings_back_what_is_gone_and_keeps_the_rest(db, count):
    for statement in triggers.drop_statements(Look)[:count]:
        run(statement)
    assert len(triggers.missing()) == count

    triggers.install()

    assert triggers.missing() == []
    with transaction.atomic():
        a_row(Look)
        assert refused("DELETE FROM office_look")
        transaction.set_rollback(True)


def test_looking_for_missing_triggers_is_cheap(db, django_assert_num_queries):
    with django_assert_num_queries(2):
        triggers.missing()
    with django_assert_num_queries(2):
        triggers.install()


@pytest.mark.flush
@pytest.mark.django_db(transaction=True)
def test_a_table_that_a_migration_rebuilds_is_guarded_again():
    Category(code="CJ", name="城建").save()
    history = Category.history.model
    old = history._meta.get_field("name")
    new = old.clone()
    new.max_length = 61
    new.set_attributes_from_name("name")
    new.model = history
    with connection.schema_editor() as editor:
        editor.alter_field(history, old, new)
    gone = triggers.missing()
    emit_post_migrate_signal(0, False, "default")

    table = history._meta.db_table
    assert gone == (triggers.names(table) if connection.vendor == "sqlite" else [])
    assert triggers.missing() == []
    assert history.objects.get().name == "城建"
    assert all(refused(statement) for statement in deeds(history).values())
