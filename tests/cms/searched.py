"""A small site to search, and the scan every search is held against."""

from types import SimpleNamespace
from typing import Any

from wagtail.models import Page

from cms.search_texts import texts_of
from office.search import fold
from tests.cms.publishing import notice, open_column, open_site, publish, standing_page

BODY = [
    ("text", "<p>澜庭苑3栋50户业主反映<b>延期</b>交房，开发商承诺十二月底交付。</p>"),
    ("basis", [{"law": "信访工作条例", "article": "第三十四条", "gist": "十五日内告知"}]),
]


def make_site() -> SimpleNamespace:
    """A home page, a column with four notices, and a guide."""
    home = open_site()
    column = open_column(home)
    return SimpleNamespace(
        home=home,
        column=column,
        old=notice(column, "延期交房进展通报（第1期）", day=1, kind="progress", intro="澜庭苑"),
        new=notice(column, "延期交房进展通报（第2期）", day=9, kind="progress", intro="澜庭苑"),
        inside=notice(column, "澜庭苑来信答复", day=12, kind="notice", body=BODY),
        other=notice(column, "养老诈骗提醒", day=15, kind="warning", contact_phone="0000-1380001"),
        guide=standing_page(home, "怎样反映问题", intro="交房、欠薪、噪声，去哪里说"),
    )


def scan(query: str, kind: str = "wagtailcore.page") -> set[int]:
    """Ids of the pages whose text holds every word, found by reading all of them."""
    found = set()
    for pk, text in texts_of(kind, Page.objects.values_list("pk", flat=True)).items():
        whole = fold("\n".join([text.title, text.names, text.body]))
        if all(word in whole for word in fold(query).split()):
            found.add(pk)
    return found


def ids(rows: Any) -> list[int]:
    return [row.pk for row in rows]


def draft(column: Page, page: Page) -> Page:
    """Put a page into the column that nobody has published."""
    page.live = False
    column.add_child(instance=page)
    page.save_revision()
    return page


__all__ = ["BODY", "draft", "ids", "make_site", "publish", "scan"]
