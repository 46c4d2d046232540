"""Printing in one go: several letters of a matter, the whole file, and the paper forms."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from casework.matters.letters import bodies, opening, reading, signing
from casework.matters.letters.blocks import pieces_of
from casework.matters.letters.kinds import TEMPLATES, is_form
from casework.matters.letters.standing import why_not_used
from casework.matters.letters.views.frame import DOCX, Shown, printed, sent
from casework.matters.models import BlankForm
from casework.matters.outcomes.after_views import ArchivePaperPage
from casework.matters.views.frame import MatterPage, record_url
from office.looks import Act


class BatchPage(Shown):
    """The letters named by `d` (keys of documents) on sheets of their own; without any, all that hold."""

    page_title = "打印文书"

    def allowed(self) -> bool:
        wanted = set(self.request.GET.getlist("d"))
        rows = reading.letters_of(self.matter)
        self.rows = [
            row
            for row in rows
            if str(row.document_id) in wanted or (not wanted and not why_not_used(row))
        ]
        if not self.rows:
            raise Http404
        return all(signing.may_prepare(self.request.user, row.document) for row in self.rows)

    def answer(self) -> HttpResponse:
        for row in self.rows:
            opening.open_letter(self.request.user, row, f"打印{reading.name_of(row)}", self.act())
        sheets = [reading.sheet_of(row) for row in self.rows]
        query = self.request.GET.copy()
        query["as"] = "pdf"
        return printed(
            self.request, f"{self.matter.number} 文书", sheets,
            pdf_url=f"?{query.urlencode()}", back_url=record_url(self.matter),
        )  # fmt: skip


class WholeFilePage(ArchivePaperPage):
    """封面, 卷内目录 and every signed letter of an archived matter, in the order of the file."""

    template_name = "matters/letters/whole_file.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if signing.is_closed_to(request.user, self.matter):
            raise PermissionDenied
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = reading.letters_of(self.matter, stage="frozen")
        rows.sort(key=lambda row: (row.document.issued_on, row.document_id))
        for row in rows:
            opening.open_letter(self.request.user, row, f"打印{reading.name_of(row)}")
        sheets, broken = [], []
        for row in rows:
            try:
                sheets.append(reading.sheet_of(row))
            except ValidationError as error:
                broken.append(f"{reading.name_of(row)}：{''.join(error.messages)}")
        return super().get_context_data(**kwargs) | {"sheets": sheets, "broken": broken}


class FormsPage(MatterPage):
    """The paper forms that can be filled from this record."""

    template_name = "matters/letters/forms.html"
    page_title = "打印表单"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        if not signing.may_fill(self.request.user, self.matter):
            raise PermissionDenied
        rows = [
            (label, reverse("matters:form_paper", args=[self.matter.pk, kind]))
            for kind, label in BlankForm.choices
        ]
        return super().get_context_data(**kwargs) | {
            "rows": rows,
            "bodies": bodies.in_use(),
            "none": bodies.NONE,
        }


class FormPaperPage(Shown):
    """One paper form, filled; `body` chooses the nameplate, `as=docx` gives the file."""

    page_title = "打印表单"

    def allowed(self) -> bool:
        kind = self.kwargs["kind"]
        if kind not in TEMPLATES or not is_form(kind):
            raise Http404
        return signing.may_fill(self.request.user, self.matter)

    def answer(self) -> HttpResponse:
        kind, label = self.kwargs["kind"], TEMPLATES[self.kwargs["kind"]]
        rows = bodies.in_use()
        chosen = self.request.GET.get("body", "")
        body = (rows.filter(pk=chosen) if chosen.isdecimal() else rows).first()
        if body is None:
            raise ValidationError(bodies.NONE)
        fetched = self.request.GET.get("as") == "docx"
        act = Act.DOWNLOAD if self.request.GET.get("as") in ("docx", "pdf") else Act.PRINT
        whats = reading.opened_by_form(kind)
        opening.open_form(self.request.user, self.matter, whats, f"打印{label}", act)
        data = reading.form_bytes(kind, self.matter, body)
        if fetched:
            return sent(data, DOCX, f"{label} {self.matter.number}.docx")
        here = f"body={body.pk}"
        return printed(
            self.request, f"{label} {self.matter.number}", [(label, "", pieces_of(data))],
            pdf_url=f"?{here}&as=pdf", docx_url=f"?{here}&as=docx",
            back_url=reverse("matters:forms", args=[self.matter.pk]),
        )  # fmt: skip
