"""The list of a tracked model: no checkboxes, as nothing is done to many rows at once here."""

from typing import Any

from django.utils.functional import cached_property
from wagtail.admin.ui.tables import BulkActionsCheckboxColumn
from wagtail.snippets.views.snippets import IndexView


class KeptIndexView(IndexView):
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
