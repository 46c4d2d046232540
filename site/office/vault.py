"""The vault: envelope encryption of personal data and free text.

A data key (one a matter) encrypts the values, a master key outside the database wraps the data key.
History holds the same ciphertext, so destroying one data key erases that file everywhere.
It stops who has the database or a backup without the key files; with both, nothing helps.
"""

import base64
import hmac
import json
import os
import secrets
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from office.masking import MASKS
from office.models.keys import DataKey
from office.showing import require_look

_VERSION = b"\x01"
_NONCE = 12
GONE = "（已依规销毁）"


class VaultError(Exception):
    """A value cannot be opened: wrong key file, altered ciphertext, or no keys at all."""


class Destroyed(VaultError):
    """The data key was destroyed; the value is gone for good."""


class Keys:
    """The key files of this installation: the master keys and the key of the look-up hashes."""

    def __init__(self, folder: Path) -> None:
        self.master_file, self.index_file = folder / "master.json", folder / "index.key"
        try:
            table = json.loads(self.master_file.read_text())
            self.current: str = table["current"]
            self._masters = {
                name: AESGCM(base64.b64decode(key)) for name, key in table["keys"].items()
            }
            self.since = _since(table, self.master_file)
            self.index = base64.b64decode(self.index_file.read_text())
        except (OSError, ValueError, KeyError) as error:
            raise VaultError(
                f"密钥文件缺失或损坏：{folder}。请运行 manage.py make_keys。"
            ) from error

    @property
    def names(self) -> tuple[str, ...]:
        """Names of all master keys, in the order in which they came."""
        return tuple(self._masters)

    def master(self, name: str) -> AESGCM:
        if name not in self._masters:
            raise VaultError(f"缺少主密钥 {name}，请把它的密钥文件放回 {self.master_file.parent}。")
        return self._masters[name]


def _since(table: dict[str, Any], file: Path) -> datetime:
    """Since when the current master key is in use: as it was noted, else the age of the file."""
    noted = table.get("since", {}).get(table["current"])
    if noted:
        return datetime.fromisoformat(noted)
    return datetime.fromtimestamp(file.stat().st_mtime, tz=UTC)


def make_keys(folder: Path) -> bool:
    """Create the key files where they are missing. True when any was made; never overwrites."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    master = {"current": "m1", "keys": {"m1": base64.b64encode(os.urandom(32)).decode()}}
    files = {
        "secret_key": secrets.token_urlsafe(64),
        "master.json": json.dumps(master),
        "index.key": base64.b64encode(os.urandom(32)).decode(),
    }
    made = False
    for name, content in files.items():
        path = folder / name
        if not path.exists():
            with os.fdopen(os.open(path, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "w") as file:
                file.write(content)
            made = True
    return made


_cache: dict[tuple[str, int, int], Keys] = {}


def keys() -> Keys:
    """The keys now on disk; a changed master file is read again. Raises VaultError without them."""
    folder = str(settings.KEYS_DIR)
    try:
        file = os.stat(f"{folder}/master.json")
        stamp = (folder, file.st_mtime_ns, file.st_ino)
    except OSError:
        stamp = (folder, 0, 0)
    found = _cache.get(stamp)
    if found is None:
        found = Keys(Path(folder))
        _cache.clear()
        _cache[stamp] = found
    return found


def new_data_key() -> DataKey:
    """A fresh, unsaved data key wrapped by the current master key."""
    ring = keys()
    ref = uuid.uuid4()
    nonce = os.urandom(_NONCE)
    wrapped = nonce + ring.master(ring.current).encrypt(nonce, os.urandom(32), ref.bytes)
    return DataKey(ref=ref, wrapped=wrapped, master=ring.current)


def cipher_of(key: DataKey, ring: Keys | None = None) -> AESGCM:
    """The opened data key. Raises Destroyed or VaultError.

    ring: `keys()`, for who opens thousands: looking whether its file changed costs as much as opening.
    """
    if key.destroyed_at is not None:
        raise Destroyed(GONE)
    held = key.__dict__.get("_cipher")
    if held is None:
        ring = ring or keys()
        if key.master not in ring.names and key.pk:  # read before it was rewrapped
            key.refresh_from_db(fields=["wrapped", "master", "destroyed_at"])
        held = key.__dict__["_cipher"] = AESGCM(_unwrapped(key, ring))
    return held


def _unwrapped(key: DataKey, ring: Keys) -> bytes:
    blob = bytes(key.wrapped)
    try:
        return ring.master(key.master).decrypt(blob[:_NONCE], blob[_NONCE:], key.ref.bytes)
    except (InvalidTag, ValueError) as error:  # ValueError: cut off
        raise VaultError("主密钥与数据不符：请检查密钥文件夹是否属于这个数据库。") from error


def rewrap(key: DataKey, ring: Keys) -> bool:
    """Wrap a data key, whose row the caller has locked, by the current master key; not saved.

    The key itself stays, and so does everything it encrypted. False when there is nothing to do.
    """
    if key.destroyed_at is not None or key.master == ring.current:
        return False
    raw, nonce = _unwrapped(key, ring), os.urandom(_NONCE)
    key.wrapped = nonce + ring.master(ring.current).encrypt(nonce, raw, key.ref.bytes)
    key.master = ring.current
    return True


def destroy(key: DataKey, moment: datetime) -> None:
    """Erase what the key encrypted, everywhere: its history, its files and their copies too."""
    key.wrapped, key.destroyed_at = b"", moment
    key.__dict__.pop("_cipher", None)
    key.save(update_fields=["wrapped", "destroyed_at"])


def encrypt(key: DataKey, label: str, data: bytes) -> bytes:
    """Ciphertext of `data`, bound to its place (`label`) and key: it opens nowhere else.

    The place is a field of a kind of record: two petitioners of one matter are not told apart.
    """
    nonce = os.urandom(_NONCE)
    return _VERSION + nonce + cipher_of(key).encrypt(nonce, data, label.encode())


def decrypt(key: DataKey, label: str, blob: bytes) -> bytes:
    """The data behind a ciphertext of `encrypt`, for a person who has looked (`office.looks`).

    Raises Destroyed or VaultError, `showing.NotLooked` where no look has been written.
    """
    require_look(key, label)
    return unlock(key, label, blob)


def unlock(key: DataKey, label: str, blob: bytes) -> bytes:
    """As `decrypt`, for the program alone: to mask, compare or copy. Nothing of it is shown."""
    cipher = cipher_of(key)
    try:
        if blob[:1] != _VERSION:
            raise ValueError("written by another version")
        return cipher.decrypt(blob[1 : 1 + _NONCE], blob[1 + _NONCE :], label.encode())
    except (InvalidTag, ValueError) as error:
        raise VaultError(f"{label} 的密文被改动过或放错了地方，无法打开。") from error


def keyed_hash(kind: str, text: str) -> str:
    """A hash for exact look-up (32 hex characters), useless without the index key. "" for ""."""
    if not text:
        return ""
    return hmac.digest(keys().index, f"{kind}:{text}".encode(), "sha256").hex()[:32]


class VaultField(models.BinaryField):
    """A column of ciphertext. `mask` names how its content is shown unopened (`masking.MASKS`)."""

    def __init__(self, *args: Any, mask: str = "text", **kwargs: Any) -> None:
        kwargs.setdefault("default", b"")
        kwargs.setdefault("blank", True)
        self.mask = mask
        super().__init__(*args, **kwargs)

    def from_db_value(self, value: Any, *args: Any) -> bytes | None:
        return None if value is None else bytes(value)

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if isinstance(value, str):
            raise TypeError(f"{self.name}: plain text in a vault field; use record.put()")
        return super().get_db_prep_value(value, connection, prepared)


class VaultRecord(models.Model):
    """A record with vault fields; `vault_key` says under which data key."""

    class Meta:
        abstract = True

    @property
    def vault_key(self) -> DataKey:
        return cast(Any, self).data_key

    def put(self, field: str, text: str) -> None:
        """Encrypt `text` into a field; the same text again keeps the ciphertext as it is."""
        if self.unlocked(field) != text:
            blob = encrypt(self.vault_key, self._label(field), text.encode()) if text else b""
            setattr(self, field, blob)

    def text(self, field: str) -> str:
        """The plain text. Whoever shows it to a person goes through `office.looks` first."""
        return self.open_blob(field, getattr(self, field))

    def unlocked(self, field: str) -> str:
        """The plain text for the program alone: to compare, to copy into another record."""
        blob = getattr(self, field)
        return unlock(self.vault_key, self._label(field), bytes(blob)).decode() if blob else ""

    def open_blob(self, field: str, blob: bytes | None) -> str:
        """The plain text of a present or former (history) value of a field of this record."""
        return decrypt(self.vault_key, self._label(field), bytes(blob)).decode() if blob else ""

    def masked(self, field: str) -> str:
        """What may be shown of a field without opening it."""
        return self.masked_blob(field, getattr(self, field))

    def masked_blob(self, field: str, blob: bytes | None) -> str:
        """What may be shown of a present or former value of a field."""
        try:
            held = bytes(blob) if blob else b""
            text = unlock(self.vault_key, self._label(field), held).decode() if held else ""
        except Destroyed:
            return GONE
        return MASKS[cast(VaultField, self._meta.get_field(field)).mask](text)

    def _label(self, field: str) -> str:
        return f"{self._meta.label_lower}.{field}"
