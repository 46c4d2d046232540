"""What an import keeps of a ledger, encrypted under its own key, until it is forgotten.

The upload lies beside the attachments until it was read, then its rows (`spooling`); problems by
cell and the result of a check lie in the import's own row.
"""

import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from casework.matters.models import ImportJob
from office import private_files
from office.sheets.problems import Problem
from office.vault import decrypt, encrypt

_PROBLEMS = "matters.importjob.problems"
_FOUND = "matters.importjob.found"
_LENGTH = 4  # bytes before each part of the problems
_WHOLE = 1  # first byte of a list of problems in one piece, as an earlier version wrote it


put, load, remove = private_files.put, private_files.load, private_files.remove


# Problems and notes, a part for each batch: nothing is opened to add to them


def add_problems(job: ImportJob, problems: Sequence[Problem], notes: Sequence[Problem]) -> None:
    """Add to what is told by cell; the row is not saved."""
    told = [(problem, False) for problem in problems] + [(note, True) for note in notes]
    if not told:
        return
    plain = [[p.row, p.column, p.heading, p.why, note] for p, note in told]
    packed = zlib.compress(json.dumps(plain, ensure_ascii=False).encode())
    part = encrypt(job.data_key, _PROBLEMS, packed)
    job.problems = bytes(job.problems) + len(part).to_bytes(_LENGTH) + part


def problems(job: ImportJob) -> list[Problem]:
    """What keeps rows out, by cell, as far as the import has come; without the cells' values."""
    return [problem for problem, note in _told(job) if not note]


def notes(job: ImportJob) -> list[Problem]:
    """What is said by cell and keeps no row out."""
    return [problem for problem, note in _told(job) if note]


def _told(job: ImportJob) -> Iterator[tuple[Problem, bool]]:
    for part in _parts(bytes(job.problems)):
        plain = zlib.decompress(decrypt(job.data_key, _PROBLEMS, part))
        for row, column, heading, why, *note in json.loads(plain):
            yield Problem(row, column, heading, "", why), bool(note and note[0])


def _parts(blob: bytes) -> Iterable[bytes]:
    if blob[:1] == bytes([_WHOLE]):
        yield blob
        return
    at = 0
    while at < len(blob):
        end = at + _LENGTH + int.from_bytes(blob[at : at + _LENGTH])
        yield blob[at + _LENGTH : end]
        at = end


# What the worker found when it checked


def put_found(job: ImportJob, found: dict[str, Any] | None) -> None:
    """Keep the result of a check (None: forget it); the row is not saved."""
    job.found = b""
    if found is not None:
        plain = json.dumps(found, ensure_ascii=False).encode()
        job.found = encrypt(job.data_key, _FOUND, zlib.compress(plain))


def found(job: ImportJob) -> dict[str, Any] | None:
    """The result of the last check by the worker."""
    if not job.found:
        return None
    return json.loads(zlib.decompress(decrypt(job.data_key, _FOUND, bytes(job.found))))
