"""What an import is called: its file's own name may tell of people, so only its uploader reads it."""

import re
from base64 import b64decode, b64encode
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.utils.timezone import localtime

from casework.matters.models import ImportJob
from office.models import DataKey
from office.vault import encrypt, keyed_hash, unlock

#: the source of a ledger when nobody says whose it is: never the name of its file
NO_SOURCE = "未注明来源"
_LABEL = "matters.importjob.file_name"
#: what copies of a file add to its name: they are still the same ledger
_COPY = re.compile(r"(?:[-_ ]*(?:错误|副本)|\s*[（(]\d+[）)])+$")
_ENDINGS = {".xlsx", ".xlsm", ".xls", ".xlsb", ".et", ".ods", ".csv", ".tsv", ".txt"}


def plain_name(file_name: str, moment: datetime) -> str:
    """What everybody may read: 台账 2026-11-23 14:05.xlsx; the ending tells how to read the file."""
    ending = PurePath(file_name.replace("\\", "/")).suffix.lower()
    return f"台账 {localtime(moment):%Y-%m-%d %H:%M}{ending if ending in _ENDINGS else ''}"


def hidden(file_name: str, key: DataKey) -> str:
    """The file's own name under the import's key, as `ImportJob.options` keeps it."""
    return b64encode(encrypt(key, _LABEL, file_name.encode())).decode()


def stem(file_name: str) -> str:
    """A file's name without its ending and without marks of a copy."""
    whole = PurePath(file_name.replace("\\", "/")).stem
    return _COPY.sub("", whole).strip() or whole


def origin(file_name: str) -> str:
    """By what rows of a ledger without a source are told from those of another: a keyed hash."""
    return keyed_hash("ledger_file", stem(file_name))


def namespace(job: ImportJob) -> str:
    """Within what the numbers of a ledger are its own: its source, else the file it came in."""
    return job.source if job.source != NO_SOURCE else job.options.get("origin", "")


def file_name(job: ImportJob) -> str:
    """The file's own name, as long as it is kept; else the plain one. Its uploader knows it anyway."""
    kept = job.options.get("file_name")
    return unlock(job.data_key, _LABEL, b64decode(kept)).decode() if kept else job.name


def name_for(reader: Any, job: ImportJob) -> str:
    """The file's own name for whoever brought it, the plain one for everybody else."""
    mine = job.started_by_id is not None and job.started_by_id == reader.pk
    return file_name(job) if mine else job.name
