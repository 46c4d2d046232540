"""The invented street's units and people, for `manage.py demo` alone."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.conf import settings
from django.contrib.auth.hashers import make_password
from pypinyin import Style, lazy_pinyin

from office.history import acting
from office.models import Unit, User
from office.posts import appoint

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "demo"
PASSWORD = "Yunhu-2026-demo"  # refused outside demo mode (office/auth.py)
SINCE = date(2019, 1, 1)


def read(name: str) -> list[dict]:
    """One file of the demo's data."""
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))


def load_units() -> dict[str, Unit]:
    """The tree of units; returns them by key."""
    made: dict[str, Unit] = {}
    with acting(None, "装入演示单位"):
        for row in read("units.json"):
            facts = {
                "name": row["name"],
                "kind": row["kind"],
                "phone": row["phone"],
                "valid_from": date.fromisoformat(row["valid_from"]),
                "initials": "".join(lazy_pinyin(row["name"], style=Style.FIRST_LETTER)),
            }
            parent = made[row["parent"]] if row["parent"] else None
            if parent is None:
                made[row["key"]] = Unit.add_root(**facts)
            else:
                made[row["key"]] = Unit.objects.get(pk=parent.pk).add_child(**facts)
    return made


def load_people(units: dict[str, Unit], say: Callable[[str], None]) -> dict[str, User]:
    """The demo's accounts with their posts; one password for all; returns them by username."""
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    made: dict[str, User] = {}
    with acting(None, "装入演示账号"):
        for row in read("people.json"):
            user = User(username=row["username"], name=row["name"], password=password)
            user.phone = units[row["unit"]].phone
            user.save()
            appoint(user, units[row["unit"]], row["role"], title=row["title"], since=SINCE)
            made[row["username"]] = user
    say(f"  {len(units)} 个单位，{len(made)} 个账号")
    return made
