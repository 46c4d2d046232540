"""The kernel's settings in the admin: 组织与日历. Ended by a date, never moved or deleted."""

from typing import Any

from django.urls import URLPattern
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from office.calendar_views import CalendarDayAddView, CalendarDayEditView
from office.editing import KeptAddView, KeptEditView
from office.listing import KeptIndexView, TreeIndexView
from office.models import CalendarDay, CalendarYear, Deputy, Post, Unit
from office.organisation_forms import (
    CalendarDayForm,
    CalendarYearForm,
    DeputyForm,
    PostForm,
    UnitForm,
)
from office.scoping import KeptViewSet

#: where items of the group's menu are registered (accounts are one, see `office.accounts`)
MENU = "register_organisation_menu_item"


def _panels(form: type, *names: str) -> ObjectList:
    panels = [FieldPanel(name) for name in (*names, "change_reason")]
    return ObjectList(panels, base_form_class=form)


class SettingsViewSet(KeptViewSet):
    """A tracked settings model: list, add, edit, history and nothing else."""

    index_view_class = KeptIndexView
    add_view_class = KeptAddView
    edit_view_class = KeptEditView
    index_template_name = "wagtailadmin/generic/index.html"
    list_per_page = 50
    export_key = ""  # of the list in `registries.exports`

    def get_index_view_kwargs(self) -> dict[str, Any]:
        return {**super().get_index_view_kwargs(), "export_key": self.export_key}

    def get_common_view_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_common_view_kwargs(**{"usage_url_name": None, **kwargs})

    def get_urlpatterns(self) -> list[URLPattern]:
        return [url for url in super().get_urlpatterns() if url.name not in {"delete", "usage"}]


class UnitViewSet(SettingsViewSet):
    model = Unit
    export_key = "units"
    icon = "folder-open-1"
    index_view_class = TreeIndexView
    list_display = ("name", "kind", "phone", "valid_from", "valid_to")
    list_filter = ("kind",)
    search_fields = ("name",)
    edit_handler = _panels(UnitForm, "parent", "name", "kind", "phone", "valid_from", "valid_to")


class PostViewSet(SettingsViewSet):
    model = Post
    export_key = "posts"
    icon = "tasks"
    list_display = ("user", "unit", "role", "title", "valid_from", "valid_to")
    list_filter = ("role",)
    search_fields = ("user__name", "user__username", "unit__name", "title")
    edit_handler = _panels(PostForm, "user", "unit", "role", "title", "valid_from", "valid_to")

    def get_queryset(self, request: Any) -> Any:
        return Post.objects.select_related("user", "unit").order_by("unit__path", "pk")


class DeputyViewSet(SettingsViewSet):
    model = Deputy
    icon = "resubmit"
    list_display = ("user", "post", "valid_from", "valid_to")
    search_fields = ("user__name", "post__user__name")
    edit_handler = _panels(DeputyForm, "post", "user", "valid_from", "valid_to")

    def get_queryset(self, request: Any) -> Any:
        return Deputy.objects.select_related("user", "post__unit", "post__user").order_by("-pk")


class CalendarYearViewSet(SettingsViewSet):
    model = CalendarYear
    icon = "calendar-alt"
    list_display = ("year", "source")
    edit_handler = _panels(CalendarYearForm, "year", "source")


class CalendarDayViewSet(SettingsViewSet):
    model = CalendarDay
    add_view_class = CalendarDayAddView
    edit_view_class = CalendarDayEditView
    export_key = "days"
    icon = "calendar"
    list_display = ("day", "working", "name")
    list_filter = ("working",)
    search_fields = ("name",)
    edit_handler = _panels(CalendarDayForm, "day", "working", "name")


class OrganisationGroup(SnippetViewSetGroup):
    """组织与日历."""

    menu_label = "组织与日历"
    menu_name = "organisation"
    menu_icon = "group"
    menu_order = 7000
    submenu_hook = MENU
    items = (UnitViewSet, PostViewSet, DeputyViewSet, CalendarYearViewSet, CalendarDayViewSet)
