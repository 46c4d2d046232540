"""保管期限: the classes and their terms, each changed within its bounds, with its history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from office.forms import first_result, once
from office.history import StaleRecord, acting, current
from office.history_view import entries, page_number
from office.models import RetentionClass
from office.posts import post_for
from office.retention.classes import CLASSES, term, words
from office.retention.forms import TermForm
from office.retention.lists import VIEW
from office.views import DeskPage, DeskView

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


class ClassPage(PermissionRequiredMixin, DeskPage):
    """One class: its term changed with a reason, its former values below."""

    permission_required = VIEW
    raise_exception = True
    template_name = "office/retention/class.html"
    header_icon = "folder-open-1"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.declared.label

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["key"] not in CLASSES:
            raise Http404
        self.key, self.declared = kwargs["key"], CLASSES[kwargs["key"]]
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        listed = {"url": reverse("office_retention"), "label": ClassesPage.page_title}
        return [*before, listed, here]

    @property
    def _row(self) -> RetentionClass | None:
        return RetentionClass.objects.filter(key=self.key).first()

    def _form(self, data: Any = None) -> TermForm:
        first = RetentionClass(key=self.key, term=self.declared.term or 0)
        return TermForm(data, instance=self._row or first, declared=self.declared)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.declared.settable and self.request.user.has_perm(CHANGE):
            kwargs.setdefault("form", self._form())
        row = self._row
        listed: list[Any] = []
        shown: Any = None
        if row is not None:
            listed, shown = entries(
                RetentionClass, row.pk, page_number(self.request.GET.get("p", "1"))
            )
        return super().get_context_data(
            declared=self.declared,
            value=words(self.key, term(self.key)),
            source=row.source if row else self.declared.source,
            entries=listed,
            page_obj=shown,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not (self.declared.settable and request.user.has_perm(CHANGE)):
            raise PermissionDenied
        form = self._form(request.POST)
        try:
            if (done := first_result(request)) is not None:
                return done
        except ValidationError as error:
            form.add_error(None, error)
        if form.is_valid():
            try:
                return once(request, lambda: self._saved(form))
            except StaleRecord:  # saved between the check and the write
                form.refuse_stale()
            except IntegrityError:
                form.add_error(None, "刚才已有人设过这一项，请重新打开本页核对后再改。")
            except ValidationError as error:
                form.add_error(None, error)
        return self.render_to_response(self.get_context_data(form=form))

    def _saved(self, form: TermForm) -> str:
        user = self.request.user
        post = post_for(user, CHANGE)
        with acting(user, form.reason, post, current().address), transaction.atomic():
            form.save()
        messages.success(
            self.request, f"{self.declared.label}：{words(self.key, form.instance.term)}，已保存。"
        )
        return reverse("office_retention")
