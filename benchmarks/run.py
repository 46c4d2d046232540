"""One area at one size in this process: `python -m benchmarks.run AREA ROWS`."""

import importlib
import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command


def make_database() -> None:
    """A database for this size; one whose seeding was interrupted is made anew."""
    from django.db import connection  # noqa: PLC0415

    mark = settings.VAR_DIR / f"seeded-{connection.vendor}"
    name = connection.settings_dict["NAME"]
    if mark.exists():
        return
    if connection.vendor == "postgresql":
        with connection._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}"')
        return
    for suffix in ("", "-wal", "-shm"):
        Path(f"{name}{suffix}").unlink(missing_ok=True)


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    django.setup()
    make_database()
    call_command("make_keys", verbosity=0, stdout=open(os.devnull, "w"))  # noqa: SIM115
    call_command("migrate", verbosity=0)
    if not settings.STATIC_ROOT.exists():  # pages name files by their fingerprint
        call_command("collectstatic", interactive=False, verbosity=0)
    area, rows = sys.argv[1], int(sys.argv[2])
    numbers = importlib.import_module(f"benchmarks.{area}").run(rows)
    print(json.dumps(numbers or {}))


if __name__ == "__main__":
    main()
