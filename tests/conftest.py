"""The cast: the people of the tests, in a small street with two sections and a village."""

import os
import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from office.grants import make_groups
from office.history import acting
from office.models import Unit, User
from office.posts import appoint
from office.vault import make_keys
from tests.remembered import remembered

pytest_plugins = ["tests.database", "tests.chromium"]

# Workers share one Redis but not one database: what one remembers is not true for another.
settings.CACHES["default"]["KEY_PREFIX"] = os.environ.get("PYTEST_XDIST_WORKER", "alone")

TODAY = date(2026, 11, 23)
SINCE = date(2020, 1, 1)
PASSWORD = "Ceshi-2026-yunhu"


#: what takes long: strewn among the first tests, so that no worker is left alone with it at the end
LONG = ("tests/markers/test_markers.py", "tests/doors/")
_APART = 30


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    long = [item for item in items if item.nodeid.startswith(LONG)]
    long.sort(key=lambda item: item.nodeid.startswith(LONG[1]))
    others = [item for item in items if not item.nodeid.startswith(LONG)]
    mixed: list[pytest.Item] = []
    for start in range(0, len(others), _APART):
        mixed += [*long[:1], *others[start : start + _APART]]
        del long[:1]
    items[:] = [*mixed, *long]


@pytest.fixture(scope="session", autouse=True)
def key_files() -> None:
    """Key files of the tests, apart from those of a demo in the same folder."""
    settings.KEYS_DIR = Path(tempfile.mkdtemp(prefix="keys-"))
    make_keys(settings.KEYS_DIR)


@pytest.fixture(autouse=True)
def private_files(tmp_path: Path, settings: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path / "private"
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.DESTRUCTION_LOG = tmp_path / "destructions" / "log.jsonl"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.SECURE_SSL_REDIRECT = False


def make_street() -> SimpleNamespace:
    """云湖街道 with sections, a community with a grid, a village and an outside body."""
    with acting(None, "建立测试单位"):
        district = Unit.add_root(name="云湖区", kind="district", valid_from=SINCE)
        street = district.add_child(name="云湖街道", kind="street", valid_from=SINCE)
        office = street.add_child(name="信访办公室", kind="section", valid_from=SINCE)
        social = street.add_child(name="社会事务办", kind="section", valid_from=SINCE)
        housing = street.add_child(name="村镇建设办", kind="section", valid_from=SINCE)
        community = street.add_child(name="青檀社区", kind="community", valid_from=SINCE)
        grid = community.add_child(name="第1网格", kind="grid", valid_from=SINCE)
        village = street.add_child(name="望塘村", kind="village", valid_from=SINCE)
        outside = district.add_child(name="云湖派出所", kind="outside", valid_from=SINCE)
    return SimpleNamespace(
        district=district, street=street, office=office, social=social, housing=housing,
        community=community, grid=grid, village=village, outside=outside,
    )  # fmt: skip


def make_person(username: str, name: str, role: str, unit: Unit, title: str = "") -> User:
    with acting(None, "建立测试账号"):
        user = User(username=username, name=name)
        user.set_password(PASSWORD)
        user.save()
        appoint(user, unit, role, title=title, since=SINCE)
    return user


CAST = [
    ("registrar", "登小记", "registrar", "office"),
    ("registrar2", "登小二", "registrar", "office"),
    ("officer", "承小办", "officer", "social"),
    ("head", "单小负", "unit_head", "social"),
    ("other_officer", "村小建", "officer", "housing"),
    ("officehead", "信小任", "office_head", "office"),
    ("officehead2", "信小副", "office_head", "office"),
    ("reviewer", "法小审", "legal_reviewer", "office"),
    ("leader", "街小领", "leader", "street"),
    ("custodian", "密小管", "custodian", "office"),
    ("custodian2", "密小二", "custodian", "office"),
    ("grid", "网小格", "grid", "grid"),
    ("editor", "宣小传", "editor", "office"),
    ("page_reviewer", "审小发", "page_reviewer", "office"),
    ("auditor", "审小计", "auditor", "street"),
    ("sysadmin", "系小统", "system_admin", "street"),
    ("secadmin", "安小全", "security_admin", "street"),
    ("auditadmin", "审小管", "audit_admin", "street"),
]


def make_cast(street: SimpleNamespace) -> SimpleNamespace:
    """One person for each role (and a second one where two are needed)."""
    make_groups()
    people = {}
    for username, name, role, unit in CAST:
        people[username] = make_person(username, name, role, getattr(street, unit))
    return SimpleNamespace(**people)


@pytest.fixture
def street(db: Any) -> SimpleNamespace:
    return remembered("street", make_street)


@pytest.fixture
def cast(street: SimpleNamespace) -> SimpleNamespace:
    return remembered("cast", lambda: make_cast(street))


@pytest.fixture
def login() -> Callable[[User], Client]:
    """A browser session of a person: `client = login(cast.registrar)`."""

    def session(user: User) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return session


os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # playwright runs its own loop
