"""The demo's public site: an invented street's pages, dated relative to the day they are loaded."""

import json
import re
from datetime import date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone
from wagtail.models import Page, Site

from cms.models import HomePage, SiteIdentity, StandardPage
from office.history import acting
from publications.models import NoticeIndexPage, NoticePage

SOURCE = settings.BASE_DIR / "fixtures" / "demo" / "pages.json"
WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
POSTED_AT = time(9, 30)


def load_pages(*, user: Any, now: datetime) -> int:
    """Create home, column, standing pages and notices of the demo; returns how many pages.

    user: whose name stands in the history; now: aware, the dates follow from it. Does nothing and
    returns 0 once there is a home page. Every page goes live the way an editor's does.
    """
    if HomePage.objects.exists():
        return 0
    data = json.loads(SOURCE.read_text(encoding="utf-8"))
    with acting(user=user, reason="载入演示页面"):
        loader = _Loader(user, timezone.localtime(now))
        loader.load(data)
    return len(loader.made)


class _Loader:
    """Creates pages in an order in which every link already has a page to point to."""

    def __init__(self, user: Any, now: datetime) -> None:
        self.user, self.now = user, now
        self.made: dict[str, Page] = {}

    def load(self, data: dict[str, Any]) -> None:
        home = self._home_without_panels(data["home"])
        self._point_site_at(home, data["site"])
        column = data["column"]
        self._publish(home, "notices", NoticeIndexPage(show_in_menus=True, **_plain(column)))
        standards = data["standards"]
        for texts in standards:
            page = StandardPage(show_in_menus=texts["menu"], **_plain(texts))
            self._publish(home, texts["key"], page)
        for texts in standards:  # their bodies link to one another
            page = self.made[texts["key"]]
            page.body = self._body(texts["body"], self.now.date())
            self._publish_again(page)
        for texts in sorted(data["notices"], key=self._day_of):
            self._notice(texts)
        self._fill_home(home, data["home"])
        self._identity(home, data["site"])

    def _home_without_panels(self, texts: dict[str, Any]) -> HomePage:
        root = Page.get_first_root_node()
        home = HomePage(title=texts["title"], hero=texts["hero"], intro=texts["intro"])
        self._publish(root, "home", home)
        return home

    def _point_site_at(self, home: HomePage, texts: dict[str, Any]) -> None:
        """Make the site open on our home page and take Wagtail's welcome page out of the tree."""
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        port = address.port or (443 if address.scheme == "https" else 80)
        site = Site.objects.filter(is_default_site=True).first() or Site(is_default_site=True)
        welcome = site.root_page if site.root_page_id else None
        site.hostname, site.port = address.hostname or "localhost", port
        site.root_page, site.site_name = home, texts["site_name"]
        site.save()
        if welcome is not None and welcome.depth > 1 and welcome.specific_class is Page:
            welcome.delete()

    def _notice(self, texts: dict[str, Any]) -> None:
        day = self._day_of(texts)
        column = self.made["notices"]
        valid_until = _recent(texts["valid_on"], day, later=True) if "valid_on" in texts else None
        if texts.get("valid_days"):
            valid_until = day + timedelta(days=texts["valid_days"])
        notice = NoticePage(
            title=texts["title"],
            kind=texts["kind"],
            intro=in_dates(texts["intro"], day),
            search_description=texts["search"],
            shown_at=datetime.combine(day, POSTED_AT, self.now.tzinfo),
            valid_until=valid_until,
            contact_office=texts["office"],
            contact_phone=texts["phone"],
            body=self._body(texts["body"], day),
        )
        self._publish(column, texts["key"], notice)

    def _day_of(self, texts: dict[str, Any]) -> date:
        """The day a notice is dated: so many days ago, or the last such day of the year."""
        today = self.now.date()
        if "on" in texts:
            return _recent(texts["on"], today)
        return today - timedelta(days=texts["days_ago"])

    def _body(self, blocks: list[dict[str, Any]], day: date) -> str:
        """Blocks as StreamField JSON, dates and links to pages filled in."""
        text = in_dates(json.dumps(blocks, ensure_ascii=False), day)
        return re.sub(r"\{([a-z]+)\}", lambda found: str(self.made[found[1]].pk), text)

    def _fill_home(self, home: HomePage, texts: dict[str, Any]) -> None:
        pk = {key: page.pk for key, page in self.made.items()}
        hours, (column, count) = dict(texts["hours"]), texts["column"]
        hours["rows"] = [
            {"when": when, "what": what, "where": where} for when, what, where in hours["rows"]
        ]
        hours["link"] = pk[hours["link"]]
        offices = [
            {"office": office, "phone": phone, "hours": times, "place": place}
            for office, phone, times, place in texts["contacts"]["rows"]
        ]
        contacts = {"title": texts["contacts"]["title"], "contacts": offices}
        home.entries = _stream(
            ("entry", {"title": title, "gist": gist, "page": pk[key]})
            for title, gist, key in texts["entries"]
        )
        home.lead = _stream([("hours", hours)])
        home.main = _stream([("column", {"column": pk[column], "count": count})])
        home.side = _stream([("contacts", contacts)])
        self._publish_again(home)

    def _identity(self, home: HomePage, texts: dict[str, Any]) -> None:
        values = {**texts, "error_page": Page.objects.get(pk=self.made[texts["error_page"]].pk)}
        values["footer_links"] = _stream(
            ("link", {"label": label, "page": self.made[key].pk, "url": ""})
            for label, key in texts["footer_links"]
        )
        site = Site.objects.get(root_page=home)
        SiteIdentity.objects.create(site=site, **values)

    def _publish(self, parent: Page, key: str, page: Page) -> None:
        page.live, page.owner = False, self.user
        parent.add_child(instance=page)
        self._publish_again(page)
        self.made[key] = page

    def _publish_again(self, page: Page) -> None:
        page.save_revision(user=self.user, log_action=True).publish(
            user=self.user, skip_permission_checks=True
        )
        page.refresh_from_db()


def _plain(texts: dict[str, Any]) -> dict[str, Any]:
    """The fields of a page that need nothing filled in."""
    names = ("title", "intro", "search_description", "column_type", "column_keywords")
    return {name: texts[name] for name in names}


def _stream(blocks: Any) -> str:
    return json.dumps([{"type": kind, "value": value} for kind, value in blocks])


def _recent(month_day: str, today: date, later: bool = False) -> date:
    """The last such day of the year up to `today`, or with `later` the first one after it."""
    month, day = map(int, month_day.split("-"))
    found = date(today.year, month, day)
    if later:
        return found if found > today else found.replace(year=today.year + 1)
    return found if found <= today else found.replace(year=today.year - 1)


def in_dates(text: str, day: date) -> str:
    """Replace [[+9]] (days after `day`), [[wed+2]] (second Wednesday after it) and [[05-08]]
    (that day in its year) by words: 5月8日 周五."""

    def spoken(found: re.Match) -> str:
        mark = found[1]
        if mark.startswith("+"):
            meant = day + timedelta(days=int(mark))
        elif "+" in mark:
            weekday, nth = mark.split("+")
            ahead = (WEEKDAYS.index(weekday) - day.weekday() - 1) % 7 + 1
            meant = day + timedelta(days=ahead + 7 * (int(nth) - 1))
        else:
            meant = _recent(mark, date(day.year, 12, 31))
        return f"{meant.month}月{meant.day}日 周{'一二三四五六日'[meant.weekday()]}"

    return re.sub(r"\[\[([^\]]+)\]\]", spoken, text)
