"""The home page: where do I go with my trouble, and what is new."""

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.blocks import ColumnPanel, ContactsPanel, EntryBlock, HoursPanel, LinksPanel
from cms.fields import BlocksField
from cms.models.frame import SitePage


class HomePage(SitePage):
    """Hero lines, entries, one dark panel beside them, then panels in two columns.

    A new kind of column (legal visits, calls for suggestions) appears here by being chosen in a
    栏目最新 panel: its own `entries()` says what is new, its `panel_template` how it looks.
    """

    template = "cms/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    max_count = 1

    hero = models.TextField("主标语", help_text="一行一句，最多两句，每句不超过12个字。")
    entries = BlocksField([("entry", EntryBlock())], verbose_name="入口", blank=True, max_num=6)
    lead = BlocksField(
        [("hours", HoursPanel()), ("column", ColumnPanel())],
        verbose_name="首屏深色面板",
        blank=True,
        max_num=1,
    )
    main = BlocksField([("column", ColumnPanel())], verbose_name="主栏", blank=True)
    side = BlocksField(
        [("contacts", ContactsPanel()), ("links", LinksPanel()), ("column", ColumnPanel())],
        verbose_name="侧栏",
        blank=True,
    )

    search_fields = [
        *SitePage.search_fields,
        *(index.SearchField(name) for name in ("hero", "entries", "lead", "main", "side")),
    ]
    content_panels = [
        FieldPanel("title", classname="title"),
        FieldPanel("hero"),
        FieldPanel("intro"),
        FieldPanel("entries"),
        FieldPanel("lead"),
        FieldPanel("main"),
        FieldPanel("side"),
    ]

    class Meta:
        verbose_name = "首页"
        verbose_name_plural = "首页"

    @property
    def hero_lines(self) -> list[str]:
        return [line.strip() for line in self.hero.splitlines() if line.strip()]
