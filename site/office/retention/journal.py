"""The log of destructions outside the database: what a restored backup is held against.

A file of lines, each a JSON object that carries the hash of the line before it. A line is on the disk
(fsync) before the first key it names is destroyed. It holds numbers, references of keys and names of
encrypted files, no personal data. It stops an older backup from bringing back what was destroyed. As
what it names is destroyed without anybody's word, its hashes are made with a key of the installation:
who can write the file but does not have the key files neither adds a line nor changes one. Who owns
the machine has both.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError

from office.vault import keyed_hash

FIRST = "0" * 64  # what the first line carries of the line before it


class Broken(ValidationError):
    """A line was changed, removed or moved: the chain does not hold."""


@dataclass(frozen=True)
class Entry:
    """One destroyed record. list: the 清册's number; on, sha256, signed: its day, hash and people
    (usernames), so that the list can be written again when a restored database no longer has it.
    """

    list: str
    kind: str
    object_id: int
    label: str
    klass: str
    until: str
    keys: tuple[str, ...]
    paths: tuple[str, ...]
    at: str
    on: str = ""
    sha256: str = ""
    signed: str = ""

    @property
    def name(self) -> tuple[str, str, int]:
        """What makes it this record of this list."""
        return self.list, self.kind, self.object_id


def path() -> Path:
    return Path(settings.DESTRUCTION_LOG)


def append(entry: Entry) -> None:
    """Write an entry once; it is on the disk when this returns.

    Raises Broken when the log was tampered with, OSError when it cannot be written: then nothing may
    be destroyed.
    """
    with _locked() as handle:
        entries, head, end = _read(handle.read())
        if any(old.name == entry.name for old in entries):
            return
        handle.seek(end)
        handle.truncate()  # what was cut off by a crash named nothing that was destroyed
        row = {**asdict(entry), "prev": head}
        row["hash"] = _hash(row)
        handle.write(_line(row))
        handle.flush()
        os.fsync(handle.fileno())


def entries() -> list[Entry]:
    """All entries, oldest first; none without a log. Raises Broken."""
    try:
        blob = path().read_bytes()
    except FileNotFoundError:
        return []
    return _read(blob)[0]


def _read(blob: bytes) -> tuple[list[Entry], str, int]:
    """The entries, the hash of the last one and the place behind it.

    A last line without its end was being written when the machine stopped, and does not count.
    """
    found, head, end = [], FIRST, 0
    for number, line in enumerate(blob.splitlines(keepends=True), 1):
        if not line.endswith(b"\n"):
            break
        try:
            row: dict[str, Any] = json.loads(line)
            good = row["prev"] == head and _hash(row) == row["hash"]
            fields = {name: row[name] for name in Entry.__dataclass_fields__}
        except (ValueError, KeyError, TypeError):
            good, fields = False, {}
        if not good:
            raise Broken(f"销毁日志第 {number} 行被改动过，或前面缺了行：{path()}。请查明原因。")
        fields["keys"], fields["paths"] = tuple(fields["keys"]), tuple(fields["paths"])
        found.append(Entry(**fields))
        head, end = row["hash"], end + len(line)
    return found, head, end


def _hash(row: dict[str, Any]) -> str:
    bare = {name: value for name, value in row.items() if name != "hash"}
    return keyed_hash("destruction_log", _line(bare).decode())


def _line(row: dict[str, Any]) -> bytes:
    return json.dumps(row, ensure_ascii=False, sort_keys=True).encode() + b"\n"


@contextmanager
def _locked() -> Iterator[Any]:
    """The file open for one process at a time, made when missing, for our account alone."""
    file = path()
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = not file.exists()
    number = os.open(file, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(number, "r+b") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        if fresh:  # its name must survive a power cut too
            folder = os.open(file.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)
        yield handle
