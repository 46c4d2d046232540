"""Standing pages: guides, explanations, rules of the site."""

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from cms.blocks import ArticleBlocks
from cms.fields import BlocksField
from cms.models.frame import SitePage


class ArticlePage(SitePage):
    """A page with a body of blocks. Abstract."""

    is_article = True
    body = BlocksField(ArticleBlocks(), verbose_name="正文", blank=True)

    search_fields = [*SitePage.search_fields, index.SearchField("body")]
    content_panels = [*SitePage.content_panels, FieldPanel("body")]

    class Meta:
        abstract = True

    @property
    def search_names(self) -> list[str]:
        laws = [
            rule["law"]
            for block in self.body
            if block.block_type == "basis"
            for rule in block.value
        ]
        return [*super().search_names, *laws]

    @property
    def contents(self) -> list[tuple[str, str]]:
        """(anchor, heading) of each heading of the body, in order."""
        return [(block.id, block.value) for block in self.body if block.block_type == "heading"]


class StandardPage(ArticlePage):
    """A standing page: it says when it was last changed and is a column of its own."""

    template = "cms/standard_page.html"
    parent_page_types = ["cms.HomePage", "cms.StandardPage"]

    column_keywords = models.CharField("关键词", max_length=120, blank=True)
    column_type = models.CharField("栏目类别", max_length=20, default="办事指南")

    promote_panels: list[Any] = [
        *SitePage.promote_panels,
        FieldPanel("column_type"),
        FieldPanel("column_keywords"),
    ]

    @property
    def kind_label(self) -> str:
        return self.column_type

    class Meta:
        verbose_name = "常设页面"
        verbose_name_plural = "常设页面"
