"""保管期限: the classes and their terms, each changed within its bounds, with its history."""

from typing import Any

from office.models import RetentionClass
from office.one_setting import OneSettingPage
from office.retention.classes import CLASSES, term, words
from office.retention.forms import TermForm
from office.retention.lists import VIEW
from office.views import DeskView

CHANGE = "office.change_retention"


class ClassesPage(DeskView):
    """All classes with the terms in force."""

    permission_required = VIEW
    template_name = "office/retention/classes.html"
    page_title = "保管期限"
    header_icon = "folder-open-1"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sources = dict(RetentionClass.objects.values_list("key", "source"))
        return super().get_context_data(
            lines=[
                (key, one, words(key, term(key)), sources.get(key, one.source))
                for key, one in CLASSES.items()
            ],
            intro="什么保管多久，从哪天起算。改短的只管以后办结的；改长的，已办结的也跟着延长。",
            **kwargs,
        )


class ClassPage(OneSettingPage):
    """One class: its term changed with a reason, its former values below."""

    permission_required, change = VIEW, CHANGE
    template_name = "office/retention/class.html"
    header_icon = "folder-open-1"
    model, table = RetentionClass, CLASSES
    home = ("office_retention", ClassesPage.page_title)

    def may_change(self) -> bool:
        return self.declared.settable and super().may_change()

    def form(self, data: Any = None) -> TermForm:
        row = self.row() or RetentionClass(key=self.key, term=self.declared.term or 0)
        return TermForm(data, instance=row, declared=self.declared)

    def told(self, row: RetentionClass) -> str:
        return words(self.key, row.term)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row()
        return super().get_context_data(
            value=words(self.key, term(self.key)),
            source=row.source if row else self.declared.source,
            row=row,
            **kwargs,
        )
