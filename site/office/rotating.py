"""A new master key while people work: files replaced whole, data keys wrapped anew in batches.

Data keys, and so everything they encrypted, stay as they are; only what wraps them changes. The key
of the look-up hashes is not rotated: hashes are one-way, so every record would have to be opened and
every look-up and search would fail until all were written anew; who held the old key could still
test guesses against old backups. It lies beside the master keys and is guarded with them.
"""

import base64
import json
import os
import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from office.clock import now
from office.history import because
from office.models import DataKey, MasterKey
from office.vault import Keys, VaultError, keys, rewrap

SETTLED = timedelta(hours=1)  # no write that began under the old master key lasts so long
BATCH = 200  # data keys of one transaction: some hundredths of a second
_NAME = re.compile(r"m(\d+)")


def add(*, use: bool = True) -> str:
    """Add a master key to the file; its name. use: new data keys are wrapped by it from now on.

    Where several machines hold a copy of the file, it is added first, copied, and used then.
    """
    table = _table()
    numbers = [int(found[1]) for name in table["keys"] if (found := _NAME.fullmatch(name))]
    retired = [
        int(path.name.split(".")[1][1:]) for path in _folder().glob("master.m*.retired.json")
    ]
    known = [
        int(found[1])
        for name in MasterKey.objects.values_list("name", flat=True)
        if (found := _NAME.fullmatch(name))
    ]
    name = f"m{max([0, *numbers, *retired, *known]) + 1}"
    table["keys"][name] = base64.b64encode(os.urandom(32)).decode()
    _put(table)
    if use:
        use_key(name)
    return name


def waiting() -> str:
    """The name of a master key that was added and is not used yet; "" when there is none."""
    ring = keys()
    after = ring.names[ring.names.index(ring.current) + 1 :]
    return after[-1] if after else ""


def use_key(name: str) -> None:
    """Wrap new data keys by this master key of the file from now on; every process sees it at once.

    The audit trail has it before the file does: a key in use is never unknown to it.
    """
    table = _table()
    if name not in table["keys"]:
        raise VaultError(f"密钥文件里没有主密钥 {name}。")
    moment = now()
    with transaction.atomic(), because("轮换主密钥"):
        for old in table["keys"]:
            if old != name and not MasterKey.objects.filter(name=old).exists():
                MasterKey(name=old, since=keys().since).save()
        if not MasterKey.objects.filter(name=name).exists():
            MasterKey(name=name, since=moment).save()
    table["current"] = name
    table.setdefault("since", {})[name] = moment.isoformat()
    _put(table)


def rewrap_all(tell: Callable[[int], object] = bool) -> int:
    """Wrap every data key by the current master key, in short transactions; how many were.

    Stopped at any point, it goes on where it was: what is done is no longer found.
    """
    done, after = 0, 0
    while True:
        ring = keys()
        rows = DataKey.objects.filter(destroyed_at=None, pk__gt=after).exclude(master=ring.current)
        ids = list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH])
        if not ids:
            return done
        with transaction.atomic():
            for key in DataKey.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
                if rewrap(key, ring):
                    key.save(update_fields=["wrapped", "master"])
                    done += 1
        after = ids[-1]
        tell(done)


def retire() -> list[str]:
    """Take the master keys no data key uses out of the file, each into a file of its own; their names.

    Raises VaultError while a data key still uses one, and for an hour after a rotation: a new data key
    may have been wrapped by the old master key before it and wait to be saved.
    """
    table = _table()
    if now() - keys().since < SETTLED and len(table["keys"]) > 1:
        raise VaultError("轮换还不到一小时，正在写入的内容可能还用旧的主密钥。请过一小时再退役。")
    old = [name for name in table["keys"] if name != table["current"] and name not in _ahead(table)]
    _require_unused(old)
    for name in old:
        kept = {"current": name, "keys": {name: table["keys"][name]}}
        _write(_folder() / f"master.{name}.retired.json", json.dumps(kept))
    left = {name: key for name, key in table["keys"].items() if name not in old}
    _put({**table, "keys": left})
    try:
        _require_unused(old)
    except VaultError:
        _put(table)
        raise
    for row in MasterKey.objects.filter(name__in=old, retired_at=None):
        row.retired_at = now()
        with because("主密钥退役"):
            row.save()
    return old


def bring_back(file: Path) -> list[str]:
    """Put retired master keys back, to read a backup from their time; their names."""
    try:
        given = json.loads(file.read_text())["keys"]
    except (OSError, ValueError, KeyError) as error:
        raise VaultError(f"这不是主密钥文件：{file}。") from error
    table = _table()
    table["keys"] = {**given, **table["keys"]}
    _put(table)
    return list(given)


def _ahead(table: dict[str, Any]) -> set[str]:
    """Keys that were added for the next rotation."""
    names = list(table["keys"])
    return set(names[names.index(table["current"]) + 1 :])


def _require_unused(names: list[str]) -> None:
    used = DataKey.objects.filter(destroyed_at=None, master__in=names).order_by("pk")
    if count := used[:100_000].count():
        raise VaultError(
            f"还有 {count} 个数据密钥用旧的主密钥，不能退役。请再运行一次 rotate_keys。"
        )


def _folder() -> Path:
    return Path(settings.KEYS_DIR)


def _table() -> dict[str, Any]:
    """The master key file as it is. Raises VaultError when it is missing or broken."""
    Keys(_folder())
    return json.loads((_folder() / "master.json").read_text())


def _put(table: dict[str, Any]) -> None:
    _write(_folder() / "master.json", json.dumps(table))


def _write(path: Path, text: str) -> None:
    """Replace a key file whole, for our account alone; it is on the disk when this returns."""
    draft = path.with_name(f".{path.name}.new")
    draft.unlink(missing_ok=True)
    number = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600)
    with os.fdopen(number, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
