"""What pages of letters share: the document or letter of a visible matter, and files as answers."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from casework.matters.cooperation.views.frame import TogetherPage
from casework.matters.letters import reading, signing, standing
from casework.matters.letters.checking import DOCX
from casework.matters.letters.pdf import pdf_of
from casework.matters.models import Document, Letter
from casework.matters.views.files import SANDBOX
from casework.matters.views.frame import MatterPage, record_url
from office.looks import Act

PDF = "application/pdf"


def sent(data: bytes, kind: str, name: str) -> HttpResponse:
    """A file to be saved, kept by no cache."""
    return HttpResponse(
        data,
        content_type=kind,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(name)}",
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": SANDBOX,
            "Cache-Control": "no-store",
        },
    )


def printed(
    request: HttpRequest, title: str, sheets: list[reading.Sheet], **more: Any
) -> HttpResponse:
    """The print view, or the same as a PDF with `?as=pdf`."""
    context = {"title": title, "sheets": sheets, **more}
    if request.GET.get("as") == "pdf":
        return sent(pdf_of(context), PDF, f"{title}.pdf")
    response = render(request, "matters/letters/print.html", context)
    response["Cache-Control"] = "no-store"
    return response


class OfDocument:
    """A page about one document of the matter: 404 where there is none or it is not this person's."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        rows = self.matter.documents.select_related("move", "approval", "signed_by", "prepared_by")
        row = rows.filter(pk=kwargs["document"]).first()
        if row is None:
            raise Http404
        row.matter = self.matter
        self.document: Document = row
        found = reading.letters_of(self.matter, document=row)
        self.letter: Letter | None = found[0] if found else None

    def theirs(self) -> bool:
        return signing.may_prepare(self.request.user, self.document)

    def address(self, name: str, document: int | None = None) -> str:
        """The address of a page about this document, or about another one of the matter."""
        return reverse(f"matters:{name}", args=[self.matter.pk, document or self.document.pk])


class LetterForm(OfDocument, TogetherPage):
    """A form about the letter of a document."""

    template_name = "matters/letters/letter.html"

    def allowed(self) -> bool:
        return self.theirs()

    def facts(self) -> Iterable[tuple[str, Any]]:
        letter, document = self.letter, self.document
        yield "文书", document.get_kind_display()
        yield "日期", f"{document.issued_on:%Y-%m-%d}"
        if letter is None:
            return
        unused = standing.why_not_used(letter) if letter.is_frozen else ""
        yield "状态", f"{letter.get_stage_display()}{f'（{unused}）' if unused else ''}"
        yield "文号", document.number
        yield "发文主体", letter.body
        yield "拟稿", f"{letter.drafted_by}"
        if letter.is_frozen:
            paper = "（纸质签批）" if letter.signature_id else ""
            yield (
                "签发",
                f"{letter.signed_by or letter.authority} {letter.signed_on:%Y-%m-%d}{paper}",
            )
            yield "校验值", letter.file.sha256 if letter.file else ""
        if letter.corrects is not None:
            yield "更正", letter.corrects


class Shown(MatterPage):
    """A page that answers with a letter or a file; what cannot be made is said in words."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if signing.is_closed_to(request.user, self.matter) or not self.allowed():
            raise PermissionDenied
        try:
            return self.answer()
        except ValidationError as error:
            messages.error(request, "".join(error.messages))
            return redirect(record_url(self.matter))

    def allowed(self) -> bool:
        """May this person have it?"""
        raise TypeError("a page says who may use it")

    def answer(self) -> HttpResponse:
        raise TypeError("a page says what it shows")

    def act(self) -> str:
        """How it is looked at: a PDF leaves the house as a file."""
        return Act.DOWNLOAD if self.request.GET.get("as") == "pdf" else Act.PRINT


class OneLetter(OfDocument, Shown):
    """The letter of a document, drafted or frozen, for whoever may prepare or sign it."""

    def allowed(self) -> bool:
        if self.letter is None:
            raise Http404
        return self.theirs() or not signing.why_not_sign(self.request.user, self.letter)

    def name(self) -> str:
        return reading.name_of(self.letter)


__all__ = ["DOCX", "LetterForm", "OneLetter", "Shown", "printed", "sent"]
