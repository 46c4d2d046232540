"""A page about one declared setting: what holds, the form to change it with a reason, its history."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from office.forms import first_result, once
from office.history import StaleRecord, acting, current
from office.history_view import entries, page_number
from office.posts import post_for
from office.views import DeskPage


class OneSettingPage(PermissionRequiredMixin, DeskPage):
    """model: rows found by `key`; table: key → what is declared; home: name and title of the list."""

    raise_exception = True
    model: type[models.Model]
    table: Mapping[str, Any]
    home: tuple[str, str]
    change = ""  # the verb
    codes = ("代号", "项目")  # labels of columns that say nothing to a reader

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.declared.label

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["key"] not in self.table:
            raise Http404
        self.key, self.declared = kwargs["key"], self.table[kwargs["key"]]
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        name, title = self.home
        return [*before, {"url": reverse(name), "label": title}, here]

    def may_change(self) -> bool:
        return self.request.user.has_perm(self.change)

    def row(self) -> Any:
        """The row that replaces what is declared; None while nothing was changed."""
        return self.model._default_manager.filter(key=self.key).first()

    def form(self, data: Any = None) -> Any:
        """The form on the row, or on one that is still to be made."""
        raise TypeError("a setting has a form")

    def told(self, row: Any) -> str:
        """The new value, in words."""
        raise TypeError("a setting is told in words")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.may_change():
            kwargs.setdefault("form", self.form())
        row = self.row()
        listed: list[Any] = []
        shown: Any = None
        if row is not None:
            page = page_number(self.request.GET.get("p", "1"))
            listed, shown = entries(self.model, row.pk, page)
        return super().get_context_data(
            declared=self.declared,
            entries=listed,
            page_obj=shown,
            back=reverse(self.home[0]),
            codes=self.codes,
            **{"row": row, **kwargs},
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.may_change():
            raise PermissionDenied
        form = self.form(request.POST)
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

    def _saved(self, form: Any) -> str:
        user = self.request.user
        post = post_for(user, self.change)
        with acting(user, form.reason, post, current().address), transaction.atomic():
            form.save()
        messages.success(
            self.request, f"{self.declared.label}：{self.told(form.instance)}，已保存。"
        )
        return reverse(self.home[0])
