"""The uploaded file of an import: encrypted beside the attachments, whatever kind of table it is."""

import os
import uuid
from pathlib import Path

from django.conf import settings

from office.models import DataKey
from office.vault import decrypt, encrypt

_LABEL = "matters.importjob.file"


def put(data: bytes, key: DataKey) -> str:
    """Encrypt and write a file; its path below PRIVATE_ROOT. Synced before its row exists."""
    name = uuid.uuid4().hex
    path = f"{name[:2]}/{name}"
    target = Path(settings.PRIVATE_ROOT) / path
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
        file.write(encrypt(key, _LABEL, data))
        file.flush()
        os.fsync(file.fileno())
    return path


def load(path: str, key: DataKey) -> bytes:
    """The file's bytes. Raises FileNotFoundError or vault.VaultError."""
    return decrypt(key, _LABEL, (Path(settings.PRIVATE_ROOT) / path).read_bytes())


def remove(path: str) -> None:
    """Remove a file that no row names any more."""
    (Path(settings.PRIVATE_ROOT) / path).unlink(missing_ok=True)
