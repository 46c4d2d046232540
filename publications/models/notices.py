"""Notices (通知、普法、告知、进展通报) and the column that lists them."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import PageManager
from wagtail.search import index

from cms.models import ColumnPage
from cms.models.frame import SitePage
from cms.models.standard import ArticlePage
from cms.paging import slice_of
from office.clock import today
from publications.queries import NoticeQuerySet


class Kind(models.TextChoices):
    NOTICE = "notice", "通知"
    EDUCATION = "education", "普法"
    WARNING = "warning", "提醒"
    GUIDE = "guide", "指引"
    PROGRESS = "progress", "进展通报"


class NoticeIndexPage(ColumnPage):
    """A column of notices: newest first, by kind on request, in pages of fifteen."""

    template = "publications/notice_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["publications.NoticePage"]

    class Meta:
        verbose_name = "通知栏目"
        verbose_name_plural = "通知栏目"

    def entries(self) -> QuerySet:
        """Readable notices, newest first, without their bodies."""
        return NoticePage.objects.readable_in(self).defer_streamfields()

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `kinds` in use, the `kind` asked for ("" is all) and the `slice` of the list.

        Raises Http404 for a kind or a page of the list that does not exist.
        """
        context = super().get_context(request, *args, **kwargs)
        kind, rows = request.GET.get("kind", ""), self.entries()
        if kind:
            if kind not in Kind.values:
                raise Http404
            rows = rows.filter(kind=kind)
        in_use = set(self.entries().order_by().values_list("kind", flat=True).distinct())
        context["kinds"] = [choice for choice in Kind if choice.value in in_use]
        context["kind"] = kind
        context["slice"] = slice_of(rows, request)
        return context


class NoticePage(ArticlePage):
    """One notice. Withdrawing it is Wagtail's 撤回; its history is the page's own."""

    template = "publications/notice_page.html"
    parent_page_types = ["publications.NoticeIndexPage"]
    subpage_types: list[str] = []

    kind = models.CharField("类别", max_length=12, choices=Kind.choices, default=Kind.NOTICE)
    valid_until = models.DateField(
        "有效至", null=True, blank=True, help_text="过了这一天，页面会写明已过有效期，但仍可查看。"
    )
    contact_office = models.CharField("联系科室", max_length=40, blank=True)
    contact_phone = models.CharField(
        "联系电话", max_length=40, blank=True, help_text="只填办公电话，不填个人手机。"
    )

    search_fields = [
        *ArticlePage.search_fields,
        index.FilterField("kind"),
        index.SearchField("contact_office"),
        index.SearchField("contact_phone"),
    ]
    content_panels = [
        SitePage.content_panels[0],
        FieldPanel("kind"),
        FieldPanel("intro"),
        FieldPanel("body"),
        MultiFieldPanel(
            [FieldPanel("valid_until"), FieldPanel("contact_office"), FieldPanel("contact_phone")],
            "有效期与联系方式",
        ),
    ]

    objects = PageManager.from_queryset(NoticeQuerySet)()

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        indexes = [models.Index(fields=["-shown_at"], name="notice_newest_first")]

    @property
    def kind_label(self) -> str:
        return self.get_kind_display()

    def past(self, on: date) -> bool:
        """Whether the notice has run out by `on`; the last valid day still counts."""
        return self.valid_until is not None and self.valid_until < on

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Adds `past` and the neighbours `newer` and `older` in the column (None at the ends)."""
        context = super().get_context(request, *args, **kwargs)
        context["past"] = self.past(today())
        context["newer"] = context["older"] = None
        if self.live and self.shown_at and self.column:
            siblings = self.column.entries()
            context["newer"] = siblings.newer_than(self).first()
            context["older"] = siblings.older_than(self).first()
        return context
