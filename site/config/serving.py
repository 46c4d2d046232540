"""The built-in web server: waitress, pure Python, the same on every machine."""

import socket
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.wsgi import get_wsgi_application
from waitress.server import create_server

THREADS = 8


def refuse_taken_port(host: str, port: int) -> None:
    """Raise CommandError, in words, when something already listens there."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if probe.connect_ex((host, port)) == 0:
            raise CommandError(
                f"端口 {port} 已被占用：可能演示站已经在运行，或换一个端口：make demo PORT=8001"
            )


def serve(host: str, port: int, ready: Callable[[], None]) -> None:
    """Serve until interrupted; `ready` is called once connections are accepted."""
    refuse_taken_port(host, port)
    # What the proxy says of the caller counts: waitress puts it where Django looks, and drops the
    # same headers when anybody else sends them.
    believed: dict[str, Any] = {}
    if settings.TRUSTED_PROXY:
        believed["trusted_proxy"] = settings.TRUSTED_PROXY
        believed["trusted_proxy_headers"] = {"x-forwarded-for", "x-forwarded-proto"}
    server = create_server(
        get_wsgi_application(),  # only now: whitenoise reads the folder of static files here
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        clear_untrusted_proxy_headers=True,
        max_request_body_size=64 * 1024 * 1024,
        **believed,
    )
    ready()
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
