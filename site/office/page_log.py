"""网页操作记录: Wagtail's own log of pages, pictures and documents, whole, for those who audit.

Wagtail shows a reader the log of what they may edit; an auditor edits nothing and would see nothing.
Records are not in it: their history is `office.Change`.
"""

from typing import Any

import django_filters
from django.contrib.contenttypes.models import ContentType
from django.db.models import IntegerField, QuerySet, Value
from wagtail.admin.filters import ContentTypeFilter
from wagtail.admin.views.reports.audit_logging import LogEntriesView, SiteHistoryReportFilterSet
from wagtail.log_actions import registry

from office.models import User


def _named(column: str) -> set[int]:
    """Ids that stand in a column of any of the logs."""
    models = registry.get_log_entry_models()
    return {
        pk for model in models for pk in model.objects.values_list(column, flat=True).distinct()
    }


class PageLogFilters(SiteHistoryReportFilterSet):
    """Wagtail's filters, with the choices of the whole log."""

    label = django_filters.CharFilter(label="名称", lookup_expr="icontains")
    object_type = ContentTypeFilter(
        label="类型",
        method="filter_object_type",
        queryset=lambda request: ContentType.objects.filter(pk__in=_named("content_type")),
    )

    def get_action_choices(self) -> list[tuple[str, Any]]:
        return list(registry.get_choices())

    def get_user_choices(self) -> QuerySet:
        return User.objects.filter(pk__in=_named("user")).order_by("name", "pk")


class PageLogView(LogEntriesView):
    """The log with every entry, whoever made it and whatever became of the page."""

    page_title = "网页操作记录"
    filterset_class = PageLogFilters

    def get_filtered_queryset(self) -> QuerySet:
        self.log_models = list(registry.get_log_entry_models())
        parts = []
        for index, model in enumerate(self.log_models):
            rows = model.objects.values("pk", "timestamp")
            rows = rows.annotate(log_model_index=Value(index, output_field=IntegerField()))
            parts.append(self.filter_queryset(rows).order_by())
        return parts[0].union(*parts[1:], all=True).order_by("-timestamp")
