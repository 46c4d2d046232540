"""When something fails, the log says where and what kind, and nothing a person typed."""

import logging
import stat
import sys

import pytest
from django.conf import settings
from django.db import OperationalError
from django.test import RequestFactory

from office.tracing import NoWords, PlainFormatter
from office.vault import make_keys


class Careless(Exception):
    """Has somebody's name in its own words."""


def fail(name: str) -> None:
    try:
        int(name)
    except ValueError as error:
        raise Careless(f"cannot use {name}") from error


def caught():
    try:
        fail("韦小梅")
    except Careless:
        return sys.exc_info()
    raise AssertionError


def test_a_log_line_names_place_and_kind_of_a_failure_and_its_cause_but_no_words():
    record = logging.LogRecord("x", logging.ERROR, "f", 1, "job %s", ("files",), caught())

    line = PlainFormatter("%(message)s").format(record)

    assert line.startswith("job files\n")
    for told in ("Careless", "because of builtins.ValueError", "test_tracing.py", " fail"):
        assert told in line
    assert "韦小梅" not in line


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (OperationalError("could not connect to server\nDETAIL: 韦小梅"), "could not connect"),
        (PermissionError(13, "Permission denied", "/var/lib/x"), "Permission denied"),
        (KeyError("韦小梅"), "KeyError"),
        (UnicodeDecodeError("utf-8", "韦小梅".encode(), 0, 1, "bad"), "UnicodeDecodeError"),
    ],
)
def test_words_about_machines_are_kept_and_others_are_not(error, told):
    line = PlainFormatter().formatException((type(error), error, None))

    assert told in line
    assert "韦小梅" not in line


def test_the_page_for_developers_shows_no_value_either():
    request = RequestFactory().post("/x/", {"name": "韦小梅"})
    page = NoWords(request, *caught()).get_traceback_html()

    assert "fail" in page
    assert "韦小梅" not in page


def test_nobody_is_mailed_a_traceback():
    assert settings.ADMINS == settings.MANAGERS == []
    assert not [name for name in settings.LOGGING["handlers"] if "mail" in name]
    assert logging.getLogger("django").handlers == []


def test_the_folder_of_the_keys_is_for_its_owner_alone(tmp_path):
    make_keys(tmp_path / "keys")

    assert stat.S_IMODE((tmp_path / "keys").stat().st_mode) == 0o700
    assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in (tmp_path / "keys").iterdir())
