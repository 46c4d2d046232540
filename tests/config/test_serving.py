"""The built-in server behind a proxy: the proxy's word counts, nobody else's."""

import os
import socket
import subprocess
import sys
from http.client import HTTPConnection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def spare_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(params=["127.0.0.1", ""], ids=["proxy believed", "nobody believed"])
def server(request, tmp_path):
    """`manage.py serve` as in earnest (TLS expected), with and without a trusted proxy."""
    port = spare_port()
    environment = {
        **os.environ,
        "VAR_DIR": str(tmp_path),
        "PORT": str(port),
        "INSECURE_HTTP": "0",
        "DEMO": "0",
        "ALLOWED_HOSTS": "desk.example",
        "TRUSTED_PROXY": request.param,
    }
    environment.pop("DATABASE_URL", None)
    command = [sys.executable, str(ROOT / "manage.py")]
    subprocess.run([*command, "make_keys"], env=environment, check=True, capture_output=True)
    process = subprocess.Popen(
        [*command, "serve"], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout.readline().startswith("READY")
    yield port, bool(request.param)
    process.terminate()
    process.communicate(timeout=20)


def test_a_request_that_came_by_tls_to_the_proxy_is_not_sent_round_in_circles(server):
    port, believed = server
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request(
        "GET", "/robots.txt", headers={"Host": "desk.example", "X-Forwarded-Proto": "https"}
    )
    answer = connection.getresponse()
    assert (answer.status == 301) == (not believed)


def test_a_plain_request_is_sent_to_tls(server):
    port, _ = server
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/robots.txt", headers={"Host": "desk.example"})
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.getheader("Location").startswith("https://desk.example/")
