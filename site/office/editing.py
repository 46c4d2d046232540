"""Two people, one record: nobody's typing is lost and nobody's change is overwritten unseen.

A form with `StaleSafe` carries the version it was loaded with. When somebody has saved meanwhile, it
comes back with what was typed, says who changed what, and takes over the other person's values in
the fields that were not touched here; saving again is then a deliberate act.
"""

from contextlib import AbstractContextManager
from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils.timezone import localtime
from wagtail.admin.forms.models import WagtailAdminModelForm
from wagtail.admin.views import generic
from wagtail.snippets.views import snippets

from office.forms import once
from office.history import StaleRecord, acting, current
from office.history_view import differences_of_many
from office.posts import post_for

_VERSION, _REASON = "loaded_version", "change_reason"


def reason_field() -> forms.CharField:
    """Why a record is changed; shown when an existing record is edited."""
    return forms.CharField(
        label="修改原因",
        required=False,
        max_length=200,
        help_text="写进修改历史，例如：按 11 月分工通知调整。",
    )


class StaleSafe:
    """Mixin in front of a ModelForm over a `TrackedModel`; a field `change_reason` is asked for."""

    instance: Any
    fields: Any
    data: Any
    cleaned_data: Any
    changed_data: Any
    is_bound: bool
    add_error: Any
    add_prefix: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields.pop(_REASON, None)
            return
        self.fields[_VERSION] = forms.IntegerField(
            widget=forms.HiddenInput, initial=self.instance.version, required=False
        )

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        if self.instance.pk is not None and self.is_bound:
            if self.cleaned_data.get(_VERSION) != self.instance.version:
                self.refuse_stale()
            elif self._lacks_reason():
                self.add_error(_REASON, "请写明修改原因。")
        return cleaned

    def _lacks_reason(self) -> bool:
        changed = set(self.changed_data) - {_REASON, _VERSION}
        return bool(changed) and _REASON in self.fields and not self.cleaned_data.get(_REASON)

    @property
    def reason(self) -> str:
        return self.cleaned_data.get(_REASON, "")

    def refuse_stale(self) -> None:
        """Add the error that names the other changes, and make the next saving a deliberate one."""
        now = type(self.instance)._base_manager.get(pk=self.instance.pk)
        loaded = self.cleaned_data.get(_VERSION) or 0
        rows = now.history.filter(version__gte=loaded).select_related("history_user")
        rows = list(rows.order_by("history_id"))
        before = rows[0] if rows and rows[0].version == loaded else None
        later = rows[1:] if before else []
        fields = differences_of_many([(old, new, now) for old, new in pairwise(rows) if before])
        self.data = self.data.copy()
        self.data[self.add_prefix(_VERSION)] = str(now.version)
        taken = self._take_over(before, now) if before else []
        self.add_error(None, ValidationError(_sentences(later, fields, taken)))

    def _take_over(self, before: Any, now: models.Model) -> list[str]:
        """Put the other person's values into untouched fields; the labels of those fields."""
        taken = []
        for name, field in self.fields.items():
            if name not in self._model_names() or field.disabled or name not in self.cleaned_data:
                continue
            column: Any = now._meta.get_field(name)
            old, new = getattr(before, column.attname, None), getattr(now, column.attname)
            mine = self.cleaned_data[name]
            mine = mine.pk if isinstance(mine, models.Model) else mine
            if mine == old and old != new:
                self._put(self.add_prefix(name), field, new)
                taken.append(str(field.label))
        return taken

    def _model_names(self) -> set[str]:
        return {field.name for field in self.instance._meta.concrete_fields}

    def _put(self, key: str, field: forms.Field, value: Any) -> None:
        """Make the bound form show `value`."""
        if isinstance(field.widget, forms.CheckboxInput):
            self.data.pop(key, None)
            if value:
                self.data[key] = "on"
            return
        shown = field.widget.format_value(field.prepare_value(value))
        shown = shown[0] if isinstance(shown, list | tuple) and shown else shown
        self.data[key] = shown or ""


def _sentences(rows: list[Any], fields: list[list[Any]], taken: list[str]) -> list[str]:
    found = []
    for row, changed in zip(rows, fields, strict=True):
        what = "；".join(f"{f.label} {f.old} → {f.new}" for f in changed) or "其他内容"
        who = row.history_user or "系统"
        found.append(f"{who} 于 {localtime(row.history_date):%m-%d %H:%M} 改了：{what}。")
    if not found:
        found.append("这条记录在您打开以后已被别人改过。")
    if taken:
        found.append(f"您没有动过的{'、'.join(taken)}已换成对方的新内容。")
    found.append("您填写的内容都还在，尚未保存。请核对后再保存一次。")
    return found


class StaleSafeAdminForm(StaleSafe, WagtailAdminModelForm):
    """For `base_form_class` of an edit handler whose panels include `change_reason`."""

    change_reason = reason_field()


def in_post(view: Any, action: str, reason: str = "") -> AbstractContextManager[None]:
    """The acting person in the post that gives the right to `action` on the view's model."""
    opts, who = view.model._meta, current()
    post = post_for(view.request.user, f"{opts.app_label}.{action}_{opts.model_name}")
    return acting(who.user, reason, post, who.address)


class InPostAdd:
    """Mixin in front of a generic CreateView: added once, and the log says in which post."""

    request: HttpRequest

    def form_valid(self, form: Any) -> HttpResponse:
        carry_out = super().form_valid  # type: ignore[misc]
        with in_post(self, "add"):
            if "form_token" not in self.request.POST:  # a form with a password has none
                return carry_out(form)
            try:
                return once(self.request, lambda: carry_out(form).url)
            except ValidationError as error:
                form.add_error(None, error)
                self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
                return self.form_invalid(form)  # type: ignore[attr-defined]


class StaleSafeEdit:
    """Mixin in front of a generic EditView whose form is `StaleSafe`."""

    object: Any
    request: HttpRequest
    unchanged = False

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            with in_post(self, "change", form.reason):
                return super().form_valid(form)  # type: ignore[misc]
        except StaleRecord:  # saved between the check and the write
            form.refuse_stale()
            self.produced_error_message = self.get_error_message()  # type: ignore[attr-defined]
            return self.form_invalid(form)  # type: ignore[attr-defined]

    def save_instance(self) -> Any:
        before = self.form.instance.version  # type: ignore[attr-defined]
        saved = super().save_instance()  # type: ignore[misc]
        self.unchanged = saved.version == before
        return saved

    def get_success_message(self) -> str | None:
        if self.unchanged:
            return "没有改动，不用保存。"
        return super().get_success_message()  # type: ignore[misc]


class KeptAddView(InPostAdd, snippets.CreateView):
    """The page that adds a tracked snippet."""


class KeptModelAddView(InPostAdd, generic.CreateView):
    """The page that adds a tracked model that is no snippet."""


class KeptEditView(StaleSafeEdit, snippets.EditView):
    """The edit page of a tracked snippet."""


class KeptModelEditView(StaleSafeEdit, generic.EditView):
    """The edit page of a tracked model that is no snippet."""
