"""Every environment variable the product reads, in one table (the README shows the same one)."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


def flag(text: str) -> bool:
    return text.strip().lower() in {"1", "true", "yes", "on"}


def words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",") if word.strip()]


@dataclass(frozen=True)
class Variable:
    """name: as in the environment; default: as text; parse: text to value; meaning: for the README."""

    name: str
    default: str
    parse: Callable[[str], Any]
    meaning: str


VARIABLES = [
    Variable("VAR_DIR", "var", str, "folder for everything the product leaves behind"),
    Variable(
        "DATABASE_URL", "", str, "empty: SQLite in VAR_DIR; else postgres://user:pw@host:port/db"
    ),
    Variable(
        "REDIS_URL",
        "",
        str,
        "empty: cache in the process, queue of tasks in the database; else redis://host:port/0 for both",
    ),
    Variable(
        "OPENSEARCH_URL",
        "",
        str,
        "empty: search in the database alone; else https://host:9200 of an OpenSearch 2 or 3",
    ),
    Variable("OPENSEARCH_USER", "", str, "account there; empty: none"),
    Variable("OPENSEARCH_PASSWORD", "", str, "its password"),
    Variable(
        "OPENSEARCH_CA", "", str, "file of the certificate that signed the one of OPENSEARCH_URL"
    ),
    Variable("EMAIL_HOST", "", str, "mail server for notices to staff; empty: no mail is sent"),
    Variable("EMAIL_PORT", "465", int, "its port"),
    Variable("EMAIL_SECURITY", "ssl", str, "ssl, starttls, or none for a server without password"),
    Variable("EMAIL_USER", "", str, "account there; empty: none"),
    Variable("EMAIL_PASSWORD", "", str, "its password"),
    Variable("EMAIL_FROM", "minsheng@localhost", str, "sender of the mails"),
    Variable(
        "SMS_GATEWAY",
        "",
        str,
        "https://… of a text message gateway; console or file: for trials; empty: none is sent",
    ),
    Variable("SMS_SECRET", "", str, "key shared with the gateway: signs messages and receipts"),
    Variable("SMS_CA", "", str, "file of the certificate that signed the one of SMS_GATEWAY"),
    Variable(
        "KEYS_DIR", "", str, "folder of the key files, apart from the database; empty: VAR_DIR/keys"
    ),
    Variable("ALLOWED_HOSTS", "localhost,127.0.0.1", words, "host names served, comma separated"),
    Variable("BASE_URL", "http://127.0.0.1:8000", str, "address of the site as residents type it"),
    Variable("INSECURE_HTTP", "0", flag, "1: serve without TLS (demo on one's own machine only)"),
    Variable("DEBUG", "0", flag, "1: Django's debug pages, never where real records are"),
    Variable("DEMO", "0", flag, "1: demo accounts and their shared password are allowed"),
    Variable("PORT", "8000", int, "port of the built-in server"),
    Variable(
        "TRUSTED_PROXY",
        "",
        str,
        "address of the proxy whose X-Forwarded-For and -Proto are believed; empty: nobody's",
    ),
    Variable(
        "DESTRUCTION_LOG",
        "",
        str,
        "log of destructions, on another disk than the database; empty: VAR_DIR/destructions.jsonl",
    ),
    Variable(
        "BACKUP_STAMP", "", str, "file whose date is the last backup's; empty: VAR_DIR/last-backup"
    ),
    Variable(
        "SEAL_HEADS",
        "",
        str,
        "file that notes the heads of the seals, on another machine if possible; empty: VAR_DIR/seal-heads",
    ),
]
_TABLE = {variable.name: variable for variable in VARIABLES}


def read(name: str) -> Any:
    """The value of a variable of the table; an empty one counts as absent. KeyError if not listed."""
    variable = _TABLE[name]
    return variable.parse(os.environ.get(name, "") or variable.default)
