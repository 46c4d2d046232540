"""What every page about one matter begins with: may this person see it at all?"""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from casework.matters.leave import leave_for, running_for
from casework.matters.models import Matter
from casework.matters.shell import spare_menu
from office.clock import today
from office.forms import first_result, once
from office.scoping import require_visible

LIST = "wagtailsnippets_matters_matter:list"
RECORD = "wagtailsnippets_matters_matter:inspect"
CRUMBS = [
    {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
    {"url": reverse_lazy(LIST), "label": "信访事项"},
]


def record_url(matter: Matter) -> str:
    return reverse(RECORD, args=[matter.pk])


def take_errors(form: Form, error: ValidationError) -> None:
    """Put what a rule refused into the form: at the field it names, else on top."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for name, problems in error.error_dict.items():
        form.add_error(name if name in form.fields else None, problems)


class DeskPage(WagtailAdminTemplateMixin, TemplateView):
    """A page of this room in Wagtail's shell. `today` is the day the page is asked for."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.today = today()
        spare_menu(request.user)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*CRUMBS, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "today": self.today,
            "list_url": reverse(LIST),
            "leaves": running_for(self.request.user),
        }


class MatterPage(DeskPage):
    """A page about one matter; 404 when it is hidden from the reader, as if it did not exist."""

    sealed_too = False  # most pages have nothing to do with a sealed matter
    leave_too = False  # and an auditor's leave opens the record and its history alone
    destroyed_too = False  # and none but the record with one that was destroyed

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        require_visible(Matter, request.user, kwargs["pk"])
        self.matter = (
            Matter.objects.visible_to(request.user)
            .select_related(
                "data_key", "profile", "lead_unit", "officer", "category__parent", "community",
                "grid", "registered_by",
            )
            .get(pk=kwargs["pk"])
        )  # fmt: skip
        if self.matter.sealed and not self.sealed_too:
            raise Http404
        if not self.leave_too and leave_for(request.user, self.matter):
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.matter.destroyed_at and not self.destroyed_too:
            told = (
                f"{self.matter.number} 已依规销毁（{self.matter.destroyed_in}），没有可以办理的了。"
            )
            messages.info(request, told)
            return redirect(record_url(self.matter))
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            *CRUMBS,
            {"url": record_url(self.matter), "label": self.matter.number},
            {"url": "", "label": f"{self.page_title} {self.matter.number}"},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "matter": self.matter,
            "record_url": record_url(self.matter),
        }


class FormPage:
    """Sending a form of ours: carried out once, refused in words, nothing typed is lost.

    A page gives `form(data)` and `carry_out(form)`, which returns where to go on; `admit` raises
    PermissionDenied for whoever has no business here, `hindrance` answers when it is too late.
    """

    refused: ValidationError | None = None  # what a rule said to the form that was sent

    def admit(self) -> None:
        """Nothing to check beyond the row itself."""

    def hindrance(self) -> HttpResponse | None:
        """Why there is no form to fill any more, as an answer; None while there is."""
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.admit()
        return self.hindrance() or self.show(self.form(None))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.admit()
        form = self.form(request.POST)
        try:
            if (done := first_result(request)) is not None:
                return done
            if form.is_valid():
                return once(request, partial(self.carry_out, form))
        except ValidationError as error:
            self.refused = error
            form.is_valid()
            self.take(form, error)
        except Matter.DoesNotExist as error:
            raise Http404 from error
        return self.show(form)

    def take(self, form: Any, error: ValidationError) -> None:
        """Put what a rule refused into the form."""
        take_errors(form, error)

    def show(self, form: Any) -> HttpResponse:
        status = 422 if form.is_bound and not form.is_valid() else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)
