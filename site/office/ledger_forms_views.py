"""台账格式: the five ledgers, the columns of each, its history, and its empty template."""

from io import BytesIO
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views import View

from office.clock import today
from office.editing import in_post
from office.forms import first_result, once
from office.history import StaleRecord
from office.history_view import entries, page_number
from office.ledger_forms import (
    KEYS,
    filled,
    form_of,
    forms,
    own_row,
    put,
    shipped,
    street_name,
    template_columns,
)
from office.ledger_forms_editing import LedgerFormForm, draft
from office.models import LedgerForm
from office.sheets.official import KIND, Head, write_template
from office.views import DeskPage, DeskView

VIEW, CHANGE = "office.view_ledgerform", "office.change_ledgerform"
#: who fills ledgers in needs the empty ones, without having a say in their columns
TEMPLATE = (VIEW, "matters.import_ledger")
LIST = "office_ledger_forms"
_CRUMBS = [
    {"url": reverse_lazy("wagtailadmin_home"), "label": "首页"},
    {"url": reverse_lazy(LIST), "label": "台账格式"},
]


def may_have_template(user: Any) -> bool:
    return any(user.has_perm(verb) for verb in TEMPLATE)


class LedgerFormsView(DeskView):
    """The five ledgers: how many columns, whose form, changed when; templates for who imports."""

    template_name = "office/forms/list.html"
    page_title = "台账格式"
    header_icon = "table"
    permission_required = VIEW

    def has_permission(self) -> bool:
        return may_have_template(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        history = LedgerForm.history.select_related("history_user").order_by("-history_id")
        last: dict[str, Any] = {}
        for row in history.filter(version__gt=1):  # a first version is the shipped form
            last.setdefault(row.key, row)
        return super().get_context_data(
            lines=[(form, last.get(form.key)) for form in forms()],
            may_change=self.request.user.has_perm(CHANGE),
            intro="五种台账的列、顺序和列宽；改过以后，导出的台账和空白模板都按新格式。空白模板带有下拉选项和填写说明。",
            **kwargs,
        )


class _OneForm(DeskPage):
    """A page about one ledger; 404 for any other name."""

    model = LedgerForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not request.user.has_perm(VIEW):
            raise PermissionDenied
        if kwargs["ledger"] not in KEYS:
            raise Http404
        self.key = kwargs["ledger"]
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [*_CRUMBS, {"url": "", "label": self.page_title}]

    def row(self) -> LedgerForm:
        """The ledger's row; one in hand, not stored, while nobody changed it."""
        found = LedgerForm.objects.filter(key=self.key).first()
        return found or LedgerForm(key=self.key, title=shipped(self.key).title)


class LedgerFormPage(_OneForm):
    """The columns of one ledger, as a form with the sheet drawn beneath it."""

    template_name = "office/forms/edit.html"
    header_icon = "table"

    @property
    def page_title(self) -> str:
        return f"台账格式：{form_of(self.key).title}"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(LedgerFormForm(instance=self.row()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save, or show the typed form anew with a column moved, or go back to the shipped form."""
        if not request.user.has_perm(CHANGE):
            raise PermissionDenied
        row = own_row(self.key)
        act, _, column = request.POST.get("act", "save").partition(":")
        if act in ("up", "down", "preview"):
            by = {"up": -1, "down": 1}.get(act, 0)
            return self.show(draft(row, request.POST, column, by), moved=column, act=act)
        try:
            if (done := first_result(request)) is not None:
                return done
            if act == "reset":
                return self.reset(row)
            return self.save(LedgerFormForm(request.POST, instance=row))
        except ValidationError as error:  # a form without its token
            messages.error(request, "；".join(error.messages))
            return redirect(self.address)

    def save(self, form: LedgerFormForm) -> HttpResponse:
        if not form.is_valid():
            return self.show(form)

        def carry_out() -> str:
            with in_post(self, "change", form.reason):
                return self.told(put(form.instance, form.layout), form)

        try:
            return once(self.request, carry_out)
        except StaleRecord:  # saved between the check and the write
            form.instance.refresh_from_db()
            form.refuse_stale()
            return self.show(form)

    def told(self, row: LedgerForm, form: LedgerFormForm) -> str:
        """Say what came of it; where to go on."""
        if str(row.version) == form.data.get("loaded_version"):
            messages.info(self.request, "没有改动，不用保存。")
        else:
            messages.success(
                self.request, f"{row.title}的格式已保存。以后导出的台账和空白模板都按新格式。"
            )
        return self.address

    def reset(self, row: LedgerForm) -> HttpResponse:
        """Back to the shipped form: one more change in the history."""
        if self.request.POST.get("loaded_version") != str(row.version):
            messages.error(
                self.request, "这份格式刚被别人改过，下面是现在的样子。仍要恢复的，请再按一次。"
            )
            return redirect(self.address)

        def carry_out() -> str:
            with in_post(self, "change", "恢复系统自带格式"):
                put(row, shipped(self.key))
            messages.success(self.request, "已恢复系统自带格式。原来的格式在修改历史里。")
            return self.address

        return once(self.request, carry_out)

    @property
    def address(self) -> str:
        return reverse("office_ledger_form", args=[self.key])

    def show(self, form: LedgerFormForm, **more: Any) -> HttpResponse:
        status = 422 if form.is_bound and form.errors else 200
        context = self.get_context_data(form=form, **more)
        return self.render_to_response(context, status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs["form"]
        name = f"{street_name()}{today().year}年{form.layout.title}"
        return super().get_context_data(
            key=self.key,
            layout=form.layout,
            head=Head(name, unit=street_name(), by=str(self.request.user), on=today()),
            unfilled={column.key for column in form.now.unfilled},
            has_records=self.key in filled,
            may_change=self.request.user.has_perm(CHANGE),
            **kwargs,
        )


class LedgerFormHistory(_OneForm):
    """修改历史 of one ledger's form."""

    template_name = "office/history.html"
    page_title = "修改历史"
    header_icon = "history"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.row()
        listed: list[Any] = []
        shown = None
        if row.pk:
            listed, shown = entries(LedgerForm, row.pk, page_number(self.request.GET.get("p", "1")))
        return super().get_context_data(
            entries=listed, page_obj=shown, page_subtitle=row.title, **kwargs
        )

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        edit = {"url": reverse("office_ledger_form", args=[self.key]), "label": self.row().title}
        return [*_CRUMBS, edit, {"url": "", "label": self.page_title}]


class LedgerTemplate(View):
    """空白模板 of one ledger: header, drop-downs, notes; for who imports ledgers or keeps the forms."""

    def get(self, request: HttpRequest, ledger: str) -> HttpResponseBase:
        if not may_have_template(request.user):
            raise PermissionDenied
        try:
            form = form_of(ledger)
        except KeyError as error:
            raise Http404 from error
        made = BytesIO()
        head = Head(f"{street_name()}{form.title}", unit=street_name())
        write_template(made, head, template_columns(form))
        made.seek(0)
        name = f"{form.title}-空白模板.xlsx"
        return FileResponse(made, as_attachment=True, filename=name, content_type=KIND)
