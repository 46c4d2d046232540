"""The built-in web server: waitress, pure Python, the same on every machine."""

import socket
from collections.abc import Callable

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
    server = create_server(
        get_wsgi_application(),  # only now: whitenoise reads the folder of static files here
        host=host,
        port=port,
        threads=THREADS,
        ident="",
        clear_untrusted_proxy_headers=True,
        max_request_body_size=64 * 1024 * 1024,
    )
    ready()
    try:
        server.run()
    except KeyboardInterrupt:
        server.close()
