"""Files nobody reads but through us: encrypted under a data key below PRIVATE_ROOT, in frames.

A file is a version byte, a random prefix and frames of at most `FRAME` bytes, each sealed with
AES-GCM under a nonce of prefix, number of the frame and a mark on the last one (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), bound to the file's own path. So a
file of any size is written and read in the memory of one frame, and one that was cut off,
reordered, mixed with another or put into another's place does not open.
"""

import hashlib
import io
import os
import uuid
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from cryptography.exceptions import InvalidTag
from django.conf import settings

from office import registries
from office.models import DataKey
from office.showing import require_look
from office.vault import VaultError, cipher_of, unlock

FRAME = 64 * 1024  # bytes of a frame, unsealed
_FRAMED, _WHOLE = b"\x02", b"\x01"  # whole: sealed in one piece by `vault.encrypt`
_PREFIX, _TAG = 7, 16
_MOST_FRAMES = 2**32
_FORGET = timedelta(hours=24)


class Writer(io.RawIOBase):
    """A new file, open for writing and never for seeking; it counts only once it is closed.

    path: where it lies below PRIVATE_ROOT, known from the start; size and sha256: of what was
    written. Used as a context manager it removes what it wrote when the block raises.
    """

    def __init__(self, key: DataKey) -> None:
        super().__init__()
        name = uuid.uuid4().hex
        self.path = f"{name[:2]}/{name}"
        self.size = 0
        self._cipher, self._place = cipher_of(key), _place(self.path)
        self._digest, self._waiting, self._count = hashlib.sha256(), bytearray(), 0
        self._prefix = os.urandom(_PREFIX)
        target = _on_disk(self.path)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file: IO[bytes] = os.fdopen(
            os.open(target, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb"
        )
        self._file.write(_FRAMED + self._prefix)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self.size

    def write(self, data: Any) -> int:
        length = len(self._waiting)
        self._waiting += data
        length = len(self._waiting) - length
        self._digest.update(data)
        self.size += length
        done = 0
        # One byte at least waits for `close`: only then is it known which frame is the last.
        while len(self._waiting) - done > FRAME:
            self._seal(bytes(self._waiting[done : done + FRAME]), last=False)
            done += FRAME
        del self._waiting[:done]
        return length

    def _seal(self, frame: bytes, last: bool) -> None:
        if self._count >= _MOST_FRAMES:
            raise OSError("the file is too large for its counter")
        nonce = _nonce(self._prefix, self._count, last)
        self._file.write(self._cipher.encrypt(nonce, frame, self._place))
        self._count += 1

    def close(self) -> None:
        """Seal the last frame; the file and its name are on the disk afterwards."""
        if self.closed:
            return
        self._seal(bytes(self._waiting), last=True)
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        folder = os.open(_on_disk(self.path).parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
        super().close()

    def give_up(self) -> None:
        """Close the file without its last frame and remove it."""
        if not self.closed:
            self._file.close()
            super().close()
        remove(self.path)

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self.close()
        else:
            self.give_up()

    def __del__(self) -> None:
        """Whoever forgets a file has not finished it: it stays without its last frame."""
        if "_file" in self.__dict__ and not self.closed:  # a destroyed key begins no file
            self._file.close()
            super().close()


def put(data: bytes, key: DataKey) -> str:
    """Write a file at once; its path. It is on the disk before its row exists."""
    with Writer(key) as file:
        file.write(data)
    return file.path


def read(path: str, key: DataKey) -> Iterator[bytes]:
    """The file's bytes, a frame at a time, for a person who has looked (`office.looks`).

    Raises FileNotFoundError or VaultError, `showing.NotLooked` at once where no look was written.
    The error of an altered frame comes when that frame is reached: `verify` tells before.
    """
    require_look(key, _place(path).decode())
    return _frames(path, key)


def _frames(path: str, key: DataKey) -> Iterator[bytes]:
    with open(_on_disk(path), "rb") as file:
        version = file.read(1)
        if version == _WHOLE:
            yield unlock(key, _place(path).decode(), version + file.read())
            return
        prefix, cipher, place = file.read(_PREFIX), cipher_of(key), _place(path)
        try:
            if version != _FRAMED or len(prefix) < _PREFIX:
                raise ValueError("written by another version, or cut off")
            sealed, count = file.read(FRAME + _TAG), 0
            while sealed:
                following = file.read(FRAME + _TAG)
                yield cipher.decrypt(_nonce(prefix, count, not following), sealed, place)
                sealed, count = following, count + 1
            if not count:
                raise ValueError("cut off before the first frame")
        except (InvalidTag, ValueError) as error:
            raise VaultError(f"{place.decode()} 的密文被改动过或放错了地方，无法打开。") from error


def load(path: str, key: DataKey) -> bytes:
    """The whole file. Raises as `read` does."""
    return b"".join(read(path, key))


def verify(path: str, key: DataKey) -> int:
    """How many bytes the file holds, once every frame was opened; nothing of it is shown."""
    return sum(map(len, _frames(path, key)))


def remove(path: str) -> None:
    """Remove a file that no row names any more; nothing happens when it is gone."""
    _on_disk(path).unlink(missing_ok=True)


def sweep(known: Iterable[str], now: datetime) -> int:
    """Remove files older than a day that no row names; returns how many.

    known: paths that are named by rows, besides those of `registries.private_paths`.
    """
    root, kept, removed = Path(settings.PRIVATE_ROOT), set(known), 0
    for ask in registries.private_paths:
        kept.update(ask())
    for file in root.glob("??/*"):
        old = file.stat().st_mtime < (now - _FORGET).timestamp()
        if old and f"{file.parent.name}/{file.name}" not in kept:
            file.unlink()
            removed += 1
    return removed


def _on_disk(path: str) -> Path:
    return Path(settings.PRIVATE_ROOT) / path


def _place(path: str) -> bytes:
    """A file opens at its own path alone: two under one key cannot be exchanged unseen."""
    return f"office.file:{path}".encode()


def _nonce(prefix: bytes, count: int, last: bool) -> bytes:
    return prefix + count.to_bytes(4) + (b"\x01" if last else b"\x00")
