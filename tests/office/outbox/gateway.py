"""A gateway of text messages as somebody else would build it: a real server on this machine."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = b"shared-by-two"


def signed(at: str, body: bytes) -> str:
    """As the contract in words has it, not as the code under test does it."""
    return hmac.new(SECRET, at.encode("ascii") + b"\n" + body, hashlib.sha256).hexdigest()


class Gateway(ThreadingHTTPServer):
    """asked: all that came; taken: key → message, once each; answers: what it says next, in turn.

    An answer is a status, "hang" (the connection drops before a word is said) or "swallow" (the
    message is taken and the connection drops); with none left it takes the message and says so.
    """

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[dict[str, Any]] = []
        self.taken: dict[str, dict[str, Any]] = {}
        self.answers: list[Any] = []
        self.slow = 0.0  # seconds before an answer
        self.on_taken: Callable[[int], None] = lambda count: None  # told how many were taken

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever asked has gone meanwhile."""

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/send"


class _Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        wanted = signed(self.headers["X-Time"], body)
        if not hmac.compare_digest(wanted, self.headers["X-Signature"]):
            return self._say(401, {})
        told = json.loads(body)
        self.server.asked.append(told)
        answer = self.server.answers.pop(0) if self.server.answers else 200
        if answer == "hang":
            return None
        if answer != "swallow" and answer >= 300:
            return self._say(answer, {})
        assert told["key"] == self.headers["X-Key"]
        self.server.taken.setdefault(told["key"], told)
        self.server.on_taken(len(self.server.taken))
        time.sleep(self.server.slow)
        if answer == "swallow":
            return None
        return self._say(answer, {"id": f"G-{list(self.server.taken).index(told['key']) + 1}"})

    def _say(self, status: int, told: dict[str, str]) -> None:
        body = json.dumps(told).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", self.server.address)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Silence."""


@contextmanager
def running() -> Iterator[Gateway]:
    gateway = Gateway()
    thread = threading.Thread(target=gateway.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield gateway
    finally:
        gateway.shutdown()
        gateway.server_close()
        thread.join()
