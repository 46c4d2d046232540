"""Timing admin pages in process, as a signed-in person."""

from collections.abc import Callable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from office.models import User


def visitor(username: str) -> Client:
    client = Client()
    client.force_login(User.objects.get(username=username))
    return client


def opening(client: Client, path: str) -> Callable[[], object]:
    """A call that opens a page and insists on its being there."""

    def open_page() -> object:
        response = client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path} answered {response.status_code}")
        return response

    return open_page


def queries(act: Callable[[], object]) -> int:
    """Queries of one call when what a process keeps (content types, the site) is already read."""
    act()
    with CaptureQueriesContext(connection) as seen:
        act()
    return len(seen)
