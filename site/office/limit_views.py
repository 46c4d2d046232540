"""期限与数量: what an office may set itself, each value within its bounds and with its history."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.mixins import PermissionRequiredMixin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse

from office.editing import StaleSafe, reason_field
from office.forms import first_result, once
from office.history import StaleRecord, acting, current
from office.history_view import entries, page_number
from office.limits import LIMITS, Declared
from office.models import Limit
from office.posts import post_for
from office.views import DeskPage, DeskView

VIEW, CHANGE = "office.view_limit", "office.change_limit"


class LimitForm(StaleSafe, forms.ModelForm):
    """One value within its bounds, and why it is changed."""

    change_reason = reason_field()

    class Meta:
        model = Limit
        fields = ("value",)

    def __init__(self, *args: Any, declared: Declared, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.setdefault("change_reason", reason_field())
        lowest, highest = declared.lowest, declared.highest
        bounds = f"请填 {lowest} 到 {highest} 之间的整数。"
        self.fields["value"] = forms.IntegerField(
            label=declared.label,
            min_value=lowest,
            max_value=highest,
            help_text=f"{declared.note}可填 {lowest} 到 {highest}，出厂值 {declared.default}。",
            error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), bounds),
        )

    def clean_change_reason(self) -> str:
        reason = self.cleaned_data["change_reason"].strip()
        if not reason:
            raise ValidationError("请写明修改原因。")
        return reason


class LimitsPage(DeskView):
    """All values in force."""

    permission_required = VIEW
    template_name = "office/limits.html"
    page_title = "期限与数量"
    header_icon = "cog"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = dict(Limit.objects.values_list("key", "value"))
        return super().get_context_data(
            lines=[(key, one, here.get(key, one.default)) for key, one in LIMITS.items()],
            intro="本单位可以自己定的期限和数量。法律规定的办理期限不在这里。",
            **kwargs,
        )


class LimitPage(PermissionRequiredMixin, DeskPage):
    """One value: changed with a reason, its former values below."""

    permission_required = VIEW
    raise_exception = True
    template_name = "office/limit.html"
    header_icon = "cog"

    @property
    def page_title(self) -> str:  # type: ignore[override]
        return self.declared.label

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if kwargs["key"] not in LIMITS:
            raise Http404
        self.key, self.declared = kwargs["key"], LIMITS[kwargs["key"]]
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        *before, here = super().get_breadcrumbs_items()
        return [*before, {"url": reverse("office_limits"), "label": LimitsPage.page_title}, here]

    def _form(self, data: Any = None) -> LimitForm:
        found = Limit.objects.filter(key=self.key).first()
        row = found or Limit(key=self.key, value=self.declared.default)
        return LimitForm(data, instance=row, declared=self.declared)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if self.request.user.has_perm(CHANGE):
            kwargs.setdefault("form", self._form())
        row = Limit.objects.filter(key=self.key).first()
        shown: Any = None
        listed: list[Any] = []
        if row is not None:
            page = page_number(self.request.GET.get("p", "1"))
            listed, shown = entries(Limit, row.pk, page)
        return super().get_context_data(
            declared=self.declared,
            value=row.value if row else self.declared.default,
            entries=listed,
            page_obj=shown,
            **kwargs,
        )

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(CHANGE):
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

    def _saved(self, form: LimitForm) -> str:
        user = self.request.user
        post = post_for(user, CHANGE)
        with acting(user, form.reason, post, current().address), transaction.atomic():
            form.save()
        messages.success(self.request, f"{self.declared.label}：{form.instance.value}，已保存。")
        return reverse("office_limits")
