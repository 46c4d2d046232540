"""The list of a tracked model: no checkboxes, as nothing is done to many rows at once here."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.admin.widgets.button import HeaderButton
from wagtail.snippets.views.snippets import IndexView

from office.exporting.addresses import export_address
from office.hearing import heard


class Exported:
    """Mixin in front of a generic IndexView: 导出 of the list as it is filtered."""

    export_key = ""

    @cached_property
    def header_buttons(self) -> list[Any]:
        found = list(super().header_buttons)  # type: ignore[misc]
        if url := export_address(self.request, self.export_key):  # type: ignore[attr-defined]
            found.append(HeaderButton("导出", url=url, icon_name="download", priority=1100))
        return found


class Heard:
    """Mixin in front of a generic IndexView of a small table: words, pinyin and initials find."""

    def search_queryset(self, queryset: Any) -> Any:
        if not self.is_searching:  # type: ignore[attr-defined]
            return queryset
        return heard(queryset, self.search_fields, self.search_query)  # type: ignore[attr-defined]


class KeptIndexView(Heard, Exported, IndexView):
    """Wagtail's list without bulk actions."""

    template_name = "wagtailadmin/generic/index.html"

    @cached_property
    def columns(self) -> list[Any]:
        return [
            column
            for column in super().columns
            if not isinstance(column, BulkActionsCheckboxColumn)
        ]


class TreeIndexView(KeptIndexView):
    """A list in the order of the tree, the first column indented by depth."""

    @cached_property
    def columns(self) -> list[Any]:
        columns = super().columns
        columns[0].accessor = lambda unit: "　" * (unit.depth - 1) + str(unit)
        return columns
