"""Where markers are looked for, and how much was read there."""

import logging
import pickle
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client, RequestFactory

from office.tracing import PlainFormatter
from tests.markers.marks import Marks, found_in


class Report:
    """Counts what was read and what was found, by place; printed at the end of the test."""

    def __init__(self, marks: Marks) -> None:
        self.marks = marks
        self.read: Counter[str] = Counter()
        self.pieces: Counter[str] = Counter()
        self.hits: dict[str, Counter[str]] = defaultdict(Counter)
        self.allowed: Counter[str] = Counter()
        self.status: Counter[int] = Counter()

    def look(self, place: str, data: bytes, where: str = "") -> list[str]:
        """Search a piece of data; whose markers it holds. Every one of them is a hit."""
        found = self.seen(place, data)
        for name in found:
            self.hits[place][f"{name} @ {where}"] += 1
        return found

    def seen(self, place: str, data: bytes) -> list[str]:
        """As `look`, for places where some readers are entitled: the caller judges."""
        self.read[place] += len(data)
        self.pieces[place] += 1
        names = {self.marks.named(found) for found in found_in(data)}
        known = names & set(self.marks.of.values())
        return sorted(known or names)  # the rare word stands beside each marker

    def lines(self) -> Iterator[str]:
        yield f"markers planted: {len(self.marks.of)}; answers by status: {dict(self.status)}"
        for place in self.read:
            yield (
                f"{place:<34}{self.pieces[place]:>8} pieces {self.read[place]:>13,} bytes  "
                f"hits {sum(self.hits[place].values())}"
                + (f"  shown after a look {self.allowed[place]}" if self.allowed[place] else "")
            )
        for place, found in self.hits.items():
            for what, times in found.most_common(40):
                yield f"  HIT {place}: {what} ×{times}"


class LogListener(logging.Handler):
    """Everything any logger says, from DEBUG on, as the product's own formatter writes it."""

    def __init__(self, report: Report) -> None:
        super().__init__(logging.DEBUG)
        self.report = report
        self.setFormatter(PlainFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        self.busy = False

    def emit(self, record: logging.LogRecord) -> None:
        if self.busy:  # what the report itself causes
            return
        self.busy = True
        try:
            place = "log: SQL with parameters" if record.name == "django.db.backends" else "log"
            self.report.look(place, self.format(record).encode(), record.name)
        finally:
            self.busy = False


class Watched(Client):
    """A browser whose addresses, redirects and cookies are looked at."""

    def __init__(self, report: Report, **options: Any) -> None:
        super().__init__(raise_request_exception=False, **options)
        self.report = report

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        asked = f"{request.get('PATH_INFO', '')}?{request.get('QUERY_STRING', '')}"
        self.report.look("addresses asked for", asked.encode(), asked[:80])
        for name, value in response.headers.items():
            if name == "Content-Disposition":  # judged with the page itself
                continue
            self.report.look("headers, redirects", f"{name}: {value}".encode(), asked[:80])
        for cookie in response.cookies.values():
            self.report.look("cookies", cookie.OutputString().encode(), cookie.key)
            if cookie.key == "messages" and cookie.value:
                told = CookieStorage(RequestFactory().get("/"))._decode(cookie.value) or []
                said = " ".join(str(message) for message in told)
                self.report.look("cookies", said.encode(), "messages")
        return response


def tables() -> list[str]:
    """Every table there is, those of the search and of its shadows among them."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            # A virtual table keeps nothing itself: its shadow tables are in the list.
            cursor.execute(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%'"
            )
        else:
            cursor.execute(
                "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"
            )
        return [row[0] for row in cursor.fetchall()]


def database(report: Report) -> None:
    """Every value of every row; on SQLite the file itself besides."""
    for table in sorted(tables()):
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            columns = [column[0] for column in cursor.description]
            for row in cursor:
                for column, value in zip(columns, row, strict=True):
                    data = value if isinstance(value, bytes | memoryview) else str(value).encode()
                    report.look("database: every value", bytes(data), f"{table}.{column}")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(FULL)")
        name = Path(str(connection.settings_dict["NAME"]))
        for path in sorted(name.parent.glob(f"{name.name}*")):
            report.look("database: files as bytes", path.read_bytes(), path.name)


def folder(report: Report, place: str, root: Any) -> None:
    report.look(place, b"")
    for path in sorted(Path(root).rglob("*")):
        if path.is_file():
            report.look(place, path.read_bytes(), path.name)
            report.look(place, str(path).encode(), "name of a file")


def cached() -> Iterator[tuple[str, bytes]]:
    """What the cache holds, as it holds it: in this process, or in Redis."""
    held: Any = cache._cache  # type: ignore[attr-defined]
    if isinstance(held, dict):
        yield from ((str(key), value) for key, value in held.items())
        return
    server = held.get_client(None)
    for key in server.scan_iter():
        yield key.decode(), server.get(key) or b""


def memory(report: Report) -> None:
    """Sessions, cache, mail."""
    report.look("mail", b"")
    for session in Session.objects.all():
        report.look("sessions", repr(session.get_decoded()).encode(), "session")
    for key, value in cached():
        report.look("cache", key.encode() + value, key)
        unpacked = repr(pickle.loads(value)) if value[:1] == b"\x80" else ""
        report.look("cache", unpacked.encode(), key)
    for letter in getattr(mail, "outbox", []):
        report.look("mail", letter.message().as_bytes(), letter.subject)
