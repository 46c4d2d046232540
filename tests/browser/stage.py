"""The stage of the scenes: people who log in and press what they see, on days that are set.

Dates in the scenes are counted by hand from the articles and from the holidays below, which the
State Council's notice fixed for the autumn of 2026; nothing is asked of the code under test.
"""

import re
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from django.core.files.base import ContentFile
from playwright.sync_api import Locator, Page

from casework.matters.profiles import make_national_profile
from office.history import acting
from office.models import CalendarDay, CalendarYear
from tests.casework.matters.counter import a_category
from tests.conftest import PASSWORD, make_cast, make_street

SHANGHAI = ZoneInfo("Asia/Shanghai")
DESK = "/admin/matters/desk/"
PHONE = "8555 0123"
WIDE = """
() => [document.documentElement, document.querySelector('main')]
  .some(box => box && box.scrollWidth > box.clientWidth)
"""
#: 中秋 25–27 September and 国庆 1–7 October are off; Sunday 20 September and Saturday 10 October not
HOLIDAYS = [date(2026, 9, day) for day in (25, 26, 27)] + [date(2026, 10, n) for n in range(1, 8)]
WORKED = [date(2026, 9, 20), date(2026, 10, 10)]


class Wall:
    """The clock on the wall, for every thread of the running server: `wall.set(2026, 9, 21)`."""

    def __init__(self) -> None:
        self._ahead = timedelta()

    def set(self, year: int, month: int, day: int, hour: int = 9) -> None:
        wanted = datetime(year, month, day, hour, tzinfo=SHANGHAI)
        self._ahead = wanted - datetime.fromtimestamp(time.time(), SHANGHAI)

    def now(self) -> datetime:
        return datetime.fromtimestamp(time.time(), SHANGHAI) + self._ahead


def make_office() -> tuple[SimpleNamespace, SimpleNamespace]:
    """(people, units) of the street, with a phone, the holidays and one subject."""
    street = make_street()
    cast = make_cast(street)
    make_national_profile()
    a_category()
    with acting(None, "国务院办公厅通知"):
        street.office.phone = PHONE
        street.office.save()
        CalendarYear(year=2026, source="国务院办公厅关于2026年节假日安排的通知").save()
        for days, working in ((HOLIDAYS, False), (WORKED, True)):
            for day in days:
                CalendarDay(day=day, working=working, name="中秋、国庆").save()
    return cast, street


class Screen:
    """One person at one screen. Every press checks that nothing scrolls sideways."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def log_in(self, username: str) -> "Screen":
        self.page.goto("/admin/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.click("button[type=submit]")
        self.page.wait_for_url("**/admin/")
        return self

    def visit(self, path: str) -> "Screen":
        self.page.goto(path)
        return self

    def see(self, *words: str) -> None:
        """These words stand on the page, in sight."""
        for told in words:
            self.page.get_by_text(told).locator("visible=true").first.wait_for()

    def sees_no(self, words: str) -> bool:
        return self.page.get_by_text(words).locator("visible=true").count() == 0

    def follow(self, name: str, *, exact: bool = False, more: bool = False) -> None:
        """Click a link in sight; with `more` after opening 更多."""
        self._fits()
        if more:
            self.page.locator("summary", has_text="更多").click()
        link = self.page.get_by_role("link", name=name, exact=exact)
        link.locator("visible=true").first.click()

    def press(self, name: str) -> None:
        self._fits()
        self.page.get_by_role("button", name=name, exact=True).click()

    def fill(self, label: str, words: str, exact: bool = False) -> None:
        self.field(label, exact).fill(words)

    def choose(self, label: str) -> None:
        """A radio button or a tick, by the words beside it."""
        self.page.get_by_label(label).locator("visible=true").first.check()

    def field(self, label: str, exact: bool = False) -> Locator:
        """The control of a label that has these words, or (`exact`) is these words alone."""
        words: str | re.Pattern[str] = re.compile(f"^{label}(必填)?$") if exact else label
        return self.page.get_by_label(words).locator("visible=true").first

    def panel(self, heading: str) -> Locator:
        """A section of the page, by its heading."""
        found = self.page.get_by_role("heading", name=heading)
        return self.page.locator("section", has=found).last

    def arrive(self, part: str) -> None:
        """The address now has this part."""
        self.page.wait_for_url(f"**{part}**")

    def _fits(self) -> None:
        assert not self.page.evaluate(WIDE), f"{self.page.url} scrolls sideways"


Sit = Callable[..., Screen]


def seats(new_page: Callable[..., Page]) -> Sit:
    """`sit("registrar")`: somebody logs in at a screen of their own, `width` pixels wide."""

    def sit(username: str, width: int = 1280) -> Screen:
        page = new_page(viewport={"width": width, "height": 900})
        return Screen(page).log_in(username)

    return sit


def paper(tmp_path: Any, name: str) -> str:
    """A scan to upload."""
    with suppress(FileExistsError):
        (tmp_path / "papers").mkdir()
    path = tmp_path / "papers" / f"{name}.txt"
    path.write_bytes(ContentFile(f"{name}，签字盖章".encode()).read())
    return str(path)
