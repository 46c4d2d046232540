"""An installation of its own that other processes work on, and that is backed up and restored."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, connections

from casework.matters.models import Matter
from office.history import acting
from tests.database import ServerTemplate, point_at

ROOT = Path(__file__).parents[3]


@dataclass
class Machine:
    """folder: VAR_DIR of its processes, with files, log and (SQLite) the database."""

    folder: Path
    home: str  # the tests' own database
    backups: int = 0

    @classmethod
    def started(cls, folder: Path) -> "Machine":
        settings.PRIVATE_ROOT = folder / "private"
        settings.DESTRUCTION_LOG = folder / "destructions.jsonl"
        made = cls(folder, connection.settings_dict["NAME"])
        if connection.vendor == "sqlite":
            connections.close_all()
            shutil.copyfile(made.home, folder / "minsheng.sqlite3")
            point_at(str(folder / "minsheng.sqlite3"))
        return made

    def end(self) -> None:
        point_at(self.home)
        if connection.vendor == "postgresql" and self.backups:
            names = [self._backup_name(n + 1) for n in range(self.backups)]
            ServerTemplate("").run(*(f'DROP DATABASE "{name}" WITH (FORCE)' for name in names))

    def begin(self, *words: str) -> subprocess.Popen:
        """`manage.py …` in a process of its own."""
        env = {
            **os.environ, "VAR_DIR": str(self.folder), "KEYS_DIR": str(settings.KEYS_DIR),
            "INSECURE_HTTP": "1", "DESTRUCTION_LOG": "",
        }  # fmt: skip
        env.pop("DATABASE_URL", None)
        if connection.vendor == "postgresql":
            here = connection.settings_dict
            login = here["USER"] + (f":{here['PASSWORD']}" if here["PASSWORD"] else "")
            env["DATABASE_URL"] = f"postgres://{login}@{here['HOST']}:{here['PORT']}/{here['NAME']}"
        return subprocess.Popen(
            [sys.executable, "manage.py", *words], cwd=ROOT, env=env, start_new_session=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *words: str) -> str:
        """`manage.py …` to its end; what it printed. Fails when the command fails."""
        process = self.begin(*words)
        out, err = process.communicate(timeout=120)
        assert process.returncode == 0, err
        return out

    def kill_when(self, seen: Callable[[], bool], *words: str) -> bool:
        """Begin a command and end it without warning as soon as `seen`; False when it was faster."""
        process = self.begin(*words)
        while process.poll() is None and not seen():
            time.sleep(0.0005)
        killed = process.poll() is None
        if killed:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=60)
        connections.close_all()
        return killed

    def logged(self) -> int:
        """Whole lines of the log of destructions."""
        log = self.folder / "destructions.jsonl"
        return log.read_bytes().count(b"\n") if log.exists() else 0

    # The backup an office makes: the database and the files, not the log.

    def back_up(self) -> None:
        connections.close_all()
        self.backups += 1
        shutil.copytree(self.folder / "private", self.folder / f"private-{self.backups}")
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connections.close_all()
            shutil.copyfile(self.folder / "minsheng.sqlite3", self.folder / f"copy-{self.backups}")
        else:
            name = self._backup_name(self.backups)
            ServerTemplate("").run(f'CREATE DATABASE "{name}" TEMPLATE "{self.home}"')

    def restore(self) -> None:
        """Put the newest backup in place of what there is."""
        connections.close_all()
        shutil.rmtree(self.folder / "private")
        shutil.copytree(self.folder / f"private-{self.backups}", self.folder / "private")
        if connection.vendor == "sqlite":
            for old in self.folder.glob("minsheng.sqlite3*"):
                old.unlink()
            shutil.copyfile(self.folder / f"copy-{self.backups}", self.folder / "minsheng.sqlite3")
        else:
            name = self._backup_name(self.backups)
            ServerTemplate("").run(
                f'DROP DATABASE "{self.home}" WITH (FORCE)',
                f'CREATE DATABASE "{self.home}" TEMPLATE "{name}"',
            )

    def _backup_name(self, number: int) -> str:
        return f"{self.home}_backup{number}"


def aged(by: Any, *matters: Matter) -> None:
    """Let closed matters be of 2009, so that their ten years are over today."""
    with acting(by, "旧案补录"):
        for matter in matters:
            row = Matter.objects.get(pk=matter.pk)
            row.received_on, row.answered_on = date(2009, 1, 5), date(2009, 2, 5)
            row.closed_on, row.keep_until = date(2009, 3, 5), date(2019, 12, 31)
            row.save()
