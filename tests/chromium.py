"""Tests in a real browser, as a pytest plugin: where Chromium is found, and words where it is not.

A test marked `browser` takes `page` (a Playwright page 1280 px wide, Chinese) or `new_page` for its own
width or several people at once, and visits `live_server.url`. It fails when a page asks another host
for anything: government networks are closed. CI_BROWSER=1 makes a missing Chromium an error.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.test import override_settings
from playwright.sync_api import Browser, Page, sync_playwright
from pytest_django.live_server_helper import LiveServer

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
HOW = (
    "no Chromium found: apt-get install chromium fonts-noto-cjk, or CHROMIUM=/path/to/chromium "
    "(the rest of the suite does not need it)"
)
# Playwright runs an event loop in the test's own thread, where Django would refuse its ORM.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


def program() -> str | None:
    """Path of the Chromium to drive, None where there is none."""
    return shutil.which(os.environ.get("CHROMIUM") or "") or next(
        filter(None, map(shutil.which, NAMES)), None
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if program() or os.environ.get("CI_BROWSER") == "1":
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=HOW))


@pytest.fixture(scope="session")
def plain_http() -> Iterator[None]:
    """No redirect to TLS, which the server of the tests does not speak."""
    with override_settings(
        SECURE_SSL_REDIRECT=False,
        SECURE_HSTS_SECONDS=0,
        SESSION_COOKIE_SECURE=False,
        CSRF_COOKIE_SECURE=False,
    ):
        yield


@pytest.fixture(scope="session")
def live_server(plain_http: None, live_server: LiveServer) -> LiveServer:
    """pytest-django's, started only after the settings speak plain HTTP: it reads them once."""
    return live_server


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all tests of a worker."""
    path = program()
    if path is None:
        pytest.fail(HOW)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open a page in a context of its own (own cookies); takes Playwright's context options."""
    contexts, strangers = [], set()

    def note(request) -> None:
        address = urlsplit(request.url)
        if (
            address.scheme in {"http", "https"}
            and address.netloc != urlsplit(live_server.url).netloc
        ):
            strangers.add(request.url)

    def open_page(**options) -> Page:
        options = {"viewport": {"width": 1280, "height": 800}, "locale": "zh-CN"} | options
        context = chromium.new_context(base_url=live_server.url, **options)
        context.set_default_timeout(15_000)
        context.on("request", note)
        contexts.append(context)
        return context.new_page()

    yield open_page
    for context in contexts:
        context.close()
    assert not strangers, f"a page asked other hosts for something: {sorted(strangers)}"


@pytest.fixture
def page(new_page: Callable[..., Page]) -> Page:
    """A page 1280 px wide."""
    return new_page()
