"""The demo, loaded once for the tests that look at its records: as `manage.py demo` loads it."""

from collections.abc import Iterator
from datetime import datetime
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.test import override_settings

from casework.matters.demo import load_matters
from casework.matters.models import Matter
from casework.matters.profiles import make_national_profile
from office import clock
from office.calendar import fill_from_library
from office.demo import FOLDER, load_people, load_units, read
from office.grants import make_groups
from publications.demo import load_pages

NOW = datetime(2026, 11, 23, 16, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
_FOLDERS = ("PRIVATE_ROOT", "MEDIA_ROOT")


@pytest.fixture(scope="module")
def demo(
    django_db_setup: Any, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[SimpleNamespace]:
    """Units and people by key, matters by the key of their story; gone when the module is through.

    One transaction around all its tests: they read, and nothing stays in the database.
    """
    folder = tmp_path_factory.mktemp("demo")
    settings = {name: folder / name.lower() for name in _FOLDERS}
    with (
        django_db_blocker.unblock(),
        override_settings(**settings),
        clock.at(NOW),
        transaction.atomic(),
    ):
        make_groups()
        fill_from_library()
        make_national_profile()
        units = load_units()
        people = load_people(units, str)
        load_pages(user=people["editor"], now=NOW)
        told = load_matters(units, people, NOW, str)
        yield SimpleNamespace(
            units=units, people=people, today=clock.today(),
            matter=lambda key: Matter.objects.get(pk=told[key]),
        )  # fmt: skip
        transaction.set_rollback(True)


@pytest.fixture(scope="session")
def rows() -> dict[str, dict[str, Any]]:
    """The stories by their key."""
    files = sorted((FOLDER / "matters").glob("*.json"))
    return {row["key"]: row for file in files for row in read(f"matters/{file.name}")}
