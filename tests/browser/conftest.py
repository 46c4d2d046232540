"""Fixtures of the scenes (`stage.py`); the other browser tests bring their own."""

from types import SimpleNamespace

import pytest

from tests.browser.stage import Wall, make_office, seats


@pytest.fixture
def wall(monkeypatch) -> Wall:
    """The clock that Django tells everybody the time by."""
    clock = Wall()
    monkeypatch.setattr("django.utils.timezone.now", clock.now)
    return clock


@pytest.fixture
def play(wall, live_server, new_page) -> SimpleNamespace:
    """wall, sit, cast, street: the office on Monday 21 September 2026, nine o'clock."""
    wall.set(2026, 9, 21)
    cast, street = make_office()
    return SimpleNamespace(wall=wall, sit=seats(new_page), cast=cast, street=street)
