"""台账版式: the kept layouts; whoever saved one, and the office head, may rename or end it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.forms.ledgers import FIELD_CHOICES, RenameForm
from casework.matters.ledgers import layouts
from casework.matters.models import LedgerLayout
from casework.matters.views.ledgers import LedgerDesk
from office.forms import once
from office.scoping import require_visible

_LABELS = dict(FIELD_CHOICES)
PAGE = "ledgers:layouts"


class LayoutsPage(LedgerDesk):
    """All layouts with what they mean, the ended ones behind."""

    template_name = "matters/ledgers/layouts.html"
    page_title = "台账版式"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = LedgerLayout.objects.visible_to(user).order_by("ended", "name")
        return super().get_context_data(lines=[self.line(row) for row in rows], **kwargs)

    def line(self, row: LedgerLayout) -> dict[str, Any]:
        columns = row.mapping.get("columns", ())
        history = list(row.history.select_related("history_user").order_by("-history_id"))
        return {
            "row": row,
            "columns": [(c["heading"], _LABELS.get(c["field"], "")) for c in columns],
            "source": row.mapping.get("source", ""),
            "history": history,
            "may_change": layouts.may_change(self.request.user, row),
            "form": RenameForm(initial={"name": row.name}, prefix=f"layout-{row.pk}"),
        }

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(PAGE)


class LayoutDoor(LedgerDesk):
    """One act on one layout; 403 for who neither saved it nor heads the office."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return redirect(PAGE)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_visible(LedgerLayout, request.user, kwargs["pk"])
        row = LedgerLayout.objects.visible_to(request.user).get(pk=kwargs["pk"])
        if not layouts.may_change(request.user, row):
            raise PermissionDenied
        try:
            return once(request, lambda: self.act(row, request.POST.get("act", "")))
        except ValidationError as error:
            messages.error(request, "；".join(error.messages))
        return redirect(PAGE)

    def act(self, row: LedgerLayout, name: str) -> str:
        """Do it and say what was done; where to go on."""
        messages.success(self.request, self.done(row, name))
        return reverse(PAGE)

    def done(self, row: LedgerLayout, name: str) -> str:
        user = self.request.user
        if name == "rename":
            layouts.rename(row, self.request.POST.get(f"layout-{row.pk}-name", ""), by=user)
            return f"版式已改名为“{row.name}”。"
        acts: dict[str, tuple[Callable[..., None], str]] = {
            "end": (layouts.end, f"版式“{row.name}”已停用，不再用来识别台账。"),
            "bring_back": (layouts.bring_back, f"版式“{row.name}”已恢复。"),
        }
        if name not in acts:
            raise ValidationError("没有这个操作，请刷新页面再试。")
        act, told = acts[name]
        act(row, by=user)
        return told
