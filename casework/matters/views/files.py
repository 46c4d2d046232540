"""Files of a matter: added, previewed, served and withdrawn, each behind the record's own door."""

from typing import Any
from urllib.parse import quote

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casework.matters.attaching import VERB, may_attach
from casework.matters.cleaning import may_clean, traces_of
from casework.matters.filing import attach_each, may_withdraw, why_kept, withdraw
from casework.matters.forms.acts import ReasonForm, WhyForm
from casework.matters.models import Matter, MatterFile
from casework.matters.opening import (
    file_label,
    log_download,
    masked_only,
    of_concerned_only,
    open_by_task,
    open_for,
)
from casework.matters.permissions import may
from casework.matters.reading import file_line
from casework.matters.sealed.desk import content_open, file_number
from casework.matters.states import State
from casework.matters.views.frame import FormPage, MatterPage, record_url
from office.attachments import KINDS
from office.clock import now
from office.forms import once
from office.metadata import Examined
from office.private_files import load
from office.vault import VaultError

#: what a browser may do with a file it shows: nothing but show it
SANDBOX = "sandbox; default-src 'none'; img-src 'self'; style-src 'unsafe-inline'"


class AttachPage(MatterPage):
    """Taking in several files; what was refused is told file by file, the others are kept."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        archived = self.matter.state == State.ARCHIVED and may(request.user, self.matter, VERB)
        if not may_attach(request.user, self.matter) and not archived:  # the latter is told why
            raise PermissionDenied
        back = f"{record_url(self.matter)}#files"
        try:
            return once(request, lambda: self._take(back))
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
        except Matter.DoesNotExist as error:
            raise Http404 from error
        return redirect(back)

    def _take(self, back: str) -> str:
        uploads = self.request.FILES.getlist("files")
        if not uploads:
            raise ValidationError("还没有选择文件。请先选文件，再点“上传”。")
        filed = attach_each(self.matter, uploads, by=self.request.user)
        if filed.kept:
            messages.success(self.request, f"已存 {len(filed.kept)} 份材料。")
        for file in filed.kept:
            if file.removed:
                told = f"第 {file.pk} 号材料是照片，已去掉：{file.removed}。画面没有变。"
                messages.info(self.request, told)
            for warning in file.warnings:
                messages.warning(self.request, f"第 {file.pk} 号材料：{warning}")
        for refused in filed.refused:
            messages.error(self.request, f"第 {refused.n} 个文件没有存：{refused.why}")
        return back


class OneFile(MatterPage):
    """Something about one file of a visible matter; of a sealed one until it is handed over."""

    sealed_too = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.files.select_related("added_by").filter(pk=kwargs["file"])
        file = rows.first()
        if file is None:
            raise Http404
        if self.matter.sealed and not content_open(self.matter):
            raise Http404
        if masked_only(request.user, self.matter) and not _theirs(request.user, self.matter, file):
            raise PermissionDenied
        self.file: MatterFile = file
        self.file.matter = self.matter
        self.page_title = f"第 {file_number(file)} 号材料"

    def opened(self) -> bool:
        """Whether this reader opened the file just now, or has it open by their own task."""
        label = file_label(self.file)
        return label in open_by_task(self.request.user, self.matter, now(), label)

    def examined(self) -> Examined:
        """What the file tells beside its content; nothing of one that cannot be opened."""
        try:
            return traces_of(self.file)
        except (FileNotFoundError, VaultError):
            return Examined()

    def address(self, name: str) -> str:
        return reverse(f"matters:{name}", args=[self.matter.pk, self.file.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"file": self.file}


def _theirs(user: Any, matter: Matter, file: MatterFile) -> bool:
    """A file that goes with what is reviewed (a request's proof or paper, a counsel's paper); for the
    unit a matter is about, what it handed in itself.
    """
    if of_concerned_only(user, matter):
        return file.added_by_id == user.pk
    with_request = matter.approvals.filter(Q(evidence=file.pk) | Q(paper=file.pk))
    return with_request.exists() or matter.reviews.filter(paper=file.pk).exists()


class FilePage(FormPage, OneFile):
    """The preview of a file; before it, the question what it is needed for."""

    template_name = "matters/file.html"

    def form(self, data: Any) -> forms.Form:
        return WhyForm(data)

    def carry_out(self, form: forms.Form) -> str:
        purpose = form.cleaned_data["purpose"]
        open_for(self.request.user, self.matter, file_label(self.file), purpose)
        return self.address("file")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        opened = self.opened()
        kind, inline = KINDS.get(self.file.kind, ("文件", False))
        return super().get_context_data(**kwargs) | {
            "opened": opened,
            "line": file_line(self.matter, self.file, ()),
            "name": self.file.text("name") if opened else "",
            "picture": inline and self.file.kind.startswith("image/"),
            "document": inline and self.file.kind == "application/pdf",
            "content_url": self.address("content"),
            "withdraw_url": self.address("withdraw"),
            "may_withdraw": may_withdraw(self.request.user, self.file),
            "examined": self.examined() if opened else None,
            "clean_url": self.address("clean") if may_clean(self.request.user, self.file) else "",
            "original_url": self._original(),
        }

    def _original(self) -> str:
        original = self.file.original_id
        return reverse("matters:file", args=[self.matter.pk, original]) if original else ""


class ContentView(OneFile):
    """The file itself, never without a look in the ledger; only pictures and PDF are shown inline."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.opened():
            return redirect(self.address("file"))
        try:
            data = load(self.file.path, self.matter.data_key)
        except (FileNotFoundError, VaultError):
            messages.error(request, "文件打不开：存放处没有它，或密钥不符。请告诉系统管理员。")
            return redirect(self.address("file"))
        inline = KINDS.get(self.file.kind, ("", False))[1] and "download" not in request.GET
        if not inline:
            log_download(request.user, self.matter, self.file, now())
        name = quote(self.file.text("name"))
        return HttpResponse(
            data,
            content_type=self.file.kind
            if self.file.kind != "text/plain"
            else "text/plain; charset=utf-8",
            headers={
                "Content-Disposition": f"{'inline' if inline else 'attachment'}; filename*=UTF-8''{name}",
                "X-Content-Type-Options": "nosniff",
                "Content-Security-Policy": SANDBOX,
                "Cache-Control": "no-store",
            },
        )


class WithdrawPage(FormPage, OneFile):
    """撤下: the file is marked with a reason; nothing is deleted."""

    template_name = "matters/withdraw.html"

    def admit(self) -> None:
        user = self.request.user
        if not (
            may_withdraw(user, self.file) or (self.file.withdrawn and may_attach(user, self.matter))
        ):
            raise PermissionDenied

    def hindrance(self) -> HttpResponse | None:
        why = why_kept(self.file)
        if not why:
            return None
        messages.info(self.request, why)
        return redirect(record_url(self.matter))

    def form(self, data: Any) -> forms.Form:
        return ReasonForm(data)

    def carry_out(self, form: forms.Form) -> str:
        withdraw(self.file, by=self.request.user, reason=form.cleaned_data["reason"])
        messages.success(self.request, f"已撤下第 {self.file.pk} 号材料，原件仍在档。")
        return f"{record_url(self.matter)}#files"
