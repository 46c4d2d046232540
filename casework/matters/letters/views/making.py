"""Making a letter: draft it, read it, sign it, put it right."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from casework.matters.letters import bodies, correcting, opening, reading, signing, standing
from casework.matters.letters.forms import CorrectForm, DraftForm, SignForm
from casework.matters.letters.views.frame import DOCX, LetterForm, OneLetter, printed, sent
from casework.matters.models import Document
from office.looks import Act


class DraftPage(LetterForm):
    page_title = "制作文书"
    button = "保存草稿"

    def allowed(self) -> bool:
        signs = self.letter is not None and not signing.why_not_sign(self.request.user, self.letter)
        return self.theirs() or signs

    @property
    def told(self) -> str:
        if why := standing.why_no_letter(self.document):
            return why
        if not bodies.in_use().exists():
            return bodies.NONE
        if self.letter is not None and self.letter.is_frozen:
            return "已经签发，文件和文号不再改变。有错的，用“更正”另发一件。"
        return "正文、依据、救济途径来自办理记录；保存后先看样子，再签发，签发时编号。"

    def form(self, data: Any) -> DraftForm:
        initial: dict[str, Any] = {}
        if self.letter is not None:
            initial["body"] = self.letter.body_id
            if self.letter.remark and data is None and self.editable():
                opening.open_record(self.request.user, self.matter, "修改文书草稿")
                initial["remark"] = self.letter.text("remark")
        return DraftForm(data, initial=initial, remarks=standing.acted(self.document) is None)

    def editable(self) -> bool:
        frozen = self.letter is not None and self.letter.is_frozen
        return not frozen and not standing.why_no_letter(self.document) and self.theirs()

    def carry_out(self, form: DraftForm) -> str:
        user = self.request.user
        if not self.theirs():
            raise PermissionDenied
        opening.open_record(user, self.matter, f"拟制{self.document.get_kind_display()}")
        given = form.cleaned_data
        remark = given.get("remark", "")
        signing.prepare(self.document, given["body"], by=user, remark=remark)
        self.done("草稿已保存。请先看样子，再签发。")
        return self.address("letter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "letter": self.letter,
            "no_form": not self.editable(),
            "corrects_url": self._corrects(),
            **self._ways_on(),
        }

    def _corrects(self) -> str:
        """The page of the letter that puts this one right, if there is one."""
        found = getattr(self.letter, "corrected_by", None)
        return self.address("letter", found.document_id) if found else ""

    def _ways_on(self) -> dict[str, Any]:
        """What this reader can do next with the letter, and why not."""
        letter, user = self.letter, self.request.user
        if letter is None:
            return {}
        found = {"print_url": self.address("letter_print"), "docx_url": self.address("letter_docx")}
        closed = standing.why_no_letter(self.document)
        if letter.is_frozen:
            may_correct = not self._corrects() or correcting.draft_of(letter)
            if self.theirs() and not closed and may_correct:
                found["correct_url"] = self.address("letter_correct")
            return found
        acted = letter.corrects is None and standing.acted(self.document)
        why = "" if acted else signing.why_not_sign(user, letter)
        rests = self.theirs() and (acted or signing.papers_for(letter))
        if not closed and (rests or not acted and not why):
            found["sign_url"] = self.address("letter_sign")
        return found | {"acted": acted, "why_not": why}


class SignPage(LetterForm):
    page_title = "签发文书"
    button = "签发并编号"
    told = "签发时取文号，文件就此固定，不能再改。"

    def allowed(self) -> bool:
        if self.letter is None:
            raise Http404
        return self.theirs() or not signing.why_not_sign(self.request.user, self.letter)

    def form(self, data: Any) -> SignForm:
        by_act = self.letter.corrects is None and standing.acted(self.document)
        papers = [] if by_act else signing.papers_for(self.letter)
        return SignForm(data, papers=papers, initial={"read": signing.edition_of(self.letter)})

    def hindrance(self) -> HttpResponse | None:
        if not self.letter.is_frozen:
            return None
        messages.info(self.request, f"{self.letter} 已经签发。")
        return redirect(self.address("letter"))

    def take(self, form: SignForm, error: ValidationError) -> None:
        """After a refusal the page shows the draft of now, and that one is signed next."""
        super().take(form, error)
        self.letter = reading.letters_of(self.matter, document=self.document)[0]
        form.data = form.data.copy()
        form.data["read"] = signing.edition_of(self.letter)

    def carry_out(self, form: SignForm) -> str:
        user = self.request.user
        opening.open_record(user, self.matter, f"签发{self.document.get_kind_display()}")
        signature = form.cleaned_data.get("signature")
        read = form.cleaned_data["read"]
        letter = signing.freeze(self.letter, by=user, signature=signature, read=read)
        self.done(f"已签发：{letter.document.number}。")
        return self.address("letter")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name = self.document.get_kind_display()
        opening.open_record(self.request.user, self.matter, f"签发{name}")
        try:
            shown = reading.sheet_of(self.letter)[2]
        except ValidationError as error:
            messages.error(self.request, "".join(error.messages))
            shown = []
        return super().get_context_data(**kwargs) | {"shown": shown}


class CorrectPage(LetterForm):
    page_title = "更正文书"
    button = "拟制更正"
    told = "另发一件写明更正哪一号、为什么的文书，由信访办主任或领导签发；原件留在卷里。"

    def allowed(self) -> bool:
        if self.letter is None:
            raise Http404
        return self.theirs()

    def form(self, data: Any) -> CorrectForm:
        initial: dict[str, Any] = {}
        row = correcting.draft_of(self.letter)
        if row is not None and data is None:
            opening.open_record(self.request.user, self.matter, "修改更正的草稿")
            row.matter = row.document.matter = self.matter
            self.document.matter = self.matter
            said = row.document.text("summary")
            initial["reason"], initial["last_day"] = row.text("reason"), row.last_day
            initial["summary"] = said if said != self.document.text("summary") else ""
        paths = self.document.kind == Document.Kind.PATH_NOTICE
        return CorrectForm(data, initial=initial, paths=paths)

    def carry_out(self, form: CorrectForm) -> str:
        user, given = self.request.user, form.cleaned_data
        opening.open_record(user, self.matter, "更正文书")
        row = correcting.correct(
            self.letter,
            by=user,
            reason=given["reason"],
            summary=given["summary"],
            last_day=given.get("last_day"),
        )
        self.done("更正的草稿已拟好。")
        return self.address("letter", row.document_id)


class PrintPage(OneLetter):
    """The letter on A4, on the screen or as a PDF."""

    page_title = "打印文书"

    def answer(self) -> HttpResponse:
        letter = self.letter
        opening.open_letter(self.request.user, letter, f"打印{self.name()}", self.act())
        return printed(
            self.request, self.name(), [reading.sheet_of(letter)],
            pdf_url="?as=pdf", docx_url=self.address("letter_docx"), back_url=self.address("letter"),
        )  # fmt: skip


class WordPage(OneLetter):
    """The .docx: the frozen file, or the draft for whoever works on it. Each fetching is logged."""

    page_title = "下载文书"

    def answer(self) -> HttpResponse:
        if self.letter is None:
            raise PermissionDenied
        opening.open_letter(self.request.user, self.letter, f"下载{self.name()}", Act.DOWNLOAD)
        return sent(reading.bytes_of(self.letter), DOCX, f"{self.name()}.docx")
