"""The admin's table of contents for matters."""

from typing import Any

from wagtail.admin.panels import ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from casework.matters import converters  # noqa: F401 - registers <key:…>
from casework.matters.models import Matter
from casework.matters.views.facts import FactsPage
from casework.matters.views.history import MatterHistory
from casework.matters.views.listing import MatterList
from casework.matters.views.reception import Reception
from casework.matters.views.record import RecordPage
from office.scoping import ScopedViewSet


class MatterViewSet(ScopedViewSet):
    """List, reception, record, facts and history of matters; a matter is never deleted."""

    model = Matter
    icon = "form"
    url_prefix = "matters"
    menu_label = "信访事项"
    menu_name = "matters-list"
    pk_path_converter = "key"  # keys of sealed matters are negative
    inspect_view_enabled = True
    index_view_class = MatterList
    add_view_class = Reception
    inspect_view_class = RecordPage
    edit_view_class = FactsPage
    history_view_class = MatterHistory
    history_template_name = "matters/history.html"
    index_template_name = "matters/list.html"
    index_results_template_name = "matters/list_results.html"
    create_template_name = "matters/reception.html"
    inspect_template_name = "matters/record.html"
    edit_template_name = "matters/facts.html"

    def get_edit_handler(self) -> Any:
        """No generated form: reception, acts and facts have forms of their own."""
        return ObjectList([]).bind_to_model(self.model)


class MatterGroup(SnippetViewSetGroup):
    """信访 in the main menu; other pages of the room join by `register_matters_menu_item`."""

    items = (MatterViewSet,)
    menu_label = "信访"
    menu_name = "matters"
    menu_icon = "form"
    menu_order = 200
    submenu_hook = "register_matters_menu_item"
