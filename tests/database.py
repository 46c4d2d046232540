"""The test database, as a pytest plugin: migrated once, then copied.

Migrating takes a minute or two, copying the result takes milliseconds. So a template is kept (SQLite:
a file in VAR_DIR; PostgreSQL: a database beside the tests' one) whose name carries a digest of all
that shapes it; every worker copies it, and a test that commits for real (`transaction=True`,
`live_server`) is followed by a fresh copy instead of Django's flush, which the append-only triggers
refuse and which would take Wagtail's root page along. `--create-db` builds the template anew.
"""

import fcntl
import hashlib
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db import connection, connections
from django.test import TransactionTestCase

from office.models import changes
from tests.remembered import forget_remembered

# Files beside the migrations that decide what `migrate` leaves in a database: rights, first rows.
SHAPING = ("apps.py", "roles.py", "permissions.py", "triggers.py")


def digest() -> str:
    """Twelve hex digits over every migration of every app and our own SHAPING files."""
    whole = hashlib.sha256(str(settings.INSTALLED_APPS).encode())
    for config in apps.get_app_configs():
        root = Path(config.path)
        shaping = [root / name for name in SHAPING] if settings.BASE_DIR in root.parents else []
        for path in [*sorted(root.glob("migrations/*.py")), *shaping]:
            if path.exists():
                whole.update(path.name.encode() + path.read_bytes())
    return whole.hexdigest()[:12]


@contextmanager
def locked(path: Path) -> Iterator[TextIO]:
    """One process at a time, also between two runs. Yields the file, whose text is kept."""
    with path.open("a+") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        handle.seek(0)
        yield handle


def build_once(template: "FileTemplate | ServerTemplate", run: str, *, anew: bool) -> None:
    """Build what is missing; with `anew` the first worker of `run` builds, the others find it done."""
    with locked(settings.VAR_DIR / "test-template.lock") as note:
        template.build(anew=anew and not (run and note.read() == run))
        note.truncate(0)
        note.write(run)


def point_at(name: str) -> None:
    """Make `connection` open the database `name`, in this thread and in the server's."""
    connections.close_all()
    connection.settings_dict["NAME"] = settings.DATABASES["default"]["NAME"] = name


def migrate_into(name: str) -> None:
    """Create the empty database `name` and migrate it."""
    connection.settings_dict["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connections.close_all()


def forget() -> None:
    """Empty what this process remembers of committed rows that are gone: their ids mean others now."""
    cache.clear()
    ContentType.objects.clear_cache()
    changes._shapes.clear()
    forget_remembered()


class FileTemplate:
    """SQLite: the template is a file, a copy is a file."""

    def __init__(self, copy: Path) -> None:
        self.path = settings.VAR_DIR / f"test-template-{digest()}.sqlite3"
        self.copy = copy

    def build(self, *, anew: bool) -> None:
        if self.path.exists() and not anew:
            return
        for old in settings.VAR_DIR.glob("test-template-*"):
            old.unlink(missing_ok=True)
        draft = self.path.with_suffix(".draft")
        migrate_into(str(draft))
        with sqlite3.connect(draft) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        raw.close()
        draft.rename(self.path)

    def enter(self) -> None:
        shutil.copyfile(self.path, self.copy)
        point_at(str(self.copy))

    def put_back(self) -> None:
        """Overwrite the copy in place: a server thread may still hold it open."""
        connections.close_all()
        source, target = sqlite3.connect(self.path), sqlite3.connect(self.copy, timeout=20)
        source.backup(target)
        source.close()
        target.close()

    def leave(self) -> None:
        connections.close_all()
        for path in self.copy.parent.glob(f"{self.copy.name}*"):
            path.unlink()


class ServerTemplate:
    """PostgreSQL: the template is a database, a copy is made by CREATE DATABASE … TEMPLATE."""

    def __init__(self, worker: str) -> None:
        self.name = f"test_template_{digest()}"
        self.copy = f"test_{settings.DATABASES['default']['NAME']}_{worker}"

    def run(self, *statements: str) -> list[tuple]:
        """Run on the server's own database, as no database can be made or dropped from inside."""
        connections.close_all()
        rows: list[tuple] = []
        with connection._nodb_cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
                rows = cursor.fetchall() if cursor.description else []
        return rows

    def build(self, *, anew: bool) -> None:
        found = {row[0] for row in self.run("SELECT datname FROM pg_database")}
        if self.name in found and not anew:
            return
        old = [name for name in found if name.startswith("test_template_")]
        self.run(*(f'DROP DATABASE "{name}" WITH (FORCE)' for name in old))
        before = connection.settings_dict["NAME"]
        migrate_into(f"{self.name}_draft")
        point_at(before)
        self.run(f'ALTER DATABASE "{self.name}_draft" RENAME TO "{self.name}"')

    def enter(self) -> None:
        self.put_back()
        point_at(self.copy)

    def put_back(self) -> None:
        self.run(
            f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)',
            f'CREATE DATABASE "{self.copy}" TEMPLATE "{self.name}"',
        )

    def leave(self) -> None:
        self.run(f'DROP DATABASE IF EXISTS "{self.copy}" WITH (FORCE)')


def put_back(template: FileTemplate | ServerTemplate) -> None:
    template.put_back()
    forget()


@pytest.fixture(scope="session")
def django_db_setup(
    request: pytest.FixtureRequest,
    django_test_environment: None,
    django_db_blocker: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[None]:
    """Replaces pytest-django's: a copy of the template for this worker, put back after commits."""
    workerinput = getattr(request.config, "workerinput", {})
    worker, run = workerinput.get("workerid", "alone"), workerinput.get("testrunuid", "")
    if connection.vendor == "sqlite":
        template = FileTemplate(tmp_path_factory.mktemp("database") / "copy.sqlite3")
    else:
        template = ServerTemplate(worker)
    before = connection.settings_dict["NAME"]
    patch = pytest.MonkeyPatch()
    with django_db_blocker.unblock():
        build_once(template, run, anew=request.config.getvalue("create_db"))
        template.enter()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: put_back(template))
    yield
    patch.undo()
    with django_db_blocker.unblock():
        template.leave()
        point_at(before)
