"""清除痕迹: what a file tells beside its content, and the button that stores it once more without."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.cleaning import clean, may_clean
from casework.matters.filing import may_withdraw, why_kept
from casework.matters.views.files import OneFile
from casework.matters.views.frame import FormPage


class CleanForm(forms.Form):
    """Whether the original is marked as withdrawn in the same act."""

    instead = forms.BooleanField(
        label="原件一并撤下，只用清除后的一份",
        required=False,
        help_text="原件作为凭据时不要撤下。撤下的仍然在档，有权限的人还能打开。",
    )


class CleanPage(FormPage, OneFile):
    """Asked once more, with the traces before one's eyes: whoever has the file open may do it."""

    template_name = "matters/clean.html"

    def admit(self) -> None:
        if not may_clean(self.request.user, self.file):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        if self.opened():
            return None
        messages.info(self.request, "请先打开这份材料，再清除痕迹。")
        return redirect(self.address("file"))

    def form(self, data: Any) -> forms.Form:
        form = CleanForm(data)
        if not may_withdraw(self.request.user, self.file) or why_kept(self.file):
            del form.fields["instead"]
        return form

    def carry_out(self, form: forms.Form) -> str:
        if not self.opened():
            return self.address("file")
        instead = form.cleaned_data.get("instead", False)
        row = clean(self.file, by=self.request.user, instead=instead)
        messages.success(self.request, f"已另存清除痕迹后的一份，清除了：{row.removed}。")
        return reverse("matters:file", args=[self.matter.pk, row.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "examined": self.examined() if self.opened() else None,
            "file_url": self.address("file"),
        }
